"""Stories told twice: texts by their shingles, headlines by their words.

A text is known by the smallest hashes of its runs of three folded words (Broder 1997, "On the
resemblance and containment of documents"): two texts share about as large a part of these as of all
runs. Each text is compared only with those of the last days that share a hash, so time grows with
the number of texts.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from mujaz.arabic.fold import spelling
from mujaz.search_keys import base_form, tokens

DAYS = 3
ALIKE = 0.4  # of the runs: about every twelfth word changed
ALIKE_HEADLINES = 0.5
_KEPT = 64  # hashes of a text
_READ = 1500  # signs of a text: some 220 words, more than a lead
_LEAST = 20  # hashes: a shorter text is too short to tell
_CROWD = 40  # texts of the last days that a hash is looked up in; more is boilerplate
_SHORT = 3  # letters; shorter words join others and say little


class Text(NamedTuple):
    """What is compared of an article."""

    day: str  # "2019-05-24"
    path: str
    hashes: tuple[int, ...]


@lru_cache(1 << 16)
def _hash(word: str) -> int:
    return crc32(spelling(word).encode())


def fingerprint(text: str) -> tuple[int, ...]:
    """Return the smallest hashes of a text's runs of three words; () if it is too short."""
    words = list(map(_hash, text[:_READ].split()))
    runs = {
        (a * 0x9E3779B1 ^ b * 0x85EBCA77 ^ c * 0xC2B2AE3D) & 0xFFFFFFFF
        for a, b, c in zip(words, words[1:], words[2:], strict=False)
    }
    return tuple(sorted(runs)[:_KEPT]) if len(runs) >= _LEAST else ()


def duplicates(texts: Iterable[Text]) -> Iterator[tuple[Text, Text, float]]:
    """Yield each text that is nearly one of the days before, that one, and how much they share."""
    ordered = sorted(texts)
    recent: dict[int, deque[int]] = {}
    for at, text in enumerate(ordered):
        shared: Counter[int] = Counter()
        for mark in text.hashes:
            holders = recent.get(mark)
            if holders is None:
                recent[mark] = deque((at,), _CROWD)
                continue
            while holders and _days(ordered[holders[0]].day, text.day) > DAYS:
                holders.popleft()
            shared.update(holders)
            holders.append(at)
        near = [(alike(text, ordered[other]), ordered[other]) for other, _ in shared.most_common(3)]
        if near and max(near)[0] >= ALIKE:
            part, other = max(near)
            yield text, other, part


def alike(one: Text, other: Text) -> float:
    """Return the part of their runs that two texts share, by estimate."""
    both = sorted({*one.hashes, *other.hashes})[:_KEPT]
    common = set(one.hashes) & set(other.hashes)
    return len(common.intersection(both)) / len(both) if both else 0.0


@lru_cache(1 << 12)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _days(one: str, other: str) -> int:
    return _ordinal(other) - _ordinal(one)


def near_days(one: str, other: str, days: int = DAYS) -> bool:
    """Return whether two days are at most so many apart."""
    return abs(_days(one, other)) <= days


def similar_headlines(one: str, other: str) -> bool:
    """Return whether two headlines share half of their words, whatever is attached to them."""
    a, b = _said(one), _said(other)
    return bool(a and b) and len(a & b) / min(len(a), len(b)) >= ALIKE_HEADLINES and len(a & b) > 1


@lru_cache(1 << 12)
def _said(headline: str) -> frozenset[str]:
    return frozenset(base_form(word) for word in tokens(headline) if len(word) >= _SHORT)
