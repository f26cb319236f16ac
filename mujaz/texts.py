"""Texts of articles on their way from reading to rendering: in files, which cost nobody memory.

Each process that reads puts the texts, names marked, into a file of its own in a folder that goes
when the build ends; the processes that render map these files into their memory.
"""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

from mujaz.digest import content_digest
from mujaz.errors import ContentError, Place
from mujaz.files import read_file
from mujaz.model import Article, Body


class Kept(NamedTuple):
    """Texts that one process has put into its file."""

    file: Path
    spans: dict[
        str, tuple[int, int]
    ]  # by the article's path: where the text begins and ends, bytes


def put(folder: Path, texts: Mapping[str, bytes]) -> Kept:
    """Add texts to this process's file in a folder, which is made if it isn't there."""
    folder.mkdir(exist_ok=True)
    path = folder / str(os.getpid())
    with open(path, "ab") as file:
        places = accumulate(map(len, texts.values()), initial=file.tell())
        file.writelines(texts.values())
    return Kept(path, dict(zip(texts, pairwise(places), strict=True)))


def clear(folder: Path) -> None:
    """Remove a folder of such files."""
    with suppress(FileNotFoundError):
        for name in os.listdir(folder):
            with suppress(OSError):  # Windows, where a file in use stays: the next build removes it
                os.unlink(folder / name)
        with suppress(OSError):
            os.rmdir(folder)


class Texts:
    """Texts of articles, names marked: those parsed just now, others read again when asked for."""

    def __init__(self, project: Path, *, raw_html: bool) -> None:
        self._project = project
        self._raw_html = raw_html
        self._kept: dict[str, tuple[memoryview, tuple[int, int]]] = {}

    def keep(self, texts: Iterable[Kept]) -> None:
        """Spare the reading of some. Nothing may be added to their files from now on."""
        from mmap import ACCESS_READ, mmap

        files: dict[Path, memoryview] = {}
        for kept in texts:
            if kept.file not in files:
                with open(kept.file, "rb") as file:
                    empty = not os.fstat(file.fileno()).st_size  # which can't be mapped
                    mapped = b"" if empty else mmap(file.fileno(), 0, access=ACCESS_READ)
                    files[kept.file] = memoryview(mapped)
            whole = files[kept.file]
            self._kept |= {path: (whole, span) for path, span in kept.spans.items()}

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_kept": {}}  # a process that isn't forked reads for itself

    def __call__(self, source: Article | Body) -> str:
        """Return a text. Raises ContentError if the file has changed since it was read."""
        if source.path in self._kept:
            whole, (begin, end) = self._kept[source.path]
            return str(whole[begin:end], "utf-8")
        from mujaz.article import split
        from mujaz.marks import mark_names

        data = read_file(self._project, source.path)
        if content_digest(data) != source.content:
            raise ContentError(
                "changed while the site was being built: build again", Place(source.path)
            )
        return mark_names(split(data).body, raw_html=self._raw_html).text
