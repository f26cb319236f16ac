"""Front matter: the fields between two ``---`` lines, read as people write them.

Text in, values out; nothing is read from disk. The first colon splits, the rest of the line is
the value as typed; quoted values, blocks, lists and folded lines read as YAML writers mean them.
Where the two differ (``headline: خبر #عاجل``) the author's text wins, since a YAML writer would
have quoted it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mujaz.frontmatter_scalars import BLOCK, EDGE, MARKS, QUOTED, read_scalar, split_items, unquote

KEYS = {
    "headline": "العنوان",
    "date": "التاريخ",
    "tags": "الوسوم",
    "summary": "الملخص",
    "updated": "التحديث",
    "author": "الكاتب",
    "source": "المصدر",
    "source_url": "رابط المصدر",
    "dateline": "المكان",
    "image": "الصورة",
    "image_alt": "وصف الصورة",
    "image_credit": "مصدر الصورة",
    "story": "الملف",
    "pin": "تثبيت",
    "draft": "مسودة",
    "expires": "ينتهي",
    "slug": "الرابط",
    "aliases": "روابط سابقة",
    "corrections": "تصويبات",
}

_LIMIT = 64 * 1024
_MARKED = frozenset(MARKS)
# How a line that belongs to the value above may begin; the last three end lines in quotes of YAML.
_CONTINUED = ("", " ", "\t", "-", "]", "\x85", "\u2028", "\u2029")
_OPEN = re.compile(r"---[ \t]*+(?:\n|\Z)")
_CLOSE = re.compile(r"\n---[ \t]*+(?:\n|\Z)")
_DASH = re.compile(r"([ \t]*+)-(?:[ \t]++|\Z)")
_PAIR = re.compile(r"[ \t]*+([^\W\d][\w ]*+):(?:[ \t]++(.*+)|\Z)")
_LIST = rf"\[(?:\s*+(?:{QUOTED}|[^,\[\]]*+)\s*+(?:,|(?=\])))*+\]"
_FLOW_PAIR = re.compile(
    rf"\s*+({QUOTED}|[^\s:,{{}}\[\]]++(?: [^\s:,{{}}\[\]]++)*+)\s*+:\s++"
    rf"({_LIST}|{QUOTED}|[^,{{}}\[\]]*+)\s*+(?:,|(?=\}}))"
)
_MARKS = re.compile("[\u0640\u064b-\u065f\u0670\u200b-\u200d\u2060" + MARKS + "]")
_FORMS = str.maketrans("أإآٱىةؤئ -", "ااااي" + "هوي" + "__")


class Field(NamedTuple):
    """One key's value. ``items`` is a list's, one item a line; else None."""

    text: str  # the scalar as typed, "" for a list
    items: tuple[str, ...] | None
    line: int


class Document(NamedTuple):
    """An article taken apart. ``fields`` go by the English key, unknown keys as typed."""

    fields: dict[str, Field]
    body: str  # line ends are "\n"
    body_line: int
    problems: tuple[tuple[int, str], ...]  # line, message: what doesn't stop the build


class FrontMatterError(ValueError):
    """The front matter can't be read. ``faults`` are all of them: line, message for the author."""

    def __init__(self, faults: Sequence[tuple[int, str]]) -> None:
        super().__init__("; ".join(f"line {line}: {message}" for line, message in faults))
        self.faults = tuple(faults)


class _Entry(NamedTuple):
    line: int
    key: str
    first: str
    rest: list[str]


def parse(text: str) -> Document:
    """Fields and body of an article. Raises FrontMatterError with all the faults of the file."""
    if text[:1] == "\ufeff":
        text = text[1:]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    header, end = _cut(text)
    faults: list[tuple[int, str]] = []
    entries = _flow_entries(header) if header[:1] == "{" else ()
    fields, problems = _fields(entries or _entries(header, faults), faults)
    if faults:
        raise FrontMatterError(sorted(faults))
    return Document(fields, text[end:], text.count("\n", 0, end) + 1, tuple(problems))


def items(field: Field) -> tuple[str, ...]:
    """Items of a list field, whichever way it is written; unquoted, stripped, none empty."""
    found = split_items(field.text) if field.items is None else field.items
    return tuple(item for item in (item.strip(EDGE) for item in found) if item)


def write(fields: Sequence[tuple[str, str | Sequence[str]]], body: str) -> str:
    """A file that ``parse`` reads back to the same fields and body; lists are ``- a`` lines."""
    lines = ["---"]
    for key, value in fields:
        match value:
            case str():
                lines.append(f"{key}: {_quote(value)}".rstrip())
            case _:
                lines.append(f"{key}:" if value else f"{key}: []")
                lines += [f"- {_quote(item, in_list=True)}" for item in value]
    return "\n".join([*lines, "---", body])


def _cut(text: str) -> tuple[str, int]:
    """Front matter without its fences, and where the body starts."""
    opening = _OPEN.match(text)
    if not opening:
        found = text[:40].split("\n", 1)[0]
        raise FrontMatterError([(1, f"expected '---' on the first line, found '{found}'")])
    closing = _CLOSE.search(text, opening.end() - 1)
    if not closing:
        last = text.rstrip("\n").count("\n") + 1
        raise FrontMatterError([(last, "expected '---' on a line of its own after the fields")])
    header = text[opening.end() : closing.start()]
    if len(header) > _LIMIT or (len(header) > _LIMIT // 4 and len(header.encode()) > _LIMIT):
        raise FrontMatterError([(1, "front matter is over 64 KB; is the closing '---' missing?")])
    return header, closing.end()


def _entries(header: str, faults: list[tuple[int, str]]) -> Iterator[_Entry]:
    """Each key with all of its lines."""
    entry = None
    for number, typed in enumerate(header.split("\n"), 2):
        line = typed.lstrip(MARKS) if typed[:1] in _MARKED else typed
        if entry and _continues(line, entry):
            entry.rest.append(line)
            continue
        clean = line.lstrip(EDGE)
        if not clean or clean[0] == "#" or clean.rstrip() == "...":  # the end, to some YAML writers
            continue
        key, colon, first = clean.partition(":")
        if not colon or not key:
            faults.append((number, f"expected 'key: value', found '{clean[:60].rstrip()}'"))
            continue
        if entry:
            yield entry
        entry = _Entry(number, key, first, [])
    if entry:
        yield entry


def _continues(line: str, entry: _Entry) -> bool:
    if line[:1] not in _CONTINUED:
        return False
    value = entry.first.strip(EDGE)
    match line[:1]:
        case "":
            return True
        case "-":
            return not value and bool(_DASH.match(line))
        case "]":
            return value[:1] == "["
        case "\x85" | "\u2028" | "\u2029":
            return True
    if value[:1] in ("'", '"') or BLOCK.fullmatch(value) or any(map(_DASH.match, entry.rest[:1])):
        return True
    # A known key with a space before it is a key: folded text of YAML writers has no ": ".
    pair = _PAIR.match(line)
    return not (pair and _english(pair[1]))


def _flow_entries(header: str) -> tuple[_Entry, ...]:
    """Fields of a header that is one ``{key: value, …}``, as some YAML writers have it; or ()."""
    found: list[_Entry] = []
    position = 1
    while pair := _FLOW_PAIR.match(header, position):
        line = header.count("\n", 0, pair.start(1)) + 2
        first, *rest = pair[2].split("\n")
        found.append(_Entry(line, pair[1], first, rest))
        position = pair.end()
    return tuple(found) if header[position:].strip() == "}" else ()


def _fields(
    entries: Sequence[_Entry] | Iterator[_Entry], faults: list[tuple[int, str]]
) -> tuple[dict[str, Field], list[tuple[int, str]]]:
    fields: dict[str, Field] = {}
    problems: list[tuple[int, str]] = []
    for entry in entries:
        key = entry.key if entry.key in KEYS else _english(entry.key)
        if not key:
            key = unquote(entry.key.strip(EDGE))
            problems.append((entry.line, _unknown(key)))
        if key in fields:
            faults.append((entry.line, f"'{key}' is already given on line {fields[key].line}"))
            continue
        fields[key] = _field(entry)
    return fields, problems


def _field(entry: _Entry) -> Field:
    line, _, first, rest = entry
    while rest and not rest[-1].strip(" \t") and first.strip(EDGE)[:1] not in ("|", ">"):
        rest.pop()
    if rest:
        value = first.lstrip(EDGE)
        rows = [row for row in rest if row.strip(" \t")]
        if not value and _DASH.match(rows[0]):
            return Field("", _list_items(rest), line)
        raw = "\n".join((value, *rest)).rstrip(EDGE)
        if raw[0] == "[" and raw[-1] == "]":
            return Field("", split_items(raw), line)
    return Field(read_scalar(first, rest), None, line)


def _list_items(rows: Sequence[str]) -> tuple[str, ...]:
    """Items of ``- a`` lines; lines without a dash of that depth belong to the item above."""
    groups: list[tuple[str, list[str]]] = []
    depth: str | None = None
    for row in rows:
        dash = _DASH.match(row)
        if dash and (depth is None or len(dash[1]) <= len(depth)):
            depth = dash[1]
            groups.append((row[dash.end() :], []))
        elif groups:
            groups[-1][1].append(row)
    return tuple(_item(first, rest, len(depth or "")) for first, rest in groups)


def _item(first: str, rest: list[str], base: int) -> str:
    """One item; a YAML mapping (``date: x`` over ``text: y``) becomes "x: y"."""
    pairs = [_PAIR.match(row) for row in (first, *rest) if row.strip(" \t")] if rest else []
    if len(pairs) > 1 and all(pairs):
        return ": ".join(read_scalar(pair[2] or "", ()) for pair in pairs if pair)
    return read_scalar(first, rest, base)


def _fold_key(key: str) -> str:
    return _MARKS.sub("", unquote(key.strip(EDGE))).strip(EDGE).translate(_FORMS).lower()


_FOLDED = {_fold_key(name): key for key, arabic in KEYS.items() for name in (key, arabic)}


def _english(key: str) -> str:
    return _FOLDED.get(_fold_key(key), "")


def _unknown(key: str) -> str:
    from difflib import get_close_matches  # only where there is a fault to tell

    near = get_close_matches(_fold_key(key), _FOLDED, 1)
    if not near:
        return f"unknown key '{key}'"
    english = _FOLDED[near[0]]
    meant = english if near[0] == english else KEYS[english]
    return f"unknown key '{key}', did you mean '{meant}'?"


def _quote(value: str, *, in_list: bool = False) -> str:
    """The value as typed if it reads back so, else in double quotes."""
    safe = _MARKS.sub("", value).isprintable() and read_scalar(value, ()) == value
    if safe and not (in_list and (not value or value[0] == "-")) and value[:1] != "[":
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(map(_escape, escaped)) + '"'


def _escape(char: str) -> str:
    if char.isprintable() or char == "\xa0":
        return char
    code = ord(char)
    return f"\\U{code:08x}" if code >> 16 else f"\\u{code:04x}"
