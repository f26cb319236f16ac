"""Links inside the site: does each lead to a page, a file, a part of a page?"""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from posixpath import splitext
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote, urljoin

from mujaz import markup
from mujaz.addresses import beside, claim
from mujaz.desk.manuscript import Manuscript
from mujaz.desk.survey import Content, Site
from mujaz.nearest import meant
from mujaz.targets import PICTURES, real_paths

_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_ID = re.compile(r' id="([^"]+)"')


class Link(NamedTuple):
    """A link of one article to somewhere in the site, as typed."""

    path: str
    line: int
    column: int
    target: str


def links(typed: Manuscript) -> list[Link]:
    """Return an article's links and pictures inside the site, not those shown in code."""
    text = typed.marked.text
    if "](" not in text and "]:" not in text:
        return []
    found = [(t, n) for t, n in markup.targets(text) if t and not _ELSEWHERE.match(t)]
    if found and markup.holds_code(text):
        linked = markup.linked(text, raw_html=typed.rules.settings.raw_html)
        found = [(target, line) for target, line in found if target in linked]
    return [_placed(typed, target, line) for target, line in found]


def _placed(typed: Manuscript, target: str, line: int) -> Link:
    line += typed.document.body_line - 1
    column = typed.text[typed.starts[line - 1] :].partition("\n")[0].find(target) + 1
    return Link(typed.path, line, max(column, 1), target)


class Broken(NamedTuple):
    """A link that leads nowhere."""

    link: Link
    rule: str  # broken-link or broken-anchor
    message: str


class Addresses:
    """Where a site's links may lead."""

    def __init__(self, content: Content, site: Site, layout_ids: frozenset[str]) -> None:
        self.articles = content.articles
        self.files = content.inputs.stamps
        self.real = real_paths(self.files)
        self.raw_html = content.config.settings.raw_html
        self.urls = site.urls
        self.claims = frozenset(map(claim, site.urls))
        self.by_url = {a.card.url: a for a in self.articles.values()}
        self.text = site.library.text
        self.layout_ids = layout_ids
        self.ids = cache(self._ids)

    def broken(self, found: Link) -> Iterator[Broken]:
        """Yield what is wrong with a link; a file that isn't there is the build's to tell."""
        target, _, fragment = found.target.partition("#")
        plain = normalize("NFC", unquote(target.partition("?")[0]))
        if plain.startswith("/"):
            url = plain
        elif not plain:
            url = self.articles[found.path].card.url
        else:
            path = self.real(beside(found.path, target))
            if path in self.files or splitext(path)[1].lower() in {".md", *PICTURES}:
                url = self.articles[path].card.url if path in self.articles else ""
            else:
                url = urljoin(self.articles[found.path].card.url, plain)
        if not url:
            return
        if claim(url) not in self.claims and claim(f"{url}/") not in self.claims:
            message = f"the link '{found.target}' leads nowhere: no page has the address {url}"
            yield Broken(found, "broken-link", message + meant(url, sorted(self.urls)))
        elif fragment and url in self.by_url:
            yield from self._anchor(found, url, unquote(fragment))

    def _anchor(self, found: Link, url: str, fragment: str) -> Iterator[Broken]:
        ids = self.ids(url)
        if fragment not in ids:
            near = get_close_matches(fragment, sorted(ids), 1)
            hint = f"; did you mean '#{near[0]}'?" if near else ""
            message = f"the link '{found.target}' leads to no part of {url}{hint}"
            yield Broken(found, "broken-anchor", message)

    def _ids(self, url: str) -> frozenset[str]:
        html = markup.convert(self.text(self.by_url[url]), raw_html=self.raw_html)
        return frozenset(_ID.findall(html)) | self.layout_ids
