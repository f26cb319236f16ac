"""Rules on punctuation: Latin signs in Arabic, quotation marks, spaces."""

import re
from collections.abc import Iterator

from mujaz.desk.finding import Edit, Hit
from mujaz.desk.manuscript import Manuscript, arabic
from mujaz.desk.masking import BLANK

_AR = "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc"
_LATIN = {",": "،", ";": "؛", "?": "؟"}
_SIGN = re.compile(
    rf"(?:(?<=[{_AR}])[,;?]|(?<=[{_AR}][”“»\")\]>*_])[,;?]|[,;?](?=[ \t”“«\"(<*_]*[{_AR}]))"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31})$")

_LINE = re.compile(r"[^\n]+")
_PARAGRAPH = re.compile(r"(?:[^\n]*[^\s\n][^\n]*(?:\n|\Z))+")
_VALUE = re.compile(f"{BLANK}[^\n]*(?:\n(?!{BLANK})[^\n]+)*")
_INCH = re.compile(r"(?<=\d)\"")
_BEFORE = re.compile(
    r"(?:^|[\s(\[{«”“\ufffc>*_|-]|(?:^|[^\w])(?:[وفبكل]|ال|وال|بال|لل|[وف][بكل])\u0640*)$"
)
_AFTER = re.compile(r"$|[\s.,،؛;:!?؟)\]}»”“\ufffc<*_|…-]")

_TIGHT = re.compile(rf"(?<=[{_AR}\w”“»\")\]>*_%])[ \t\xa0]+(?=[،؛؟]|[.!:](?:\s|\Z))")
_TIGHT_HINTS = (" ،", " ؛", " ؟", " .", " !", " :", "\t", "\xa0")

QUOTES = frozenset('”“„«»"')
_PAIRS = re.compile("[”“„«»]")


def latin_punctuation(typed: Manuscript) -> Iterator[Hit]:
    """``, ; ?`` beside Arabic; between digits, Latin words or in entities they stay."""
    for found in _SIGN.finditer(typed.prose):
        at, sign = found.start(), found[0]
        before, after = typed.prose[at - 1 : at], typed.prose[at + 1 : at + 2]
        if before.isdigit() and after.isdigit():
            continue
        if sign == ";" and _ENTITY.search(typed.prose, max(0, at - 40), at):
            continue
        yield Hit(at, f"expected '{_LATIN[sign]}', found '{sign}'", Edit(at, at + 1, _LATIN[sign]))


def straight_quotes(typed: Manuscript) -> Iterator[Hit]:
    """``"…"`` on an Arabic line. They are turned only where each clearly opens or closes."""
    for line in _LINE.finditer(typed.prose):
        if '"' not in line[0] or not arabic(line[0]):
            continue
        places = [
            m.start() for m in re.finditer('"', line[0]) if not _INCH.match(line[0], m.start())
        ]
        edits = _turned(line[0], places, line.start())
        for number, at in enumerate(places):
            yield Hit(
                line.start() + at,
                f"expected '{'”“'[number % 2]}', found '\"'",
                edits[number] if edits else None,
            )


def _turned(line: str, places: list[int], start: int) -> list[Edit]:
    """The mends of a line's straight quotes, or none if one of them is unclear."""
    if len(places) % 2 or not QUOTES.isdisjoint(line.replace('"', "")):
        return []
    for number, at in enumerate(places):
        before, after = line[:at], line[at + 1 :]
        inner = bool(after.strip()) and not after[:1].isspace() and bool(_BEFORE.search(before))
        closing = bool(before.strip()) and not before[-1:].isspace() and bool(_AFTER.match(after))
        if not (closing if number % 2 else inner):
            return []
    return [Edit(start + at, start + at + 1, "”“"[number % 2]) for number, at in enumerate(places)]


def turned_quotes(typed: Manuscript) -> Iterator[Hit]:
    """“…” where Arabic writes ”…“ (CLDR, ar: quotationStart U+201D, quotationEnd U+201C)."""
    for line in _LINE.finditer(typed.prose):
        marks = [m for m in _PAIRS.finditer(line[0]) if m[0] in "”“"]
        if len(marks) % 2 or "„" in line[0] or not marks or not arabic(line[0]):
            continue
        pairs = list(zip(marks[::2], marks[1::2], strict=True))
        if not all(one[0] == "“" and other[0] == "”" for one, other in pairs):
            continue
        for mark in marks:
            right = "”" if mark[0] == "“" else "“"
            at = line.start() + mark.start()
            yield Hit(at, f"expected '{right}', found '{mark[0]}'", Edit(at, at + 1, right))


def unbalanced_quotes(typed: Manuscript) -> Iterator[Hit]:
    """A quotation mark that isn't closed in its paragraph, or closes nothing.

    A quotation of several paragraphs may open each of them and close the last.
    """
    waiting: Hit | None = None
    for paragraph in _paragraphs(typed):
        marks = list(_PAIRS.finditer(paragraph[0]))
        if waiting and not (marks and _opens(paragraph[0], marks[0])):
            yield waiting
        hits, waiting = _unpaired(marks, paragraph.start())
        yield from hits
    if waiting:
        yield waiting


def _paragraphs(typed: Manuscript) -> Iterator[re.Match[str]]:
    """Each value of the front matter, each paragraph of the text."""
    yield from _VALUE.finditer(typed.prose, 0, typed.body_at)
    yield from _PARAGRAPH.finditer(typed.prose, typed.body_at)


def _opens(paragraph: str, mark: re.Match[str]) -> bool:
    return not paragraph[: mark.start()].strip(" \t>*_-")


def _unpaired(marks: list[re.Match[str]], start: int) -> tuple[list[Hit], Hit | None]:
    """Marks of a paragraph that pair with none: for certain, and the one still open at its end."""
    hits: list[Hit] = []
    opened: list[re.Match[str]] = []
    for mark in marks:
        sign = mark[0]
        if sign == "»" or (sign in "”“" and opened and opened[-1][0] in "”“„"):
            if opened and (opened[-1][0] == "«") == (sign == "»"):
                one = opened.pop()
                if one[0] == sign:
                    right = "“" if sign == "”" else "”"
                    hits.append(
                        Hit(start + mark.start(), f"expected '{right}', found '{sign}' again")
                    )
            else:
                hits.append(Hit(start + mark.start(), f"found '{sign}', which closes nothing"))
        else:
            opened.append(mark)
    unclosed = [Hit(start + m.start(), f"'{m[0]}' is not closed in its paragraph") for m in opened]
    return hits + unclosed[1:], unclosed[0] if unclosed else None


def space_before_punctuation(typed: Manuscript) -> Iterator[Hit]:
    """A space before a sign that belongs to the word before it."""
    if not typed.holds(_TIGHT_HINTS):
        return
    for found in _TIGHT.finditer(typed.prose):
        at, sign = found.start(), typed.prose[found.end()]
        line = typed.prose[typed.prose.rfind("\n", 0, at) + 1 : at]
        if arabic(line):  # which also keeps "* ." and "1 ." from becoming or ceasing to be items
            yield Hit(
                at,
                f"expected '{sign}' right after the word, found a space before it",
                Edit(at, found.end(), ""),
            )
