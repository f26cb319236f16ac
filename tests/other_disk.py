"""A disk as macOS or Windows has it, laid over a folder: names that differ in case or Unicode form only are one file."""

import builtins
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

_ONE = (
    "open",
    "stat",
    "lstat",
    "mkdir",
    "rmdir",
    "unlink",
    "remove",
    "scandir",
    "listdir",
    "access",
    "utime",
    "chmod",
)
_TWO = ("replace", "rename")
_MAKES = frozenset({"open", "mkdir", *_TWO})


def plain(name: str) -> str:
    """What tells one file from another on such a disk."""
    return normalize("NFC", normalize("NFC", name).casefold())


class OtherDisk:
    """``decomposed``: names are kept in NFD, as HFS+ has them; else as they are given (APFS, NTFS)."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, *, decomposed: bool) -> None:
        self.folder = str(folder)
        self.decomposed = decomposed
        self._list = os.listdir
        self._folders: dict[int, str] = {}  # open ones, by their handle
        for name in _ONE:
            patch.setattr(os, name, self._with(getattr(os, name), 1, makes=name in _MAKES))
        for name in _TWO:
            patch.setattr(os, name, self._with(getattr(os, name), 2, makes=True))
        for module in (builtins, io):
            patch.setattr(module, "open", self._with(open, 1, makes=True))

    def _with(self, call: Callable[..., Any], count: int, *, makes: bool) -> Callable[..., Any]:
        def calling(*given: Any, **more: Any) -> Any:
            inside = self._folders.get(more.get("dir_fd", -1), "")
            places = [
                self.found(x, inside, new=makes and at == count - 1)
                for at, x in enumerate(given[:count])
            ]
            if count == 2 and places[0] == places[1]:  # another spelling of its own name
                places[1] = os.path.join(os.path.dirname(places[1]), os.path.basename(given[1]))
            got = call(*places, *given[count:], **more)
            if call.__name__ == "open" and isinstance(got, int):
                self._folders[got] = os.path.join(inside, os.fspath(given[0]))
            return got

        return calling

    def found(self, place: Any, inside: str = "", *, new: bool = False) -> Any:
        """The path by which the machine's own disk has a file."""
        if isinstance(place, int) or not isinstance(os.fspath(place), str):
            return place
        path = os.path.join(inside, os.fspath(place))
        if not path.startswith(f"{self.folder}/"):
            return place
        real = self.folder
        for name in path.removeprefix(f"{self.folder}/").split("/"):
            real = f"{real}/{self._name(real, name, new=new)}"
        return real if not inside else os.path.relpath(real, inside)

    def _name(self, folder: str, name: str, *, new: bool) -> str:
        try:
            names = self._list(folder)
        except OSError:
            return name
        if name in names:
            return name
        same = [found for found in names if plain(found) == plain(name)]
        assert len(same) < 2, f"{folder} has {same}"
        return same[0] if same else normalize("NFD", name) if new and self.decomposed else name
