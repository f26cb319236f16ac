"""Library -> pages. One function a kind; ``KINDS`` lists them all.

A kind takes the library and yields groups: pages planned together, behind one digest of all that
they may see; or bundles of groups. A site's own kinds are functions of the same form, passed to ``cli.main``.
"""

from collections.abc import Callable, Iterator

from mujaz.library import Library
from mujaz.model import Bundle, Group
from mujaz.pages.articles import article_pages, redirects, text_pages
from mujaz.pages.days import archive, day_pages, month_pages, year_pages
from mujaz.pages.feeds import bulletin_feed, feeds, news_sitemap, sitemap, term_feeds
from mujaz.pages.lists import (
    corrections,
    home,
    name_index,
    name_pages,
    story_pages,
    tag_index,
    tag_pages,
)
from mujaz.pages.searching import search_index, search_page
from mujaz.pages.single import plain_pages

Kind = Callable[[Library], Iterator[Group | Bundle]]

KINDS: tuple[Kind, ...] = (
    search_index,  # first, since its groups take longest: none is left to the end
    home,
    article_pages,
    text_pages,
    day_pages,
    month_pages,
    year_pages,
    archive,
    tag_pages,
    tag_index,
    name_pages,
    name_index,
    story_pages,
    corrections,
    feeds,
    bulletin_feed,
    term_feeds,
    sitemap,
    news_sitemap,
    redirects,
    search_page,
    plain_pages,
)

__all__ = [
    "KINDS",
    "Kind",
    "archive",
    "article_pages",
    "bulletin_feed",
    "corrections",
    "day_pages",
    "feeds",
    "home",
    "month_pages",
    "name_index",
    "name_pages",
    "news_sitemap",
    "plain_pages",
    "redirects",
    "search_index",
    "search_page",
    "sitemap",
    "story_pages",
    "tag_index",
    "tag_pages",
    "term_feeds",
    "text_pages",
    "year_pages",
]
