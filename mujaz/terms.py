"""Tags, names and stories: every spelling to its term, with labels, addresses, merges, suggestions."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

from mujaz import names
from mujaz.arabic.fold import skeleton, spelling, visibly_different
from mujaz.arabic.slug import slug
from mujaz.digest import SIZE
from mujaz.model import Term
from mujaz.settings import NameEntry, TagEntry

_HAMZA = frozenset("أإآؤئء")
_FEW = 8  # others that a label is told beside; a thousand alike would be half a million pairs


class Entry(NamedTuple):
    """What a registry says of a term."""

    label: str
    slug: str = ""
    kind: str = ""
    role: str = ""
    note: str = ""
    description: str = ""
    distinct: tuple[str, ...] = ()


def tag_keys(entries: Iterable[TagEntry]) -> tuple[Callable[[str], str], dict[str, Entry]]:
    """Return the folding of tags with their synonyms, and the registry by key."""
    same: dict[str, str] = {}
    registry: dict[str, Entry] = {}
    for entry in entries:
        key = spelling(entry.tag)
        registry[key] = Entry(entry.label or entry.tag, entry.slug, description=entry.description)
        same |= {spelling(text): key for text in entry.synonyms}
    return (lambda text: same.get(spelling(text), spelling(text))), registry


def name_registry(entries: Iterable[NameEntry]) -> dict[str, Entry]:
    """Return content/names.toml by folded canonical name."""
    canonical = names.Registry(tuple(entries)).entries
    return {
        names.key(name): Entry(e.name, e.slug or "", e.kind, e.role, e.note, distinct=e.distinct)
        if "|" not in name
        else Entry(e.name, e.slug or _note_slug(e), e.kind, e.role, e.note, distinct=e.distinct)
        for name, e in canonical.items()
    }


def _note_slug(entry: NameEntry) -> str:
    return slug(f"{entry.name} {entry.note}")


class Terms(NamedTuple):
    """All terms of one taxonomy."""

    by_spelling: dict[str, Term]
    all: tuple[Term, ...]  # in order of their addresses
    urls: dict[str, str]  # spelling -> address
    labels: dict[str, str]  # address -> label as lists show it, homonyms with their note
    stamps: dict[str, int]  # spelling -> a term's digest as a number, for sums over articles
    merged: tuple[tuple[str, ...], ...]  # spellings that differ to the eye and became one
    near: tuple[tuple[str, str], ...]  # labels that may be the same; never merged


def gather_terms(
    section: str, used: Iterable[str], key: Callable[[str], str], registry: Mapping[str, Entry]
) -> Terms:
    """Return the terms of a taxonomy from all its spellings as used, oldest article first.

    ``key`` folds a spelling; ``registry`` gives entries by key. The label is the registry's, else
    the commonest spelling; of equally common ones that with a hamza, then the first seen.
    """
    groups: dict[str, list[tuple[str, int]]] = {}
    for text, times in Counter(used).items():
        groups.setdefault(key(text), []).append((text, times))
    for rows in groups.values():
        rows.sort(key=lambda pair: (-pair[1], _HAMZA.isdisjoint(pair[0])))
    slugs = _slugs({k: (registry.get(k), rows[0][0]) for k, rows in groups.items()})
    by_spelling: dict[str, Term] = {}
    merged: list[tuple[str, ...]] = []
    for folded, rows in groups.items():
        spellings = tuple(text for text, _ in rows)
        term = _term(f"/{section}/{slugs[folded]}/", spellings, registry.get(folded))
        by_spelling |= dict.fromkeys(spellings, term)
        if any(visibly_different(spellings[0], other) for other in spellings[1:]):
            merged.append(spellings)
    terms = tuple(
        sorted({term.url: term for term in by_spelling.values()}.values(), key=lambda t: t.url)
    )
    # 56 bits: sums of a few stay numbers of one machine word
    stamps = {text: int.from_bytes(term.digest[:7], "big") for text, term in by_spelling.items()}
    urls = {text: term.url for text, term in by_spelling.items()}
    labels = {term.url: _told_apart(term) for term in terms}
    return Terms(
        by_spelling, terms, urls, labels, stamps, tuple(sorted(merged)), _near(terms, registry, key)
    )


def _term(url: str, spellings: tuple[str, ...], entry: Entry | None) -> Term:
    label, _, note = spellings[0].partition("|")
    entry = entry or Entry(label)
    term = Term(
        entry.label, url, spellings, entry.kind, entry.role, entry.note or note, entry.description
    )
    spelled = "\0".join((*term[:2], *term[3:7], *spellings)).encode("utf-8", "surrogateescape")
    return term._replace(digest=blake2b(spelled, digest_size=SIZE).digest())


def _told_apart(term: Term) -> str:
    """A label for lists: homonyms, whose spellings carry a note, show it."""
    return f"{term.label} ({term.note})" if "|" in term.spellings[0] else term.label


def _slugs(labels: Mapping[str, tuple[Entry | None, str]]) -> dict[str, str]:
    """An address part for each key; of keys that would share one, those it doesn't spell get a suffix.

    The suffix comes from the key, so it stays whatever else is published.
    """
    plain = {
        k: (e.slug if e and e.slug else slug((e.label if e else "") or text.replace("|", " ")))
        for k, (e, text) in labels.items()
    }
    shared = Counter(part.casefold() for part in plain.values())
    found: dict[str, str] = {}
    for folded, part in plain.items():
        lossy = not part or (
            shared[part.casefold()] > 1 and spelling(part.replace("-", " ")) != folded
        )
        mark = blake2b(folded.encode(), digest_size=3).hexdigest()
        found[folded] = f"{part}-{mark}".lstrip("-") if lossy else part
    return found


def _near(
    terms: Sequence[Term], registry: Mapping[str, Entry], key: Callable[[str], str]
) -> tuple[tuple[str, str], ...]:
    """Pairs of labels that a slip of the pen may have parted (skeletons are equal)."""
    by_skeleton: dict[str, list[Term]] = {}
    for term in terms:
        by_skeleton.setdefault(skeleton(term.label), []).append(term)
    pairs = []
    for group in by_skeleton.values():
        for at, one in enumerate(group):
            for other in group[at + 1 : at + 1 + _FEW]:
                apart = {
                    key(x)
                    for t in (one, other)
                    if (e := registry.get(key(t.spellings[0])))
                    for x in e.distinct
                }
                if apart.isdisjoint({key(one.label), key(other.label)}) and key(one.label) != key(
                    other.label
                ):
                    pairs.append((one.label, other.label))
    return tuple(sorted(pairs))
