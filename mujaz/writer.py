"""The output folder: what in it has changed, pages staged, moved into place, old ones removed.

Rendered files are staged under ``site/.mujaz/stage`` in the site's own shape, so that publishing a
new folder is one rename. Nothing outside the output folder is touched, nothing in it that isn't
Mujaz's, and no symbolic link is followed.
"""

import os
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from zlib import crc32

from mujaz.addresses import claim
from mujaz.errors import OutputError, Place, PlanError
from mujaz.folders import FOLDER, Folder, force, opened
from mujaz.records import FileRecord, Records


def file_digest(data: bytes) -> bytes:
    """Return the check by which an output file is known again when its time has changed.

    CRC-32, a fifth of a hash's time: with size and time beside it, an alteration escapes notice
    once in four thousand million, and nothing is written on its word.
    """
    return crc32(data).to_bytes(4, "big")


def altered(out: Path, files: Records) -> dict[str, FileRecord | None]:
    """Return the recorded files that aren't as they were left: None if missing or of other bytes.

    A file with the same bytes but another time (a checkout, a restored cache) comes with its new
    record.
    """
    found: dict[str, FileRecord | None] = {}
    try:
        folder = os.open(out, os.O_RDONLY)
    except OSError:
        return dict.fromkeys(files)
    stat = os.stat
    try:
        for path, record in files.rows():
            try:
                seen = stat(path, dir_fd=folder, follow_symlinks=False)
            except OSError:
                found[path] = None
                continue
            if (
                seen.st_mtime_ns != record[1]
                or seen.st_size != record[0]
                or not S_ISREG(seen.st_mode)
            ):
                found[path] = _same_bytes(out / path, seen, record)
    finally:
        os.close(folder)
    return found


def _same_bytes(path: Path, seen: os.stat_result, record: FileRecord) -> FileRecord | None:
    if not S_ISREG(seen.st_mode) or seen.st_size != record[0]:
        return None
    try:
        same = file_digest(path.read_bytes()) == record[2]
    except OSError:
        return None
    return (seen.st_size, seen.st_mtime_ns, record[2]) if same else None


class Stage:
    """Where files wait until all have been rendered."""

    def __init__(self, out: Path, owned: Collection[str], *, fresh: bool) -> None:
        self.out = out
        self.owned = owned
        self.fresh = fresh  # nothing was there before: no need to look
        self.folder = str(out / FOLDER / "stage")
        self._made: set[str] = set()
        self._seen: set[str] = set()
        self._spellings: dict[str, set[str]] = {}  # of owned files, where case makes no other file
        if not fresh and os.path.lexists(out / FOLDER.upper()):
            for path in owned:
                self._spellings.setdefault(claim(f"/{path}"), set()).add(path)

    def put(self, path: str, data: bytes) -> tuple[FileRecord, bool]:
        """Stage a file unless the site has these bytes already; return its record, and whether it was staged.

        Raises OutputError if what isn't Mujaz's stands in its way: a file with other bytes, a file
        or a link where a folder must be, a folder where a file must be.
        """
        mark = file_digest(data)
        if not self.fresh:
            self._look(path)
            if kept := self._kept(path, data, mark):
                return kept, False
        where = f"{self.folder}/{path}"
        parent = where.rpartition("/")[0]
        try:
            if parent not in self._made:
                self._make(parent)
            return _write(where, data, mark), True
        except (FileExistsError, IsADirectoryError, NotADirectoryError):
            raise PlanError(
                "two pages want this address, one as a file and one as a folder", self._place(path)
            ) from None

    def _make(self, folder: str) -> None:
        """Make a folder under ``.mujaz``, those above it first: no call is made in vain."""
        above = folder.rpartition("/")[0]
        if folder != self.folder and above not in self._made:
            self._make(above)
        with suppress(FileExistsError):
            os.mkdir(folder)
        self._made.add(folder)

    def _kept(self, path: str, data: bytes, mark: bytes) -> FileRecord | None:
        target = self.out / path
        try:
            seen = os.lstat(target)
        except OSError:
            return None
        if self._spellings.get(claim(f"/{path}"), {path}) != {path}:
            return None  # Mujaz's own under a name that goes: it must come back under this one
        if S_ISREG(seen.st_mode) and seen.st_size == len(data) and target.read_bytes() == data:
            return seen.st_size, seen.st_mtime_ns, mark
        if not (self._all_owned(path) if S_ISDIR(seen.st_mode) else path in self.owned):
            raise OutputError(
                "expected a file of Mujaz's or none, found another: move it away", self._place(path)
            )
        return None

    def _look(self, path: str) -> None:
        """The folders above a path must be folders that can be written, or files that will be gone."""
        for parent in (*parents(path), ""):
            if parent in self._seen:
                return
            self._seen.add(parent)
            try:
                mode = os.lstat(self.out / parent).st_mode
            except OSError:
                continue
            if not S_ISDIR(mode) and not self._ours(parent):
                raise _in_the_way(self._place(parent).path)
            if S_ISDIR(mode) and not os.access(self.out / parent, os.W_OK | os.X_OK):
                raise OutputError("can't be written: Permission denied", self._place(parent))

    def _all_owned(self, folder: str) -> bool:
        """Whether a folder where a file must be holds nothing but what Mujaz wrote, and takes away."""
        inner = [
            os.path.relpath(os.path.join(where, name), self.out)
            for where, folders, files in os.walk(self.out / folder)
            for name in (*files, *(f for f in folders if os.path.islink(os.path.join(where, f))))
        ]
        return all(self._ours(path.replace(os.sep, "/")) for path in inner)

    def _ours(self, path: str) -> bool:
        return path in self.owned or bool(self._spellings and claim(f"/{path}") in self._spellings)

    def gone(
        self, known: Iterable[str], files: Collection[str], staged: AbstractSet[str]
    ) -> set[str]:
        """Return those of some owned files that are no part of the site any more.

        Where case makes no other file, what is kept under one name isn't gone under another.
        """
        gone = {path for path in known if path not in files}
        if gone and self._spellings:
            claims = {claim(f"/{path}") for path in files if path not in staged}
            gone = {path for path in gone if claim(f"/{path}") not in claims}
        return gone

    def _place(self, path: str) -> Place:
        return Place(f"{self.out.name}/{path}")

    def discard(self) -> None:
        """Forget what was staged."""
        _forget(self.folder)


def _write(where: str, data: bytes, mark: bytes) -> FileRecord:
    """Write a new file: four calls, half the time of open()."""
    file = os.open(where, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
        seen = os.fstat(file)
    finally:
        os.close(file)
    return seen.st_size, seen.st_mtime_ns, mark


def publish(out: Path, stage: Path) -> None:
    """Move all staged files into place; a folder that the site doesn't have moves as a whole.

    Raises OutputError if a link or a file has come in its way.
    """
    if stage.is_dir():
        with opened(str(stage)) as source, opened(str(out)) as target:
            _move(source, target, out.name)
        os.rmdir(stage)


def _forget(stage: str) -> None:
    if os.path.islink(stage):
        os.unlink(stage)
    if os.path.isdir(stage):
        import shutil  # with three compressors in tow; most builds have nothing to forget

        shutil.rmtree(stage, ignore_errors=True)


def _move(source: Folder, target: Folder, shown: str) -> None:
    with os.scandir(source.path if source.handle is None else source.handle) as entries:
        rows = [(e.name, e.is_dir(follow_symlinks=False)) for e in entries]
    for name, is_folder in rows:
        mode = _mode(target, name)
        if is_folder and S_ISDIR(mode):
            try:
                with opened(name, source) as inner, opened(name, target) as there:
                    _move(inner, there, f"{shown}/{name}")
            except NotADirectoryError:
                raise _in_the_way(f"{shown}/{name}") from None
            os.rmdir(source.at(name), dir_fd=source.handle)
        elif is_folder and mode:
            raise _in_the_way(f"{shown}/{name}")
        else:
            if S_ISDIR(mode):
                os.rmdir(target.at(name), dir_fd=target.handle)  # only what Mujaz wrote was in it
            os.replace(
                source.at(name), target.at(name), src_dir_fd=source.handle, dst_dir_fd=target.handle
            )


def _mode(folder: Folder, name: str) -> int:
    """What stands under a name; 0 if nothing does."""
    try:
        return os.stat(folder.at(name), dir_fd=folder.handle, follow_symlinks=False).st_mode
    except FileNotFoundError:
        return 0


def prune(out: Path, paths: Iterable[str]) -> int:
    """Remove files that are no longer part of the site, and folders left empty; return how many files.

    It is on the disk when this returns: nothing remembers them any more.
    """
    removed = 0
    left: set[str] = set()
    with opened(str(out)) as folder:
        for path in paths:
            with suppress(OSError):  # it is gone, or a link or a folder has taken its place
                left.add(_remove(folder, path))
                removed += 1
    for name in left:
        force(out / name)
    return removed


def _remove(folder: Folder, path: str) -> str:
    """Remove a file and what that leaves empty; return the innermost of its folders that is still there."""
    first, _, rest = path.partition("/")
    if not rest:
        os.unlink(folder.at(first), dir_fd=folder.handle)
        return ""
    with opened(first, folder) as inner:
        left = _remove(inner, rest)
    if left:
        return f"{first}/{left}"
    try:
        os.rmdir(folder.at(first), dir_fd=folder.handle)
    except OSError:  # another page's files, or others'
        return first
    return ""


def _in_the_way(shown: str) -> OutputError:
    return OutputError(
        "expected a folder, found a file or a symbolic link: move it away", Place(shown)
    )


def parents(path: str) -> Iterator[str]:
    """The folders of a path inside the output, innermost first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
