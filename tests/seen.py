"""A built site as browsers, feed readers and crawlers see it."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import html5lib
import pytest
from conftest import SiteFolder
from lxml import etree

BASE = "https://example.github.io/mujaz"
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def parse(html: str) -> Element:
    """A page's tree, made by the rules of HTML5."""
    return html5lib.parse(html, namespaceHTMLElements=False)


def page(site: SiteFolder, url: str) -> Element:
    """The tree of a page of the site."""
    return parse(site.text(url))


def body(site: SiteFolder, url: str) -> Element:
    """The element that holds an article's text."""
    return one(page(site, url), "div", "body")


def text(element: Element) -> str:
    """What a reader sees: white space squeezed, direction controls, script and style left out."""
    return " ".join(_BIDI.sub("", "".join(_pieces(element))).split())


def _pieces(element: Element) -> Iterator[str]:
    if element.tag not in {"script", "style"}:
        yield element.text or ""
        for child in element:
            yield from _pieces(child)
            yield child.tail or ""


def every(root: Element, tag: str, kind: str = "") -> list[Element]:
    """All elements of a tag, and of a class if one is given."""
    return [e for e in root.iter(tag) if not kind or kind in e.get("class", "").split()]


def one(root: Element, tag: str, kind: str = "") -> Element:
    """The one element of a tag, and of a class if one is given."""
    (found,) = every(root, tag, kind)
    return found


def heading(site: SiteFolder, url: str) -> str:
    """The text of a page's one <h1>."""
    return text(one(page(site, url), "h1"))


def links(root: Element) -> list[str]:
    """Targets of a page's links, decoded, without the base path."""
    return [unquote(a.get("href", "")).removeprefix("/mujaz") for a in root.iter("a")]


def main(site: SiteFolder, url: str) -> Element:
    """The part of a page that is its own."""
    return one(page(site, url), "main")


def listed(site: SiteFolder, url: str) -> list[str]:
    """The articles that a list page links to, in order, each once, by the last part of their address."""
    found = [re.fullmatch(r"/\d{4}/\d\d/\d\d/([^/]+)/", link) for link in links(main(site, url))]
    return list(dict.fromkeys(m[1] for m in found if m))


def posts(site: SiteFolder) -> dict[str, str]:
    """Articles' addresses by the last part."""
    files = site.site.glob("[0-9]*/*/*/*/index.html")
    return {f.parent.name: f"/{f.parent.relative_to(site.site).as_posix()}/" for f in files}


def index(site: SiteFolder, url: str) -> dict[str, int]:
    """Labels of an index of tags or names with their counts."""
    rows = (li for ul in every(main(site, url), "ul", "terms") for li in ul.iter("li"))
    return {text(one(li, "a")): int(text(one(li, "span", "count"))) for li in rows}


def tags_of(site: SiteFolder, url: str) -> list[str]:
    """Labels of an article's tags."""
    return [text(a) for ul in every(page(site, url), "ul", "tags") for a in ul.iter("a")]


def xml(site: SiteFolder, url: str) -> Any:
    """The tree of a feed or a sitemap."""
    return etree.fromstring((site.site / url[1:]).read_bytes())


def items(site: SiteFolder) -> list[tuple[str, Element]]:
    """Titles and parsed contents of the feed's items."""
    content = "{http://purl.org/rss/1.0/modules/content/}encoded"
    return [
        (i.findtext("title"), parse(i.findtext(content)))
        for i in xml(site, "/feed.xml").iter("item")
    ]


def feed_json(site: SiteFolder) -> Any:
    """The JSON feed."""
    return json.loads(site.text("/feed.json"))


def whole(site: SiteFolder) -> bytes:
    """All bytes of the site's own text files, and the names of all its files."""
    kinds = (".html", ".xml", ".json", ".txt", ".webmanifest")
    files = site.files()
    return b"\n".join(
        [
            name.encode() + b"\n" + (data if name.endswith(kinds) else b"")
            for name, data in files.items()
        ]
    )


def faults(site: SiteFolder) -> list[str]:
    """What a build that must fail tells the author."""
    with pytest.raises(ExceptionGroup) as found:
        site.build()
    return [str(fault) for fault in found.value.exceptions]
