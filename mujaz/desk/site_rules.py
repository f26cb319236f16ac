"""Rules on the site as a whole: links, tags, layouts, stories told twice, names of rules."""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from mujaz.desk import similar
from mujaz.desk.advice import UNKNOWN_RULE
from mujaz.desk.finding import Finding
from mujaz.desk.links import Addresses, Link
from mujaz.desk.survey import Content, Site
from mujaz.files import text_or_none
from mujaz.inputs import shipped
from mujaz.settings import SITE

_ID = re.compile(r'\bid="([^"{}]+)"')


class Sheet(NamedTuple):
    """What the rules on the site need of one article."""

    path: str
    lines: Mapping[str, int]  # of its keys
    links: list[Link]
    hashes: tuple[int, ...]
    off: Mapping[int, frozenset[str]]  # rules turned off, by line


class Whole(NamedTuple):
    """All that the rules on the site look at."""

    content: Content
    site: Site
    sheets: Mapping[str, Sheet]  # by path


def broken_links(whole: Whole) -> Iterator[Finding]:
    """Links to addresses and parts of pages that aren't there."""
    found = [link for sheet in whole.sheets.values() for link in sheet.links]
    if not found:
        return
    addresses = Addresses(whole.content, whole.site, _layout_ids(whole.content))
    for link in found:
        if link.path in whole.content.articles:
            for broken in addresses.broken(link):
                yield Finding(link.path, link.line, link.column, broken.rule, broken.message)


def _layout_ids(content: Content) -> frozenset[str]:
    """The ids that layouts write out: a link may lead to these on any page."""
    texts = [
        file.read_text(encoding="utf-8", errors="replace")
        for folder in content.inputs.layouts
        for file in sorted(folder.rglob("*.html"))
    ]
    return frozenset(found for text in texts for found in _ID.findall(text))


def tags_once(whole: Whole) -> Iterator[Finding]:
    """Tags of a single article."""
    urls = whole.site.library.tags.urls
    for term in whole.site.library.tags.all:
        url, articles = term.url, whole.site.library.members(term.url)
        if len(articles) == 1 and articles[0].path in whole.sheets:
            path = articles[0].path
            tag = next(tag for tag in articles[0].tags if urls[tag] == url)
            line = whole.sheets[path].lines.get("tags", 0)
            yield Finding(path, line, 1, "tag-once", f"only this article has the tag '{tag}'")


def near_duplicates(whole: Whole) -> Iterator[Finding]:
    """Articles that are nearly one of the three days before."""
    texts = [
        similar.Text(article.card.day, path, whole.sheets[path].hashes)
        for path, article in whole.content.articles.items()
        if article.card.published and path in whole.sheets
    ]
    for text, other, part in similar.duplicates(texts):
        line = whole.sheets[text.path].lines.get("headline", 0)
        message = f"nearly the same text as {other.path}: {part:.0%} of the wording"
        yield Finding(text.path, line, 1, "near-duplicate", message)


def unused_layouts(whole: Whole) -> Iterator[Finding]:
    """Layouts of the project that no page is made of, and that replace none that ships with Mujaz."""
    own, ours = whole.content.inputs.layouts[0], shipped("layouts")
    used = frozenset[str]().union(*whole.site.layouts.values())
    for path in sorted(whole.content.inputs.stamps):
        name = path.removeprefix("layouts/")
        if name == path or name in used or (ours / name).is_file() or not (own / name).is_file():
            continue
        yield Finding(path, 0, 0, "layout-unused", "no page is made of this layout")


def unknown_rules(
    known: Iterable[str], content: Content, sheets: Mapping[str, Sheet]
) -> Iterator[Finding]:
    """Rules turned off, in site.toml or on a line, that there aren't."""
    names = sorted(known)
    for path, sheet in sheets.items():
        for line, off in sheet.off.items():
            for name in sorted(off - set(names)):
                yield Finding(path, line, 1, UNKNOWN_RULE, _unknown(name, names))
    for name in content.config.settings.check:
        if name not in names:
            yield Finding(SITE, _setting(content), 1, UNKNOWN_RULE, _unknown(name, names))


def _setting(content: Content) -> int:
    """The line of the setting ``check``."""
    text = text_or_none(content.project, SITE, []) or ""
    found = re.search(r"^[ \t]*check[ \t]*=", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def _unknown(name: str, names: list[str]) -> str:
    near = get_close_matches(name, names, 1)
    hint = f"did you mean '{near[0]}'?" if near else f"expected one of {', '.join(names)}"
    return f"there is no rule '{name}'; {hint}"
