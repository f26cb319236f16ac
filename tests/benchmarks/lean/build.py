"""The benchmark's site: the kinds of pages that the other generators make too, and no more."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from mujaz import cli
from mujaz.library import Library
from mujaz.model import Group, Page
from mujaz.pages import (
    article_pages,
    day_pages,
    feeds,
    home,
    month_pages,
    name_index,
    name_pages,
    sitemap,
    tag_index,
    tag_pages,
    year_pages,
)


def articles(library: Library) -> Iterator[Group]:
    """Articles without their earlier coverage."""
    return article_pages(library, earlier=False)


def feed(library: Library) -> Iterator[Group]:
    """/feed.xml, without its JSON twin."""
    for group in feeds(library):
        yield group._replace(pages=partial(_rss, group))


def _rss(group: Group) -> Iterator[Page]:
    return (page for page in group.pages() if page.url == "/feed.xml")


LEAN = (
    home,
    articles,
    day_pages,
    month_pages,
    year_pages,
    tag_pages,
    tag_index,
    name_pages,
    name_index,
    feed,
    sitemap,
)

if __name__ == "__main__":
    cli.main(Path(__file__).resolve().parent, kinds=LEAN)
