"""RSS 0.91 to 2.0, RSS 1.0 (RDF) and Atom 1.0 (RFC 4287) -> articles."""

import re
from collections.abc import Iterator, Sequence
from email.utils import parseaddr
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from mujaz.errors import MujazError, Place
from mujaz.importing.elements import line_of, local_name, text_of
from mujaz.importing.escaping import from_text
from mujaz.importing.fields import dated, headline, tagged
from mujaz.importing.found import Found, Picture, Setting
from mujaz.importing.html_text import Html, Text, beside, host_of, plain, to_markdown
from mujaz.importing.moments import written
from mujaz.importing.reading import shown

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DC = "{http://purl.org/dc/elements/1.1/}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_KNOWN = frozenset(
    """
    title link pubDate date description encoded category creator author guid enclosure content summary
    published updated issued modified id subject comments commentRss source thumbnail group
    """.split()  # noqa: SIM905 - a list reads better as words
)


def read_feed(root: "Element", source: Path, setting: Setting) -> Sequence[Found]:
    """Return the articles of a feed; those without a date or a text are faults in ``setting.told``."""
    found: list[Found] = []
    for element in root.iter("{*}item", "{*}entry"):
        place = Place(shown(source), line_of(element))
        try:
            found.append(_Entry(element, place, source.parent, setting).found())
        except MujazError as error:
            setting.told.faults.append(error)
    return found


class _Entry:
    """One item of a feed while it is read."""

    def __init__(self, element: "Element", place: Place, folder: Path, setting: Setting) -> None:
        self.element = element
        self.place = place
        self.folder = folder
        self.setting = setting

    def found(self) -> Found:
        """The article. Raises SourceError."""
        text = self._body()
        title = headline(plain(self._markup("title")), self.place, self.setting.told)
        link = self._link()
        self._tell_unknown()
        image, picture = self._enclosure()
        moment = self._published()
        return Found(
            place=self.place,
            headline=title,
            moment=moment,
            body=text.markdown,
            name=_last_part(link),
            fields={**self._fields(moment), **image},
            old=(link,) if link else (),
            pictures=(*text.pictures, *picture),
            links=tuple(x for x in text.links if host_of(x.key) in {host_of(link), None}),
        )

    def _all(self, name: str) -> Iterator["Element"]:
        """Children by name; those of the feed's own namespace first."""
        own = [e for e in self.element if local_name(e) == name]
        yield from sorted(own, key=lambda e: "purl.org" in str(e.tag) or "media" in str(e.tag))

    def _first(self, *names: str) -> str:
        for name in names:
            for element in self._all(name):
                if text := text_of(element):
                    return text
        return ""

    def _markup(self, name: str) -> str:
        """A text that may be HTML, as HTML."""
        for element in self._all(name):
            if "search.yahoo.com/mrss" in str(element.tag):
                continue
            match element.get("type"):
                case "xhtml":
                    return _inner(element)
                case "text" | "text/plain":
                    return _escaped(text_of(element))
                case _:
                    return text_of(element)
        return ""

    def _body(self) -> Text:
        content = self.element.find(_CONTENT)
        atom = next((e for e in self._all("content") if "mrss" not in str(e.tag)), None)
        if atom is not None and atom.get("src"):
            self.setting.told.leave(self.place, f"the text at {atom.get('src')}")
        html = text_of(content) if content is not None else ""
        html = (
            html
            or self._markup("content")
            or self._markup("description")
            or self._markup("summary")
        )
        if "<" not in html and "&" not in html:
            return Text(from_text(html), (), ())
        return to_markdown(Html(html, self.place, self.setting.told, self.folder))

    def _fields(self, moment: str) -> dict[str, str | Sequence[str]]:
        long = self.element.find(_CONTENT) is not None or any(True for _ in self._all("content"))
        summary = self._markup("summary") or self._markup("description") if long else ""
        updated = self._first("updated", "modified")
        changed = dated(updated, self.place, self.setting.zone) if updated else ""
        return {
            "tags": tagged(self._tags(), self.place, self.setting.told),
            "summary": plain(summary),
            "updated": written(changed) if changed[:10] > moment[:10] else "",
            "author": self._author(),
            "source": plain(self._first("source")) if self._is_rss() else "",
        }

    def _is_rss(self) -> bool:
        return local_name(self.element) == "item"

    def _tags(self) -> Iterator[str]:
        for name in ("category", "subject"):
            for element in self._all(name):
                yield plain(element.get("label") or element.get("term") or text_of(element))

    def _author(self) -> str:
        for name in ("creator", "author"):
            for element in self._all(name):
                named = next((text_of(e) for e in element if local_name(e) == "name"), "")
                text = named or text_of(element)
                if "@" in text and not named:  # RSS: mail (Name)
                    text = text.partition("(")[2].rstrip(")") or parseaddr(text)[0]
                if text:
                    return plain(text)
        return ""

    def _published(self) -> str:
        text = self._first("pubDate", "published", "issued", "date", "updated", "modified")
        return dated(text, self.place, self.setting.zone)

    def _link(self) -> str:
        for element in self._all("link"):
            if element.get("rel", "alternate") == "alternate" and (
                address := element.get("href") or text_of(element)
            ):
                return str(address).strip()
        guid = next(iter(self._all("guid")), None)
        if (
            guid is not None
            and guid.get("isPermaLink", "true") == "true"
            and text_of(guid).startswith("http")
        ):
            return text_of(guid)
        return ""

    def _enclosure(self) -> tuple[dict[str, str], tuple[Picture, ...]]:
        """Attached files: a picture that lies beside the feed is the article's, others are named."""
        fields: dict[str, str] = {}
        pictures: list[Picture] = []
        for element in self.element:
            is_link = local_name(element) == "link" and element.get("rel") == "enclosure"
            if (
                local_name(element) not in {"enclosure", "thumbnail"}
                and not is_link
                and "mrss" not in str(element.tag)
            ):
                continue
            address = str(element.get("url") or element.get("href") or "").strip()
            file = beside(self.folder, address) if address and not fields else None
            if file:
                fields["image"] = address
                pictures.append(Picture(file, address))
            elif address:
                self.setting.told.leave(self.place, f"the attached file {address[:200]}")
        return fields, tuple(pictures)

    def _tell_unknown(self) -> None:
        unknown = sorted({local_name(e) for e in self.element} - _KNOWN)
        if unknown:
            self.setting.told.leave(self.place, f"elements: {', '.join(unknown)}")


def _last_part(link: str) -> str:
    """The last part of an address that tells one article from another."""
    try:
        path = unquote(urlsplit(link).path).strip("/")
    except ValueError:
        return ""
    last = re.sub(r"(?:^|/)index\.\w+$", "", path).rpartition("/")[2]
    stem, dot, ending = last.rpartition(".")
    return stem if dot and len(ending) < 6 else last


def _escaped(text: str) -> str:
    from html import escape

    return escape(text, quote=False)


def _inner(element: "Element") -> str:
    """The HTML inside an element."""
    from lxml import etree

    parts = [_escaped(element.text or "")]
    parts += [etree.tostring(child, encoding="unicode") for child in element]
    return "".join(parts)
