"""What was given to ``import`` -> articles, by what it is: a folder, XML, Markdown or plain text."""

import re
from collections.abc import Sequence
from pathlib import Path

from mujaz.errors import MujazError, Place, SourceError
from mujaz.importing.found import Found, Setting
from mujaz.importing.plain_text import read_text
from mujaz.importing.reading import MOST, decode, read, shown

_XML = re.compile(rb"\s*<(?:\?xml|rss|feed|rdf:RDF|!DOCTYPE (?!html))", re.IGNORECASE)
_MARKDOWN = {".md", ".markdown", ".mkd", ".mdown"}
_PACKED = {b"PK\x03\x04": "a ZIP archive", b"\x1f\x8b": "a gzip archive", b"%PDF": "a PDF"}


def find(source: Path, setting: Setting) -> Sequence[Found]:
    """Return the articles of a file or folder. Raises SourceError if it is none that we can read.

    Articles that can't be read, and what isn't carried over, go to ``setting.told``.
    """
    if source.is_dir():
        from mujaz.importing.markdown_folder import read_folder

        return read_folder(source, setting)
    place = Place(shown(source))
    if re.match(r"https?:/", shown(source)):
        raise SourceError("expected a file or a folder: download it first", place)
    data = read(source, MOST)
    for sign, kind in _PACKED.items():
        if data.startswith(sign):
            raise SourceError(f"expected text, found {kind}: unpack it first", place)
    if source.suffix.lower() in {".xml", ".rss", ".atom", ".rdf"} or _XML.match(_ascii(data)):
        from mujaz.importing.xml_source import read_xml

        return read_xml(data, source, setting)
    if source.suffix.lower() in _MARKDOWN:
        from mujaz.importing.markdown_folder import read_one

        return read_one(source, setting)
    return _text(data, place, setting)


def _ascii(data: bytes) -> bytes:
    """The first signs of a text in UTF-8 or UTF-16."""
    head = data[:400]
    return (
        head.removeprefix(b"\xef\xbb\xbf")
        .removeprefix(b"\xff\xfe")
        .removeprefix(b"\xfe\xff")
        .replace(b"\0", b"")
    )


def _text(data: bytes, place: Place, setting: Setting) -> Sequence[Found]:
    try:
        return [read_text(decode(data, setting.encoding, place), place, setting)]
    except MujazError as error:
        setting.told.faults.append(error)
        return []
