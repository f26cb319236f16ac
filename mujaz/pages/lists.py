"""Home, tags, names, stories, corrections, and the indices."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

from mujaz.arabic.order import heading, sort_key
from mujaz.digest import digest, quick_digest
from mujaz.library import Library
from mujaz.model import (
    Article,
    Chart,
    CorrectionsPage,
    Counted,
    Group,
    HomePage,
    Link,
    Page,
    StoryPage,
    Term,
    TermIndexPage,
    TermPage,
    month_number,
)
from mujaz.pages.groups import by_day, group, numbered, single
from mujaz.terms import Terms

TOGETHER = 12  # names shown that appear with a name


def home(library: Library) -> Iterator[Group]:
    """The newest news by day, pinned first, and the older pages."""
    lead = _pinned(library)[:1] or list(library.articles[:1])
    inputs = (
        [digest(library.pictures_of(a)) for a in lead]
        + [b"pin"]
        + [a.card.digest for a in _pinned(library)]
    )
    inputs += [b"all", *library.day_cards.values()]
    yield group("home", inputs, partial(_home, library))


def _pinned(library: Library) -> list[Article]:
    return [
        a for a in library.articles if a.pin and (a.pin == "always" or a.pin > library.clock.now)
    ]


def _home(library: Library) -> Iterator[Page]:
    pinned = _pinned(library)
    for url, steps, articles in numbered(library.articles, library.settings.per_page, "/"):
        newest = not steps.number
        lead = (pinned[:1] or articles[:1]) if newest else ()
        data = HomePage(
            pinned=tuple(a.card for a in pinned) if newest else (),
            days=by_day(a for a in articles if a not in pinned)
            if newest and pinned
            else by_day(articles),
            steps=steps,
            pictures=tuple(
                chain.from_iterable(library.pictures_of(a)[:1] for a in lead if a.card.image)
            ),
        )
        yield Page(url, "home.html", data)


def tag_pages(library: Library) -> Iterator[Group]:
    """The lists of each tag."""
    yield from _term_pages(library, library.tags, "tag.html")


def name_pages(library: Library) -> Iterator[Group]:
    """The lists of each name."""
    yield from _term_pages(library, library.names, "name.html")


def _term_pages(library: Library, terms: Terms, layout: str) -> Iterator[Group]:
    for term in terms.all:
        pages = partial(_term, library, term, layout)
        yield group(term.url, [term.digest], pages, [library.tallies.sums[term.url]])


def _term(library: Library, term: Term, layout: str) -> Iterator[Page]:
    articles = library.members[term.url]
    for url, steps, shown in numbered(articles, library.settings.per_page, term.url):
        newest = not steps.number
        data = TermPage(
            term=term
            if newest
            else Term(term.label, term.url, (), digest=quick_digest((term.label, term.url))),
            total=len(articles) if newest else 0,
            cards=tuple([a.card for a in shown]),
            steps=steps,
            chart=chart(articles) if newest else None,
            together=_company(library, articles, 2, term.url) if newest else (),
            first=articles[-1].card.day if newest and articles else "",
            last=articles[0].card.day if newest and articles else "",
        )
        yield Page(url, layout, data)


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
    terms, labels = library.terms_of, library.names.labels
    counts = Counter(chain.from_iterable([terms[a.path] for a in articles]))
    rows = [
        (-times, url)
        for url, times in counts.items()
        if times >= least and url != but and url in labels
    ]
    rows.sort()
    return tuple([Counted(labels[url], url, -times) for times, url in rows[:TOGETHER]])


def tag_index(library: Library) -> Iterator[Group]:
    """/tags/."""
    yield _index(library, library.tags, "/tags/", "tags.html")


def name_index(library: Library) -> Iterator[Group]:
    """/names/."""
    yield _index(library, library.names, "/names/", "names.html")


def _index(library: Library, terms: Terms, url: str, layout: str) -> Group:
    inputs = [term.digest for term in terms.all]
    numbers = [library.counts[term.url] for term in terms.all]
    return group(url, inputs, partial(_by_letter, library, terms, url, layout), numbers)


def _by_letter(library: Library, terms: Terms, url: str, layout: str) -> Iterator[Page]:
    """All terms in index order, by letter."""
    article = library.settings.index_article
    ordered = sorted([(sort_key(t.label, article=article), t.url) for t in terms.all])
    groups: dict[str, list[Counted]] = {}
    for key, address in ordered:
        counted = Counted(terms.labels[address], address, library.counts[address])
        groups.setdefault(heading(key), []).append(counted)
    data = TermIndexPage(groups=tuple((head, tuple(rows)) for head, rows in groups.items()))
    yield Page(url, layout, data)


def story_pages(library: Library) -> Iterator[Group]:
    """The timeline of each running story."""
    for term in library.stories.all:
        articles = library.told[term.url]
        numbers = [library.numbers[a.path] for a in articles]
        yield group(term.url, [term.digest], partial(_story, library, term, articles), numbers)


def _story(library: Library, term: Term, articles: Sequence[Article]) -> Iterator[Page]:
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
