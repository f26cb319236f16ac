"""What the last build knew, and why a page must be rendered again.

The state lives in ``site/.mujaz/state``: a head with its version and a checksum, then marshal, which
loads ten thousand articles in milliseconds. Articles lie beside it in parts, named by number and
checksum and never changed, so that an edit writes one of them anew. The pages of a group stay packed
until it is planned again. A state that is damaged, foreign, old or half written is no state: the
build then starts from nothing, and only the list of files that Mujaz has written (``owned``) tells
what may be removed. A build that is cut short leaves another list than its last state was saved with.
"""

import marshal
import os
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from mujaz import __version__, owned, records
from mujaz.folders import FOLDER, replace
from mujaz.model import Row
from mujaz.records import Plain, Records

ARTICLES = "articles"  # folder of the parts
_FLAT = (ARTICLES, "layouts", "pictures", "texts")  # folders that hold files only
_FOLDERS = frozenset({*_FLAT, "stage"})  # all else beside them are files
PARTS = 16
CHECK = 4  # bytes of the state's checksum
LENGTH = 8  # bytes of the number that says where in it the groups begin
Stamp = tuple[int, int]
PageRecord = tuple[str, bytes]  # layout, digest of the data
GroupRecord = tuple[bytes, bytes]  # digest; its pages, packed
BundleRecord = tuple[bytes, tuple[str, ...]]  # digest, names of its groups


def packed(pages: Mapping[str, PageRecord]) -> bytes:
    """Return the pages of a group, by address, as their record has them."""
    return marshal.dumps(dict(pages))


def pages_of(record: GroupRecord | None) -> dict[str, PageRecord]:
    """Return the recorded pages of a group, by address; none if it has no record."""
    return marshal.loads(record[1]) if record else {}


class Reason(StrEnum):
    """Why a page is rendered."""

    NEW = "new"  # no record of this address
    COMMON = "common"  # mujaz, build.py, settings, versions or assets have changed
    LAYOUT = "layout"  # its layout, or one that it uses, has changed
    DATA = "data"  # what it shows has changed
    OUTPUT = "output"  # its file in the site is missing or altered


class State(NamedTuple):
    """All that one build leaves to the next. Plain values only."""

    options: bytes = b""  # digest of the command's flags
    common: bytes = b""
    code: bytes = b""  # digest of the code of Mujaz and of what it renders with
    rules: bytes = b""  # digest of what reading an article depends on
    moment: str = ""  # when it was made
    next_change: str = ""  # the moment from which the same sources give another site
    stamps: dict[str, Stamp] = {}  # noqa: RUF012 - never changed in place
    articles: dict[str, Row] = {}  # noqa: RUF012
    parts: dict[int, str] = {}  # noqa: RUF012 - number of a part -> its file; ``save`` adds what is missing
    layouts: dict[str, tuple[bytes, tuple[str, ...]]] = {}  # noqa: RUF012
    groups: dict[str, GroupRecord] = {}  # noqa: RUF012
    bundles: dict[str, BundleRecord] = {}  # noqa: RUF012
    listed: tuple[int, ...] = ()  # sizes and times of the lists of owned files
    files: Plain = (0, 0, {})  # of ``Records``
    pictures: dict[str, tuple[Stamp, int, int, bytes]] = {}  # noqa: RUF012 - width, height, digest
    copies: dict[str, Stamp] = {}  # noqa: RUF012 - file of the site -> stamp of its source
    total: int = 0  # articles and pages read
    counts: dict[str, int] = {}  # noqa: RUF012 - pages by layout
    notes: tuple[object, ...] = ()  # what the report said of merges and the like


# A state of other fields, of fields of other types or of other parts is another Mujaz's whatever its
# version says
_SHAPE = crc32(repr((State.__annotations__, PARTS, records.PARTS, records.DEEP)).encode())
_HEAD = f"mujaz state {_SHAPE:08x} {__version__} {sys.implementation.cache_tag}\n".encode()


class Last(NamedTuple):
    """A state as loaded: what a build with nothing to do needs is there at once, the rest packed."""

    out: Path
    state: State  # without articles and groups
    groups: memoryview

    def whole(self) -> State:
        """Return all of the state; an empty one if a part is missing or damaged."""
        articles: dict[str, Row] = {}
        for number, name in self.state.parts.items():
            part = _part(self.out, number, name)
            if part is None:
                return State()
            articles |= part
        return self.state._replace(articles=articles, groups=marshal.loads(self.groups))


class Rows:
    """Articles of a state, their parts loaded when one of theirs is asked for."""

    def __init__(self, out: Path, parts: Mapping[int, str]) -> None:
        self._out = out
        self._parts = parts
        self._loaded: dict[int, dict[str, Row]] = {}

    def row(self, path: str) -> Row | None:
        """Return an article by its path; None if the state hasn't it, or not whole."""
        part = part_of(path)
        if part not in self._loaded:
            self._loaded[part] = _part(self._out, part, self._parts.get(part, "")) or {}
        return self._loaded[part].get(path)


def _part(out: Path, number: int, name: str) -> dict[str, Row] | None:
    """A part of the articles; None if it is missing or damaged."""
    try:
        data = (out / FOLDER / ARTICLES / name).read_bytes()
    except OSError:
        return None
    return marshal.loads(data) if _name(number, data) == name else None


def part_of(path: str) -> int:
    """Return the number of the part that holds an article."""
    return crc32(path.encode("utf-8", "surrogateescape")) % PARTS


def _name(number: int, data: bytes) -> str:
    return f"{number:02}-{crc32(data):08x}"


def size(out: Path) -> int:
    """Return the bytes of the last build's state without its articles; 0 if there is none."""
    try:
        return os.stat(out / FOLDER / "state").st_size
    except OSError:
        return 0


def load(out: Path) -> Last | None:
    """Return the last build's state, or None."""
    try:
        data = (out / FOLDER / "state").read_bytes()
    except OSError:
        return None
    at = len(_HEAD)
    start = at + CHECK
    body = memoryview(data)[start:]
    if data[:at] != _HEAD or _checksum(body) != data[at:start]:
        return None
    split = int.from_bytes(body[-LENGTH:], "big")
    try:
        return Last(out, State._make(marshal.loads(body)), body[split:])
    except (EOFError, TypeError, ValueError):  # whole, but of a Mujaz that kept other things
        return None


def _checksum(*body: bytes | memoryview) -> bytes:
    """CRC-32: damage escapes it once in four thousand million, and it takes a fifth of a hash's time."""
    found = 0
    for part in body:
        found = crc32(part, found)
    return found.to_bytes(CHECK, "big")


def save(out: Path, state: State) -> dict[int, str]:
    """Replace the state in one step, and return all parts of it.

    ``articles`` need hold only those whose part ``parts`` doesn't name.
    """
    parts = state.parts | _write_parts(out / FOLDER / ARTICLES, state)
    plain: Any = tuple(state._replace(articles={}, groups={}, parts=parts))
    first, groups = marshal.dumps(plain), marshal.dumps(state.groups)
    body = first, groups, len(first).to_bytes(LENGTH, "big")
    replace(out / FOLDER / "state", _HEAD, _checksum(*body), *body)
    for name in set(os.listdir(out / FOLDER / ARTICLES)) - set(parts.values()):
        os.unlink(out / FOLDER / ARTICLES / name)
    return parts


def _write_parts(folder: Path, state: State) -> dict[int, str]:
    """Write the parts that aren't there yet; return their files."""
    folder.mkdir(exist_ok=True)
    rows: dict[int, dict[str, Row]] = {}
    for path, row in state.articles.items():
        rows.setdefault(part_of(path), {})[path] = row
    written = {}
    for part, got in rows.items():
        data = marshal.dumps(got)
        written[part] = _name(part, data)
        replace(folder / written[part], data)
    return written


def forget(out: Path) -> None:
    """Drop the state and the compiled layouts; only the list of owned files stays."""
    import shutil  # with three compressors in tow; most builds have nothing to remove by it

    last = load(out)
    if last:
        owned.put(out, {*owned.files(out), *Records(last.state.files)})
    (out / FOLDER / "state").unlink(missing_ok=True)
    shutil.rmtree(out / FOLDER / "layouts", ignore_errors=True)


def heal(out: Path) -> None:
    """Remove what stands in place of Mujaz's own files and folders; what a link leads to stays."""
    for name in ("", *_FLAT):
        folder = out / FOLDER / name
        if not folder.is_dir():
            continue
        with os.scandir(folder) as entries:
            wrong = [e for e in entries if not _fits(e, folder=not name and e.name in _FOLDERS)]
        if wrong:
            import shutil
        for entry in wrong:
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            else:
                os.unlink(entry.path)


def _fits(entry: "os.DirEntry[str]", *, folder: bool) -> bool:
    return (entry.is_dir if folder else entry.is_file)(follow_symlinks=False)


def intact(out: Path, state: State) -> bool:
    """Return whether the lists are those that a state was saved with: no later build was cut short."""
    return bool(state.listed) and state.listed == owned.stamps(out)
