"""Folders held open: what is done in one is done there, even if a link takes its name meanwhile."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

FOLDER = ".mujaz"  # where an output folder keeps what Mujaz remembers


class Folder(NamedTuple):
    """An open folder. Functions of ``os`` get ``at(name)`` and the handle as ``dir_fd``."""

    path: str
    handle: int | None  # None on Windows, where a path must do

    def at(self, name: str) -> str:
        """Return how a file in it is named beside the handle."""
        return name if self.handle is not None else f"{self.path}/{name}"


@contextmanager
def opened(path: str, inside: Folder | None = None) -> Iterator[Folder]:
    """Open a folder, or one in another by its name. OSError if that is a link or no folder."""
    whole = f"{inside.path}/{path}" if inside else path
    if os.open not in os.supports_dir_fd:
        if inside and os.path.islink(whole):
            raise NotADirectoryError(whole)
        yield Folder(whole, None)
        return
    flags = os.O_RDONLY | os.O_DIRECTORY | (os.O_NOFOLLOW if inside else 0)
    handle = os.open(path, flags, dir_fd=inside.handle if inside else None)
    try:
        yield Folder(whole, handle)
    finally:
        os.close(handle)


def force(folder: Path) -> None:
    """Wait until a folder's entries are on the disk, where the system can do that."""
    with (
        suppress(OSError),
        opened(str(folder)) as held,
    ):  # some file systems can't do it for folders
        if held.handle is not None:
            os.fsync(held.handle)


def replace(path: Path, *data: bytes, forced: bool = False) -> None:
    """Write a file in one step: whoever looks finds the old one or the new; ``forced`` onto the disk."""
    temporary = path.with_name(f"{path.name}.new")
    with open(temporary, "wb") as file:
        file.writelines(data)
        if forced:
            file.flush()
            os.fsync(file.fileno())
    os.replace(temporary, path)
