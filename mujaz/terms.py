"""Tags, names and stories: every spelling to its term, with labels, addresses, merges, suggestions."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from operator import attrgetter
from typing import NamedTuple

from mujaz import names
from mujaz.arabic.fold import skeleton, spelling, visibly_different
from mujaz.arabic.slug import slug
from mujaz.digest import NUMBER, SIZE
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
    odd: dict[
        str, int
    ]  # address of a term that its spelling doesn't tell -> its digest as a number
    variants: dict[str, str]  # spelling of a term that has several -> the commonest
    merged: tuple[tuple[str, ...], ...]  # spellings that differ to the eye and became one
    near: tuple[tuple[str, str], ...]  # labels that may be the same; never merged

    def once(self, lists: Sequence[tuple[str, ...]]) -> Sequence[tuple[str, ...]]:
        """Return lists of spellings with each term once, under its commonest spelling."""
        known = self.variants
        if not known:
            return lists
        apart, common = known.keys().isdisjoint, known.get
        return [x if apart(x) else tuple(dict.fromkeys([common(s, s) for s in x])) for x in lists]


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
    slugs, shared = _slugs({k: (registry.get(k), rows[0][0]) for k, rows in groups.items()})
    by_spelling: dict[str, Term] = {}
    found: list[Term] = []
    odd: dict[str, int] = {}
    variants: dict[str, str] = {}
    merged: list[tuple[str, ...]] = []
    for folded, rows in groups.items():
        spellings = tuple([text for text, _ in rows])
        entry = registry.get(folded)
        term = _term(f"/{section}/{slugs[folded]}/", spellings, entry)
        found.append(term)
        if len(spellings) == 1 and not entry and folded not in shared:
            by_spelling[spellings[0]] = term
            continue
        by_spelling |= dict.fromkeys(spellings, term)
        odd[term.url] = int.from_bytes(term.digest[:NUMBER], "big")
        if len(spellings) > 1:
            variants |= dict.fromkeys(spellings, spellings[0])
            if any(visibly_different(spellings[0], other) for other in spellings[1:]):
                merged.append(spellings)
    terms = tuple(sorted({term.url: term for term in found}.values(), key=attrgetter("url")))
    return Terms(
        by_spelling,
        terms,
        {text: term.url for text, term in by_spelling.items()},
        {term.url: _told_apart(term) for term in terms},
        odd,
        variants,
        tuple(sorted(merged)),
        _near(terms, registry, key),
    )


def _term(url: str, spellings: tuple[str, ...], entry: Entry | None) -> Term:
    label, _, note = spellings[0].partition("|")
    entry = entry or Entry(label)
    told = (entry.kind, entry.role, entry.note or note, entry.description)
    spelled = "\0".join((entry.label, url, *told, *spellings)).encode("utf-8", "surrogateescape")
    return Term(entry.label, url, spellings, *told, blake2b(spelled, digest_size=SIZE).digest())


def _told_apart(term: Term) -> str:
    """A label for lists: homonyms, whose spellings carry a note, show it."""
    return f"{term.label} ({term.note})" if "|" in term.spellings[0] else term.label


def _slugs(labels: Mapping[str, tuple[Entry | None, str]]) -> tuple[dict[str, str], set[str]]:
    """An address part for each key, and the keys that would share one: those it doesn't spell get a suffix.

    The suffix comes from the key, so it stays whatever else is published.
    """
    plain = {
        k: (e.slug if e and e.slug else slug((e.label if e else "") or text.replace("|", " ")))
        for k, (e, text) in labels.items()
    }
    times = Counter([part.casefold() for part in plain.values()])
    shared = {k for k, part in plain.items() if times[part.casefold()] > 1}
    found: dict[str, str] = {}
    for folded, part in plain.items():
        if part and (folded not in shared or spelling(part.replace("-", " ")) == folded):
            found[folded] = part
        else:
            mark = blake2b(folded.encode(), digest_size=3).hexdigest()
            found[folded] = f"{part}-{mark}".lstrip("-")
    return found, shared


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
