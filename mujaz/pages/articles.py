"""Articles, text pages, redirects."""

from base64 import b32encode
from collections.abc import Iterator, Sequence
from functools import partial
from hashlib import blake2b

from mujaz.digest import digest
from mujaz.library import Days, Library
from mujaz.model import Article, ArticlePage, Bundle, Group, Link, Page, RedirectPage, TextPage
from mujaz.pages.coverage import Coverage
from mujaz.pages.groups import bundle, group, single


def article_pages(library: Library, *, earlier: bool = True) -> Iterator[Bundle]:
    """One page an article; the articles of a day are one group, the days of a month one bundle."""
    coverage = Coverage(library) if earlier else None
    end = 0
    for month, days in library.months:
        start, end = end, end + sum([len(articles) for _, articles in days])
        # earlier coverage may change with any article, and what tells more takes longer
        inputs = [*_inputs(library, start, end), library.lists if earlier else b""]
        numbers = () if earlier else library.numbers[start:end]
        groups = partial(_days, library, start, days, coverage)
        yield bundle(f"articles {month}", inputs, groups, numbers)


def _days(library: Library, start: int, days: Days, coverage: Coverage | None) -> Iterator[Group]:
    for day, articles in days:
        end = start + len(articles)
        numbers = library.numbers[start:end]
        if coverage:
            numbers += library.sums_before[start:end]
        pages = partial(_pages, library, start, articles, coverage)
        yield group(f"articles {day}", _inputs(library, start, end), pages, numbers)
        start = end


def _inputs(library: Library, start: int, end: int) -> list[bytes]:
    """The digests of what the pages of some articles, and links to their neighbours, show."""
    articles = library.articles
    inputs = [a.digest for a in articles[start:end]]
    for at in (start - 1, end):
        inputs.append(articles[at].card.digest if 0 <= at < len(articles) else b"")
    for article in articles[start:end]:
        if article.targets or article.story or article.card.image:
            targets, shown = library.targets.get(article.path, ()), library.pictures_of(article)
            inputs += [article.digest, digest((targets, shown, _story(library, article)))]
    return inputs


def _pages(
    library: Library, start: int, articles: Sequence[Article], coverage: Coverage | None
) -> Iterator[Page]:
    for at, article in enumerate(articles, start):
        tags, names = library.terms(article)
        data = ArticlePage(
            card=article.card,
            body=library.body(article),
            summary=article.card.summary if article.summarized else "",
            short=short_address(article) if library.settings.short_links else "",
            author=article.author,
            source_url=article.source_url,
            image_credit=article.image_credit,
            tags=tags,
            names=names,
            corrections=article.corrections,
            story=_story(library, article),
            earlier=coverage.of(article) if coverage else (),
            newer=_neighbour(library, at - 1),
            older=_neighbour(library, at + 1),
            draft=article.draft,
        )
        yield Page(article.card.url, "article.html", data, article.path)


def _neighbour(library: Library, at: int) -> Link | None:
    if not 0 <= at < len(library.articles):
        return None
    card = library.articles[at].card
    return Link(card.headline, card.url)


def _story(library: Library, article: Article) -> tuple[Link, ...]:
    """The running story, and its latest article if that is a newer one."""
    if not article.story:
        return ()
    term = library.stories.by_spelling[article.story]
    latest = library.articles[library.places[term.url][0]].card
    link = Link(term.label, term.url)
    return (link, Link(latest.headline, latest.url)) if latest.url != article.card.url else (link,)


def text_pages(library: Library) -> Iterator[Group]:
    """About, contact: the pages of content/pages/."""
    for article in library.pages:
        yield single(
            article.card.url,
            "page.html",
            TextPage(card=article.card, body=library.body(article)),
            article.path,
        )


def short_address(article: Article) -> str:
    """Return a short address to paste: an Arabic letter takes six signs in a link, this one is ASCII."""
    return f"/s/{b32encode(blake2b(article.card.url.encode(), digest_size=5).digest()).decode().lower()}/"


def redirects(library: Library) -> Iterator[Group]:
    """A page for each earlier address of an article, and for its short one."""
    for article in library.articles if library.settings.short_links else ():
        yield single(
            short_address(article), "redirect.html", RedirectPage(to=article.card.url), article.path
        )
    for article in (*library.articles, *library.pages):
        for address, _ in article.aliases:
            yield single(address, "redirect.html", RedirectPage(to=article.card.url), article.path)
