"""Long texts take time in proportion to their length: no pattern goes back over and over."""

import os
import time
from collections.abc import Callable
from contextlib import suppress

import pytest
from test_markup import finished

from mujaz import frontmatter, marks
from mujaz.desk.checking import look
from mujaz.desk.manuscript import Manuscript
from mujaz.markup import lead
from mujaz.model import Settings
from mujaz.names import Registry, Rules

RULES = Rules(Settings(), Registry(()))
HEAD = "---\nheadline: خبر\ndate: 24/05/2019\n---\n"
LENGTH = int(os.environ.get("GROWTH", "1"))  # 4 for the long run
TIMES = 4  # how much longer the second text is
MOST = 2.5 * TIMES  # how much longer it may take: a square would take 16 times as long
SHORTEST = 0.05  # seconds below which a measure says nothing
PER_100_KB = 1.0  # seconds

PIECES = {
    "words": "كلمة من كلمات الخبر ", "spaces": "    ", "blank lines": "\n \n", "tabs": "\t", "brackets": "<", "closed": "<>",
    "half names": "<اسم ", "names": "<فهد> ", "lines in names": "<ا\n", "squares": "[", "links": "[نص](https://a.example/x) ",
    "half links": "[نص](", "references": "[نص][", "labels": "[[]", "targets": "[ن](()", "titles": '[ن]("س)', "pictures": "![", "stars": "*", "pairs of stars": "**", "strong": "**نص** ",
    "emphasis": "*a_", "backticks": "`", "code": "`نص` ", "uneven code": "``ن`", "fences": "```\n", "quotations": "> ", "lines quoted": "> نص\n",
    "items": "- بند\n", "numbers": "1. بند\n", "bars": "|", "rows": "| أ | ب |\n", "headings": "# عنوان\n", "footnotes": "[^1] ",
    "entities": "&amp;", "ampersands": "&", "backslashes": "\\", "comments": "<!--", "checks": "<!-- check: ", "quotes": '"',
    "braces": "{{", "dashes": "-", "equals": "=", "colons": "أ: ", "direction marks": "\u200f", "tatweel": "ـ", "underscores": "_",
}  # fmt: skip


def seconds(work: Callable[[str], object], text: str) -> float:
    before = time.process_time()
    work(text)
    return time.process_time() - before


def grows_evenly(work: Callable[[str], object], piece: str, size: int) -> None:
    """A text four times as long takes about four times as long, and each 100 KB less than a second."""
    short, long = (piece * (n // len(piece)) for n in (size, size * TIMES))
    work(short)  # what is made once for all is made now
    took = min(seconds(work, short) for _ in range(2))
    longer = seconds(work, long)
    if longer > MOST * max(took, SHORTEST):  # once more, should the machine have been busy
        longer = min(longer, seconds(work, long))
    assert longer < MOST * max(took, SHORTEST), f"{took:.2f} s, then {longer:.2f} s"
    assert longer < PER_100_KB * max(1, len(long.encode()) / 100_000), f"{longer:.2f} s"


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_marks_and_the_lead_grow_evenly(piece: str) -> None:
    grows_evenly(
        lambda text: lead(marks.mark_names(marks.tidy(text)).text, 40), piece, 2_500 * LENGTH
    )


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_front_matter_grows_evenly(piece: str) -> None:
    def work(text: str) -> None:
        with suppress(frontmatter.FrontMatterError):
            frontmatter.parse(f"---\nheadline: {text}\ntags:\n- {text}\n---\n{text}")

    grows_evenly(work, piece, 1_500 * LENGTH)


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_markdown_grows_evenly(piece: str) -> None:
    grows_evenly(finished, piece, 1_000 * LENGTH)


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_the_linter_grows_evenly(piece: str) -> None:
    grows_evenly(
        lambda text: look(Manuscript("content/x.md", (HEAD + text).encode(), RULES)),
        piece,
        1_000 * LENGTH,
    )


def test_twenty_levels_of_quotations_and_lists_are_read() -> None:
    html = finished("> " * 20 + "نص")
    assert html.count("<blockquote>") == 20
    html = finished("\n".join("  " * level + "- بند" for level in range(20)))
    assert html.count("<ul>") == 20
