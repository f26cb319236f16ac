"""Name marks: ``<فلاديمير بوتين>`` in an author's text (the house style of the digest).

A mark is lifted out of the text before Markdown sees it: its brackets become noncharacters, which
no author's text may hold (Unicode ch. 23.7 keeps U+FDD0..FDEF for a program's own use; ``tidy``
drops them from sources). They pass through Markdown as letters do, and ``markup.finish`` turns what
is left of them into links. What stands in code gets its brackets back there.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

OPEN, CLOSE, PIPE = "\ufdd0", "\ufdd1", "\ufdd2"
NAME = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")

# C0 and C1 controls, surrogates and noncharacters: not allowed in HTML or XML 1.0
_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_BLANK = re.compile(r"^[ \t]+$", re.MULTILINE)
# The linter's comment on a line, which no reader sees; in code it is code
_CHECK = re.compile(
    r"(?P<code>^ {0,3}(?P<fence>```|~~~)(?:(?!^ {0,3}(?P=fence)).|\n)*|`[^`\n]*`)"
    r"|(?<![ \t])[ \t]*+<!--[ \t]*check:[^<>\n]*-->",
    re.MULTILINE,
)

_MARK = re.compile(
    r"<(?P<inner>[^<>`\n\s][^<>`\n]*+"
    r"(?:\n[^\S\n]*+(?:>[ \t]*+)*+(?![-+*#=|~:]|\d+[.)])(?=\S)[^<>`\n]++)?)>"
)
_LETTER = re.compile(r"[^\W\d_]")
_LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[^\s@<>]+@[^\s@<>]+$")
_SIGNS = re.compile(r"[*\[\]\\]|(?<!\w)_|_(?!\w)")
_TAG = re.compile(r"[!?]|/?\s*([a-z][a-z0-9]*)(?=[\s/\"'=>]|$)")
_BREAK = re.compile(r"\s*\n[ \t]*(?:>[ \t]?)*|\s+")
_STRAY = re.compile(
    r"(?<!\\)<(?P<empty>[ \t]*)>|(?<![\\<>\w])>(?P<turned>[^\W\d_][^<>`\n]*)<(?=[\s.,،؛:!?؟]|$)"
    r"|(?<![\\A-Za-z0-9])<(?P<open>[^\W\d_][^<>`\n]*)(?=[<`\n]|$)",
    re.MULTILINE,
)
_NO_MARK = re.compile(
    r"`[^`]*`|^[ \t>]+|<(?:[a-z]+:|/|[^<>\s@]+@)[^<>]*+>"
)  # code, quotation, autolinks
_ELEMENTS = frozenset(  # HTML's own, and what it once had
    """
    a abbr address area article aside audio b base bdi bdo big blockquote body br button
    canvas caption center cite code col colgroup data datalist dd del details dfn dialog div
    dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5
    h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map
    mark marquee math menu meta meter nav noscript object ol optgroup option output p param
    picture pre progress q rp rt ruby s samp script search section select slot small source
    span strike strong style sub summary sup svg table tbody td template textarea tfoot th
    thead time title tr track tt u ul var video wbr
    """.split()  # noqa: SIM905 - a list reads better as words
)


class Marked(NamedTuple):
    """A text whose name marks are lifted out."""

    text: str
    names: tuple[str, ...]  # as typed, squeezed, in order; repeats kept
    problems: tuple[tuple[int, str], ...]  # line within the text, from 1; message


def legal(text: str) -> str:
    """Return a text without what HTML and XML 1.0 forbid."""
    return _ILLEGAL.sub("", text) if _ILLEGAL.search(text) else text


def tidy(text: str) -> str:
    """Return an author's text without what HTML and XML forbid and the linter's comments.

    Blank lines are truly blank.
    Direction marks, joiners and quotation marks stay as they are (STANDARDS 1.15, 1.19).
    """
    text = legal(text)
    if "<!--" in text:
        text = _CHECK.sub(lambda found: found["code"] or "", text)
    if " \n" in text or "\t\n" in text or text[-1:] in {" ", "\t"}:
        text = _BLANK.sub("", text)
    return text


def mark_names(text: str, *, raw_html: bool = False) -> Marked:
    """Lift the name marks out of a text; tell of malformed ones and of HTML that will show as text."""
    if "<" not in text and ">" not in text:
        return Marked(text, (), ())
    names: list[str] = []
    faults: list[tuple[int, str]] = []

    def lift(found: re.Match[str]) -> str:
        inner, at = found["inner"], found.start()
        if text[at - 1 : at] == "\\" and _escaped(text, at):
            return found[0]
        verdict = _verdict(inner, raw_html=raw_html)
        if verdict is None and "\n" in inner:
            verdict = _verdict_of_two_lines(inner, text[text.rfind("\n", 0, at) + 1 : at])
        if verdict is None:
            names.append(squeezed(inner))
            return f"{OPEN}{inner.replace('|', PIPE)}{CLOSE}"
        if verdict:
            faults.append((at, verdict))
        return found[0]

    marked = _MARK.sub(lift, text)
    problems = [(line, message) for message, line in with_lines(text, _shown(text, faults))]
    if "<" in marked or ">" in marked:
        problems += _strays(marked)
    return Marked(marked, tuple(names), tuple(problems))


def _shown(text: str, faults: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Faults that aren't in code, where signs are meant to show."""
    spans = [m.span("code") for m in _CHECK.finditer(text) if m["code"]] if faults else []
    for at, message in faults:
        while spans and spans[0][1] <= at:
            spans.pop(0)
        if not spans or at < spans[0][0]:
            yield at, message


def with_lines(text: str, found: Iterable[tuple[int, str]]) -> Iterator[tuple[str, int]]:
    """Yield each thing with the line it is on; their places in the text go up."""
    line, counted = 1, 0
    for at, thing in found:
        line, counted = line + text.count("\n", counted, at), at
        yield thing, line


def _escaped(text: str, at: int) -> bool:
    """Whether an odd number of backslashes stands before a sign."""
    before = at
    while before and text[before - 1] == "\\":
        before -= 1
    return (at - before) % 2 == 1


@lru_cache(1 << 14)
def _verdict(inner: str, *, raw_html: bool) -> str | None:
    """None: a name. Else text, and "" or what to tell the author."""
    if not _LETTER.search(inner) or _LINK.match(inner):
        return ""
    tag = _TAG.match(inner)
    if tag and (tag[1] is None or tag[1] in _ELEMENTS):
        return (
            ""
            if raw_html
            else f"HTML is off: expected a name or text, found '<{inner}>', which shows as text"
        )
    if _SIGNS.search(inner):
        return f"expected a name without Markdown's signs, found '<{inner}>'"
    return None


def _verdict_of_two_lines(inner: str, before: str) -> str | None:
    """A mark may cross a line's end within one paragraph; ``before`` is what its line begins with."""
    if before.lstrip(" >").startswith("#") or "|" in before or (">" in inner and ">" not in before):
        return f"expected '>' after the name, found '<{inner.partition(chr(10))[0]}'"
    return None


def _strays(marked: str) -> Iterator[tuple[int, str]]:
    """Malformed marks in what is left: empty, turned around, unclosed."""
    code = False
    for number, line in enumerate(marked.split("\n"), 1):
        if line.lstrip().startswith(("```", "~~~")):
            code = not code
        if code or not ("<" in line or ">" in line) or line.startswith(("    ", "\t")):
            continue
        for found in _STRAY.finditer(_NO_MARK.sub("", line)):
            if found["empty"] is not None:
                yield number, "expected a name between the brackets, found '<>'"
            elif found["turned"]:
                yield (
                    number,
                    f"expected '<{found['turned']}>', found '{found[0]}': the brackets are turned around",
                )
            elif not _TAG.match(found["open"]):
                yield number, f"expected '>' after the name, found '{found[0].strip()[:60]}'"


def squeezed(inner: str) -> str:
    """A mark's text on one line, as typed otherwise: soft breaks and quotation signs are spaces."""
    return _BREAK.sub(" ", inner).strip() if "\n" in inner or "  " in inner else inner.strip()


def plain(text: str) -> str:
    """Return a line of text (headline, summary) with the brackets of its name marks taken off."""
    return unmark(mark_names(text).text) if "<" in text else text


def unmark(marked: str) -> str:
    """Return marked text with each name as a reader sees it: no brackets, no homonym's note."""
    return NAME.sub(lambda m: m[1].split(PIPE)[0].strip(), marked) if OPEN in marked else marked
