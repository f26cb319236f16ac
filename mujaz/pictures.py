"""Pictures beside articles: their sizes, read once and kept by stamp."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from posixpath import splitext
from unicodedata import normalize

from mujaz.article import content_digest
from mujaz.errors import ContentError, MujazError, Place, gather
from mujaz.files import read_file
from mujaz.library import PICTURES
from mujaz.model import Picture

Stamp = tuple[int, int]
Measured = tuple[Stamp, int, int, bytes]  # stamp, width, height, digest of the bytes


def measure(
    project: Path, paths: Iterable[str], stamps: Mapping[str, Stamp], known: Mapping[str, Measured]
) -> dict[str, Measured]:
    """Return the sizes of pictures in pixels; 0 for SVG, which has none of its own.

    Raises ExceptionGroup of ContentError for pictures that can't be read.
    """
    found: dict[str, Measured] = {}
    errors: list[MujazError] = []
    for path in paths:
        if splitext(path)[1].lower() not in PICTURES:
            continue
        old = known.get(path)
        if old and old[0] == stamps[path] and stamps[path][1]:
            found[path] = old
            continue
        try:
            data = read_file(project, path)
            found[path] = (stamps[path], *_size(path, data), content_digest(data))
        except MujazError as error:
            errors.append(error)
    gather(errors)
    return found


def _size(path: str, data: bytes) -> tuple[int, int]:
    if path.lower().endswith(".svg"):
        return 0, 0
    from io import BytesIO

    from PIL import Image

    try:
        with Image.open(BytesIO(data)) as picture:
            picture.verify()
            return picture.size
    except Exception as error:  # noqa: BLE001 - Pillow raises many kinds for bytes that are no picture
        raise ContentError(f"not a picture that can be read: {error}", Place(path)) from None


def pictures(measured: Mapping[str, Measured]) -> dict[str, Picture]:
    """Return the pictures of a site by path."""
    return {
        path: Picture(
            path, "/" + normalize("NFC", path.removeprefix("content/")), width, height, (), digest
        )
        for path, (_, width, height, digest) in measured.items()
    }
