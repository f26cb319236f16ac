"""Lines that matter to blocks far away keep the fast way of Markdown off."""

import pytest

from mujaz.markdown_setup import converter
from mujaz.markup import convert


@pytest.mark.parametrize("start", ["- ", "> ", "1. ", "> - "])
@pytest.mark.parametrize("line", ["# عنوان", "[س]: https://a.example/", "*[س]: سين"])
def test_headings_and_definitions_in_lists_and_quotations_too(start: str, line: str) -> None:
    text = f"{start}{line}\n\nخبر [س]\n\n{start}{line}"
    assert convert(text) == converter(raw_html=False)(text)
