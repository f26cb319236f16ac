"""Two sources that want one address: a fault, told before anything of the site is touched."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import NamedTuple

from mujaz.addresses import claims, claims_of_files, url_of
from mujaz.errors import Place, PlanError, gather
from mujaz.folders import FOLDER
from mujaz.model import Bundle, Group
from mujaz.pages.groups import expanded
from mujaz.writer import parents


class Want(NamedTuple):
    """An address, and the file to name if another wants it; "" if only its group knows."""

    url: str
    source: str
    new: bool = True  # whether the last build didn't have it


def check(
    wanted: Sequence[Want],
    kept: Callable[[Sequence[str]], Iterable[Sequence[str]]],
    planned: Sequence[Group | Bundle],
) -> None:
    """Raise ExceptionGroup of PlanError for each pair of sources that want one path.

    ``kept`` returns, in parts, further files of groups that weren't planned again: all that what is
    claimed anew may be, lie in or hold. Paths are compared as the narrowest file system does: NFC,
    case folded. Only new ones can be a folder where another is a file.
    """
    keys = claims([want.url for want in wanted])
    fresh: list[str] = []
    known: list[str] = []
    for key, want in zip(keys, wanted, strict=True):
        (fresh if want.new else known).append(key)
    above = _folders(fresh)
    asked = {*keys, *above}
    near = list(chain.from_iterable([_near(part, asked, fresh) for part in kept(fresh)]))
    wants = [*wanted, *[Want(url_of(path), "", new=False) for path in near]]
    left = claims_of_files(near)
    keys += left
    distinct, folders = set(keys), above | _folders([*known, *left])
    if len(distinct) < len(keys) or FOLDER in above or not folders.isdisjoint(distinct):
        gather(list(_faults(list(zip(keys, wants, strict=True)), fresh, folders, planned)))


def _near(paths: Sequence[str], asked: set[str], fresh: Sequence[str]) -> Sequence[str]:
    """Those of some files that one asked for may be, or that lie below a new one."""
    keys = claims_of_files(paths)
    hit = asked.intersection(keys)
    below = _folders(keys).intersection(fresh)
    if not hit and not below:
        return ()
    return [
        path
        for path, key in zip(paths, keys, strict=True)
        if key in hit or not below.isdisjoint(parents(key))
    ]


def _faults(
    claimed: Sequence[tuple[str, Want]],
    fresh: Iterable[str],
    folders: AbstractSet[str],
    planned: Sequence[Group | Bundle],
) -> Iterator[PlanError]:
    """What is wrong with some claims, of which some are new."""
    firsts = dict(reversed(claimed))
    for key, want in claimed:
        if firsts[key] is not want:
            yield _conflict(firsts[key], want, planned)
    for key in fresh:
        for pair in _nested(key, firsts, folders):
            yield _conflict(*pair, planned)
        if key.startswith(f"{FOLDER}/"):
            want = firsts[key]
            message = f"wants the address {want.url}, where Mujaz keeps its state"
            yield PlanError(message, Place(want.source))


def _folders(keys: Iterable[str]) -> set[str]:
    """All folders of some paths, and the folders of these."""
    found: set[str] = set()
    level = {key.rpartition("/")[0] for key in keys}
    while level:
        found |= level
        level = {folder.rpartition("/")[0] for folder in level} - found
    return found


def _nested(
    key: str, firsts: Mapping[str, Want], folders: AbstractSet[str]
) -> Iterator[tuple[Want, Want]]:
    """Pairs of claims that want one path, one as a file and the other as a folder."""
    for parent in parents(key):
        if parent in firsts:
            yield firsts[parent], firsts[key]
    if key in folders:
        for inner, want in firsts.items():
            if inner.startswith(f"{key}/"):
                yield firsts[key], want


def _conflict(first: Want, second: Want, planned: Sequence[Group | Bundle]) -> PlanError:
    """Tell of two sources that want one address."""
    sources = [source or _source_of(url, planned) for url, source, _ in (first, second)]
    one, other = sorted(sources, key=lambda source: (not source.startswith("the page"), source))
    return PlanError(f"wants the address {second.url}, and so does {one}", Place(other))


def _source_of(url: str, planned: Sequence[Group | Bundle]) -> str:
    """The source of a page of a group that wasn't planned again."""
    return next(
        (
            page.source
            for group in expanded(planned)
            for page in group.pages()
            if page.url == url and page.source
        ),
        f"the page {url}",
    )
