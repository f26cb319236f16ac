"""What content/ holds already: which addresses are taken, and whether an article is there."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from mujaz.addresses import claim
from mujaz.arabic.fold import identity
from mujaz.importing.found import Found
from mujaz.model import Article, Settings
from mujaz.writer import parents

_FORBIDDEN = re.compile(r'[\\<>:"|?*#%\x00-\x1f\x7f]')
_OWN = re.compile(  # addresses that Mujaz has pages of its own for, or may have
    r"/(?:page|tags|names|stories|archive|search|corrections|assets|s|\.mujaz)(?:/|$)"
    r"|/\d{4}/(?:\d\d/(?:\d\d/)?)?$|/$|/[^/]*\.(?:xml|json|txt|webmanifest)$|/404\.html$"
    r"|/(?:feed|bulletin|sitemap|index\.html)(?:/|$)|/\d{4}/\d\d/\d\d/[^/]*\.(?:md|txt)$"
)


class Held(NamedTuple):
    """An article that is there."""

    path: str
    moved: bool  # it has aliases
    body: str  # of one imported just now; else ""


class Shelf:
    """The articles of content/, and those that an import adds."""

    def __init__(self, articles: Iterable[Article], settings: Settings) -> None:
        self.settings = settings
        self.taken: dict[str, str] = {}  # claim of an address -> article's path
        self.folders: set[str] = set()
        self.titled: dict[tuple[str, str], list[Held]] = {}
        for article in articles:
            for url in (article.card.url, *(alias for alias, _ in article.aliases)):
                self.take(url, article.path)
            held = Held(article.path, bool(article.aliases), "")
            key = article.card.published[:10], identity(article.card.headline)
            self.titled.setdefault(key, []).append(held)

    def take(self, url: str, path: str) -> None:
        """An address belongs to an article from now on."""
        self.taken[claim(url)] = path
        self.folders.update(parents(claim(url)))

    def add(self, found: Found, url: str, path: str) -> None:
        """An article is imported."""
        self.take(url, path)
        key = found.moment[:10], identity(found.headline)
        self.titled.setdefault(key, []).append(Held(path, bool(found.old), found.body))

    def holds(self, found: Found) -> str:
        """Return the path of the article if it is there already, else "".

        It is known by an old address; without one on either side by day and headline. Two articles
        of one import are one only if their texts are the same too.
        """
        olds = [old for old in map(self.address, found.old) if old]
        for old in olds:
            if path := self.taken.get(claim(old)):
                return path
        for held in self.titled.get((found.moment[:10], identity(found.headline)), []):
            if held.body and held.body != found.body:
                continue
            if not (olds and held.moved):
                return held.path
        return ""

    def address(self, old: str) -> str:
        """Return an old address as one of this site, "" if a static site can't have it."""
        try:
            parts = urlsplit(old)
            host = parts.hostname
        except ValueError:
            return ""
        path = normalize("NFC", unquote(parts.path))
        base = self.settings.base
        if base and host == urlsplit(self.settings.origin).hostname and path.startswith(f"{base}/"):
            path = path.removeprefix(base)
        names = path.strip("/").split("/")
        wrong = any(n in {"", ".", ".."} or _FORBIDDEN.search(n) or n != n.strip() for n in names)
        if parts.query or not path.startswith("/") or wrong:
            return ""
        return path if path.endswith("/") or "." in names[-1] else f"{path}/"

    def aliases(self, found: Found, url: str, path: str) -> Iterator[tuple[str, str]]:
        """Yield each old address with "" or why it can't lead to the article; free ones are taken."""
        for old in dict.fromkeys(found.old):
            address = self.address(old)
            if address and claim(address) == claim(url):
                continue
            why = self._why_not(address, path)
            if not why:
                if self.taken.get(claim(address)) == path:
                    continue
                self.take(address, path)
            yield address or old, why

    def _why_not(self, address: str, path: str) -> str:
        if not address:
            return "a static site can't have it"
        key = claim(address)
        if self.taken.get(key, path) != path:
            return f"{self.taken[key]} has it"
        if _OWN.match(address):
            return "Mujaz has a page of its own there"
        if key in self.folders or any(parent in self.taken for parent in parents(key)):
            return "another address needs the same file or folder"
        return ""
