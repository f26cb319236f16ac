"""An XML file, read safely: no entities of its own, nothing fetched, nothing nested without end."""

import codecs
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mujaz.errors import Place, SourceError
from mujaz.importing.elements import has_entities
from mujaz.importing.found import Found, Setting
from mujaz.importing.libraries import needed
from mujaz.importing.reading import decode, shown

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0, chapter 2.2
_DECLARATION = re.compile(r"(?<!\s)\s*+<\?xml[^<>]*\?>")
_ENTITY = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;)([A-Za-z][A-Za-z0-9]{1,31});")
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WORDPRESS = "//wordpress.org/export/"  # http: as it writes it, https: as some tools do


def read_xml(data: bytes, source: Path, setting: Setting) -> Sequence[Found]:
    """Return the articles of a WordPress export, an RSS or an Atom file. Raises SourceError."""
    place = Place(shown(source))
    needed(("lxml", "markdownify"), place)
    text = _text(data, place, setting)
    root = _parse(text, place)
    name = str(root.tag).rpartition("}")[2]
    if name == "rss" and any(_WORDPRESS in str(uri) for uri in root.nsmap.values()):
        from mujaz.importing.wordpress import read_wordpress

        return read_wordpress(root, source, setting)
    if name in {"rss", "RDF", "feed"}:
        from mujaz.importing.feed import read_feed

        return read_feed(root, source, setting)
    raise SourceError(f"expected a WordPress export, RSS or Atom, found <{name}>", place)


def _text(data: bytes, place: Place, setting: Setting) -> str:
    """The file's text: its encoding is its mark's, its declaration's, or the author's."""
    declared = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8)[:400])
    encoding = setting.encoding or (declared[1].decode() if declared else "")
    wide = data[:4].replace(b"\0", b"")[:2] == b"<?" and b"\0" in data[:4]
    if wide and not encoding:  # UTF-16 without a mark
        encoding = "utf-16-be" if data[0] == 0 else "utf-16-le"
    if b"\0" in data and not wide and data[:2] not in _MARKS:
        data = _without_nul(data, place, setting)
    text = decode(data, encoding, place)
    clean = _FORBIDDEN.sub("", text)
    if len(clean) < len(text):
        line = text.count("\n", 0, _FORBIDDEN.search(text).start()) + 1  # type: ignore[union-attr]
        setting.told.leave(
            Place(place.path, line), f"{len(text) - len(clean)} signs that XML forbids"
        )
    return _DECLARATION.sub("", clean.removeprefix("\ufeff"), count=1)


def _without_nul(data: bytes, place: Place, setting: Setting) -> bytes:
    """Bytes without NUL, which no text of one byte a sign holds."""
    line = data.count(b"\n", 0, data.index(b"\0")) + 1
    setting.told.leave(Place(place.path, line), f"{data.count(0)} NUL bytes")
    return data.replace(b"\0", b"")


def _parse(text: str, place: Place) -> "Element":
    """The root. Entities of HTML stand for their signs, others aren't there; nothing is fetched."""
    from html.entities import html5

    from lxml import etree

    plain = _ENTITY.sub(lambda m: html5.get(f"{m[1]};", m[0]), text)
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(plain.encode(errors="replace"), parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"not XML: {error.msg}", Place(place.path, error.lineno or 0)) from None
    if has_entities(root):
        raise SourceError("expected no entities of its own in an XML file", place)
    return root
