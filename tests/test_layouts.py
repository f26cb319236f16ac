"""What layouts are given."""

import json

from hypothesis import given
from hypothesis import strategies as st
from jinja2.utils import htmlsafe_json_dumps

from mujaz.layouts import json_text


@given(st.text())
def test_the_short_way_of_texts_is_jinjas_json(text: str) -> None:
    assert json_text(text) == htmlsafe_json_dumps(text, dumps=json.dumps, ensure_ascii=False)


def test_json_of_text_cannot_end_a_script() -> None:
    assert json_text("</script>'&") == '"\\u003c/script\\u003e\\u0027\\u0026"'
