"""Earlier coverage: older articles that share names and tags, rare ones counting more."""

from bisect import bisect_right

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

    def of(self, article: Article) -> tuple[Card, ...]:
        """Return the cards of the nearest earlier articles, the closest first."""
        here = self._library.positions[article.card.url]
        last = len(self._library.articles)
        scores: dict[
            int, int
        ] = {}  # of equals the newest is best: places count in the lowest digits
        for term in self._library.addresses(article):
            places = self._library.places[term]
            first = bisect_right(places, here)
            older = len(places) - first
            if older <= COMMON:
                weight = SCALE // (1 + older) * last
                for place in places[first : first + NEAREST]:
                    scores[place] = scores.get(place, last - place) + weight
        best = sorted(scores, key=scores.__getitem__, reverse=True)[:MOST]
        return tuple([self._library.articles[place].card for place in best])
