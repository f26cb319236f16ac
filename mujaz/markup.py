"""Marked Markdown to HTML: the fast way for plain blocks, Python-Markdown for the rest, links and names."""

import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from typing import NamedTuple

from mujaz.marks import CLOSE, NAME, OPEN, PIPE, Marked, squeezed, unmark, with_lines

# --- Markdown -------------------------------------------------------------------------------------

# What no block may hold that is its own HTML but for <p>: Markdown's signs anywhere, or at a line's
# start. Held by a property test against Python-Markdown (tests/test_markup.py).
_SIGN = re.compile(r"[\\`*_\[\]<>&|\x00-\x09\x0b-\x1f\x7f-\x9f]")
_START = re.compile(r"[-+=>#~:\s]|\d{1,3}[.)]")
_LATER_START = re.compile(r"\n(?:[-+=>#~:\s]|\d{1,3}[.)])")
# **bold** and [text](https://…); each begins with its sign, so that the search leaps from one to the next
_BOLD = re.compile(r"\*\*(?<!\*\*\*)(?![\s*])([^*_`\[\]<>&\\\n\ufdd3]+)(?<!\s)\*\*(?!\*)")
_WAS_LINK = "\ufdd3"  # no author's text holds it; bold around a link isn't simple
_LINK = re.compile(
    r"\[(?<![!\]\[]\[)(?!\s)([^*_`\[\]<>&\\\n]+)(?<!\s)\]\((https?://[A-Za-z0-9][A-Za-z0-9./~-]*)\)"
)
# Lines that may matter far away: definitions and headings, in lists and quotations too; code after a gap
_FAR = re.compile(
    r"\n(?:(?: {0,3}|[ >*+.\d-]{0,12}[>*+.-] *)(?:\[[^\]\n]*\]:|#|(?:=+|-+) *(?:\n|$)|\*\[)"
    r"|\n\n {0,3}[ \t])"
)
_BLOCKS = re.compile(r"\n{2,}")


def convert(marked: str, *, raw_html: bool = False) -> str:
    """Return the HTML of marked Markdown; names are still marked (``finish`` links them)."""
    text = marked.strip("\n")
    if not text:
        return ""
    if raw_html or _belongs_together(text):
        return _slow(text, raw_html=raw_html)
    out: list[str] = []
    hard: list[str] = []  # neighbouring blocks that may belong together: a loose list, a quotation
    for block in blocks(text):
        easy = _paragraph(block)
        if easy is None:
            hard.append(block)
            continue
        if hard:
            out.append(_hard(hard))
            hard.clear()
        out.append(easy)
    if hard:
        out.append(_hard(hard))
    return "\n".join(out)


def blocks(text: str) -> list[str]:
    """Return a text's blocks: what stands between blank lines."""
    return _BLOCKS.split(text) if "\n\n\n" in text else text.split("\n\n")


def _belongs_together(text: str) -> bool:
    """Whether blocks may depend on others far away: references, footnotes, ids of headings, fences."""
    return "[^" in text or "```" in text or "~~~" in text or _FAR.search(f"\n{text}") is not None


def _plain_block(block: str) -> bool:
    """Whether a block's text is its HTML."""
    if not block or _SIGN.search(block) or _START.match(block) or block[-1].isspace():
        return False
    return "\n" not in block or (" \n" not in block and not _LATER_START.search(block))


def _inline(text: str) -> str | None:
    """The HTML of a text with at most **bold** and [links](https://…); None if it holds more."""
    if _plain_block(text):
        return text
    if ("*" not in text and "[" not in text) or not _plain_block(_bare(text)):
        return None
    return _rich(text)


def _rich(text: str) -> str:
    """A text with its bold and links as HTML."""
    text = _LINK.sub(lambda m: f'<a href="{m[2]}">{m[1]}</a>', text)
    return _BOLD.sub(lambda m: f"<strong>{m[1]}</strong>", text)


def _bare(text: str) -> str:
    """A text without the signs of bold and links."""
    bare = _LINK.sub(lambda m: f"{m[1]}{_WAS_LINK}", text)
    return _BOLD.sub(lambda m: m[1], bare).replace(_WAS_LINK, "")


def _paragraph(block: str) -> str | None:
    html = _inline(block)
    return None if html is None else f"<p>{html}</p>"


def _hard(found: list[str]) -> str:
    """The HTML of neighbouring blocks that aren't paragraphs; one alone may be a simple list or quotation."""
    if len(found) == 1:
        block = found[0]
        simple = (
            _simple_list(block)
            if block.startswith("- ")
            else _simple_quotation(block)
            if block.startswith("> ")
            else None
        )
        if simple is not None:
            return simple
    return _slow("\n\n".join(found))


def _simple_list(block: str) -> str | None:
    """``- item`` on each line."""
    items = [_inline(line[2:]) if line.startswith("- ") else None for line in block.split("\n")]
    if None in items:
        return None
    return "<ul>\n" + "".join([f"<li>{item}</li>\n" for item in items]) + "</ul>"


def _simple_quotation(block: str) -> str | None:
    """``> `` before each line of one paragraph."""
    lines = block.split("\n")
    if not all(line.startswith("> ") for line in lines):
        return None
    html = _inline("\n".join([line[2:] for line in lines]))
    return None if html is None else f"<blockquote>\n<p>{html}</p>\n</blockquote>"


def _slow(text: str, *, raw_html: bool = False) -> str:
    from mujaz.markdown_setup import converter

    return converter(raw_html)(text)


# --- from HTML with marks to the page's HTML --------------------------------------------------------

_PIECE = re.compile(
    "<(?:code)[^>]*>.*?</code>|<a [^>]*>.*?</a>|<img [^>]*>|</?table>"
    f"|<[^>{OPEN}]*{OPEN}[^>]*>|{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}",
    re.DOTALL,
)
_RARE = ("<code", "<img ", "table>")
_ANCHOR = re.compile("<a [^>]*>.*?</a>", re.DOTALL)
_TAG_WITH_MARK = re.compile(f"<[^>{OPEN}]*+{OPEN}[^>]*>")
_CODE = re.compile("<code[^>]*>.*?</code>", re.DOTALL)
_HREF = re.compile(r' href="([^"]*)"')


class Linker(NamedTuple):
    """What ``finish`` asks for: all take and give text, none is markup."""

    names: Mapping[str, str]  # mark as typed -> address ready for an attribute
    link: Callable[
        [str], str
    ]  # link's target -> address ready for an attribute, or "" if not allowed
    image: Callable[[str, str], str]  # target, alt text -> <img> element
    before: str = ""  # shown before and after a name
    after: str = ""


def finish(html: str, linker: Linker) -> str:
    """Return converted HTML with names linked, addresses resolved, pictures and tables dressed."""

    def piece(found: re.Match[str]) -> str:
        text = found[0]
        if text[0] == OPEN:
            return _name(text[1:-1], linker)
        match text[1]:
            case "c":
                return _restore(text)
            case "a":
                return _anchor(text, linker)
            case "i":
                return _image(text, linker)
            case "t" if text == "<table>":
                return '<div class="table" tabindex="0" role="group" aria-label="جدول"><table>'
            case "/" if text == "</table>":
                return "</table></div>"
        return unmark(text)

    if any(sign in html for sign in _RARE):
        done = _PIECE.sub(piece, html)
    else:  # the same in a few leaps (tests/test_markup.py)
        done = _ANCHOR.sub(lambda m: _anchor(m[0], linker), html)
        done = _TAG_WITH_MARK.sub(lambda m: unmark(m[0]), done)
        done = NAME.sub(lambda m: _name(m[1], linker), done)
    # half a mark: code ends between its lines
    return _restore(done) if OPEN in done or CLOSE in done or PIPE in done else done


def _restore(code: str) -> str:
    """Code shows what was typed."""
    return code.replace(OPEN, "&lt;").replace(CLOSE, "&gt;").replace(PIPE, "|")


def _name(mark: str, linker: Linker) -> str:
    shown, address = mark, linker.names.get(mark, "")
    if not address and "<" not in mark:  # with "<" the two lines of a mark became two blocks
        shown = mark.split(PIPE, maxsplit=1)[0].strip()
        address = linker.names.get(squeezed(unescape(mark.replace(PIPE, "|"))), "")
    shown = f"{linker.before}{shown.replace(PIPE, '|')}{linker.after}"
    return f'<a class="name" href="{address}">{shown}</a>' if address else shown


def _anchor(html: str, linker: Linker) -> str:
    """A link: its target resolved, names inside as plain text; no link if its scheme isn't allowed."""
    head, _, rest = html.partition(">")
    inner = unmark(_CODE.sub(lambda m: _restore(m[0]), rest.removesuffix("</a>")))
    inner = re.sub("<img [^>]*>", lambda m: _image(m[0], linker), inner)
    found = _HREF.search(head)
    if not found:
        return f"{unmark(head)}>{inner}</a>"
    address = linker.link(unescape(unmark(found[1])))
    if not address:
        return inner
    return (
        f'{unmark(head[: found.start()])} href="{address}"{unmark(head[found.end() :])}>{inner}</a>'
    )


def _image(html: str, linker: Linker) -> str:
    found = dict(re.findall(r' (src|alt)="([^"]*)"', unmark(html)))
    return linker.image(unescape(found.get("src", "")), unescape(found.get("alt", "")))


# --- what a reader needs to know of a body ------------------------------------------------------------

_TARGET = re.compile(r"\]\(\s*<?([^\s)>]+)")
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\]\n]+\]:\s*<?(\S+?)>?(?:\s|$)", re.MULTILINE)
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_ANY_TAG = re.compile(r"<[^<>]*>")


def targets(marked: str) -> Iterator[tuple[str, int]]:
    """Yield each link or picture target of a body, with its line: a superset, code included."""
    for pattern in (_TARGET, _DEFINITION) if "]:" in marked else (_TARGET,):
        found = ((m.start(), unescape(unmark(m[1]))) for m in pattern.finditer(marked))
        yield from with_lines(marked, found)


def holds_code(marked: str) -> bool:
    """Whether some of a body may be code, so that only Markdown can tell what is a name or a link."""
    return (
        "`" in marked
        or "~~~" in marked
        or "\n    " in marked
        or "\t" in marked
        or marked.startswith("    ")
    )


def linked(marked: str, *, raw_html: bool = False, tags: str = "a|img") -> set[str]:
    """Return the targets that a body really links to or shows, not just in code; ``tags`` as in HTML."""
    html = convert(marked, raw_html=raw_html)
    return {
        unescape(unmark(x)) for x in re.findall(rf'<(?:{tags}) [^>]*?(?:href|src)="([^"]*)"', html)
    }


def shown_names(marked: Marked, *, raw_html: bool = False) -> tuple[str, ...]:
    """The names of a body that aren't in code, in order. Only a body with code need be converted."""
    if not marked.names or not holds_code(marked.text):
        return marked.names
    html = _CODE.sub("", convert(marked.text, raw_html=raw_html))
    return tuple(squeezed(unescape(m[1].replace(PIPE, "|"))) for m in NAME.finditer(html))


def lead(marked: str, words: int) -> str:
    """Return the first paragraph as plain text, at most ``words`` words, "…" where it is cut."""
    rest = marked.strip("\n")
    while rest:
        block, _, rest = rest.partition("\n\n")
        rest = rest.lstrip("\n")
        text = _plain_text(block)
        if text.strip():
            return cut(unmark(text), words)
    return ""


def _plain_text(block: str) -> str:
    """A block's text without Markdown's signs, if it is a paragraph; else ""."""
    bare = _bare(block) if "*" in block or "[" in block else block
    if _plain_block(bare):
        return bare
    found = _PARAGRAPH.match(_slow(block)) if block[0] not in "#|" else None
    return (
        unescape(_ANY_TAG.sub("", _CODE.sub(lambda m: _restore(m[0]), found[1]))) if found else ""
    )


def cut(text: str, words: int) -> str:
    """Return text on one line, cut after so many words; "…" tells of the cut."""
    got = text.split(None, words)
    if len(got) <= words:
        return " ".join(got)
    return " ".join(got[:words]).rstrip("،؛:,;.- ") + "…"
