"""Pictures beside articles: their sizes, read once and kept by stamp."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from posixpath import splitext
from unicodedata import normalize

from mujaz.article import content_digest
from mujaz.digest import SIZE
from mujaz.errors import ContentError, MujazError, Place
from mujaz.files import read_file
from mujaz.model import Picture
from mujaz.targets import PICTURES

WIDTHS = (480, 960)  # pixels: a phone's column at two densities, a desktop's
_VARIED = frozenset({".jpeg", ".jpg", ".png", ".webp"})
_WEBP = "image/webp"
_ORIENTATION, _UPRIGHT = 0x0112, 4  # EXIF: values over 4 lie on their side

Stamp = tuple[int, int]
Measured = tuple[Stamp, int, int, bytes]  # stamp, width, height, digest of the bytes


def measure(
    project: Path,
    paths: Iterable[str],
    stamps: Mapping[str, Stamp],
    known: Mapping[str, Measured],
    errors: list[MujazError],
) -> dict[str, Measured]:
    """Return the sizes of pictures in pixels; 0 for SVG, which has none of its own.

    Pictures that can't be read go to ``errors``.
    """
    found: dict[str, Measured] = {}
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
    return found


def _size(path: str, data: bytes) -> tuple[int, int]:
    """Width and height as shown: a camera's turn counts."""
    if path.lower().endswith(".svg"):
        return 0, 0
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data)) as picture:
            picture.verify()  # leaves it unusable
        with Image.open(BytesIO(data)) as picture:
            turned = picture.getexif().get(_ORIENTATION, 1) > _UPRIGHT
            width, height = picture.size
    except UnidentifiedImageError:  # whose own message is of a Python object
        raise ContentError(
            "not a picture that can be read: of no kind that browsers show", Place(path)
        ) from None
    except Exception as error:  # noqa: BLE001 - Pillow raises many kinds for bytes that are no picture
        raise ContentError(f"not a picture that can be read: {error}", Place(path)) from None
    return (height, width) if turned else (width, height)


def pictures(measured: Mapping[str, Measured]) -> dict[str, Picture]:
    """Return the pictures of a site by path, each with its narrower variants."""
    found = {}
    for path, (_, width, height, content) in measured.items():
        url = "/" + normalize("NFC", path.removeprefix("content/"))
        ending = splitext(url)[1]
        widths = [w for w in WIDTHS if w < width] if ending.lower() in _VARIED else []
        variants = tuple((_WEBP, f"{url}.{w}.webp", w) for w in widths)
        found[path] = Picture(path, url, width, height, variants, content)
    return found


def variant(project: Path, picture: Picture, width: int, cache: Path) -> bytes:
    """Return a picture as WebP, so many pixels wide: made once and kept under its digest in ``cache``.

    Raises ContentError if the picture can't be read.
    """
    from PIL import Image, ImageOps
    from PIL import __version__ as pillow

    kept = cache / f"{picture.content.hex()}-{width}-{pillow}"
    data = kept.read_bytes() if kept.is_file() else b""
    if content_digest(data[SIZE:]) == data[:SIZE]:
        return data[SIZE:]
    with Image.open(BytesIO(read_file(project, picture.source))) as whole:
        upright = ImageOps.exif_transpose(whole)
        shown = upright if upright.mode in {"RGB", "RGBA"} else upright.convert("RGBA")
        small = shown.resize(
            (width, round(shown.height * width / shown.width)), Image.Resampling.LANCZOS
        )
    made = BytesIO()
    small.save(made, "WEBP", quality=80, method=4)
    cache.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(content_digest(made.getvalue()) + made.getvalue())
    return made.getvalue()
