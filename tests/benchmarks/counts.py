"""Checks that the generators made the same pages.

What a peer can't do is listed in ``CANNOT``; all else must agree to the page.
"""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from benchmarks import corpus

PER_PAGE = 20

CANNOT = {
    "hugo": (
        "paginates from the newest: ceil(n / 20) pages a list where Mujaz has max(1, n // 20)",
        "day and month archives are taxonomies: /days/2021-05-24/ and /months/2021-05/",
        "names in the text are not links; the article's list of names is written in front matter",
        "one sitemap.xml, without numbered pages",
    ),
    "zola": (
        "paginates from the newest, and writes a redirect /page/1/ for every paginated list",
        "needs an _index.md in every dated folder",
        "names in the text are not links; the article's list of names is written in front matter",
        "writes 404.html and robots.txt unasked",
    ),
}

_DATED = r"/\d{4}/\d\d/\d\d"
FAMILIES = {  # a page's address -> its family; the first that fits
    "redirect": r"(/.*)?/page/1/$",
    "article": rf"{_DATED}/[^/]+/$",
    "day": rf"({_DATED}|/days/[^/]+)/$",
    "month": r"(/\d{4}/\d\d|/months/[^/]+)/$",
    "year": r"/\d{4}/$",
    "home": r"/(page/\d+/)?$",
    "tags": r"/tags/$",
    "names": r"/names/$",
    "tag": r"/tags/[^/]+/(page/\d+/)?$",
    "name": r"/names/[^/]+/(page/\d+/)?$",
    "feed": r"/(feed|rss)\.xml$",
}


def made(out: Path, generator: str) -> Counter[str]:
    """Return how many pages of each family an output folder holds."""
    # Mujaz numbers from the oldest, so its /page/1/ is a page; Zola's is a redirect
    families = {k: v for k, v in FAMILIES.items() if k != "redirect" or generator == "zola"}
    found: Counter[str] = Counter()
    for path in out.rglob("*"):
        address = "/" + path.relative_to(out).as_posix().removesuffix("index.html")
        if path.is_file():
            found[_family(address, families)] += 1
    return found


def _family(address: str, families: dict[str, str]) -> str:
    return next((name for name, form in families.items() if re.match(form, address)), "other")


class Facts(NamedTuple):
    """What decides how many pages there are."""

    articles: int
    days: frozenset[date]
    tags: tuple[int, ...]  # articles of each tag
    names: tuple[int, ...]  # articles of each name


def facts(count: int) -> Facts:
    """Return the facts of the first articles of the corpus."""
    maker = corpus.Corpus()
    days: set[date] = set()
    tags: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for story in map(maker.story, range(count)):
        days.add(story.day)
        tags.update(story.tags)
        names.update(story.names)
    return Facts(count, frozenset(days), tuple(tags.values()), tuple(names.values()))


def expected(known: Facts, generator: str) -> dict[str, int]:
    """Return how many pages of each family a generator must make."""
    return {
        "article": known.articles,
        "day": len(known.days),
        "month": len({(day.year, day.month) for day in known.days}),
        "year": len({day.year for day in known.days}),
        "home": _pages([known.articles], generator),
        "tag": _pages(known.tags, generator),
        "name": _pages(known.names, generator),
        "tags": 1,
        "names": 1,
        "feed": 1,
    }


def _pages(sizes: Iterable[int], generator: str) -> int:
    """Pages of lists of these sizes."""
    if generator == "mujaz":  # numbered from the oldest; the newest page holds one to two pages
        return sum(max(1, size // PER_PAGE) for size in sizes)
    return sum(-(-size // PER_PAGE) for size in sizes)


def check(out: Path, known: Facts, generator: str) -> list[str]:
    """Return a sentence for each family with other than the expected number of pages."""
    have = made(out, generator)
    return [
        f"{generator}, {known.articles} articles: {have[family]} pages of family "
        f"'{family}', not {number}"
        for family, number in expected(known, generator).items()
        if have[family] != number
    ]
