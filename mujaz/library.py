"""Articles -> Library: what is due, in which order, under which tags, names, days and stories."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from itertools import chain, groupby
from operator import attrgetter
from typing import NamedTuple
from unicodedata import normalize
from zlib import crc32

from mujaz.addresses import beside
from mujaz.arabic.fold import spelling
from mujaz.errors import MujazError, Problem
from mujaz.model import Article, Body, Link, Picture, Settings, Term
from mujaz.names import key
from mujaz.settings import NameEntry, TagEntry
from mujaz.targets import resolve_targets
from mujaz.terms import Terms, gather_terms, name_registry, tag_keys

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


class Tallies(NamedTuple):
    """Sums of articles' numbers: whatever changes in one of them changes the sum."""

    sums: Mapping[str, int]  # by the address of a tag or name
    before: dict[str, int]  # by article: its terms' sums over older articles only


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
    def days(self) -> tuple[tuple[str, tuple[Article, ...]], ...]:
        """Days that have news, newest first."""
        return tuple(
            (day, tuple(got))
            for day, got in groupby(self.articles, lambda a: a.card.published[:10])
        )

    @cached_property
    def months(self) -> tuple[tuple[str, tuple[tuple[str, tuple[Article, ...]], ...]], ...]:
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
    def numbers(self) -> dict[str, int]:
        """For each article a number made of what lists may show of it: its card, its place, its terms.

        A hash of whole numbers has no seed, so it is the same in the next build.
        """
        tag, name = self.tags.stamps.__getitem__, self.names.stamps.__getitem__
        number, place = int.from_bytes, _place
        return {
            a.path: hash(
                (number(a.card.digest), place(a.path), *map(tag, a.tags), *map(name, a.names))
            )
            for a in self.everything
        }

    @cached_property
    def terms_of(self) -> dict[str, tuple[str, ...]]:
        """For each article the addresses of its tags and names, each once however it is spelled."""
        tag, name = self.tags.urls.__getitem__, self.names.urls.__getitem__
        return {
            a.path: tuple(dict.fromkeys([*map(tag, a.tags), *map(name, a.names)]))
            for a in self.articles
        }

    @cached_property
    def counts(self) -> Counter[str]:
        """How many articles each tag and name has, by its address."""
        return Counter(chain.from_iterable(self.terms_of.values()))

    @cached_property
    def tallies(self) -> Tallies:
        """What the articles of each tag and name add up to, and did when each article was new."""
        sums: defaultdict[str, int] = defaultdict(int)
        before: dict[str, int] = {}
        terms_of, numbers = self.terms_of, self.numbers
        for article in reversed(self.articles):
            path = article.path
            terms, own = terms_of[path], numbers[path]
            before[path] = hash(tuple(map(sums.__getitem__, terms)))
            for term in terms:
                sums[term] += own
        return Tallies(sums, before)

    @cached_property
    def members(self) -> dict[str, list[Article]]:
        """Articles of each tag and name, newest first, by its address."""
        found: dict[str, list[Article]] = {t.url: [] for t in (*self.tags.all, *self.names.all)}
        terms_of = self.terms_of
        for article in self.articles:
            for url in terms_of[article.path]:
                found[url].append(article)
        return found

    @cached_property
    def told(self) -> dict[str, list[Article]]:
        """Articles of each story, newest first, by the story's address."""
        found: dict[str, list[Article]] = {term.url: [] for term in self.stories.all}
        for article in self.articles:
            if article.story:
                found[self.stories.urls[article.story]].append(article)
        return found

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

    def terms(self, article: Article) -> tuple[tuple[Link, ...], tuple[Term, ...]]:
        """An article's tags and names, each once."""
        tags = dict.fromkeys([self.tags.by_spelling[x] for x in article.tags])
        return tuple([t.link for t in tags]), tuple(
            dict.fromkeys([self.names.by_spelling[x] for x in article.names])
        )


def _place(path: str) -> int:
    """A number for what decides the order of articles of one moment."""
    return crc32(normalize("NFC", path).encode("utf-8", "surrogateescape"))


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
