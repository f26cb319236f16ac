"""Home, tags, names, stories, corrections, and the indices."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from heapq import nlargest
from itertools import chain, islice

from mujaz.arabic.order import heading, sort_key
from mujaz.digest import digest, quick_digest
from mujaz.library import Library
from mujaz.model import (
    Article,
    Bundle,
    Chart,
    CorrectionsPage,
    Counted,
    Group,
    HomePage,
    Link,
    Page,
    Steps,
    StoryPage,
    Term,
    TermIndexPage,
    TermPage,
    month_number,
)
from mujaz.pages.groups import (
    bundle,
    by_day,
    full_pages,
    group,
    listing,
    numbered,
    on_newest,
    single,
)
from mujaz.terms import Terms

IN_BUNDLE = 100  # older pages of the home page
TOGETHER = 12  # names shown that appear with a name


def home(library: Library) -> Iterator[Group | Bundle]:
    """The newest news by day, pinned first; the older pages, a group each, in bundles."""
    articles, size = library.articles, library.settings.per_page
    pinned = _pinned(library)
    newest = articles[: on_newest(len(articles), size)]
    lead = pinned[:1] or newest[:1]
    inputs = [a.card.digest for a in newest]
    inputs += [b"pin", *[a.card.digest for a in pinned]]
    inputs += [digest(library.pictures_of(a)) for a in lead]
    full = (len(articles) - len(newest)) // size
    yield group("home", inputs, partial(_home, library, pinned, lead), [full])
    for first in reversed(range(1, full + 1, IN_BUNDLE)):
        last = min(first + IN_BUNDLE - 1, full)
        some = articles[len(articles) - last * size : len(articles) - (first - 1) * size]
        groups = partial(_older, library, range(last, first - 1, -1))
        yield bundle(f"home {first}", [a.card.digest for a in some], groups, [last == full])


def _older(library: Library, numbers: Iterable[int]) -> Iterator[Group]:
    size = library.settings.per_page
    for url, steps, articles in full_pages(library.articles, size, "/", numbers):
        inputs = [steps.newer.encode(), *[a.card.digest for a in articles]]
        yield group(f"home {url}", inputs, partial(_older_page, url, steps, articles))


def _pinned(library: Library) -> list[Article]:
    return [
        a for a in library.articles if a.pin and (a.pin == "always" or a.pin > library.clock.now)
    ]


def _home(library: Library, pinned: Sequence[Article], lead: Sequence[Article]) -> Iterator[Page]:
    url, steps, articles = next(numbered(library.articles, library.settings.per_page, "/"))
    data = HomePage(
        pinned=tuple([a.card for a in pinned]),
        days=by_day([a for a in articles if a not in pinned]),
        steps=steps,
        pictures=tuple(
            chain.from_iterable([library.pictures_of(a)[:1] for a in lead if a.card.image])
        ),
    )
    yield Page(url, "home.html", data)


def _older_page(url: str, steps: Steps, articles: Sequence[Article]) -> Iterator[Page]:
    yield Page(url, "home.html", HomePage((), by_day(articles), steps, ()))


@listing
def tag_pages(library: Library, *, company: bool = True) -> Iterator[Group]:
    """The lists of each tag; without ``company`` they carry neither that nor a chart."""
    yield from _term_pages(library, library.tags, "tag.html", company=company)


@listing
def name_pages(library: Library, *, company: bool = True) -> Iterator[Group]:
    """The lists of each name; without ``company`` they carry neither that nor a chart."""
    yield from _term_pages(library, library.names, "name.html", company=company)


def _term_pages(library: Library, terms: Terms, layout: str, *, company: bool) -> Iterator[Group]:
    """The newest page of each term; apart from it those that are full, which seldom change."""
    number = library.numbers.__getitem__
    for term in terms.all:
        places, total = library.places[term.url], library.sums[term.url]
        newest = on_newest(len(places), library.settings.per_page)
        pages = partial(_newest, library, term, layout, company=company)
        yield group(term.url, [term.digest], pages, [total])
        if newest < len(places):
            plain = Term(term.label, term.url, (), digest=quick_digest((term.label, term.url)))
            rest = total - sum(map(number, places[:newest]))
            pages = partial(_full, library, plain, layout)
            yield group(f"{term.url}page/", [plain.digest], pages, [rest])


def _newest(library: Library, term: Term, layout: str, *, company: bool) -> Iterator[Page]:
    articles = library.members(term.url)
    url, steps, shown = next(numbered(articles, library.settings.per_page, term.url))
    data = TermPage(
        term=term,
        total=len(articles),
        cards=tuple([a.card for a in shown]),
        steps=steps,
        chart=chart(articles) if company else None,
        together=_company(library, articles, 2, term.url) if company else (),
        first=articles[-1].card.day if articles else "",
        last=articles[0].card.day if articles else "",
    )
    yield Page(url, layout, data)


def _full(library: Library, term: Term, layout: str) -> Iterator[Page]:
    pages = numbered(library.members(term.url), library.settings.per_page, term.url)
    for url, steps, shown in islice(pages, 1, None):
        cards = tuple([a.card for a in shown])
        yield Page(url, layout, TermPage(term, 0, cards, steps, None, (), "", ""))


def chart(articles: Iterable[Article]) -> Chart | None:
    """Return articles by month; None without articles."""
    counts = Counter([a.card.published[:7] for a in articles])
    if not counts:
        return None
    start = month_number(min(counts))
    rows = [0] * (month_number(max(counts)) - start + 1)
    for month, number in counts.items():
        rows[month_number(month) - start] = number
    return Chart(min(counts), tuple(rows))


def _company(
    library: Library, articles: Sequence[Article], least: int, but: str = ""
) -> tuple[Counted, ...]:
    """The names of some articles that appear in ``least`` or more, commonest first, then by address."""
    if len(articles) < least:
        return ()
    names = library.names
    counts = Counter(chain.from_iterable(names.once([a.names for a in articles])))
    enough = max([least, *nlargest(TOGETHER + 1, counts.values())[TOGETHER:]])
    rows = [(-times, names.urls[text]) for text, times in counts.items() if times >= enough]
    rows = [row for row in rows if row[1] != but]
    rows.sort()
    return tuple([Counted(names.labels[url], url, -times) for times, url in rows[:TOGETHER]])


@listing
def tag_index(library: Library) -> Iterator[Group]:
    """/tags/."""
    yield _index(library, library.tags, "/tags/", "tags.html")


@listing
def name_index(library: Library) -> Iterator[Group]:
    """/names/."""
    yield _index(library, library.names, "/names/", "names.html")


def _index(library: Library, terms: Terms, url: str, layout: str) -> Group:
    inputs = [term.digest for term in terms.all]
    numbers = [len(library.places[term.url]) for term in terms.all]
    return group(url, inputs, partial(_by_letter, library, terms, url, layout), numbers)


def _by_letter(library: Library, terms: Terms, url: str, layout: str) -> Iterator[Page]:
    """All terms in index order, by letter."""
    article = library.settings.index_article
    ordered = sorted([(sort_key(t.label, article=article), t.url) for t in terms.all])
    groups: dict[str, list[Counted]] = {}
    for key, address in ordered:
        counted = Counted(terms.labels[address], address, len(library.places[address]))
        groups.setdefault(heading(key), []).append(counted)
    data = TermIndexPage(groups=tuple((head, tuple(rows)) for head, rows in groups.items()))
    yield Page(url, layout, data)


@listing
def story_pages(library: Library) -> Iterator[Group]:
    """The timeline of each running story."""
    for term in library.stories.all:
        pages = partial(_story, library, term)
        yield group(term.url, [term.digest], pages, [library.sums[term.url]])


def _story(library: Library, term: Term) -> Iterator[Page]:
    articles = library.members(term.url)
    data = StoryPage(
        term=term, cards=tuple(a.card for a in articles), names=_company(library, articles, 1)
    )
    yield Page(term.url, "story.html", data)


def corrections(library: Library) -> Iterator[Group]:
    """All corrections, newest first."""
    items = [
        (moment, text, Link(a.card.headline, a.card.url))
        for a in library.articles
        for moment, text in a.corrections
    ]
    items.sort(key=lambda item: item[0], reverse=True)
    yield single("/corrections/", "corrections.html", CorrectionsPage(items=tuple(items)))
