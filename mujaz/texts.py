"""Texts of articles on their way from reading to rendering, in files: no process waits for another's.

Each process that reads puts the texts, names marked, into a file of its own in a folder that goes
when the build ends; those that render map these files into their memory.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import accumulate, pairwise
from pathlib import Path

from mujaz.digest import content_digest
from mujaz.errors import ContentError, Place
from mujaz.files import read_file
from mujaz.model import Article, Body

Span = tuple[str, int, int]  # file, and the bytes in it where a text begins and ends


@contextmanager
def shelf(folder: Path) -> Iterator[Path]:
    """A folder for such files; what is in it goes at the end, what a killed build left there at once."""
    _clear(folder)
    try:
        yield folder
    finally:
        _clear(folder)


def _clear(folder: Path) -> None:
    with suppress(FileNotFoundError):
        for name in os.listdir(folder):
            with suppress(OSError):  # Windows, where a file in use stays: the next build removes it
                os.unlink(folder / name)
        with suppress(OSError):
            os.rmdir(folder)


def put(folder: Path, texts: Mapping[str, bytes]) -> dict[str, Span]:
    """Add texts, by their articles' paths, to this process's file; return where they are."""
    folder.mkdir(exist_ok=True)
    path = f"{folder}/{os.getpid()}"
    with open(path, "ab") as file:
        ends = accumulate(map(len, texts.values()), initial=file.tell())
        file.writelines(texts.values())
    spans = pairwise(ends)
    return {article: (path, begin, end) for article, (begin, end) in zip(texts, spans, strict=True)}


class Texts:
    """Texts of articles, names marked: those parsed just now, others read again when asked for."""

    def __init__(self, project: Path, *, raw_html: bool) -> None:
        self._project = project
        self._raw_html = raw_html
        self._kept: Mapping[str, Span] = {}
        self._mapped: dict[str, memoryview] = {}  # files, in each process when it first asks

    def keep(self, texts: Mapping[str, Span]) -> None:
        """Spare the reading of some, by their articles' paths; their files must be whole by now."""
        self._kept = texts

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_mapped": {}}

    def __call__(self, source: Article | Body) -> str:
        """Return a text. Raises ContentError if the file has changed since it was read."""
        if source.path in self._kept:
            file, begin, end = self._kept[source.path]
            return str(self._map(file)[begin:end], "utf-8")
        from mujaz.article import split
        from mujaz.marks import mark_names

        data = read_file(self._project, source.path)
        if content_digest(data) != source.content:
            raise ContentError(
                "changed while the site was being built: build again", Place(source.path)
            )
        return mark_names(split(data).body, raw_html=self._raw_html).text

    def _map(self, path: str) -> memoryview:
        if path not in self._mapped:
            from mmap import ACCESS_READ, mmap

            with open(path, "rb") as file:
                try:
                    data: bytes | mmap = mmap(file.fileno(), 0, access=ACCESS_READ)
                except (OSError, ValueError):  # a file system that can't; an empty file
                    data = file.read()
                self._mapped[path] = memoryview(data)
        return self._mapped[path]
