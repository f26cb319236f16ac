"""The plain list of files that Mujaz has written: only these may be replaced or removed.

It alone can't be made again, so it alone is forced to the disk (fsync) before the site is touched; it
is kept twice, and each line carries its own check.
"""

import os
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from mujaz.folders import FOLDER, force, replace

_LISTS = ("owned", "owned.copy")


def files(out: Path) -> set[str]:
    """Return all files that Mujaz ever wrote into an output folder and hasn't removed."""
    found: set[str] = set()
    for name in _LISTS:
        try:
            lines = (out / FOLDER / name).read_bytes().split(b"\n")
        except OSError:
            continue
        for line in lines:
            check, _, path = line.partition(b" ")
            if path and check == _check(path):
                found.add(path.decode("utf-8", "surrogateescape"))
    return found


def add(out: Path, paths: Iterable[str]) -> None:
    """Record files as Mujaz's before they are written."""
    text = _lines(paths)
    for name in _LISTS:
        path = out / FOLDER / name
        with open(path, "ab") as file:
            new = file.tell() == 0
            file.write(text if new else b"\n" + text)  # a line that was cut short ends here
            if name == _LISTS[0]:
                file.flush()
                os.fsync(file.fileno())
        if new and name == _LISTS[0]:
            force(path.parent)
            force(out)


def put(out: Path, paths: Iterable[str]) -> None:
    """Make the list anew."""
    text = _lines(paths)
    for name in _LISTS:
        replace(out / FOLDER / name, text, forced=name == _LISTS[0])


def stamps(out: Path) -> tuple[int, ...]:
    """Return sizes and times of both copies; nothing if one is missing."""
    try:
        seen = [os.stat(out / FOLDER / name) for name in _LISTS]
    except OSError:
        return ()
    return tuple([number for s in seen for number in (s.st_size, s.st_mtime_ns)])


def _lines(paths: Iterable[str]) -> bytes:
    spelled = [path.encode("utf-8", "surrogateescape") for path in paths]
    return b"".join([b"%s %s\n" % (_check(path), path) for path in spelled])


def _check(path: bytes) -> bytes:
    return blake2b(path, digest_size=4).hexdigest().encode()
