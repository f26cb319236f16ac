"""Articles -> Library: what is due, in which order, under which tags, names, days and stories."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain, groupby
from operator import attrgetter
from typing import NamedTuple

from mujaz.addresses import beside
from mujaz.arabic.fold import spelling
from mujaz.digest import digest
from mujaz.errors import MujazError, Problem
from mujaz.model import Article, Body, Link, Picture, Settings, Term
from mujaz.names import key
from mujaz.settings import NameEntry, TagEntry
from mujaz.targets import resolve_targets
from mujaz.terms import Terms, gather_terms, name_registry, tag_keys

Days = tuple[tuple[str, tuple[Article, ...]], ...]  # newest first

NEWS_DAYS = 2  # Google News takes articles of the last two days


class Clock(NamedTuple):
    """The one moment that decides what is due, in the site's zone."""

    now: str  # ISO 8601 with offset, to the second
    news_since: str  # what was published before it has left the news sitemap


class Due(NamedTuple):
    """What the clock and the flags let through."""

    articles: tuple[Article, ...]  # newest first, then by path
    pages: tuple[Article, ...]
    held: tuple[Article, ...]  # dated in the future, next one first
    expired: tuple[Article, ...]
    drafts: tuple[Article, ...]
    next_change: str  # the moment from which a build would differ, or ""


def due(
    articles: Iterable[Article], clock: Clock, *, drafts: bool = False, future: bool = False
) -> Due:
    """Return what is published at a moment, and the next moment that changes it."""
    shown: list[Article] = []
    pages: list[Article] = []
    held: list[Article] = []
    expired: list[Article] = []
    unready: list[Article] = []
    moments: list[str] = []
    for article in sorted(articles, key=attrgetter("path")):
        if article.draft and not drafts:
            unready.append(article)
        elif not (published := article.card.published):
            pages.append(article)
        elif published > clock.now and not future:
            held.append(article)
        elif article.expires and article.expires <= clock.now:
            expired.append(article)
        else:
            shown.append(article)
            if article.expires or article.pin:
                moments += [
                    x for x in (article.expires, article.pin) if x > clock.now and x != "always"
                ]
    held.sort(key=lambda a: a.card.published)
    shown.sort(key=attrgetter("card.published"), reverse=True)
    moments += [a.card.published for a in held[:1]]
    return Due(
        tuple(shown),
        tuple(pages),
        tuple(held),
        tuple(expired),
        tuple(unready),
        min(moments, default=""),
    )


class _Parts(NamedTuple):
    settings: Settings
    clock: Clock
    articles: tuple[Article, ...]  # newest first
    pages: tuple[Article, ...]
    tags: Terms
    names: Terms
    stories: Terms
    targets: Mapping[str, tuple[tuple[str, str], ...]]  # article's path -> link as typed, address
    pictures: Mapping[str, Picture]  # by path under content/
    text: Callable[[Article], str]  # an article's text, names marked; asked for by what shows it


class Library(_Parts):
    """All that pages are made from, in order. Made once a build, never changed."""

    @property
    def everything(self) -> tuple[Article, ...]:
        """Articles, then pages."""
        return self.articles + self.pages

    @cached_property
    def days(self) -> Days:
        """Days that have news, newest first."""
        return tuple(
            (day, tuple(got))
            for day, got in groupby(self.articles, lambda a: a.card.published[:10])
        )

    @cached_property
    def months(self) -> tuple[tuple[str, Days], ...]:
        """Months that have news with their days, newest first."""
        return tuple((month, tuple(got)) for month, got in groupby(self.days, lambda d: d[0][:7]))

    @cached_property
    def positions(self) -> dict[str, int]:
        """Where each article stands in the order, by its address."""
        return {article.card.url: at for at, article in enumerate(self.articles)}

    @cached_property
    def day_cards(self) -> dict[str, bytes]:
        """For each day the digests of its articles' cards."""
        return {day: b"".join([a.card.digest for a in got]) for day, got in self.days}

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where the articles of each tag, name and story stand in the order, by its address."""
        found: dict[str, list[int]] = {}
        for terms, lists in self._spelled:
            found |= {term.url: [] for term in terms.all}
            rows = {text: found[url] for text, url in terms.urls.items()}
            for at, spelled in enumerate(lists):
                for text in spelled:
                    rows[text].append(at)
        return found

    @cached_property
    def lists(self) -> bytes:
        """Digest of all that lists show of all articles, pages and terms: same digest, same lists."""
        stories = tuple([(at, a.story) for at, a in enumerate(self.articles) if a.story])
        shown = [t.digest for t in (*self.tags.all, *self.names.all, *self.stories.all)]
        shown += [page.card.digest for page in self.pages]
        return digest((hash(tuple([a.number for a in self.articles])), b"".join(shown), stories))

    @cached_property
    def numbers(self) -> list[int]:
        """For each article the number that stands for what lists may show of it, its terms too."""
        made = [a.number for a in self.articles]
        for terms, lists in self._spelled:
            odd = {text: terms.odd[url] for text, url in terms.urls.items() if url in terms.odd}
            if odd:
                plain, number = odd.keys().isdisjoint, odd.get
                for at, spelled in enumerate(lists):
                    if not plain(spelled):
                        made[at] += sum([number(text, 0) for text in spelled])
        return made

    @cached_property
    def _spelled(self) -> tuple[tuple[Terms, Sequence[tuple[str, ...]]], ...]:
        """Tags, names and stories, each with those of every article, under one spelling of a term."""
        stories: list[tuple[str, ...]] = [(a.story,) if a.story else () for a in self.articles]
        return (
            (self.tags, self.tags.once([a.tags for a in self.articles])),
            (self.names, self.names.once([a.names for a in self.articles])),
            (self.stories, self.stories.once(stories)),
        )

    @cached_property
    def sums(self) -> dict[str, int]:
        """What the numbers of the articles of each tag, name and story add up to, by its address.

        Whatever changes in one of the articles changes the sum.
        """
        number = self.numbers.__getitem__
        return {url: sum(map(number, places)) for url, places in self.places.items()}

    @cached_property
    def sums_before(self) -> list[int]:
        """For each article the sums of its terms over older articles, added up."""
        numbers = self.numbers
        found = [0] * len(numbers)
        for places in self.places.values():
            before = 0
            for at in reversed(places):
                found[at] += before
                before += numbers[at]
        return found

    def members(self, url: str) -> list[Article]:
        """Articles of the tag, name or story at an address, newest first."""
        return [self.articles[at] for at in self.places[url]]

    def with_pictures(self, pictures: Mapping[str, Picture]) -> "Library":
        """The same library, its pictures measured."""
        return self._replace(pictures=pictures)

    def body(self, article: Article) -> Body:
        """Return an article's text by reference, with where its names and links lead."""
        urls = self.names.urls
        marks = [(name, name) for name in article.names] + list(article.marks)
        return Body(
            article.path,
            article.content,
            tuple([(typed, urls[name]) for typed, name in marks if name in urls]),
            self.targets.get(article.path, ()),
            self.pictures_of(article),
        )

    def pictures_of(self, article: Article) -> tuple[Picture, ...]:
        """The pictures an article shows: its own and those in its text."""
        if not article.card.image and not article.targets:
            return ()
        paths = dict.fromkeys(
            (article.card.image, *(beside(article.path, target) for target, _ in article.targets))
        )
        return tuple(self.pictures[p] for p in paths if p in self.pictures)

    def addresses(self, article: Article) -> dict[str, None]:
        """The addresses of an article's tags and names, each once however it is spelled."""
        tag, name = self.tags.urls.__getitem__, self.names.urls.__getitem__
        return dict.fromkeys([*map(tag, article.tags), *map(name, article.names)])

    def terms(self, article: Article) -> tuple[tuple[Link, ...], tuple[Term, ...]]:
        """An article's tags and names, each once."""
        tags = dict.fromkeys([self.tags.by_spelling[x] for x in article.tags])
        return tuple([t.link for t in tags]), tuple(
            dict.fromkeys([self.names.by_spelling[x] for x in article.names])
        )


class Assembled(NamedTuple):
    """A library, and what its making found."""

    library: Library
    problems: tuple[Problem, ...]


def assemble(
    shown: Due,
    settings: Settings,
    clock: Clock,
    *,
    name_entries: Iterable[NameEntry] = (),
    tag_entries: Iterable[TagEntry] = (),
    everything: Mapping[str, Article],
    files: Mapping[str, tuple[int, int]],
    text: Callable[[Article], str],
    errors: list[MujazError],
) -> Assembled:
    """Return the library of what is due, its pictures not yet measured.

    ``everything`` holds all articles by path, drafts too: a link to one that isn't published is no
    fault, but no link either. Links that lead nowhere go to ``errors``.
    """
    oldest_first = shown.articles[::-1] + shown.pages
    tag_key, tag_registry = tag_keys(tag_entries)
    problems: list[Problem] = []
    targets = resolve_targets((*shown.articles, *shown.pages), everything, files, problems, errors)
    library = Library(
        settings=settings,
        clock=clock,
        articles=shown.articles,
        pages=shown.pages,
        tags=gather_terms(
            "tags", chain.from_iterable([a.tags for a in oldest_first]), tag_key, tag_registry
        ),
        names=gather_terms(
            "names",
            chain.from_iterable([a.names for a in oldest_first]),
            key,
            name_registry(name_entries),
        ),
        stories=gather_terms("stories", [a.story for a in oldest_first if a.story], spelling, {}),
        targets=targets,
        pictures={},
        text=text,
    )
    return Assembled(library, tuple(problems))
