"""The bytes of a source -> text: UTF-8, UTF-16 with its mark, or what the author names."""

import codecs
import os
import stat
from pathlib import Path

from mujaz.errors import Place, SourceError

MOST = 512 * 1024 * 1024  # bytes of an export
MOST_OF_TEXT = 2 * 1024 * 1024  # bytes of one article
_SIGNS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read(path: Path, most: int = MOST_OF_TEXT) -> bytes:
    """Return a file's bytes. Raises SourceError if it can't be read, is no file, or is too big."""
    place = Place(shown(path))
    try:
        seen = os.stat(path)
        if not stat.S_ISREG(seen.st_mode):
            raise SourceError("expected a file", place)
        if seen.st_size > most:
            raise SourceError(
                f"expected at most {most >> 20} MB, found {seen.st_size >> 20} MB", place
            )
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"can't be read: {error.strerror}", place) from None


def decode(data: bytes, encoding: str, place: Place) -> str:
    """Return a source's text, line ends as "\\n". Raises SourceError with the line that isn't text."""
    marked = next((name for sign, name in _SIGNS if data.startswith(sign)), "")
    known = marked or encoding or "utf-8"
    try:
        text = data.decode(known)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"expected {known.upper().removesuffix('-SIG')}, found the byte"
            f" 0x{data[error.start]:02X}; {_advice(marked or encoding)}",
            Place(place.path, line),
        ) from None
    except (LookupError, UnicodeError):
        raise SourceError(
            f"expected an encoding such as windows-1256, found '{known}'", place
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise SourceError(
            "expected text, found a NUL: is it UTF-16, or no text at all?", Place(place.path, line)
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _advice(encoding: str) -> str:
    """What to do about bytes that are no UTF-8: Arabic papers' old texts are mostly windows-1256."""
    return "is it another encoding?" if encoding else "try --encoding windows-1256"


def shown(path: Path) -> str:
    """Return a source's path as messages show it."""
    return path.as_posix()
