"""Our setting of Python-Markdown, imported only when a text needs it.

Tables, footnotes, fenced code and heading ids; raw HTML off unless the site asks for it; lists as
people type them (two-space nesting, right under their lead-in line, Arabic digits).
"""

import re
from collections.abc import Callable
from functools import cache, partial
from itertools import islice
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import OListProcessor
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX

from mujaz.arabic.digits import ascii_digits
from mujaz.arabic.slug import slug

_ITEM = re.compile(r"( *)([-+*]|\d{1,3}\.)( +)(?=\S)")
_RULE = re.compile(r" {0,3}([-*_])(?: *\1){2,} *$")
_ALIGN = {"text-align: left;": "to-end", "text-align: center;": "to-center"}
_START_TAG = re.compile(r'<[a-z][^"<>]*(?:"[^"]*"[^"<>]*)*>')
_BRACKET = re.compile(r"[\[\]]")
_IN_TARGET = re.compile(r"[(\"']")
_TICKS = re.compile("`+")
_SIGNS = 32  # of these at most to a target's end, or a code span's; CommonMark 6.3 lets parsers have a limit
_NEAR = 1000  # characters; a link's label has at most 999 (CommonMark 4.7)


@cache
def converter(raw_html: bool) -> Callable[[str], str]:  # noqa: FBT001 - a key of the cache
    """Return the function from marked Markdown to HTML."""
    md = _markdown(raw_html=raw_html)

    def run(text: str) -> str:
        html = md.reset().convert(text)
        if STX in html or ETX in html:  # Python-Markdown lost its way among emphasis signs
            html = _without_emphasis(raw_html).reset().convert(text)
        return _allowed(html) if raw_html else html

    return run


@cache
def _without_emphasis(raw_html: bool) -> Markdown:  # noqa: FBT001
    md = _markdown(raw_html=raw_html)
    md.inlinePatterns.deregister("em_strong")
    return md


def _markdown(*, raw_html: bool) -> Markdown:
    md = Markdown(
        extensions=[
            TableExtension(),
            FencedCodeExtension(),
            FootnoteExtension(BACKLINK_TITLE="عودة إلى النص", UNIQUE_IDS=False),
            TocExtension(slugify=_heading_id),
        ],
        output_format="html",
    )
    # Python-Markdown 3.11 loses text where it applies CommonMark's "rule of 3" ("*a**b*c")
    setattr(md.inlinePatterns["em_strong"], "rule_of_3", lambda _opener, _closer: False)  # noqa: B010
    md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "<"]
    if not raw_html:
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
    md.preprocessors.register(_Lists(md), "lists", 24)  # after fenced code (25)
    md.parser.blockprocessors.register(_ordered(md), "olist", 40)
    md.treeprocessors.register(_Tree(md), "mujaz", 4)  # after inline (20), prettify (10), toc (5)
    _look_near(md)
    return md


def _look_near(md: Markdown) -> None:
    """Let links and code spans end near where they begin.

    From each "[" and "`" Python-Markdown looks for the end to the end of the paragraph: 10 KB of "["
    take it most of a minute.
    """
    label = _Brackets().text
    for pattern in md.inlinePatterns:
        if hasattr(pattern, "getText"):
            setattr(pattern, "getText", label)  # noqa: B010
        for name, near in (("getLink", _near_link), ("find_code_spans", _near_code)):
            if whole := getattr(pattern, name, None):
                setattr(pattern, name, partial(near, whole))


class _Brackets:
    """Where each label of a text ends, found in one walk.

    Python-Markdown walks from each "[" by itself, for five patterns: "[[]" over and over takes it
    seven seconds for 100 KB.
    """

    def __init__(self) -> None:
        self._walk("", 0)

    def _walk(self, data: str, at: int) -> None:
        """Begin with the label that begins at a place."""
        self._data, self._first, self._next = data, at, at
        self._open = [at]
        self._ends: dict[int, int] = {}

    def text(self, data: str, at: int) -> tuple[str, int, bool]:
        """Return a label's text, the place after it, and whether it ends within what is near."""
        if data is not self._data or at < self._first:
            self._walk(data, at)
        while at not in self._ends:
            found = _BRACKET.search(data, self._next, at + _NEAR)
            if found is None:
                return "", at, False
            self._next = found.end()
            if found[0] == "[":
                self._open.append(found.end())
            elif self._open:
                self._ends[self._open.pop()] = found.start()
        end = self._ends[at]
        return (data[at:end], end + 1, True) if end < at + _NEAR else ("", at, False)


def _near_link(
    whole: Callable[..., tuple[str, str | None, int, bool]], data: str, at: int
) -> tuple[str, str | None, int, bool]:
    stop = _stop(_IN_TARGET, data, at)
    if data.find(")", at, stop) < 0:
        return "", None, at, False
    href, title, end, closed = whole(data[at:stop], 0)
    return href, title, at + end, closed


def _near_code(
    whole: Callable[..., tuple[int, int | None]], at: int, data: str
) -> tuple[int, int | None]:
    start, end = whole(0, data[at : _stop(_TICKS, data, at)])
    return at + start, None if end is None else at + end


def _stop(signs: re.Pattern[str], data: str, at: int) -> int:
    """The end of what is near, or the first sign too many before it."""
    found = signs.finditer(data, at, at + 2 * _NEAR)
    last = next(islice(found, _SIGNS, None), None)
    return last.start() if last else at + 2 * _NEAR


def _ordered(md: Markdown) -> Any:
    """Ordered lists: "3." begins at 3, "2019. نص" is no item."""
    ordered: Any = OListProcessor(md.parser)
    ordered.LAZY_OL = False
    ordered.RE = re.compile(r"^[ ]{0,3}\d{1,3}\.[ ]+(.*)")
    ordered.CHILD_RE = re.compile(r"^[ ]{0,3}((\d{1,3}\.)|[*+-])[ ]+(.*)")
    return ordered


def _heading_id(text: str, separator: str) -> str:
    """A heading's id: its letters, so that it stays when another heading is added."""
    return slug(text) or f"section{separator}"


def _allowed(html: str) -> str:
    """HTML from authors through nh3's allow-list (raw_html = true)."""
    import nh3

    attributes = {**nh3.ALLOWED_ATTRIBUTES, "*": {"id", "dir", "lang", "class"}}
    return _START_TAG.sub(_escaped, nh3.clean(html, attributes=attributes, link_rel=None))


def _escaped(tag: re.Match[str]) -> str:
    """A start tag without "<" and ">" in its attributes, which older releases of nh3 leave there."""
    return f"<{tag[0][1:-1].replace('<', '&lt;').replace('>', '&gt;')}>"


class _Tree(Treeprocessor):
    """The headline is the page's one <h1>; a list's start is written in ASCII digits.

    A table's columns are aligned by class, as a style would be refused by the site's policy; to the
    right is where Arabic text begins.
    """

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag == "h1":
                element.tag = "h2"
            # a footnote in a link's text: no link holds another (HTML 4.5.1)
            elif element.tag == "a" and len(list(element.iter("a"))) > 1:
                element.tag = "span"
                element.attrib.clear()
            elif element.tag in {"th", "td"}:
                if align := _ALIGN.get(element.attrib.pop("style", "")):
                    element.set("class", align)
            elif element.tag == "ol" and "start" in element.attrib:
                start = int(ascii_digits(element.attrib.pop("start")))
                if start != 1:
                    element.set("start", str(start))


class _Lists(Preprocessor):
    """Bring lists to Python-Markdown's form: a blank line before, four spaces a level."""

    def run(self, lines: list[str]) -> list[str]:
        return mend_lists(lines)


def mend_lists(lines: list[str]) -> list[str]:
    """Return lines with lists set off from their lead-in and nested by four spaces a level.

    Nesting follows CommonMark 5.2: an item belongs to the item whose text begins at or left of it.
    """
    out: list[str] = []
    levels: list[tuple[int, int]] = []  # column of each open item's marker and of its text
    for line in lines:
        if not line.strip():
            out.append(line)
            continue
        item = None if _RULE.match(line) else _ITEM.match(line)
        blank = not out or not out[-1].strip()
        if item and (levels or len(item[1]) < 4):
            if not levels and not blank and _interrupts(item[2], out[-1]):
                out.append("")
                blank = True
            if levels or blank:
                out.append(_nest(line, item, levels))
                continue
        indent = len(line) - len(line.lstrip(" "))
        if levels and indent >= levels[0][1]:
            depth = sum(text <= indent for _, text in levels)
            out.append(" " * (4 * depth + indent - levels[depth - 1][1]) + line.lstrip(" "))
            continue
        if levels and blank:
            levels.clear()
        out.append(line)
    return out


def _interrupts(marker: str, before: str) -> bool:
    """Whether an item may follow a paragraph's line: a bullet, or a first number (CommonMark 5.2)."""
    first = marker in "-+*" or int(marker[:-1]) == 1
    return first and not _ITEM.match(before) and not before.startswith(">")


def _nest(line: str, item: re.Match[str], levels: list[tuple[int, int]]) -> str:
    """The item's line, four spaces for each item it is in; ``levels`` takes it in."""
    column = len(item[1])
    while levels and column < levels[-1][1]:
        levels.pop()
    depth = len(levels)
    levels.append((column, item.end()))
    return " " * (4 * depth) + line.lstrip(" ")
