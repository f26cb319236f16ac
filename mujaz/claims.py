"""Two sources that want one address: a fault, told before anything of the site is touched."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mujaz.addresses import claim
from mujaz.errors import MujazError, Place, PlanError, gather
from mujaz.model import Group
from mujaz.trace import FOLDER
from mujaz.writer import parents


class Want(NamedTuple):
    """An address, and the file to name if another wants it; "" if only its group knows."""

    url: str
    source: str


def check(wanted: Iterable[Want], new: Iterable[str], groups: Sequence[Group]) -> None:
    """Raise ExceptionGroup of PlanError for each pair of sources that want one path.

    Paths are compared as the narrowest file system does: NFC, case folded. ``new`` are the
    addresses that the last build didn't have; only these can be a folder where another is a file.
    """
    claims: dict[str, Want] = {}
    errors: list[MujazError] = []
    for want in wanted:
        first = claims.setdefault(claim(want.url), want)
        if first is not want:
            errors.append(_conflict(first, want, groups))
    folders = {parent for key in claims for parent in parents(key)} if new else set()
    for url in new:
        errors += [_conflict(*pair, groups) for pair in _nested(claim(url), claims, folders)]
    errors += [
        PlanError(f"wants the address {want.url}, where Mujaz keeps its state", Place(want.source))
        for key, want in claims.items()
        if key.startswith(f"{FOLDER}/")
    ]
    gather(errors)


def _nested(key: str, claims: dict[str, Want], folders: set[str]) -> Iterator[tuple[Want, Want]]:
    """Pairs of claims that want one path, one as a file and the other as a folder."""
    for parent in parents(key):
        if parent in claims:
            yield claims[parent], claims[key]
    if key in folders:
        yield from (
            (claims[key], want) for inner, want in claims.items() if inner.startswith(f"{key}/")
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
