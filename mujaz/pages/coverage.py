"""Earlier coverage: older articles that share names and tags, rare ones counting more."""

from bisect import bisect_right
from collections import defaultdict
from zlib import crc32

from mujaz.library import Library
from mujaz.model import Article, Card

MOST = 4  # shown
NEAREST = 24  # older articles of a term that are looked at
COMMON = 300  # a term with more older articles tells nothing of two of them
SCALE = 1_000_000  # weights are whole numbers, so that sums have one spelling


class Coverage:
    """What came before each article. It looks only backwards, so a new article changes no page."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._tag, self._name = library.tags.urls.__getitem__, library.names.urls.__getitem__
        self._places: dict[str, list[int]] = {}
        self._before = self._sums()

    def _terms(self, article: Article) -> list[str]:
        return [*map(self._tag, article.tags), *map(self._name, article.names)]

    def _sums(self) -> dict[str, int]:
        """For each article a number made of all older ones that share a term with it, term by term.

        Paths are part of it, since they decide the order of articles of one moment.
        """
        sums: defaultdict[str, int] = defaultdict(int)
        found: dict[str, int] = {}
        for article in reversed(self._library.articles):
            terms = self._terms(article)
            # a hash of whole numbers has no seed
            found[article.path] = hash(tuple(map(sums.__getitem__, terms)))
            own = _number(article)
            for term in terms:
                sums[term] += own
        return found

    def before(self, article: Article) -> int:
        """Return a number that changes when the article's earlier coverage may have changed."""
        return self._before[article.path]

    def of(self, article: Article) -> tuple[Card, ...]:
        """Return the cards of the nearest earlier articles, the closest first."""
        here = self._library.positions[article.card.url]
        last = len(self._library.articles)
        scores: dict[
            int, int
        ] = {}  # of equals the newest is best: places count in the lowest digits
        for term in dict.fromkeys(self._terms(article)):
            places = self._term_places(term)
            first = bisect_right(places, here)
            older = len(places) - first
            if older <= COMMON:
                weight = SCALE // (1 + older) * last
                for place in places[first : first + NEAREST]:
                    scores[place] = scores.get(place, last - place) + weight
        best = sorted(scores, key=scores.__getitem__, reverse=True)[:MOST]
        return tuple([self._library.articles[place].card for place in best])

    def _term_places(self, term: str) -> list[int]:
        """Positions of a term's articles in the site's order, newest first."""
        places = self._places.get(term)
        if places is None:
            members = self._library.tagged.get(term) or self._library.named[term]
            positions = self._library.positions
            places = self._places[term] = [positions[a.card.url] for a in members]
        return places


def _number(article: Article) -> int:
    """A number for what others may show of an article, and where it stands."""
    path = crc32(article.path.encode("utf-8", "surrogateescape"))
    return int.from_bytes(article.card.digest[:7], "big") ^ path
