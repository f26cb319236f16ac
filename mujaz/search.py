"""The search index: documents -> small text files that a browser fetches as the reader types.

The index is cut by time into segments: the newest month, and each year without it. So a new article
rewrites the few files of the month and no others; once a month, those of a year. A segment is cut
into shards by the first two letters of the key, so a word and all that begin like it are one file,
and into chunks of documents counted from the oldest, so that full ones never change.

A shard:   "1 SHARDS DOCUMENTS STAMPS", then a line a key, sorted: KEY, and postings of documents
           that have it only folded; in its exact form; in headline, names or tags. Tabs between.
           "#LABEL" and "@LABEL" are tags and names; they lie with each of their words.
A chunk:   "1 STAMP", then a line a document, oldest first: DAY, slug or address, headline.
Postings:  gaps in base 32, see ``postings``. A stamp tells documents that don't fit their shards.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import chain, islice, repeat
from operator import sub
from typing import NamedTuple

from mujaz.search_keys import base_form, index_forms, tokens

VERSION = 1
PER_SHARD = 16  # documents of a segment for each of its shards
MOST_SHARDS = 256
PER_CHUNK = 128  # documents; the last chunk holds up to twice as many, less one
STAMP = 3  # letters of a chunk's stamp
LAYOUT = "search-part.txt"

_FIRST_DIGIT = 48  # "0"; 32 last digits, then 32 that others follow
_BASE = 32
_ADDRESS = re.compile(
    r"\]\([^)\s]*\)?|(?<![A-Za-z])[A-Za-z]++://\S*"
)  # a link's text is searched, its target isn't


class Document(NamedTuple):
    """What search knows of an article. All texts are plain."""

    url: str  # "/2019/05/24/x/"
    day: str  # "2019-05-24"
    headline: str
    summary: str
    names: tuple[str, ...]  # labels
    tags: tuple[str, ...]  # labels
    text: str


class Terms(NamedTuple):
    """What stands between white spaces in one article; ``tokens`` reads each piece but once."""

    pieces: frozenset[str]
    strong: frozenset[str]  # those of headline, names and tags
    labels: frozenset[str]  # "#tag", "@name"


class SearchPart(NamedTuple):
    """layouts/search-part.txt: a shard or a chunk, nothing else."""

    payload: str


class SearchPage(NamedTuple):
    """layouts/search.html. The page knows the segments, so the first search is one round trip."""

    segments: str  # "2025-11:8:1 2025:64:14 2024:64:15", newest first: name, shards, chunks


def segment_of(day: str, newest: str) -> str:
    """Return the name of a day's segment: its month if that is the newest one, or its year."""
    return day[:7] if day[:7] == newest[:7] else day[:4]


def segments(days: Iterable[tuple[str, int]]) -> str:
    """Return ``SearchPage.segments`` for days and how many articles they have, newest first."""
    counts: dict[str, int] = {}
    newest = ""
    for day, articles in days:
        newest = newest or day
        name = segment_of(day, newest)
        counts[name] = counts.get(name, 0) + articles
    return " ".join(f"{name}:{shard_count(n)}:{chunk_count(n)}" for name, n in counts.items())


def shard_count(documents: int) -> int:
    """Return how many shards a segment has: a power of two, so that it seldom changes."""
    count = 1
    while count * PER_SHARD < documents and count < MOST_SHARDS:
        count *= 2
    return count


def chunk_count(documents: int) -> int:
    """Return how many chunks a segment's documents fill."""
    return max(1, documents // PER_CHUNK)


def shard_of(key: str, shards: int) -> int:
    """Return the number of a key's shard, by its first two letters; search.js does the same."""
    return (ord(key[0]) * 33 + (ord(key[1]) if len(key) > 1 else 0)) % shards


def article_terms(document: Document) -> Terms:
    """Return the pieces of one article."""
    strong = frozenset(" ".join((document.headline, *document.names, *document.tags)).split())
    labels = chain(map(_name_key, document.names), map(_tag_key, document.tags))
    pieces = strong.union(document.summary.split(), document.text.split())
    return Terms(pieces, strong, frozenset(labels))


@lru_cache(maxsize=1 << 18)
def _words(piece: str) -> frozenset[str]:
    """Texts repeat themselves, and years share their words."""
    return frozenset(tokens(_ADDRESS.sub(" ", piece)))


def _name_key(label: str) -> str:
    return f"@{_line(label)}"


def _tag_key(label: str) -> str:
    return f"#{_line(label)}"


def _line(text: str) -> str:
    return " ".join(text.split())


@lru_cache(maxsize=1 << 17)
def _number(value: int) -> str:
    """A number in base 32, highest digit first; all but the last digit are 32 higher."""
    digits = chr(_FIRST_DIGIT + value % _BASE)
    while value := value // _BASE:
        digits = chr(_FIRST_DIGIT + _BASE + value % _BASE) + digits
    return digits


@lru_cache(maxsize=1 << 17)
def _step(distance: int) -> str:
    return _number(distance - 1)


def postings(numbers: Sequence[int]) -> str:
    """Return rising document numbers as text: the first, then how many are left out each time."""
    if len(numbers) < 2:
        return _number(numbers[0]) if numbers else ""
    return _number(numbers[0]) + "".join(map(_step, map(sub, islice(numbers, 1, None), numbers)))


Numbers = Sequence[int]  # of documents, rising
Gathered = defaultdict[str, list[int]]


def _gather(documents: Iterable[Document]) -> tuple[Gathered, Gathered, Gathered]:
    """Where each piece, strong piece and label stands."""
    pieces: Gathered = defaultdict(list)
    strong: Gathered = defaultdict(list)
    labels: Gathered = defaultdict(list)
    for number, document in enumerate(documents):
        terms = article_terms(document)
        for found, into in zip(terms, (pieces, strong, labels), strict=True):
            # in C, since a year has a million of these
            deque(map(list.append, map(into.__getitem__, found), repeat(number)), maxlen=0)
    return pieces, strong, labels


def _by_word(pieces: Gathered) -> dict[str, Numbers]:
    """Numbers of each word, from those of the pieces that hold it."""
    found: defaultdict[str, list[Numbers]] = defaultdict(list)
    for piece, numbers in pieces.items():
        for word in _words(piece):
            found[word].append(numbers)
    return {word: _merged(lists) for word, lists in found.items()}


def _merged(lists: Sequence[Numbers]) -> Numbers:
    return lists[0] if len(lists) == 1 else sorted(set().union(*lists))


class _Keys:
    """Keys of some words, and where they stand."""

    def __init__(self, words: dict[str, Numbers]) -> None:
        self._numbers = words
        self.exact: defaultdict[str, list[str]] = defaultdict(list)  # key -> words of this form
        self.folded: defaultdict[str, list[str]] = defaultdict(list)  # key -> other words
        self._written: dict[tuple[tuple[str, ...], tuple[str, ...]], str] = {}
        for word in words:
            base = base_form(word)
            self.exact[base].append(word)
            for key in index_forms(word):
                if key != base:
                    self.folded[key].append(word)

    def written(self, words: Sequence[str], without: Sequence[str] = ()) -> str:
        """Postings of documents that have one of some words and none of others."""
        if not words:
            return ""
        if len(words) == 1 and not without:  # most
            return postings(self._numbers[words[0]])
        asked = (tuple(words), tuple(without))
        if asked not in self._written:  # many forms come from the same words
            numbers = _merged([self._numbers[word] for word in words])
            if without:
                out = set().union(*[self._numbers[word] for word in without])
                numbers = [number for number in numbers if number not in out]
            self._written[asked] = postings(numbers)
        return self._written[asked]


def _rows(documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
    """Key and line, sorted; labels first."""
    pieces, strong_pieces, labels = _gather(documents)
    for label in sorted(labels):
        yield label, f"{label}\t{postings(labels[label])}"
    keys, strong = _Keys(_by_word(pieces)), _Keys(_by_word(strong_pieces))
    for key in sorted(keys.exact.keys() | keys.folded.keys()):
        exact = keys.exact.get(key, ())
        columns = (
            key,
            keys.written(keys.folded.get(key, ()), exact),
            keys.written(exact),
            strong.written([*strong.exact.get(key, ()), *strong.folded.get(key, ())]),
        )
        yield key, "\t".join(columns).rstrip("\t")


def _places(key: str, shards: int) -> set[int]:
    """Shards of a key. A label lies with each of its words, so typing one of them finds it."""
    if key[0] in "#@":
        return {shard_of(base_form(word), shards) for word in tokens(key)} or {0}
    return {shard_of(key, shards)}


def _chunks(documents: Sequence[Document]) -> list[Sequence[Document]]:
    starts = [n * PER_CHUNK for n in range(chunk_count(len(documents)))]
    return [documents[a:b] for a, b in zip(starts, [*starts[1:], len(documents)], strict=True)]


def _chunk_lines(documents: Iterable[Document]) -> str:
    return "".join(map(_document_line, documents))


def _document_line(document: Document) -> str:
    """Day, slug (or the whole address, which has a slash) and headline."""
    home = f"/{document.day.replace('-', '/')}/"
    slug = document.url.removeprefix(home).removesuffix("/")
    shown = document.url if "/" in slug or not document.url.startswith(home) else slug
    return f"{document.day}\t{shown}\t{_line(document.headline)}\n"


def _stamp(documents: Iterable[Document]) -> str:
    """Addresses in order: what a document's number means."""
    text = "\n".join(document.url for document in documents)
    return blake2b(text.encode("utf-8", "replace"), digest_size=4).hexdigest()[:STAMP]


def search_files(segment: str, documents: Sequence[Document]) -> Iterator[tuple[str, str]]:
    """Yield address and text of the files of a segment, whose documents come oldest first."""
    chunks = _chunks(documents)
    stamps = [_stamp(chunk) for chunk in chunks]
    for number, chunk in enumerate(chunks):
        lines = _chunk_lines(chunk)
        yield f"/search/{segment}/d{number}.txt", f"{VERSION} {stamps[number]}\n{lines}"
    shards = shard_count(len(documents))
    head = f"{VERSION} {shards} {len(documents)} {''.join(stamps)}"
    files: list[list[str]] = [[head] for _ in range(shards)]
    for key, line in _rows(documents):
        for place in _places(key, shards):
            files[place].append(line)
    for number, lines_of in enumerate(files):
        yield f"/search/{segment}/k{number}.txt", "\n".join(lines_of) + "\n"
