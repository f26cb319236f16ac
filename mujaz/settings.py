"""content/site.toml and the registries names.toml and tags.toml: TOML text in, values out."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mujaz.errors import MujazError, Place, Problem, SettingsError
from mujaz.marks import legal
from mujaz.model import Settings

SITE, NAMES, TAGS = "content/site.toml", "content/names.toml", "content/tags.toml"

CHOICES = {
    "months": ("both", "ar", "levant", "morocco", "maghreb", "mauritania"),
    "digits": ("latn", "arab"),
    "name_marks": ("none", "guillemets"),
    "lang": ("en", "ar"),
    "week_start": ("saturday", "sunday", "monday"),
}
LEAST = {"per_page": 1, "summary_words": 1, "feed_items": 1, "noindex_below": 0}
DERIVED = {"origin", "base"}
KINDS = ("", "person", "organization", "place")  # of names


class NameEntry(NamedTuple):
    """One name of content/names.toml."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""  # person | organization | place
    role: str = ""
    note: str = ""  # tells homonyms apart
    slug: str = ""
    distinct: tuple[str, ...] = ()  # spellings never suggested as the same


class TagEntry(NamedTuple):
    """One tag of content/tags.toml."""

    tag: str
    synonyms: tuple[str, ...] = ()
    label: str = ""
    slug: str = ""
    description: str = ""


def read_settings(text: str | None, errors: list[MujazError], problems: list[Problem]) -> Settings:
    """Return the settings; each fault goes to ``errors`` with its line, and its default holds.

    ``text`` is None where the project has no site.toml.
    """
    table = _table(text or "", SITE, errors)
    known = [name for name in Settings._fields if name not in DERIVED]
    lines = _lines(text or "")
    values: dict[str, object] = {}
    for key, value in table.items():
        place = Place(SITE, lines.get(key, 0))
        if key not in known:
            errors.append(SettingsError(f"unknown setting '{key}'{_meant(key, known)}", place))
            continue
        fault, clean = _setting(key, value, getattr(Settings(), key))
        if fault:
            errors.append(SettingsError(f"{key}: {fault}", place))
        else:
            values[key] = clean
    if "base_url" not in table:
        problems.append(
            Problem(Place(SITE), "base_url is missing: addresses begin with http://localhost/")
        )
    base_url = str(values.get("base_url", Settings().base_url)).rstrip("/")
    parts = urlsplit(base_url)
    values |= {
        "base_url": base_url,
        "origin": f"{parts.scheme}://{parts.netloc}",
        "base": parts.path,
    }
    return Settings(**values)  # type: ignore[arg-type]  # each was checked against its default's type


def read_names(text: str | None, errors: list[MujazError]) -> tuple[NameEntry, ...]:
    """Return content/names.toml's entries: ``[[names]]`` tables with ``name`` and what else is known."""
    return tuple(NameEntry(**row) for row in _rows(text, NAMES, "names", NameEntry, errors))


def read_tags(text: str | None, errors: list[MujazError]) -> tuple[TagEntry, ...]:
    """Return content/tags.toml's entries: ``[[tags]]`` tables with ``tag`` and what else is known."""
    return tuple(TagEntry(**row) for row in _rows(text, TAGS, "tags", TagEntry, errors))


def _table(text: str, path: str, errors: list[MujazError]) -> Mapping[str, object]:
    try:
        table = tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
        return {key: _legal(value) for key, value in table.items()}
    except RecursionError:
        errors.append(SettingsError("not TOML: brackets nested too deeply", Place(path)))
        return {}
    except ValueError as error:  # TOMLDecodeError, or a number longer than Python reads
        found = re.search(r"line (\d+)", str(error))
        errors.append(
            SettingsError(f"not TOML: {error}", Place(path, int(found[1]) if found else 0))
        )
        return {}


def _legal(value: object) -> object:
    """A value of TOML without what pages and feeds can't hold: its escapes write any character."""
    match value:
        case str():
            return legal(value)
        case list():
            return [_legal(x) for x in value]
        case dict():
            return {legal(key): _legal(x) for key, x in value.items()}
    return value


def _lines(text: str) -> dict[str, int]:
    """The line of each top-level key: tomllib keeps none."""
    got: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if found := re.match(r"\ufeff?\s*+\[*+\s*+[\"']?([\w-]+)[\"']?\s*[\]=]", line):
            got.setdefault(found[1], number)
    return got


def _meant(key: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches  # only where there is a fault to tell

    near = get_close_matches(key, known, n=1)
    return f"; did you mean '{near[0]}'?" if near else f"; expected one of {', '.join(known)}"


def _setting(key: str, value: object, default: object) -> tuple[str, object]:
    """What is wrong with a setting ("" if nothing), and its clean value."""
    if key == "links":
        return _links(value)
    if isinstance(default, tuple):
        ok = isinstance(value, list) and all(isinstance(x, str) for x in value)
        return (
            ("", tuple(value))
            if ok and isinstance(value, list)
            else (f"expected a list of texts, found {value!r}", ())
        )
    if type(value) is not type(default):
        kind = {str: "a text in quotes", bool: "true or false", int: "a whole number"}[
            type(default)
        ]
        return f"expected {kind}, found {value!r}", None
    if key in CHOICES and value not in CHOICES[key]:
        return f"expected {' or '.join(CHOICES[key])}, found {value!r}", None
    if isinstance(value, int) and value < LEAST.get(key, 0):
        return f"expected {LEAST[key]} or more, found {value}", None
    if key == "base_url":
        return _base_url(str(value))
    if key == "timezone":
        return _zone(str(value))
    return "", value


def _links(value: object) -> tuple[str, object]:
    """``links = [["عن موجز", "/about/"], …]`` or a table of label = address."""
    if isinstance(value, dict):
        value = [list(pair) for pair in value.items()]
    pairs: list[Any] = value if isinstance(value, list) else [None]
    for pair in pairs:
        if not (
            isinstance(pair, list)
            and len(pair) == 2
            and all(isinstance(x, str) and x.strip() for x in pair)
        ):
            return f'expected pairs ["label", "address"], found {pair!r}', None
        if not re.match(r"/|https?://|mailto:", pair[1]):
            return (
                f"expected an address that begins with /, http:, https: or mailto:, found '{pair[1]}'",
                None,
            )
    return "", tuple((pair[0], pair[1]) for pair in pairs)


def _base_url(value: str) -> tuple[str, object]:
    """http(s), a host, no query, no fragment; an international host is stored as IDNA (RFC 5891)."""
    wrong = f"expected an address such as https://user.github.io/mujaz, found '{value}'", None
    try:
        parts = urlsplit(value.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return wrong
    if (
        parts.scheme not in {"http", "https"}
        or not host
        or parts.query
        or parts.fragment
        or "?" in value
        or "#" in value
    ):
        return wrong
    if (
        parts.username
        or "//" in parts.path
        or re.search(r"[\s\\<>\"']|/\.{1,2}(/|$)", value.strip())
    ):
        return wrong
    try:
        host = host if host.isascii() else host.encode("idna").decode()
        host = f"[{host}]" if ":" in host else host  # RFC 3986: an IPv6 address stands in brackets
    except UnicodeError:
        return wrong
    return "", f"{parts.scheme}://{host}{f':{port}' if port else ''}{parts.path.rstrip('/')}"


def _zone(value: str) -> tuple[str, object]:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        from difflib import get_close_matches  # only where there is a fault to tell
        from zoneinfo import available_timezones

        near = get_close_matches(value, available_timezones(), n=1, cutoff=0.5)
        hint = f"; did you mean '{near[0]}'?" if near else ""
        return f"expected a zone of the IANA list such as Asia/Beirut, found '{value}'{hint}", None
    return "", value


def _rows(
    text: str | None,
    path: str,
    key: str,
    entry: type[NameEntry] | type[TagEntry],
    errors: list[MujazError],
) -> list[dict[str, Any]]:
    """The tables of a registry as keyword arguments of its entry."""
    table = _table(text or "", path, errors)
    starts = [
        n
        for n, line in enumerate((text or "").splitlines(), 1)
        if re.match(rf"\s*\[\[\s*{key}\s*\]\]", line)
    ]
    rows: list[dict[str, Any]] = []
    for other in sorted(table.keys() - {key}):
        errors.append(
            SettingsError(
                f"expected [[{key}]] tables, found '{other}'",
                Place(path, _lines(text or "").get(other, 0)),
            )
        )
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(x, dict) for x in found):
        errors.append(SettingsError(f"expected [[{key}]] tables, found {found!r}", Place(path)))
        return []
    for number, row in enumerate(found):
        place = Place(path, starts[number] if number < len(starts) else 0)
        faults = _row_faults(row, entry)
        errors += [SettingsError(fault, place) for fault in faults]
        if not faults:
            rows.append({k: tuple(v) if isinstance(v, list) else v for k, v in row.items()})
    return rows


def _row_faults(row: Mapping[str, object], entry: type[NameEntry] | type[TagEntry]) -> list[str]:
    known = entry._fields
    required = known[0]
    faults = [f"unknown key '{key}'{_meant(key, known)}" for key in row if key not in known]
    if not str(row.get(required, "")).strip():
        faults.append(f'expected {required} = "…", found none')
    for key, value in ((key, row[key]) for key in known if key in row):
        many = isinstance(entry._field_defaults.get(key, ""), tuple)
        if many and not (isinstance(value, list) and all(isinstance(x, str) for x in value)):
            faults.append(f"{key}: expected a list of texts, found {value!r}")
        elif not many and not isinstance(value, str):
            faults.append(f"{key}: expected a text in quotes, found {value!r}")
    if row.get("kind", "") not in KINDS:
        faults.append(f"kind: expected person, organization or place, found {row['kind']!r}")
    return faults
