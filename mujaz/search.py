"""The search index: documents -> small text files that a browser fetches as the reader types.

The index is cut by time into segments: the newest month, and each year without it. So a new article
rewrites the month's few files and no others; once a month, a year's. A segment is cut into shards by
the first two letters of the key, so one word and all words that begin like it are one file, and into
chunks of documents counted from the oldest, so that full ones never change.

A shard:   "1 SHARDS DOCUMENTS STAMPS", then a line a key, sorted: KEY, and postings of documents
           that have it folded only, in its exact form, and in headline, names or tags, tab-separated.
           "#LABEL" and "@LABEL" are tags and names; they lie with each of their words.
A chunk:   "1 STAMP", then a line a document, oldest first: DAY, slug or address, headline.
Postings:  gaps in base 32, see ``postings``. A stamp tells documents that don't fit their shards.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import chain, islice
from operator import sub
from typing import NamedTuple

from mujaz.search_keys import base_form, search_keys, tokens

VERSION = 1
PER_SHARD = 32  # documents of a segment for each of its shards
MOST_SHARDS = 256
PER_CHUNK = 128  # documents; the last chunk holds up to twice as many, less one
STAMP = 3  # letters of a chunk's stamp
LAYOUT = "search-part.txt"

_FIRST_DIGIT = 48  # "0"; 32 last digits, then 32 that others follow
_BASE = 32


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
    """The words of one article."""

    words: frozenset[str]  # all ``tokens``
    strong: frozenset[str]  # those of headline, names and tags
    labels: frozenset[str]  # "#tag", "@name"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPart:
    """layouts/search-part.txt: a shard or a chunk, nothing else."""

    payload: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """layouts/search.html. The page knows the segments, so the first search is one round trip."""

    segments: str  # "2025-11:8:1 2025:64:14 2024:64:15", newest first: name, shards, chunks


def segment_of(day: str, newest: str) -> str:
    """Return the name of a day's segment: its month if it is the newest day's month, or its year."""
    return day[:7] if day[:7] == newest[:7] else day[:4]


def segments(days: Iterable[str]) -> str:
    """Return ``SearchPage.segments`` for the days of all articles, newest first."""
    counts: dict[str, int] = {}
    newest = ""
    for day in days:
        newest = newest or day
        name = segment_of(day, newest)
        counts[name] = counts.get(name, 0) + 1
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


@lru_cache(maxsize=1 << 16)
def _mixed(start: str) -> int:
    first, second = ord(start[0]), ord(start[1]) if len(start) > 1 else 0
    return first * 37 + second * 101 + (second >> 3) * 11


def shard_of(key: str, shards: int) -> int:
    """Return the number of a key's shard. It depends on the first two letters: see search.js."""
    return _mixed(key[:2]) % shards


@lru_cache(maxsize=1 << 18)
def _tokens(chunk: str) -> tuple[str, ...]:
    """Words of what stands between two white spaces; texts repeat themselves, so most are known."""
    return () if "://" in chunk else tuple(tokens(chunk))


def article_terms(document: Document) -> Terms:
    """Return the words of one article. Pure; some 0.05 ms for 3,000 letters once words are known."""
    labels = (*document.names, *document.tags)
    strong = frozenset(chain(*map(_tokens, " ".join((document.headline, *labels)).split())))
    chunks = {*document.summary.split(), *document.text.split()}
    return Terms(
        strong.union(*map(_tokens, chunks)),
        strong,
        frozenset(chain(map(_name_key, document.names), map(_tag_key, document.tags))),
    )


def _name_key(label: str) -> str:
    return f"@{_line(label)}"


def _tag_key(label: str) -> str:
    return f"#{_line(label)}"


def _line(text: str) -> str:
    return " ".join(text.split())


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
    return _number(numbers[0]) + "".join(map(_step, map(sub, islice(numbers, 1, None), numbers)))


class _Lists(NamedTuple):
    """Key -> numbers of the documents that have it."""

    exact: defaultdict[str, set[int]]  # in this very form, ال apart
    any: defaultdict[str, set[int]]
    strong: defaultdict[str, set[int]]  # in headline, names or tags


def _collect(documents: Iterable[Document]) -> _Lists:
    """By word first, then by key: an article has half as many words as keys."""
    words, strong = defaultdict(list), defaultdict(list)
    lists = _Lists(defaultdict(set), defaultdict(set), defaultdict(set))
    for number, document in enumerate(documents):
        terms = article_terms(document)
        for word in terms.words:
            words[word].append(number)
        for word in terms.strong:
            strong[word].append(number)
        for label in terms.labels:
            lists.any[label].add(number)
    for word, numbers in words.items():
        lists.exact[base_form(word)].update(numbers)
        for key in search_keys(word):
            lists.any[key].update(numbers)
    for word, numbers in strong.items():
        for key in search_keys(word):
            lists.strong[key].update(numbers)
    return lists


def _rows(lists: _Lists) -> Iterator[tuple[str, str]]:
    """Key and line, sorted."""
    nothing: frozenset[int] = frozenset()
    for key in sorted(lists.any):
        exact, strong = lists.exact.get(key, nothing), lists.strong.get(key, nothing)
        columns = (postings(sorted(x)) if x else "" for x in (lists.any[key] - exact, exact, strong))
        yield key, "\t".join((key, *columns)).rstrip("\t")


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
    """Yield address and text of a segment's files. ``documents`` are the segment's, oldest first."""
    chunks = _chunks(documents)
    stamps = [_stamp(chunk) for chunk in chunks]
    for number, chunk in enumerate(chunks):
        lines = _chunk_lines(chunk)
        yield f"/search/{segment}/d{number}.txt", f"{VERSION} {stamps[number]}\n{lines}"
    shards = shard_count(len(documents))
    files: list[list[str]] = [[f"{VERSION} {shards} {len(documents)} {''.join(stamps)}"] for _ in range(shards)]
    for key, line in _rows(_collect(documents)):
        for place in _places(key, shards):
            files[place].append(line)
    for number, lines_of in enumerate(files):
        yield f"/search/{segment}/k{number}.txt", "\n".join(lines_of) + "\n"
