"""Pictures of imported articles -> files beside them."""

from collections.abc import Sequence
from pathlib import Path
from posixpath import dirname

from mujaz.arabic.slug import slug
from mujaz.errors import SourceError
from mujaz.importing.creating import create
from mujaz.importing.found import Picture, Told
from mujaz.importing.reading import read

MOST = 64 * 1024 * 1024  # bytes of a picture
KINDS = (
    ".avif",
    ".gif",
    ".jpeg",
    ".jpg",
    ".png",
    ".svg",
    ".webp",
    ".pdf",
    ".mp3",
    ".ogg",
    ".mp4",
    ".webm",
)


class Copies:
    """Chooses free names beside the articles; the same picture twice is one file."""

    def __init__(self, project: Path, told: Told) -> None:
        self.project = project
        self.told = told
        self.chosen: dict[tuple[str, Path], str] = {}  # folder, source -> name
        self.used: dict[str, bytes] = {}  # path, case folded -> bytes

    def names(self, pictures: Sequence[Picture], article: str) -> dict[str, str]:
        """Return what stands for each picture -> its file's name beside the article, "" if unread."""
        folder = dirname(article)
        return {p.target: self._name(p, folder) for p in pictures}

    def _name(self, picture: Picture, folder: str) -> str:
        key = folder, picture.file
        if key not in self.chosen:
            try:
                self.chosen[key] = self._free(picture.file, folder, read(picture.file, MOST))
            except SourceError as error:
                self.told.faults.append(error)
                self.chosen[key] = ""
        return self.chosen[key]

    def _free(self, file: Path, folder: str, data: bytes) -> str:
        stem, kind = slug(file.stem, 120) or "picture", file.suffix.lower()
        for number in range(1, 10_000):
            name = f"{stem}{kind}" if number == 1 else f"{stem}-{number}{kind}"
            path = f"{folder}/{name}"
            if self._bytes(path) in {None, data}:
                break
        self.used[path.casefold()] = data
        return name

    def _bytes(self, path: str) -> bytes | None:
        """What stands at a path, or will; None: nothing."""
        if path.casefold() in self.used:
            return self.used[path.casefold()]
        file = self.project / path
        return read(file, MOST) if file.is_file() else None

    def write(self, pictures: Sequence[Picture], article: str) -> None:
        """Copy an article's pictures. Raises OutputError."""
        folder = dirname(article)
        for picture in pictures:
            path = f"{folder}/{self.chosen[folder, picture.file]}"
            if self.chosen[folder, picture.file] and not (self.project / path).exists():
                create(self.project, path, self.used[path.casefold()])
