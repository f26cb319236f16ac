"""The desk's linter: it looks at any article, and its mends are made once."""

from contextlib import suppress

from hypothesis import strategies as st

from fuzz.drawing import spoiled
from fuzz.running import fuzz
from fuzz.test_texts import ARTICLES, HEADERS, RULES
from mujaz.article import Faulty
from mujaz.desk.checking import look
from mujaz.desk.fixing import mend
from mujaz.desk.manuscript import Manuscript


def test_any_article_is_looked_at_or_told() -> None:
    def check(data: bytes) -> None:
        with suppress(Faulty):
            for found in look(Manuscript("content/x.md", data, RULES)):
                assert found.line >= 0

    fuzz("linter", spoiled(st.one_of(ARTICLES, HEADERS)), check)


def test_mending_twice_is_mending_once() -> None:
    def check(data: bytes) -> None:
        once = mend("content/x.md", data, RULES)
        assert mend("content/x.md", once, RULES) == once

    fuzz("mends", spoiled(ARTICLES), check)
