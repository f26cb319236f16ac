"""HTML of other systems -> Markdown as Mujaz reads it: markdownify, with what it doesn't know of us."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from mujaz.errors import Place, SourceError
from mujaz.importing.converter import Converter, attribute, safe_address
from mujaz.importing.copying import KINDS
from mujaz.importing.found import Link, Picture, Told
from mujaz.marks import tidy

_DROPPED = frozenset(
    """
    script style noscript template form input button select textarea svg math canvas map link meta head
    title applet
    """.split()  # noqa: SIM905 - a list reads better as words
)
_SILENT = frozenset({"title", "head", "meta", "link", "noscript"})
_EMBEDDED = ("iframe", "embed", "object", "video", "audio", "frame")
_PLAIN = frozenset(
    "u ins del s strike sub sup mark small big font center marquee blink abbr ruby rt".split()  # noqa: SIM905
)
_EXCLAMATION = "\ufdd4"  # stands for \\! until all is Markdown; ``tidy`` takes it out of texts
_NO_SECTION = re.compile(
    r"<!\[(?!(?:temp|cdata|ignore|include|rcdata|if|else|endif)(?![\w.-]))", re.IGNORECASE
)
_WEB = re.compile(r"https?://[^/\s]|mailto:|tel:", re.IGNORECASE)
_SCHEME = re.compile(r"[\s\x00-\x20]*[A-Za-z][A-Za-z0-9+.-]*[\s\x00-\x20]*:")
_RUNS = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "code": "code", "tt": "code"}
_EMPHASIS = ["b", "strong", "i", "em", "code", "tt"]
_KINDS_OF_RUN = {"strong": _EMPHASIS, "em": _EMPHASIS, "code": ["code", "tt", "pre"]}


class Html(NamedTuple):
    """A piece of HTML, where it stands, and where its pictures may lie."""

    text: str
    place: Place
    told: Told
    folder: Path | None = None  # in which the paths of pictures' addresses are looked for


class Text(NamedTuple):
    """What has become of it."""

    markdown: str
    links: tuple[Link, ...]
    pictures: tuple[Picture, ...]


def to_markdown(html: Html) -> Text:
    """Return HTML as Markdown. Raises SourceError if it is nested too deeply to read."""
    try:
        soup = _parsed(tidy(html.text))
        links: list[Link] = []
        pictures: list[Picture] = []
        _strip(soup, html)
        _merge(soup)
        _pictures(soup, html, pictures)
        _links(soup, html, links)
        made = Converter().convert_soup(soup)
    except RecursionError:
        raise SourceError("HTML is nested too deeply to be read", html.place) from None
    made = made.replace(_EXCLAMATION, r"\!")
    lines = [
        line.rstrip() if not line.endswith("  ") else line.rstrip() + "  "
        for line in made.split("\n")
    ]
    return Text(
        re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n "), tuple(links), tuple(pictures)
    )


def _parsed(html: str) -> BeautifulSoup:
    """HTML as a tree; what Python's parser refuses at "<![" is text."""
    return BeautifulSoup(_NO_SECTION.sub("&lt;![", html), "html.parser")


def plain(html: str) -> str:
    """Return the text of HTML on one line: for headlines and summaries."""
    if "<" not in html and "&" not in html:
        return " ".join(tidy(html).split())
    soup = _parsed(html)
    for element in soup.find_all(["script", "style"]):
        element.decompose()
    return " ".join(tidy(soup.get_text(" " if "<p" in html or "<br" in html else "")).split())


def _strip(soup: BeautifulSoup, html: Html) -> None:
    """Take out what can't be in an article; name it."""
    for text in soup.find_all(string=lambda s: isinstance(s, PreformattedString)):
        text.extract()  # comments, CDATA, processing instructions
    for element in _elements(soup, _DROPPED):
        if element.decomposed:
            continue
        if element.name not in _SILENT:
            html.told.leave(html.place, f"<{element.name}>: {_start(element.get_text())}")
        element.decompose()
    for element in _elements(soup, _EMBEDDED):
        if not element.decomposed:
            _embedded(element, html)
    lost = {element.name for element in _elements(soup, _PLAIN)}
    if lost:
        html.told.leave(html.place, f"formatting of {', '.join(sorted(lost))}: its text is plain")


def _embedded(element: Tag, html: Html) -> None:
    """A frame, a video or a sound becomes a link to it: pages ask nothing from other hosts."""
    inner = element.find(["source", "embed", "param", "iframe"])
    address = (
        attribute(element, "src")
        or attribute(element, "data")
        or (attribute(inner, "src") if inner else "")
    )
    address = f"https:{address}" if address.startswith("//") else address
    html.told.leave(html.place, f"<{element.name}>: {address or 'without an address'}")
    if _WEB.match(address):
        link = Tag(name="a", attrs={"href": address})
        link.string = attribute(element, "title") or urlsplit(address).hostname or address
        element.replace_with(link)
    else:
        element.decompose()


def _merge(soup: BeautifulSoup) -> None:
    """Make runs of bold, italics and code such as Markdown has signs for.

    Neighbouring runs of one kind are one (``**a****b**`` is none), and none is inside another.
    """
    for element in _elements(soup, _RUNS):
        if element.decomposed:
            continue
        element.name = _RUNS[element.name]
        if element.find_parent(_KINDS_OF_RUN[element.name]):
            element.unwrap()
            continue
        while isinstance(after := element.next_sibling, Tag) and after.name in _RUNS:
            if _RUNS[after.name] != element.name:
                if "code" not in {after.name, element.name}:
                    after.unwrap()
                break
            element.extend(list(after.contents))
            after.decompose()
    for element in _elements(soup, ("strong", "em", "code")):
        if not element.decomposed and not element.get_text(strip=True) and not element.find("img"):
            element.unwrap()


def _pictures(soup: BeautifulSoup, html: Html, pictures: list[Picture]) -> None:
    for element in _elements(soup, ("img",)):
        address, alt = attribute(element, "src"), " ".join(attribute(element, "alt").split())
        file = beside(html.folder, address) if html.folder else None
        if file:
            pictures.append(Picture(file, safe_address(address)))
            continue
        html.told.leave(html.place, f"the picture {address[:200] or 'without an address'}")
        address = f"https:{address}" if address.startswith("//") else address
        if _WEB.match(address) and not element.find_parent("a"):
            link = Tag(name="a", attrs={"href": address})
            link.string = alt or "صورة"
            element.replace_with(link)
        else:
            element.replace_with(NavigableString(alt))


def _links(soup: BeautifulSoup, html: Html, links: list[Link]) -> None:
    for element in _elements(soup, ("a",)):
        if element.find_parent("a"):
            element.unwrap()
            continue
        address = attribute(element, "href")
        for key in [key for key in element.attrs if key != "href"]:
            del element[key]
        if not address:
            element.unwrap()
        elif (_SCHEME.match(address) and not _WEB.match(address)) or not _parses(address):
            html.told.leave(html.place, f"the link {address[:80]}")
            element.unwrap()
        else:
            element["href"] = safe_address(address)
            _part(element)
            links.append(Link(safe_address(address), address))


def _part(link: Tag) -> None:
    """Keep an exclamation mark before a link from making a picture of it."""
    before = link.previous_sibling
    if isinstance(before, NavigableString) and before.endswith("!"):
        before.replace_with(NavigableString(f"{before[:-1]}{_EXCLAMATION}"))


def beside(folder: Path, address: str) -> Path | None:
    """Return the file in a folder that a picture's address or path means; None if it isn't there."""
    if not _parses(address):
        return None
    path = unquote(urlsplit(address).path)
    if "\0" in path or Path(path).suffix.lower() not in KINDS:
        return None
    try:
        file = (folder / path.lstrip("/")).resolve()
        inside = file.is_relative_to(folder.resolve()) and file.is_file()
    except OSError:
        return None
    return file if inside else None


def host_of(address: str) -> str | None:
    """Return an address's host; None if it has none, or is no address."""
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _parses(address: str) -> bool:
    try:
        return urlsplit(address) is not None
    except ValueError:
        return False


def _elements(soup: BeautifulSoup, names: Iterable[str]) -> list[Tag]:
    return [element for element in soup.find_all(list(names)) if isinstance(element, Tag)]


def _start(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[:60]}…" if len(line) > 60 else line or "empty"
