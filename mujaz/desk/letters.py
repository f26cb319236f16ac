"""Rules on single signs: tatweel, Persian letters, presentation forms, digits, invisible controls."""

import re
from collections.abc import Iterator
from unicodedata import normalize

from mujaz.arabic.digits import ascii_digits
from mujaz.desk.finding import Edit, Hit
from mujaz.desk.manuscript import Manuscript

_LETTER = "\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06fa-\u06ff"
_MARK = "\u064b-\u065f\u0670"
_TATWEEL = re.compile(f"(?<=[{_LETTER}{_MARK}])\u0640+(?=[{_LETTER}{_MARK}])")

# Persian and Urdu letters that keyboards put for Arabic ones; those after "|" are unclear at a word's end
_PERSIAN = {"\u06a9": "ك", "\u06aa": "ك", "\u06c1": "ه", "\u06be": "ه", "\u06c3": "ة"}
_UNCLEAR = {"\u06cc": ("ي", "ي or ى"), "\u06d2": ("ي", "ي or ى"), "\u06d5": ("ه", "ه or ة")}
_FOREIGN = re.compile(f"[{''.join(_PERSIAN)}{''.join(_UNCLEAR)}]")
_INSIDE = re.compile(f"[{_MARK}\u0640]*[{_LETTER}]")

# Ligatures that are signs of their own stay: ﷲ ﷺ ﷻ ﷼ ﷽ and the ornate brackets ﴾ ﴿
_FORMS = re.compile("[\ufb50-\ufd3d\ufd40-\ufdf1\ufdf3-\ufdf9\ufe70-\ufefc]+")

LATIN = frozenset("0123456789")
ARAB = frozenset("٠١٢٣٤٥٦٧٨٩")
PERSIAN = frozenset("۰۱۲۳۴۵۶۷۸۹")
_NUMBER = re.compile(r"\d+(?:[.,٫٬/:-]\d+)*")
_COUNTED = re.compile(r"^[ \t>]*\d{1,3}[.)][ \t]", re.MULTILINE)
_SYSTEMS = ((LATIN, "Latin (123)"), (ARAB, "Arabic (١٢٣)"), (PERSIAN, "Persian (۱۲۳)"))

# Joiners (U+200C, U+200D) belong to spelling and are left alone
INVISIBLE = frozenset(
    "\u00ad\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_HIDDEN = re.compile(f"[{''.join(sorted(INVISIBLE))}]+")
_ARABIC = re.compile(f"[{_LETTER}]")
# Without effect before an Arabic letter, which is as strong as they are; U+FEFF behind one too
_IDLE = frozenset("\u061c\u200f\ufeff")

_EMBED = frozenset("\u202a\u202b\u202d\u202e")
_ISOLATE = frozenset("\u2066\u2067\u2068")
_ENDS = {"\u202c": _EMBED, "\u2069": _ISOLATE}
BIDI = _EMBED | _ISOLATE | frozenset(_ENDS)
_CONTROL = re.compile(f"[{''.join(sorted(BIDI))}]")


def tatweel(typed: Manuscript) -> Iterator[Hit]:
    """Tatweel inside a word. At a word's end it stays: لـ<بوتين>, 1440 هـ."""
    for found in _TATWEEL.finditer(typed.prose):
        word = _word(typed.prose, found.start())
        yield Hit(
            found.start(),
            f"expected '{word.replace(chr(0x640), '')}', found '{word}', stretched by tatweel",
            Edit(found.start(), found.end(), ""),
        )


def persian_letters(typed: Manuscript) -> Iterator[Hit]:
    """Letters of a Persian or Urdu keyboard. پ چ ژ گ ڤ stay: they spell foreign sounds."""
    for found in _FOREIGN.finditer(typed.prose):
        at, sign = found.start(), found[0]
        if sign in _PERSIAN:
            meant, edit = _PERSIAN[sign], Edit(at, at + 1, _PERSIAN[sign])
        elif _INSIDE.match(typed.prose, at + 1):
            meant, edit = _UNCLEAR[sign][0], Edit(at, at + 1, _UNCLEAR[sign][0])
        else:
            yield Hit(
                at,
                f"expected {_UNCLEAR[sign][1]}, found {_code(sign)} in '{_word(typed.prose, at)}'",
            )
            continue
        safe = None if typed.gives_address(at) else edit
        yield Hit(at, f"expected {meant}, found {_code(sign)} in '{_word(typed.prose, at)}'", safe)


def presentation_forms(typed: Manuscript) -> Iterator[Hit]:
    """Letters in the shapes of old encodings, as PDF files give them."""
    for found in _FORMS.finditer(typed.prose):
        plain = normalize("NFKC", found[0])
        safe = " " not in plain and not typed.gives_address(found.start())
        edit = Edit(*found.span(), plain) if safe else None
        yield Hit(
            found.start(), f"expected '{plain}', found '{found[0]}' in presentation forms", edit
        )


def mixed_digits(typed: Manuscript) -> Iterator[Hit]:
    """Two digit systems in one article, or in one number. Numbers of list items don't count."""
    prose = _COUNTED.sub(lambda m: " " * len(m[0]), typed.prose)
    first: dict[str, tuple[int, str]] = {}
    for number in _NUMBER.finditer(prose):
        used = [name for digits, name in _SYSTEMS if not digits.isdisjoint(number[0])]
        if len(used) > 1:
            yield Hit(
                number.start(),
                f"expected digits of one system, found '{number[0]}' ({ascii_digits(number[0])})",
            )
        elif used:
            first.setdefault(used[0], (number.start(), number[0]))
    if len(first) > 1:
        (one, _), (other, (at, text)) = sorted(first.items(), key=lambda pair: pair[1])[:2]
        yield Hit(at, f"expected {one} digits as before, found {other} in '{text}'")


def invisible(typed: Manuscript) -> Iterator[Hit]:
    """Signs that no one sees: direction marks, zero-width and soft breaks, byte order marks."""
    for found in _HIDDEN.finditer(typed.prose):
        at, end = found.span()
        gone = _without_effect(typed.prose, found)
        names = " ".join(map(_code, found[0]))
        yield Hit(
            at, f"expected visible signs only, found {names}", Edit(at, end, "") if gone else None
        )


def _without_effect(prose: str, found: re.Match[str]) -> bool:
    at, end = found.span()
    before = at > 0 and _ARABIC.match(prose, at - 1) is not None
    after = _ARABIC.match(prose, end) is not None
    return (after and _IDLE.issuperset(found[0])) or (before and set(found[0]) == {"\ufeff"})


def unbalanced_bidi(typed: Manuscript) -> Iterator[Hit]:
    """Embeddings, overrides and isolates that aren't ended on their line, and ends without one (UAX 9)."""
    opened: list[tuple[int, str]] = []
    line_end = -1
    for found in _CONTROL.finditer(typed.prose):
        if found.start() > line_end:
            yield from _unended(opened)
            opened = []
            line_end = typed.prose.find("\n", found.start()) % (len(typed.prose) + 1)
        sign = found[0]
        if sign not in _ENDS:
            opened.append((found.start(), sign))
        elif opened and opened[-1][1] in _ENDS[sign]:
            opened.pop()
        else:
            yield Hit(found.start(), f"found {_code(sign)}, which ends nothing on this line")
    yield from _unended(opened)


def _unended(opened: list[tuple[int, str]]) -> Iterator[Hit]:
    for at, sign in opened:
        closing = "U+2069" if sign in _ISOLATE else "U+202C"
        yield Hit(at, f"expected {closing} on the same line, found none after {_code(sign)}")


def _code(sign: str) -> str:
    return f"U+{ord(sign):04X}"


def _word(prose: str, at: int) -> str:
    """The word around an offset."""
    start = at
    while start and (prose[start - 1].isalnum() or prose[start - 1] == "\u0640"):
        start -= 1
    found = re.compile(r"[\w\u0640\u064b-\u065f]*").match(prose, start)
    return found[0] if found else ""
