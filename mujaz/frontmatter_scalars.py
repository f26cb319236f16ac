"""Values of front matter: plain, quoted, block and flow, as people and YAML writers type them.

All patterns use possessive quantifiers, so no text can make them backtrack. Sources of the rules:
YAML 1.1 chapters 5.7 (escapes), 9.1 (quoted and plain), 9.2 and 9.3 (blocks), as PyYAML reads them.
"""

import re
from collections.abc import Sequence

# Direction marks that editors leave around words: they are never part of a key or a value's edge.
MARKS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
EDGE = MARKS + " \t\n\xa0"

_BREAK = "[\n\x85\u2028\u2029]"
_RUN = rf"{_BREAK}(?:[ \t]*+{_BREAK})*+[ \t]*+"
_ESCAPE = (
    r"\\(?:[0abtnvfre\"/\\N_LP \t]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}"
    rf"|U00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{{4}}|{_BREAK})"
)
_SPACES = rf"(?=[ \t]|{_BREAK})([ \t]*+)({_RUN})?+"
QUOTED = rf'"(?:[^"\\]|{_ESCAPE})*+"|\'(?:[^\']|\'\')*+\''
_QUOTED = re.compile(QUOTED)
_IN_DOUBLE = re.compile(rf"{_SPACES}|\\({_RUN})|({_ESCAPE})")
_IN_SINGLE = re.compile(rf"{_SPACES}|('')")
_BREAKS = re.compile(_BREAK)
BLOCK = re.compile(r"([|>])(?:([+-]?)([1-9]?)|([1-9])([+-]))(?:[ \t]+#.*)?")
_ITEM = re.compile(rf"\s*+(?:({QUOTED})(?=\s*+(?:[,،؛]|\Z))|([^,،؛]*+))\s*+(?:[,،؛]|\Z)")
_ESCAPED = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f",
    "r": "\r", "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
# Quotes inside a quoted value that pair by themselves: each opens after a space, closes before one.
_PAIRED = {
    q: re.compile(
        rf"[^{q}]*+(?:(?<![^\s(\[«]){q}(?=[^\s{q}])[^{q}]*+(?<=\S){q}(?![^\s.,،؛:!?؟)\]»…])[^{q}]*+)*+"
    )
    for q in "\"'"
}


def read_scalar(first: str, rest: Sequence[str], base: int = 0) -> str:
    """Value of a key or list item: ``first`` is the rest of its line, ``rest`` the lines below it.

    ``base`` is the indentation that a block's indicator counts from. A value that is no valid YAML
    scalar is text as typed.
    """
    head = first.strip(EDGE)
    block = BLOCK.fullmatch(head)
    if block:
        return _read_block(block, rest, base)
    raw = "\n".join((first, *rest)).strip(EDGE) if rest else head
    if raw[:1] not in ("'", '"', ""):
        return fold(raw) if rest else raw
    return unquote(raw)


def unquote(raw: str) -> str:
    """Text of a value that is wholly quoted, else the value as typed, lines folded.

    Valid YAML quoting reads as YAML reads it. Otherwise the outer quotes are a pair if those inside
    pair by themselves: ``"قال "نعم" اليوم"`` loses its outer quotes, ``"نعم" و"لا"`` keeps all.
    """
    if _QUOTED.fullmatch(raw):
        return _read_quoted(raw)
    quote, inner = raw[:1], raw[1:-1]
    if len(raw) > 1 and quote in _PAIRED and raw[-1] == quote and _PAIRED[quote].fullmatch(inner):
        return fold(inner)
    return fold(raw)


def fold(raw: str) -> str:
    """Lines joined as YAML joins them: a line end is a space, an empty line a line end."""
    if "\n" not in raw:
        return raw
    text, empty = "", 0
    parts: list[str] = []
    for line in raw.split("\n"):
        text = line.strip(" \t")
        if text:
            parts += ["\n" * empty or " ", text] if parts else [text]
        empty = 0 if text else empty + 1
    return "".join(parts)


def split_items(text: str) -> tuple[str, ...]:
    """Items of a list on one line (or folded over several): quoted ones whole, others at commas."""
    if text[:1] == "[" and text[-1:] == "]":
        text = text[1:-1]
    return tuple(
        _read_quoted(match[1]) if match[1] else unquote(match[2].strip(EDGE))
        for match in _ITEM.finditer(text)
    )


def _read_quoted(raw: str) -> str:
    inner = raw[1:-1]
    if raw[0] == "'":
        return _IN_SINGLE.sub(_replace, inner)
    text = _IN_DOUBLE.sub(_replace, inner)
    if "\\u" not in inner or not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    # JSON writers escape a sign beyond U+FFFF as two; half of one can't be stored in a file.
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _replace(match: re.Match[str]) -> str:
    spaces, run, *special = match.groups()
    if run is not None:
        first, *others = _breaks(run)
        return (first if first != "\n" else "" if others else " ") + "".join(others)
    if spaces is not None:
        return spaces
    if len(special) == 1:
        return "'"
    joined, escape = special
    if joined:  # a backslash at the end of a line takes the line end away
        return "".join(_breaks(joined)[1:])
    return _ESCAPED[escape[1]] if len(escape) == len(r"\n") else chr(int(escape[2:], 16))  # noqa: FURB166


def _breaks(run: str) -> list[str]:
    return ["\n" if char == "\x85" else char for char in _BREAKS.findall(run)]


def _read_block(header: re.Match[str], rest: Sequence[str], base: int) -> str:
    style, chomp, digit, digit_first, chomp_last = header.groups()
    number = digit or digit_first
    full = [line for line in rest if line.strip(" \t")]
    indent = base + int(number) if number else _indent(full[0]) if full else 0
    lines = [line[indent:] for line in rest]
    end = len(lines)
    while end and not lines[end - 1]:
        end -= 1
    text = _fold_block(lines[:end]) if style == ">" else "\n".join(lines[:end])
    match chomp or chomp_last:
        case "-":
            return text
        case "+":
            return text + "\n" * (len(lines) - end + bool(end))
        case _:
            return text + "\n" * bool(end)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _fold_block(lines: Sequence[str]) -> str:
    """Like ``fold``, but a line that is indented further keeps its line ends."""
    parts: list[str] = []
    empty, before = 0, ""
    for line in lines:
        if not line:
            empty += 1
            continue
        folds = before and before[0] not in " \t" and line[0] not in " \t"
        parts.append("\n" * (empty + bool(before) * (not folds)) or " " * bool(before))
        parts.append(line)
        empty, before = 0, line
    return "".join(parts)
