"""Rules on how an article is written: emphasis, name marks, headline, source, pictures, its place."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

from mujaz import markup
from mujaz.arabic.dates import read_date
from mujaz.arabic.fold import bare, skeleton, spelling
from mujaz.desk.finding import Hit
from mujaz.desk.manuscript import Manuscript
from mujaz.desk.masking import BLANK

LONGEST = 110  # signs; headlines in schema.org's NewsArticle are cut there (Google, "Article")

_PAIRED = re.compile(
    r"(?<![*_])(\*{1,3})(?![\s*])[^*_~\n]*?(?<![\s*])\1(?!\*)"
    r"|(?<![\w*])(_{1,3})(?![\s_])[^*_~\n]*?(?<![\s_])\2(?![\w*])"
)
_SIMPLE = re.compile(r"\*\*(?![\s*])[^*_~\n]+(?<![\s*])\*\*(?!\*)")
_MARKER = re.compile(r"^[ \t>]*[*+-](?=[ \t])|^[ \t>]*([*_-][ \t]*){3,}$", re.MULTILINE)
_ESCAPED = re.compile(r"\\[*_~]")
_STRAY = re.compile(
    r"\*\*|~~(?=\S)|(?<!\S)\*(?=\S)|(?<=[^\s\d])\*(?!\S)|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)|__"
)
_CODE = re.compile(r"<code[^>]*>.*?</code>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_BLOCK = re.compile(r"(?:[^\n]+(?:\n|\Z))+")

_PICTURE = re.compile(r"!\[[ \t]*\][(\[]")
# Three letters and a long vowel more are another name: حسن and حسين, سعد and سعيد, عمر and عامر
_ROOT = 3
_OTHERS = {("محمد", "محمود"), ("سلمان", "سليمان"), ("مسعد", "مسعود"), ("محسن", "محاسن")}
_DATED = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})(?:/(\d{1,2}))?/")


def emphasis(typed: Manuscript) -> Iterator[Hit]:
    """Signs of emphasis that will show on the page as they are: ``** نص **``, ``__نص__قال``.

    What clearly pairs is passed over; the rest is left to the converter that makes the page.
    """
    rest = _SIMPLE.sub("", typed.prose)
    if not any(sign in rest for sign in "*_~"):  # nearly all articles
        return
    for block in _BLOCK.finditer(typed.prose, typed.body_at):
        if not any(sign in block[0] for sign in "*_~"):
            continue
        rest = _ESCAPED.sub(BLANK * 2, block[0])
        rest = _PAIRED.sub(lambda m: BLANK * len(m[0]), rest)
        rest = _MARKER.sub(lambda m: BLANK * len(m[0]), rest)
        stray = _STRAY.search(rest)
        if stray and _shows(typed.text[block.start() : block.end()], typed):
            yield Hit(
                block.start() + stray.start(),
                f"expected emphasis, found '{stray[0]}', which Markdown leaves as it is:"
                " no space inside the signs, and ** rather than __ beside a letter",
            )


def _shows(block: str, typed: Manuscript) -> bool:
    """Whether signs of emphasis are left when a block is converted."""
    html = markup.convert(_ESCAPED.sub("", block), raw_html=typed.rules.settings.raw_html)
    return _STRAY.search(unescape(_TAG.sub("", _CODE.sub("", html)))) is not None


def name_marks(typed: Manuscript) -> Iterator[Hit]:
    """Name marks that are empty, unclosed or turned around, and HTML that will show as text."""
    for line, message in typed.marked.problems:
        yield Hit(_body_line(typed, line), message)


def _body_line(typed: Manuscript, line: int) -> int:
    return typed.starts[min(line + typed.document.body_line - 2, len(typed.starts) - 1)]


def name_spelling(typed: Manuscript) -> Iterator[Hit]:
    """One name spelled two ways in one article: <دونالد ترامب> and <ترمب>, <أحمد سالم> and <احمد سالم>."""
    names = dict.fromkeys(mark.partition("|")[0].strip() for mark in typed.marked.names)
    alike: dict[str, str] = {}
    if all(alike.setdefault(like, word) == word for n in names for word, like in _words(n)):
        return  # no word is like another: nearly all articles
    words = {name: tuple(word for word, _ in _words(name)) for name in names}
    apart = {spelling(x) for e in typed.rules.registry.entries.values() for x in e.distinct}
    for at, (one, parts) in enumerate(words.items()):
        for other, others in list(words.items())[:at]:
            if apart and not apart.isdisjoint((spelling(one), spelling(other))):
                continue
            if _slipped(*sorted((parts, others), key=len)):
                place = typed.text.find(f"<{one}", typed.body_at)
                yield Hit(
                    max(place, typed.body_at),
                    f"expected one spelling, found '{one}' and '{other}'",
                )


@lru_cache(1 << 16)
def _words(name: str) -> tuple[tuple[str, str], ...]:
    """A name's words without marks, each with its skeleton."""
    return tuple((word, skeleton(word)) for word in bare(name).split())


def _slipped(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether a name stands in a longer one, some word a letter off, and never just as it is."""
    size = len(short)
    parts = [long[at : at + size] for at in range(len(long) - size + 1)] if short else []
    return short not in parts and any(all(map(_same_word, part, short)) for part in parts)


def _same_word(one: str, other: str) -> bool:
    """Whether two words are one but for hamza, ة, ى, ال, or one long vowel more."""
    a, b = sorted((_stem(one), _stem(other)), key=len)
    if a == b:
        return True
    return (
        len(b) == len(a) + 1 > _ROOT + 1
        and (a, b) not in _OTHERS
        and any(b[:at] + b[at + 1 :] == a for at in range(1, len(b) - 1) if b[at] in "اوي")
    )


def _stem(word: str) -> str:
    folded = spelling(word)
    return folded.removeprefix("ال") if len(folded) > 4 else folded


def headline_length(typed: Manuscript) -> Iterator[Hit]:
    """A headline that is cut in search results, or that is one word."""
    headline = typed.field("headline")
    if typed.path.startswith("content/pages/") or not headline:
        return
    if len(headline) > LONGEST:
        yield Hit(
            typed.field_at("headline"),
            f"expected at most {LONGEST} signs, found {len(headline)}: search results cut it",
        )
    elif " " not in headline:
        yield Hit(typed.field_at("headline"), f"expected a sentence, found '{headline}'")


def missing_source(typed: Manuscript) -> Iterator[Hit]:
    """News that doesn't say whom it is from."""
    if not typed.path.startswith("content/pages/") and not typed.field("source"):
        yield Hit(typed.field_at("headline"), "expected source: whom the news is from, found none")


def missing_alt(typed: Manuscript) -> Iterator[Hit]:
    """Pictures without words for those who can't see them."""
    if typed.field("image") and not typed.field("image_alt"):
        yield Hit(
            typed.field_at("image"),
            "image: expected image_alt with it, for those who can't see the picture",
        )
    for found in _PICTURE.finditer(typed.text, typed.body_at):
        if typed.prose[found.start()] != BLANK:
            yield Hit(found.start(), "expected the picture in words, found ![]")


def date_in_path(typed: Manuscript) -> Iterator[Hit]:
    """An article in a folder of another day."""
    folder = _DATED.search(typed.path)
    try:
        day = read_date(typed.field("date")).day
    except ValueError:  # the build's to tell
        return
    if folder:
        named = [int(part) for part in folder.groups() if part]
        if [int(part) for part in day.split("-")][: len(named)] != named:
            yield Hit(
                typed.field_at("date"),
                f"expected a date in {folder[0].strip('/')} as the folder says, found {typed.field('date')}",
            )


def unknown_key(typed: Manuscript) -> Iterator[Hit]:
    """A key of front matter that nothing reads."""
    for line, message in typed.document.problems:
        yield Hit(typed.starts[line - 1], message)
