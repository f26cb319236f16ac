"""The output folder: what in it has changed, pages staged, moved into place, old ones removed.

Rendered files are staged under ``site/.mujaz/stage`` in the site's own shape, so that publishing a
new folder is one rename. Nothing outside the output folder is touched, nothing in it that isn't
Mujaz's, and no symbolic link is followed.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from zlib import crc32

from mujaz.errors import OutputError, Place, PlanError
from mujaz.trace import FOLDER, FileRecord


def file_digest(data: bytes) -> bytes:
    """Return the check by which an output file is known again when its time has changed.

    CRC-32, a fifth of a hash's time: with size and time beside it, an alteration escapes notice
    once in four thousand million, and nothing is written on its word.
    """
    return crc32(data).to_bytes(4, "big")


def altered(out: Path, files: Mapping[str, FileRecord]) -> dict[str, FileRecord | None]:
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
        for path, record in files.items():
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

    def __init__(self, out: Path, owned: AbstractSet[str], *, fresh: bool) -> None:
        self.out = out
        self.owned = owned
        self.fresh = fresh  # nothing was there before: no need to look
        self.folder = str(out / FOLDER / "stage")
        self._made: set[str] = set()
        self._seen: set[str] = set()

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

    def _make(self, parent: str) -> None:
        try:
            os.mkdir(parent)
        except FileExistsError:
            pass
        except FileNotFoundError:
            os.makedirs(parent, exist_ok=True)
        self._made.add(parent)

    def _kept(self, path: str, data: bytes, mark: bytes) -> FileRecord | None:
        target = self.out / path
        try:
            seen = os.lstat(target)
        except OSError:
            return None
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
            if not S_ISDIR(mode) and parent not in self.owned:
                raise OutputError(
                    "expected a folder, found a file or a symbolic link: move it away",
                    self._place(parent),
                )
            if S_ISDIR(mode) and not os.access(self.out / parent, os.W_OK | os.X_OK):
                raise OutputError("can't be written: Permission denied", self._place(parent))

    def _all_owned(self, folder: str) -> bool:
        """Whether a folder where a file must be holds nothing but what Mujaz wrote, and takes away."""
        inner = [
            os.path.relpath(os.path.join(where, name), self.out)
            for where, folders, files in os.walk(self.out / folder)
            for name in (*files, *(f for f in folders if os.path.islink(os.path.join(where, f))))
        ]
        return self.owned >= {path.replace(os.sep, "/") for path in inner}

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
    """Move all staged files into place; a folder that the site doesn't have moves as a whole."""
    if stage.is_dir():
        _move(str(stage), str(out), out.name)


def _forget(stage: str) -> None:
    if os.path.islink(stage):
        os.unlink(stage)
    if os.path.isdir(stage):
        import shutil  # with three compressors in tow; most builds have nothing to forget

        shutil.rmtree(stage, ignore_errors=True)


def _move(source: str, target: str, shown: str) -> None:
    with os.scandir(source) as entries:
        rows = [(e.name, e.is_dir(follow_symlinks=False)) for e in entries]
    for name, is_folder in rows:
        inner = f"{target}/{name}"
        there = os.path.isdir(inner) and not os.path.islink(inner)
        if is_folder and there:
            _move(f"{source}/{name}", inner, f"{shown}/{name}")
        elif is_folder and os.path.lexists(inner):
            raise OutputError(
                "expected a folder, found a file or a symbolic link: move it away",
                Place(f"{shown}/{name}"),
            )
        else:
            if there:
                os.rmdir(inner)  # only what Mujaz wrote was in it
            os.replace(f"{source}/{name}", inner)
    os.rmdir(source)


def prune(out: Path, paths: Iterable[str]) -> int:
    """Remove files that are no longer part of the site, and folders left empty; return how many files."""
    removed = 0
    for path in paths:
        if any(os.path.islink(out / parent) for parent in parents(path)):
            continue
        try:
            os.unlink(out / path)
        except OSError:
            continue
        removed += 1
        for parent in parents(path):
            try:
                os.rmdir(out / parent)
            except OSError:
                break
    return removed


def parents(path: str) -> Iterator[str]:
    """The folders of a path inside the output, innermost first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
