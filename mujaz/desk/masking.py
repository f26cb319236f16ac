"""Which of an article's signs are prose: not code, addresses, keys, comments or Markdown's own.

What isn't prose is blanked sign by sign, so that an offset in the prose is one in the text. Where
Markdown could go either way (lines set in by four spaces), the text counts as code: a rule that
keeps quiet harms nobody.
"""

import re
from collections.abc import Iterator

from mujaz.frontmatter import Document, Field
from mujaz.frontmatter_scalars import BLOCK, EDGE, unquote

BLANK = "\ufffc"  # the object replacement character: no letter, no space, no punctuation

KEYS = frozenset(
    "headline summary source dateline image_alt image_credit author story tags corrections".split()  # noqa: SIM905
)

_FENCE = re.compile(r"[ \t>]*(?:[-+*][ \t]+)?(`{3,}|~{3,})")
_INFO = re.compile(r" *+(?:\{[^}\n]*\}|\.?[\w#.+-]*+) *+(?:hl_lines=.*)?$")  # else it is no fence
_CLOSING = re.compile(r"(?<=\n)(?:[ \t>]*)(?=(`{3,}|~{3,})[ \t]*$)", re.MULTILINE)
_NEAR = 200  # fences among which the closing one is looked for
_INDENTED = re.compile(r"(?: {4}|\t)")
_DEEP = re.compile(r"(?: {8}|\t\t)")
_ITEM = re.compile(r"[ \t>]*(?:[-+*]|\d{1,3}[.)]|\[\^[^\]]+\]:)[ \t]")
_WHOLE = re.compile(
    r" {0,3}\[(?!\^)[^\]\n]+\]:|[ \t>]*[|:\-][|: \t-]*$|[ \t>]*(?:[*_-][ \t]*){3,}$"
)
# Each way begins with a sign of its own, so that the search leaps from one to the next
_INLINE = re.compile(
    r"`(`{0,9}+)(?!`)(?:(?!\n[ \t]*\n).){1,2000}?(?<!`)`\1(?!`)"
    r"|`(?:(?!\n[ \t]*\n).){0,2000}`|`"  # code; of uneven ticks the first to the last may be
    r"|<!--(?:(?!<!--).)*?-->"
    r"|<[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*>|<[^<>\s@]+@[^<>\s]+>"  # autolinks
    r"|<[/a-z][^<>]*>"  # HTML
    r"|\]\((?:[^()\n]|\([^()\n]*\))*\)|\]\[[^\]\n]*\]|\[\^[^\[\]\n]+\]"  # targets, footnotes
    r"|https?://[^\s<>،؛؟”“«»)\]]+|www\.[^\s<>،؛؟”“«»)\]]+",
    re.DOTALL,
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+")
_HINTS = ("`", "<", "](", "][", "[^", "://", "www.")
_BLOCK_HINTS = ("~~~", "```", "    ", "\t", "]:", "|", "---", "***", "___")
_DATE = re.compile(r"[^:\n]*?\d{4}(?:[ \t]+\d{1,2}:\d{2})?[ \t]*:")


def mask(text: str, document: Document) -> str:
    """Return an article's prose: as long as its text, all else blanked but line ends."""
    body = len(text) - len(document.body)
    return _header(text[:body], document) + _body(text[body:])


def blanked(text: str) -> str:
    """Return a stretch that is no prose."""
    return "\n".join([BLANK * len(line) for line in text.split("\n")])


def _cover(text: str, spans: Iterator[tuple[int, int]]) -> str:
    """A text with some stretches blanked; they go up and may overlap."""
    parts: list[str] = []
    at = 0
    for start, end in spans:
        if end > at:
            start = max(start, at)  # noqa: PLW2901
            parts += (text[at:start], blanked(text[start:end]))
            at = end
    return "".join([*parts, text[at:]])


# --- front matter ---------------------------------------------------------------------------------


def _header(header: str, document: Document) -> str:
    lines = header.split("\n")
    if not document.fields or lines[1:2] == ["{"] or header[4:5] == "{":
        return blanked(header)
    fields = sorted(document.fields.items(), key=lambda pair: pair[1].line)
    ends = [field.line - 1 for _, field in fields[1:]] + [max(document.body_line - 2, 0)]
    shown = [BLANK * len(line) for line in lines]
    for (key, field), end in zip(fields, ends, strict=True):
        if key in KEYS:
            shown[field.line - 1 : end] = _value(key, field, lines[field.line - 1 : end])
    return "\n".join(shown)


def _value(key: str, field: Field, rows: list[str]) -> list[str]:
    """A key's lines, only its value left."""
    colon = rows[0].index(":") + 1
    rows = [BLANK * colon + rows[0][colon:], *rows[1:]]
    if field.items is None and len(rows) > 1:  # a quoted text over several lines
        raw = "\n".join((rows[0][colon:], *rows[1:])).strip(EDGE)
        if raw[:1] in {'"', "'"}:
            return [blanked(row) for row in rows]
    return [_row(key, row) for row in rows]


def _row(key: str, row: str) -> str:
    """One line of a value: without comment, dash, brackets, YAML's quotes, separators, and dates."""
    bare = row.lstrip(BLANK + EDGE)
    at = len(row) - len(bare)
    if bare[:1] == "#" and BLANK not in row:
        return BLANK * len(row)
    if dash := re.match(r"-[ \t]+", bare):
        at += dash.end()
    value = row[at:].rstrip(EDGE)
    if BLOCK.fullmatch(value):
        return BLANK * len(row)
    inner = value
    if value[:1] in {'"', "'"} and unquote(value) != value:
        inner = BLANK + re.sub(r"\\.|''", BLANK * 2, value[1:-1]) + BLANK
    elif key == "tags" or value[:1] == "[":
        inner = re.sub(r"[\[\],;\"']", BLANK, value)
    if key == "corrections" and (day := _DATE.match(inner)):
        inner = BLANK * day.end() + inner[day.end() :]
    return BLANK * at + inner + row[at + len(value) :]


# --- body -----------------------------------------------------------------------------------------


def _body(body: str) -> str:
    if any(hint in body for hint in _BLOCK_HINTS) or body.startswith(("    ", "\t")):
        body = _cover(body, _blocks(body))
    if any(hint in body for hint in _HINTS):
        body = _cover(body, (m.span() for m in _INLINE.finditer(body)))
    if "@" in body:
        body = _cover(body, (m.span() for m in _MAIL.finditer(body)))
    return body


def _blocks(body: str) -> Iterator[tuple[int, int]]:
    """Lines that are no prose: code, definitions, rules of tables."""
    at, fence, listed, code, blank = 0, "", False, False, True
    ends = [m.end() for m in _CLOSING.finditer(body)]
    for line in body.split("\n"):
        end = at + len(line)
        opening = _FENCE.match(line)
        if fence:
            yield at, end
            if opening and opening[1].startswith(fence) and not line[opening.end() :].strip():
                fence = ""
        elif opening and _INFO.match(line, opening.end()) and _closed(body, ends, end, opening[1]):
            fence, listed = opening[1], listed and line[0] in " \t"
            yield at, end
        elif not line.strip():
            blank = True
        else:
            indent = _DEEP if listed else _INDENTED
            code = indent.match(line) is not None and (blank or code)
            if code or _WHOLE.match(line):
                yield at, end
            item = not code and _ITEM.match(line) is not None
            listed = item or (listed and (not blank or line[0] in " \t"))
            blank = False
        at = end + 1


def _closed(body: str, ends: list[int], at: int, fence: str) -> bool:
    """Whether a fence is closed further on, at one of some ends; one that isn't is no fence."""
    while ends and ends[0] < at:
        ends.pop(0)
    return any(body.startswith(fence, end) for end in ends[:_NEAR])
