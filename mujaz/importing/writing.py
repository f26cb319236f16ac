"""Found articles -> files in content/. Nothing is overwritten, and a second import adds nothing."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from posixpath import dirname, relpath, splitext
from typing import NamedTuple
from unicodedata import normalize

from mujaz import frontmatter
from mujaz.addresses import beside, claim
from mujaz.arabic.slug import slug
from mujaz.article import Faulty, read_article
from mujaz.errors import MujazError, OutputError, Place
from mujaz.importing.copying import Copies
from mujaz.importing.creating import create
from mujaz.importing.found import Found, Setting
from mujaz.importing.moments import written
from mujaz.importing.shelf import Shelf
from mujaz.model import Article
from mujaz.names import Rules

_NEEDS_FILE = (".md", ".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
_RESERVED = frozenset(
    "page tags names stories archive search corrections assets s feed bulletin sitemap 404".split()  # noqa: SIM905
)
_ORDER = (
    "summary",
    "updated",
    "author",
    "source",
    "source_url",
    "image",
    "image_alt",
    "image_credit",
)


class Brought(NamedTuple):
    """What an import has done."""

    written: tuple[str, ...]  # paths of new articles
    there: tuple[tuple[Place, str], ...]  # articles that content/ held already, and their paths


class _Placed(NamedTuple):
    found: Found
    path: str
    url: str


def bring(
    project: Path,
    found: Sequence[Found],
    articles: Mapping[str, Article],
    rules: Rules,
    setting: Setting,
) -> Brought:
    """Write articles that content/ doesn't hold yet.

    ``articles`` are those it holds. What isn't carried over and what is at fault goes to
    ``setting.told``.
    """
    _refuse_links(project)
    shelf = Shelf(articles.values(), rules.settings)
    placed: list[_Placed] = []
    there: list[tuple[Place, str]] = []
    homes: dict[str, str] = {}
    for one in found:
        path = shelf.holds(one)
        if path:
            there.append((one.place, path))
        else:
            placed.append(_place(project, one, shelf))
            path = placed[-1].path
        for key in (*one.keys, *filter(None, map(shelf.address, one.old))):
            homes.setdefault(key, path)
    writer = _Writer(project, shelf, homes, rules, setting)
    return Brought(tuple(one.path for one in placed if writer.write(one)), tuple(there))


def _refuse_links(project: Path) -> None:
    if (project / "content").is_symlink():
        raise OutputError("expected a folder, found a symbolic link", Place("content"))


def _place(project: Path, found: Found, shelf: Shelf) -> _Placed:
    """Choose a file whose name and address are free."""
    folder = f"content/{found.moment[:10].replace('-', '/')}" if found.moment else "content/pages"
    stem = slug(normalize("NFC", found.name)) or slug(found.headline, 120) or "article"
    if stem in {"index", "_index"} or (found.page and (stem in _RESERVED or stem.isdigit())):
        stem = slug(found.headline, 120) or f"{stem}-page"
    if stem in _RESERVED and found.page:
        stem = f"{stem}-page"
    for number in range(1, 10_000):
        name = stem if number == 1 else f"{stem}-{number}"
        path = f"{folder}/{name}.md"
        url = f"/{name}/" if found.page else f"/{found.moment[:10].replace('-', '/')}/{name}/"
        if claim(url) not in shelf.taken and not os.path.lexists(project / path):
            break
    shelf.add(found, url, path)
    return _Placed(found, path, url)


class _Writer:
    """Writes articles, each with its aliases, its links to the others and its pictures."""

    def __init__(
        self, project: Path, shelf: Shelf, homes: Mapping[str, str], rules: Rules, setting: Setting
    ) -> None:
        self.project = project
        self.shelf = shelf
        self.homes = homes
        self.rules = rules
        self.told = setting.told
        self.copies = Copies(project, setting.told)

    def write(self, placed: _Placed) -> bool:
        """Write one article, its pictures first; False if it has faults, which are told."""
        found, path, _ = placed
        names = self.copies.names(found.pictures, path)
        body = _retarget(found.body, {target: name for target, name in names.items() if name})
        body = _retarget(body, self._links(found, path))
        text = frontmatter.write(self._fields(placed, names), body.rstrip() + "\n")
        try:
            text = self._loosened(text, path, found, set(names.values()))
            self.copies.write(found.pictures, path)
            create(self.project, path, text.encode(errors="replace"))
        except Faulty as faulty:
            for _, message in faulty.faults:
                self.told.fault(found.place, message)
        except MujazError as error:
            self.told.faults.append(error)
        else:
            return True
        return False

    def _fields(
        self, placed: _Placed, names: Mapping[str, str]
    ) -> list[tuple[str, str | Sequence[str]]]:
        found = placed.found
        rows: list[tuple[str, str | Sequence[str]]] = [("headline", found.headline)]
        if found.moment:
            rows.append(("date", written(found.moment)))
        given = {key: value for key, value in found.fields.items() if value}
        if image := given.get("image"):
            given["image"] = names.get(str(image), str(image))
        for key in ("tags", *_ORDER, *sorted(given.keys() - {"tags", *_ORDER})):
            if given.get(key):
                rows.append((key, _listed(given[key])))
        if aliases := self._aliases(placed):
            rows.append(("aliases", _listed(aliases)))
        return rows

    def _aliases(self, placed: _Placed) -> list[str]:
        kept = []
        for address, why in self.shelf.aliases(placed.found, placed.url, placed.path):
            if why:
                self.told.leave(placed.found.place, f"the old address {address}: {why}")
            else:
                kept.append(address)
        return kept

    def _links(self, found: Found, path: str) -> dict[str, str]:
        """Links to imported articles, as they were typed -> as they lead from this file."""
        made = {}
        for link in found.links:
            bare, sign, fragment = link.key.partition("#")
            known = bare.startswith(("file:", "wp:"))
            home = self.homes.get(bare if known else self.shelf.address(bare))
            if home:
                made[link.typed] = relpath(home, dirname(path)) + sign + fragment
            elif link.fallback:
                made[link.typed] = link.fallback
        return made

    def _loosened(self, text: str, path: str, found: Found, pictures: set[str]) -> str:
        """The text without links that a build would refuse. Raises Faulty."""
        article = read_article(path, text.encode(errors="replace"), self.rules).article
        for target, _ in article.targets:
            home = beside(path, target)
            if splitext(home)[1].lower() not in _NEEDS_FILE or target in pictures:
                continue
            if home not in self.homes.values() and not (self.project / home).is_file():
                self.told.leave(found.place, f"the link '{target}': there is no such file")
                text = _retarget(text, {target: f"/{target.lstrip('./')}"})
        return text


def _listed(value: str | Sequence[str]) -> str | Sequence[str]:
    """A list on one line if it reads back so."""
    if isinstance(value, str):
        return value
    line = "، ".join(value)
    return line if frontmatter.items(frontmatter.Field(line, None, 0)) == tuple(value) else value


def _retarget(body: str, targets: Mapping[str, str]) -> str:
    """A body with some of its links' targets replaced, in ``](target)`` and ``[x]: target``."""
    if not targets:
        return body
    either = "|".join(re.escape(target) for target in sorted(targets, key=len, reverse=True))
    return re.sub(
        rf"(\]\(\s*<?|^ {{0,3}}\[[^\]\n]+\]:\s*<?)({either})(?=[\s)>]|$)",
        lambda m: m[1] + targets[m[2]],
        body,
        flags=re.MULTILINE,
    )
