"""An article as papers' sites give it as text: page title, headline (often repeated), date, body."""

from collections.abc import Sequence
from typing import NamedTuple

from mujaz.arabic.fold import identity
from mujaz.errors import Place, SourceError
from mujaz.importing.escaping import from_text
from mujaz.importing.found import Found, Setting
from mujaz.importing.moments import moment
from mujaz.marks import plain, tidy

_HEAD = 20  # lines with text among which the date stands
_LONGEST_DATE = 60


class _Line(NamedTuple):
    number: int
    text: str


def read_text(text: str, place: Place, setting: Setting) -> Found:
    """Return the article in a plain text. Raises SourceError if it has no date, headline or body."""
    lines = [
        _Line(number, line.strip())
        for number, line in enumerate(tidy(text.removeprefix("\ufeff")).split("\n"), 1)
    ]
    at, day = _date(lines, place, setting)
    before = [line for line in lines[:at] if line.text]
    after = lines[at + 1 :]
    headline = _headline(before, after)
    if not headline.text:
        raise SourceError("expected a headline before the date or after it, found none", place)
    body = _body(after, headline.text)
    if not body:
        raise SourceError("expected the article's text after date and headline, found none", place)
    for line in before:
        if identity(line.text) != identity(headline.text):
            setting.told.leave(
                Place(place.path, line.number), f"text above the date: '{line.text[:80]}'"
            )
    return Found(Place(place.path, headline.number), plain(headline.text), day, body)


def _date(lines: Sequence[_Line], place: Place, setting: Setting) -> tuple[int, str]:
    """The first line that is a date, and its day; one that only looks like a date is told."""
    seen = 0
    wrong: tuple[int, str] | None = None
    for index, line in enumerate(lines):
        seen += bool(line.text)
        if seen > _HEAD:
            break
        if not line.text or len(line.text) > _LONGEST_DATE:
            continue
        try:
            return index, moment(line.text, setting.zone)
        except ValueError as error:
            if wrong is None and line.text.count("/") == 2 and not line.text.strip("/").isalpha():
                wrong = line.number, str(error)
    if wrong:
        raise SourceError(wrong[1], Place(place.path, wrong[0]))
    raise SourceError("expected the date on a line of its own, dd/mm/yyyy, found none", place)


def _headline(before: Sequence[_Line], after: Sequence[_Line]) -> _Line:
    """The line that is repeated; else the last one before the date, else the first one after it."""
    first = next((line for line in after if line.text), _Line(0, ""))
    repeats = [identity(line.text) for line in (*before, first)]
    for line in before:
        if repeats.count(identity(line.text)) > 1:
            return line
    return before[-1] if before else first


def _body(after: Sequence[_Line], headline: str) -> str:
    """The paragraphs, without the headline's repeats above them."""
    texts = [line.text for line in after]
    while texts and (not texts[0] or identity(texts[0]) == identity(headline)):
        texts.pop(0)
    paragraphs = "\n".join(texts).strip()
    return from_text(paragraphs) if paragraphs else ""
