"""Pictures beside articles: their sizes, read once and kept by stamp; the same pictures narrower."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from posixpath import splitext
from unicodedata import normalize

from mujaz.digest import SIZE, content_digest
from mujaz.errors import ContentError, MujazError, Place
from mujaz.files import read_file
from mujaz.model import Picture
from mujaz.targets import PICTURES

WIDTHS = (480, 960, 1440)  # pixels: a phone's column, the same and a desktop's at two densities
_WEBP, _JPEG, _PNG = "image/webp", "image/jpeg", "image/png"
_VARIED = {".webp": _WEBP, ".jpeg": _JPEG, ".jpg": _JPEG, ".png": _PNG}
# Media type -> what Pillow calls it, how it is saved
_SAVED: dict[str, tuple[str, dict[str, int]]] = {
    _WEBP: ("WEBP", {"quality": 80, "method": 4}),
    _JPEG: ("JPEG", {"quality": 80, "progressive": 1, "optimize": 1}),
    _PNG: ("PNG", {"optimize": 1}),
}
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
    """Return the pictures of a site by path in NFC, each with its variants."""
    found = {}
    for path, (_, width, height, content) in measured.items():
        source = normalize("NFC", path)
        url = "/" + source.removeprefix("content/")
        found[source] = Picture(source, url, width, height, _variants(url, width), content)
    return found


def _variants(url: str, width: int) -> tuple[tuple[str, str, int], ...]:
    """A wide picture as WebP, and narrower ones of its own kind for browsers that don't read WebP."""
    ending = splitext(url)[1].lower()
    own = _VARIED.get(ending)
    narrower = [w for w in WIDTHS if w < width]
    if not own or not narrower:
        return ()
    same = [(own, f"{url}.{w}{ending}", w) for w in narrower]
    if own == _WEBP:
        return tuple(same)
    widths = narrower if width > WIDTHS[-1] else [*narrower, width]
    return (*((_WEBP, f"{url}.{w}.webp", w) for w in widths), *same)


def variant(project: Path, picture: Picture, media: str, width: int, cache: Path) -> bytes:
    """Return a picture of a type, so many pixels wide: made once and kept under its digest in ``cache``.

    Raises ContentError if the picture can't be read.
    """
    from PIL import __version__ as pillow

    kept = cache / f"{picture.content.hex()}-{width}-{_SAVED[media][0]}-{pillow}"
    data = kept.read_bytes() if kept.is_file() else b""
    if content_digest(data[SIZE:]) == data[:SIZE]:
        return data[SIZE:]
    data = read_file(project, picture.source)
    try:
        made = _narrower(data, media, width)
    except Exception as error:  # noqa: BLE001 - as in _size; a picture cut short is found out here
        message = f"not a picture that can be read: {error}"
        raise ContentError(message, Place(picture.source)) from None
    cache.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(content_digest(made) + made)
    return made


def _narrower(data: bytes, media: str, width: int) -> bytes:
    """A picture drawn anew, upright and in its own colours."""
    from PIL import Image, ImageOps

    kind, how = _SAVED[media]
    modes = ("RGB",) if media == _JPEG else ("RGB", "RGBA")
    with Image.open(BytesIO(data)) as whole:
        upright = ImageOps.exif_transpose(whole)
        shown = upright if upright.mode in modes else upright.convert(modes[-1])
        colours = upright.info.get("icc_profile") if upright.mode in {*modes, "P"} else None
        height = max(1, round(shown.height * width / shown.width))
        small = shown.resize((width, height), Image.Resampling.LANCZOS)
    made = BytesIO()
    small.save(made, kind, icc_profile=colours, **how)
    return made.getvalue()
