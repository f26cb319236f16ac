"""Feeds and sitemaps."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

from mujaz.digest import digest
from mujaz.library import Library
from mujaz.model import (
    Article,
    BulletinFeedPage,
    Day,
    FeedPage,
    Group,
    Item,
    NewsSitemapPage,
    Page,
    SitemapIndexPage,
    SitemapPage,
    Term,
)
from mujaz.pages.groups import group, listing, single

MOST = 50_000  # addresses in one sitemap (sitemaps.org)
NEWS = 1_000  # entries in one news sitemap (Google)


def feeds(library: Library) -> Iterator[Group]:
    """/feed.xml and /feed.json: the newest articles with their text."""
    newest = library.articles[: library.settings.feed_items]
    inputs = [a.digest for a in newest]
    inputs.append(
        digest(tuple((library.targets.get(a.path, ()), library.pictures_of(a)) for a in newest))
    )
    numbers = library.numbers[: len(newest)]
    yield group("feeds", inputs, partial(_feeds, library, newest), numbers)


def _feeds(library: Library, newest: Sequence[Article]) -> Iterator[Page]:
    items = tuple(_item(library, a, text=True) for a in newest)
    data = FeedPage(title=library.settings.title, home="/", items=items)
    yield Page("/feed.xml", "feed.xml", data)
    yield Page("/feed.json", "feed.json", data)


def _item(library: Library, article: Article, *, text: bool = False) -> Item:
    tags = tuple(dict.fromkeys(library.tags.by_spelling[x].label for x in article.tags))
    if not text:
        return Item(article.card, tags, None)
    return Item(article.card, tags, library.body(article), article.corrections)


@listing
def term_feeds(library: Library) -> Iterator[Group]:
    """A feed of summaries below the address of each tag, name and story."""
    made: dict[str, Item] = {}  # one article stands in many feeds
    for term in (*library.tags.all, *library.names.all, *library.stories.all):
        pages = partial(_term_feed, library, term, made)
        yield group(f"{term.url}feed.xml", [term.digest], pages, [library.sums[term.url]])


def _term_feed(library: Library, term: Term, made: dict[str, Item]) -> Iterator[Page]:
    newest = library.members(term.url)[: library.settings.feed_items]
    for article in newest:
        if article.path not in made:
            made[article.path] = _item(library, article)
    items = tuple([made[article.path] for article in newest])
    data = FeedPage(title=term.label, home=term.url, items=items)
    yield Page(f"{term.url}feed.xml", "term-feed.xml", data)


def bulletin_feed(library: Library) -> Iterator[Group]:
    """/bulletin.xml: one item a day."""
    newest = library.days[: library.settings.feed_items]
    inputs = [a.card.digest for _, articles in newest for a in articles]
    yield group("bulletin", inputs, partial(_bulletin, newest))


def _bulletin(newest: Sequence[tuple[str, tuple[Article, ...]]]) -> Iterator[Page]:
    days = tuple(Day(day, tuple(a.card for a in articles)) for day, articles in newest)
    yield Page("/bulletin.xml", "bulletin.xml", BulletinFeedPage(days=days))


@listing
def sitemap(library: Library) -> Iterator[Group]:
    """/sitemap.xml: a part for each month's articles, and parts for pages and lists."""
    parts: list[tuple[str, str]] = []
    for month, days in library.months:
        articles = list(chain.from_iterable([got for _, got in days]))
        last = max(articles[0].card.published, *[a.card.updated for a in articles])
        for number, start in enumerate(range(0, len(articles), MOST)):
            url = f"/sitemap-{month}{f'-{number + 1}' if number else ''}.xml"
            parts.append((url, last))
            pages = partial(_articles_part, url, articles[start : start + MOST])
            yield group(url, [library.day_cards[day] for day, _ in days], pages)
    lists = tuple((url, "") for url in _lists(library))
    for number, start in enumerate(range(0, len(lists), MOST)):
        url = f"/sitemap-lists{f'-{number + 1}' if number else ''}.xml"
        parts.append((url, ""))
        yield single(url, "sitemap.xml", SitemapPage(entries=lists[start : start + MOST]))
    yield single("/sitemap.xml", "sitemap-index.xml", SitemapIndexPage(parts=tuple(parts)))


def _articles_part(url: str, articles: Sequence[Article]) -> Iterator[Page]:
    entries = tuple((a.card.url, a.card.updated or a.card.published) for a in articles)
    yield Page(url, "sitemap.xml", SitemapPage(entries=entries))


def _lists(library: Library) -> Iterator[str]:
    """Addresses of pages and lists that search engines should know: not those marked noindex."""
    yield from ("/", "/archive/", "/corrections/", "/names/", "/tags/")
    yield from (a.card.url for a in library.pages)
    least = library.settings.noindex_below
    for terms in (library.tags, library.names):
        yield from (t.url for t in terms.all if len(library.places[t.url]) >= least)
    yield from (t.url for t in library.stories.all)
    years = dict.fromkeys(month[:4] for month, _ in library.months)
    yield from chain(
        (f"/{y}/" for y in years), (f"/{m.replace('-', '/')}/" for m, _ in library.months)
    )
    yield from (f"/{day.replace('-', '/')}/" for day, _ in library.days)


def news_sitemap(library: Library) -> Iterator[Group]:
    """/news-sitemap.xml: what is new enough for Google News; no file when nothing is."""
    cards = tuple(
        a.card for a in library.articles[:NEWS] if a.card.published >= library.clock.news_since
    )
    if cards:
        yield single("/news-sitemap.xml", "news-sitemap.xml", NewsSitemapPage(cards=cards))
