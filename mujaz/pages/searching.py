"""The search page and its index: files that a browser fetches as the reader types."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, groupby

from mujaz.library import Library
from mujaz.marks import unmark
from mujaz.model import Article, Group, Page
from mujaz.pages.groups import group, single
from mujaz.search import (
    LAYOUT,
    Document,
    SearchPage,
    SearchPart,
    search_files,
    segment_of,
    segments,
)


def search_page(library: Library) -> Iterator[Group]:
    """/search/, which knows the segments of the index."""
    data = SearchPage(segments=segments((day, len(articles)) for day, articles in library.days))
    yield single("/search/", "search.html", data)


def search_index(library: Library) -> Iterator[Group]:
    """The index, a group for the newest month and for each year without it."""
    newest = library.days[0][0] if library.days else ""
    start = 0
    for segment, days in groupby(library.days, lambda row: segment_of(row[0], newest)):
        articles = tuple(chain.from_iterable([got for _, got in days]))
        inputs = [a.digest for a in articles]
        numbers = library.numbers[start : start + len(articles)]
        start += len(articles)
        yield group(
            f"search {segment}", inputs, partial(_parts, library, segment, articles), numbers
        )


def _parts(library: Library, segment: str, articles: Sequence[Article]) -> Iterator[Page]:
    documents = [_document(library, article) for article in reversed(articles)]
    for url, payload in search_files(segment, documents):
        yield Page(url, LAYOUT, SearchPart(payload=payload))


def _document(library: Library, article: Article) -> Document:
    tags, names = library.terms(article)
    card = article.card
    return Document(
        card.url,
        card.day,
        card.headline,
        card.summary,
        tuple(name.label for name in names),
        tuple(tag.label for tag in tags),
        unmark(library.text(article)),
    )
