"""What files there are, and their bytes. The rungs below know nothing of articles."""

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from mujaz.errors import ContentError, MujazError, Place, Problem

Stamp = tuple[int, int]  # size, mtime in ns; below 0 for a file too young to tell a later edit
YOUNG = 50_000_000  # ns: two edits within a clock tick of the file system look the same


class Found(NamedTuple):
    """The files of a project: path relative to it -> stamp; and what was passed over."""

    files: dict[str, Stamp]
    problems: tuple[Problem, ...]


def scan(project: Path, folders: Sequence[str]) -> Found:
    """Return the files under some folders of the project, in no order; links aren't followed."""
    files: dict[str, Stamp] = {}
    problems: list[Problem] = []
    now = time.time_ns()
    start = _nearest(project)
    for folder in folders:
        if os.path.islink(project / folder):
            problems.append(
                Problem(
                    Place(folder), "expected a folder, found a symbolic link, which is not followed"
                )
            )
        elif os.path.isdir(project / folder):
            _walk(os.path.join(start, folder), folder, files, problems, now)
    return Found(files, tuple(sorted(problems)))


def _nearest(folder: Path) -> str:
    """A folder's shortest path: from where a build is run, the system has less to walk to each file."""
    try:
        return min(os.path.relpath(folder), str(folder), key=len)
    except ValueError:  # Windows: on another drive
        return str(folder)


def _walk(
    where: str, path: str, files: dict[str, Stamp], problems: list[Problem], now: int
) -> None:
    with os.scandir(where) as entries:
        for entry in entries:
            name = entry.name
            if name[0] == "." or name[-1] == "~":
                continue
            inner = f"{path}/{name}"
            if entry.is_file(follow_symlinks=False):
                files[inner] = stamp(entry.stat(follow_symlinks=False), now)
            elif entry.is_dir(follow_symlinks=False):
                _walk(entry.path, inner, files, problems, now)
            else:
                problems.append(
                    Problem(
                        Place(inner),
                        "expected a file, found a symbolic link or device, which is not followed",
                    )
                )


def stamp(seen: os.stat_result, now: int) -> Stamp:
    """Return a file's stamp at a moment (ns since 1970); that of a young file is never seen again."""
    when = seen.st_mtime_ns
    return seen.st_size, when if now - when > YOUNG else -now


def read_file(project: Path, path: str) -> bytes:
    """Return a file's bytes. Raises ContentError if it can't be read or has gone meanwhile."""
    try:
        with open(f"{project}/{path}", "rb", buffering=0) as file:
            return file.read()
    except OSError as error:
        raise ContentError(f"can't be read: {error.strerror}", Place(path)) from None


def text_or_none(project: Path, path: str, errors: list[MujazError]) -> str | None:
    """Return the text of a settings file; None where there is none or it isn't UTF-8 (a fault)."""
    if not (project / path).is_file():
        return None
    try:
        return read_file(project, path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        errors.append(
            ContentError(
                f"expected UTF-8, found a byte that isn't (offset {error.start})", Place(path)
            )
        )
    except MujazError as error:
        errors.append(error)
    return None
