"""Two sources that want one address: a fault, told before anything of the site is touched."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mujaz.addresses import claims
from mujaz.errors import MujazError, Place, PlanError, gather
from mujaz.model import Group
from mujaz.trace import FOLDER
from mujaz.writer import parents


class Want(NamedTuple):
    """An address, and the file to name if another wants it; "" if only its group knows."""

    url: str
    source: str


def check(wanted: Sequence[Want], new: Iterable[str], groups: Sequence[Group]) -> None:
    """Raise ExceptionGroup of PlanError for each pair of sources that want one path.

    Paths are compared as the narrowest file system does: NFC, case folded. ``new`` are the
    addresses that the last build didn't have; only these can be a folder where another is a file.
    """
    errors: list[MujazError] = []
    keys = claims([want.url for want in wanted])
    firsts = dict(zip(reversed(keys), reversed(wanted), strict=True))
    if len(firsts) < len(keys):
        errors += [
            _conflict(firsts[key], want, groups)
            for key, want in zip(keys, wanted, strict=True)
            if firsts[key] is not want
        ]
    fresh = dict.fromkeys(claims(list(new)))
    folders = _folders(keys) if fresh else set()
    for key in fresh:
        errors += [_conflict(*pair, groups) for pair in _nested(key, firsts, folders)]
        if key.startswith(f"{FOLDER}/"):
            want = firsts[key]
            message = f"wants the address {want.url}, where Mujaz keeps its state"
            errors.append(PlanError(message, Place(want.source)))
    gather(errors)


def _folders(keys: Iterable[str]) -> set[str]:
    """All folders of some paths, and the folders of these."""
    found: set[str] = set()
    level = {key.rpartition("/")[0] for key in keys}
    while level:
        found |= level
        level = {folder.rpartition("/")[0] for folder in level} - found
    return found


def _nested(key: str, firsts: dict[str, Want], folders: set[str]) -> Iterator[tuple[Want, Want]]:
    """Pairs of claims that want one path, one as a file and the other as a folder."""
    for parent in parents(key):
        if parent in firsts:
            yield firsts[parent], firsts[key]
    if key in folders:
        yield from (
            (firsts[key], want) for inner, want in firsts.items() if inner.startswith(f"{key}/")
        )


def _conflict(first: Want, second: Want, groups: Sequence[Group]) -> PlanError:
    """Tell of two sources that want one address."""
    sources = [source or _source_of(url, groups) for url, source in (first, second)]
    one, other = sorted(sources, key=lambda source: (not source.startswith("the page"), source))
    return PlanError(f"wants the address {second.url}, and so does {one}", Place(other))


def _source_of(url: str, groups: Sequence[Group]) -> str:
    """The source of a page of a group that wasn't planned again."""
    return next(
        (
            page.source
            for group in groups
            for page in group.pages()
            if page.url == url and page.source
        ),
        f"the page {url}",
    )
