"""Front matter of other generators: YAML (Hugo, Jekyll, Eleventy), TOML and JSON (Hugo), lines of
Pelican and Nikola. All values are texts or lists of texts; what else is there keeps its key."""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from mujaz.errors import Place, SourceError
from mujaz.importing.reading import decode, read

Value = str | tuple[str, ...]

_YAML = re.compile(
    r"---[ \t]*+(?:ya?ml)?[ \t]*+\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
_FENCED_JSON = re.compile(r"---[ \t]*json[ \t]*\n(.*?)(?:^|\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)(?:^|\n)\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_NIKOLA = re.compile(r"\s*(?:<!--\s*\n)?((?:\.\. [\w-]+:[^\n]*\n+)+)(?:-->)?[ \t]*\n?")
_PAIRS = re.compile(r"(?:[A-Za-z][\w-]*:[^\n]*\n(?:(?: {4}|\t)[^\n]*\n)*)+(?:\n|\Z)")


class Document(NamedTuple):
    """A file of another generator taken apart. Keys are in lower case, "-" is "_"."""

    fields: dict[str, Value]
    other: tuple[str, ...]  # keys whose values are no texts
    body: str
    line: int  # on which the body begins


def parse(text: str, file: Path, place: Place, encoding: str) -> Document:
    """Return a file's fields and body. Raises SourceError with the line that can't be read."""
    text = text.removeprefix("\ufeff")
    for pattern, reader in ((_YAML, _yaml), (_TOML, _toml)):
        if found := pattern.match(text):
            return _document(_guarded(reader, found[1], place, 2), text, found.end())
    if found := _FENCED_JSON.match(text):  # Eleventy
        return _json(f"\n{found[1]}", text, found.end(), place)
    if text.startswith("{"):
        return _json(text, text, 0, place)
    if (found := _NIKOLA.match(text)) and ".. title:" in found[1]:
        return _document(_nikola(found[1]), text, found.end())
    if (found := _PAIRS.match(f"{text}\n")) and re.search(
        r"^(?:title|date):", found[0], re.IGNORECASE | re.MULTILINE
    ):
        return _document(_pelican(found[0]), text, min(found.end(), len(text)))
    beside = file.with_suffix(".meta")
    if beside.is_file():
        meta = decode(read(beside), encoding, Place(beside.as_posix()))
        return _document(_nikola(meta), text, 0)
    return _document({}, text, 0)


def _document(values: Mapping[str, object], text: str, end: int) -> Document:
    fields: dict[str, Value] = {}
    other: list[str] = []
    for key, value in _flat(values):
        name = key.strip().lower().replace("-", "_")
        match value:
            case _ if value is None or value in ("", [], {}):
                continue
            case list() if all(isinstance(x, str | int | float) for x in value):
                fields[name] = tuple(str(x).strip() for x in value if str(x).strip())
            case list() | dict():
                other.append(key)
            case bool():
                fields[name] = str(value).lower()
            case _:
                fields[name] = str(value).strip()
    return Document(fields, tuple(other), text[end:], text.count("\n", 0, end) + 1)


def _flat(values: Mapping[str, object]) -> list[tuple[str, object]]:
    """Pairs of a front matter; those of Hugo's ``taxonomies``, ``params`` and ``cover`` on one level."""
    rows: list[tuple[str, object]] = []
    for key, value in values.items():
        if isinstance(value, dict) and str(key).lower() in {"taxonomies", "params"}:
            rows += [(str(inner), x) for inner, x in value.items()]
        elif isinstance(value, dict) and str(key).lower() in {"cover", "image", "featured_image"}:
            rows += [(f"{key}_{inner}", x) for inner, x in value.items()]
        else:
            rows.append((str(key), value))
    return rows


def _guarded(
    reader: Callable[[str], object], text: str, place: Place, first: int
) -> Mapping[str, object]:
    try:
        values = reader(text)
    except _UnreadableError as error:
        line = Place(place.path, error.line + first - 1)
        raise SourceError(f"front matter: {error.message}", line) from None
    except RecursionError:
        raise SourceError("front matter is nested too deeply", place) from None
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise SourceError("expected 'key: value' in the front matter", Place(place.path, first))
    return values


class _UnreadableError(Exception):
    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def _yaml(text: str) -> object:
    import yaml

    try:
        return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - texts, lists, tables only
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _UnreadableError(f"no YAML: {error.problem}", line) from None
    except yaml.YAMLError as error:
        raise _UnreadableError(f"no YAML: {str(error).partition(chr(10))[0]}", 1) from None
    except ValueError:
        raise _UnreadableError("no YAML", 1) from None


def _toml(text: str) -> object:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError) as error:
        found = re.search(r"line (\d+)", str(error))
        raise _UnreadableError(f"no TOML: {error}", int(found[1]) if found else 1) from None


def _json(header: str, text: str, end: int, place: Place) -> Document:
    """JSON at a file's top, where it ends by itself, or between fences (``end`` is after them)."""
    start = len(header) - len(header.lstrip())
    try:
        values, stop = json.JSONDecoder().raw_decode(header, start)
    except json.JSONDecodeError as error:
        raise SourceError(
            f"front matter: no JSON: {error.msg}", Place(place.path, error.lineno)
        ) from None
    except (ValueError, RecursionError):  # a number of thousands of digits
        raise SourceError("front matter can't be read", place) from None
    if not isinstance(values, dict):
        raise SourceError("expected 'key: value' in the front matter", place)
    blank = re.compile(r"[ \t]*\n?").match(text, stop)
    return _document(values, text, end or (blank.end() if blank else stop))


def _nikola(text: str) -> dict[str, object]:
    rows = re.findall(r"^\.\. ([\w-]+):[ \t]*(.*)$", text, re.MULTILINE)
    return {key: _split(key, value) for key, value in rows}


def _pelican(text: str) -> dict[str, object]:
    rows = re.findall(
        r"^([A-Za-z][\w-]*):[ \t]*+((?:.*\n)(?:(?: {4}|\t).*\n)*)", text, re.MULTILINE
    )
    return {key: _split(key, " ".join(value.split())) for key, value in rows}


def _split(key: str, value: str) -> object:
    """Lists are of tags and the like; in all else a comma is a comma."""
    many = key.lower() in {"tags", "categories", "keywords", "authors"}
    return [x.strip() for x in re.split(r"[,،;؛]", value)] if many else value.strip()
