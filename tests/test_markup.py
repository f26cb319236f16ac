"""The fast way for plain blocks gives what Python-Markdown gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.markdown_setup import converter
from mujaz.markup import CLOSE, OPEN, convert, tidy

_SIGNS = [
    "*",
    "**",
    "-",
    "+",
    "#",
    ">",
    "[",
    "(",
    "!",
    "`",
    "&",
    ":",
    "|",
    "=",
    "~",
    "_م_",
    "\\",
    "<",
    ">",
]
_WORDS = st.sampled_from(
    [
        *_SIGNS,
        *["خبر", "قال", "«قول»", "a", "x_y", "12", "2019.", "1.", "&amp;", "http://a.b", "[س]"],
        *["**بوتين**", "[س](https://a.example/b)", f"{OPEN}بوتين{CLOSE}"],
    ]
)
_LINES = st.builds(
    lambda start, words: start + " ".join(words),
    st.sampled_from(["", "", "", "", "- ", "> ", "1. ", "  ", "    "]),
    st.lists(_WORDS, min_size=1, max_size=5),
)
_BLOCKS = st.lists(_LINES, min_size=1, max_size=3).map("\n".join)
_TEXTS = st.lists(_BLOCKS, min_size=1, max_size=5).map("\n\n".join)


@given(_TEXTS)
def test_any_text_gives_the_html_of_python_markdown(text: str) -> None:
    text = tidy(text)
    assert convert(text) == converter(raw_html=False)(text.strip("\n"))


@pytest.mark.parametrize("start", ["- ", "> ", "1. ", "> - "])
@pytest.mark.parametrize("line", ["# عنوان", "[س]: https://a.example/", "*[س]: سين"])
def test_headings_and_definitions_in_lists_and_quotations_matter_far_away(
    start: str, line: str
) -> None:
    text = f"{start}{line}\n\nخبر [س]\n\n{start}{line}"
    assert convert(text) == converter(raw_html=False)(text)
