"""Who is meant by a name mark: the registry, then the one fuller name in the same article."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from mujaz.arabic.fold import clean, spelling
from mujaz.model import Settings
from mujaz.settings import NameEntry

LONGEST = 20  # words of a name that shorter ones may stand for
TOLD = 8  # names at most that a message names


class Registry:
    """content/names.toml by folded spelling. Names with one spelling are told apart by their note."""

    def __init__(self, entries: Sequence[NameEntry]) -> None:
        self.entries: dict[str, NameEntry] = {}  # by canonical spelling, "name" or "name|note"
        self._found: dict[str, list[str]] = {}
        times: dict[str, int] = {}
        for entry in entries:
            key = spelling(entry.name)
            times[key] = times.get(key, 0) + 1
        for entry in entries:
            alone = times[spelling(entry.name)] == 1 or not entry.note
            canonical = clean(entry.name) if alone else f"{clean(entry.name)}|{clean(entry.note)}"
            self.entries[canonical] = entry
            for text in (entry.name, *entry.aliases):
                named = self._found.setdefault(spelling(text), [])
                if canonical not in named:
                    named.append(canonical)

    def meant(self, mark: str) -> tuple[str, ...]:
        """Return the canonical spellings that a mark may stand for: none, one, or homonyms."""
        name, _, note = mark.partition("|")
        found = self._found.get(spelling(name), ())
        if note:
            found = [x for x in found if spelling(self.entries[x].note) == spelling(note)]
        return tuple(found)


class Rules(NamedTuple):
    """What reading an article depends on besides its file."""

    settings: Settings
    registry: Registry


class Resolved(NamedTuple):
    """An article's marks with the names they stand for."""

    marks: tuple[tuple[str, str], ...]  # as typed -> name
    names: tuple[str, ...]  # distinct, in order of first mention
    problems: tuple[tuple[str, str], ...]  # mark, what is unclear about it


def resolve(typed: Iterable[str], registry: Registry) -> Resolved:
    """Return whom each distinct mark of one article means (SPEC §3).

    A short form stands for the one longest name of the article whose words contain it, side by
    side and in order; with two such names it is left alone and reported.
    """
    distinct = list(dict.fromkeys(typed))
    chosen: dict[str, str] = {}
    problems: list[tuple[str, str]] = []
    for mark in distinct:
        found = registry.meant(mark)
        if len(found) == 1:
            chosen[mark] = found[0]
        elif len(found) > 1:
            problems.append((mark, f"<{mark}> may be {_either(found)}: write <{found[0]}>"))
    words = {name: _words(name) for name in [chosen.get(m, m) for m in distinct]}
    fuller = _fuller(words)
    for mark in distinct:
        if mark in chosen or "|" in mark:
            chosen.setdefault(mark, _canonical(mark))
            continue
        longest = fuller.get(words[mark], ())
        if len(longest) > 1:
            problems.append((mark, f"<{mark}> may be {_either(longest)}: write the full name"))
        chosen[mark] = longest[0] if len(longest) == 1 else _canonical(mark)
    return Resolved(
        tuple(chosen.items()), tuple(dict.fromkeys(chosen[m] for m in distinct)), tuple(problems)
    )


@lru_cache(1 << 16)
def _words(name: str) -> tuple[str, ...]:
    return tuple(spelling(name.split("|", maxsplit=1)[0]).split())


@lru_cache(1 << 16)
def _canonical(mark: str) -> str:
    name, _, note = mark.partition("|")
    return f"{clean(name)}|{clean(note)}" if note else clean(name)


def _either(names: Sequence[str]) -> str:
    return " or ".join(f"'{name}'" for name in names[:TOLD])


def _fuller(words: Mapping[str, tuple[str, ...]]) -> dict[tuple[str, ...], list[str]]:
    """For the words of each name the longest names that contain them, one for each folded spelling.

    Each run of words is looked up, never name by name: ten thousand names of few words are many pairs.
    """
    known = set(words.values())
    holders: dict[
        tuple[str, ...], dict[tuple[str, ...], str]
    ] = {}  # words -> longer names, by words
    for name, parts in words.items():
        for run in known & _runs(parts):
            holders.setdefault(run, {}).setdefault(parts, name)
    return {
        short: sorted([_canonical(longer[w]) for w in longer if w not in holders])
        for short, longer in holders.items()
    }


@lru_cache(1 << 16)
def _runs(words: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """The words side by side in a name that are fewer than its own; none of a text that is no name."""
    size = len(words) if len(words) <= LONGEST else 0
    ends = [(at, end) for at in range(size) for end in range(at + 1, size + 1)]
    return frozenset([words[at:end] for at, end in ends]) - {words}


def key(name: str) -> str:
    """Return the key under which a name's spellings are one: folded, with a homonym's note."""
    label, _, note = name.partition("|")
    return f"{spelling(label)}|{spelling(note)}" if note else spelling(label)
