"""The benchmark's site: the kinds of pages that the other generators make too, and no more."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mujaz import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mujaz.library import Library
    from mujaz.model import Bundle, Group, Page


def lean(library: "Library") -> "Iterator[Group | Bundle]":
    """All pages of the site."""
    from mujaz import pages  # here, since a build that has nothing to do needs none of it

    yield from pages.home(library)
    yield from pages.article_pages(library, earlier=False)
    yield from pages.day_pages(library)
    yield from pages.month_pages(library)
    yield from pages.year_pages(library)
    yield from pages.tag_pages(library, company=False)
    yield from pages.tag_index(library)
    yield from pages.name_pages(library, company=False)
    yield from pages.name_index(library)
    for group in pages.feeds(library):
        yield group._replace(pages=partial(_rss, group))
    yield from pages.sitemap(library)


def _rss(group: "Group") -> "Iterator[Page]":
    """/feed.xml without its JSON twin."""
    return (page for page in group.pages() if page.url == "/feed.xml")


if __name__ == "__main__":
    cli.main(Path(__file__).resolve().parent, kinds=(lean,))
