"""What importers ask of an XML element."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def text_of(element: "Element") -> str:
    """Return all text in an element."""
    return "".join(str(part) for part in element.itertext()).strip()


def child_text(element: "Element", tag: str) -> str:
    """Return the text of an element's first child of a tag, "" if it has none."""
    found = element.find(tag)
    return "" if found is None else text_of(found)


def local_name(element: "Element") -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def line_of(element: Any) -> int:
    """Return the line on which an element begins, 0 if that isn't known."""
    return int(element.sourceline or 0)


def has_entities(root: Any) -> bool:
    """Return whether the file of an element defines entities."""
    dtd = root.getroottree().docinfo.internalDTD
    return dtd is not None and any(True for _ in dtd.entities())
