"""Home, tags, names, stories, corrections, and the indices."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

from mujaz.arabic.order import letter, sort_key
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
    inputs += [b"all"] + [a.card.digest for a in library.articles]
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
    yield from _term_pages(library, library.tags, library.tagged, "tag.html")


def name_pages(library: Library) -> Iterator[Group]:
    """The lists of each name."""
    yield from _term_pages(library, library.names, library.named, "name.html")


def _term_pages(
    library: Library, terms: Terms, members: dict[str, list[Article]], layout: str
) -> Iterator[Group]:
    keys = library.keys
    for term in terms.all:
        articles = members[term.url]
        inputs = [term.digest, *[keys[a.path] for a in articles]]
        yield group(term.url, inputs, partial(_term, library, term, articles, layout))


def _term(library: Library, term: Term, articles: Sequence[Article], layout: str) -> Iterator[Page]:
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
    urls = library.name_urls
    counts = Counter(chain.from_iterable([urls[a.path] for a in articles]))
    rows = [(-times, url) for url, times in counts.items() if times >= least and url != but]
    rows.sort()
    labels = library.names.labels
    return tuple([Counted(labels[url], url, -times) for times, url in rows[:TOGETHER]])


def _index(
    url: str, layout: str, terms: Terms, members: dict[str, list[Article]], *, article: bool
) -> Group:
    """All terms in index order, by letter."""
    groups: dict[str, list[Counted]] = {}
    for term in sorted(terms.all, key=lambda t: (sort_key(t.label, article=article), t.url)):
        counted = Counted(terms.labels[term.url], term.url, len(members[term.url]))
        groups.setdefault(letter(term.label, article=article), []).append(counted)
    return single(
        url,
        layout,
        TermIndexPage(groups=tuple((head, tuple(rows)) for head, rows in groups.items())),
    )


def tag_index(library: Library) -> Iterator[Group]:
    """/tags/."""
    yield _index(
        "/tags/", "tags.html", library.tags, library.tagged, article=library.settings.index_article
    )


def name_index(library: Library) -> Iterator[Group]:
    """/names/."""
    yield _index(
        "/names/",
        "names.html",
        library.names,
        library.named,
        article=library.settings.index_article,
    )


def story_pages(library: Library) -> Iterator[Group]:
    """The timeline of each running story."""
    for term in library.stories.all:
        articles = library.told[term.url]
        inputs = [term.digest, *(library.keys[a.path] for a in articles)]
        yield group(term.url, inputs, partial(_story, library, term, articles))


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
