"""How kinds make groups, and the numbering of long lists."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial, wraps
from hashlib import blake2b
from typing import Concatenate, ParamSpec, TypeVar

from mujaz.digest import SIZE, digest
from mujaz.library import Library
from mujaz.model import Article, Bundle, Data, Day, Group, Page, Steps

T = TypeVar("T")
P = ParamSpec("P")


def group(
    name: str,
    inputs: Iterable[bytes],
    pages: Callable[[], Iterable[Page]],
    numbers: Iterable[int] = (),
) -> Group:
    """Return a group from the digests of all that its pages see, and from numbers that stand for more."""
    return Group(name, _mark(inputs, numbers), pages)


def _mark(inputs: Iterable[bytes], numbers: Iterable[int]) -> bytes:
    """Numbers are hashed, which has no seed for whole numbers."""
    spelled = b"%s\0%d" % (b"\0".join(inputs), hash(tuple(numbers)))
    return blake2b(spelled, digest_size=SIZE).digest()


def bundle(
    name: str,
    inputs: Iterable[bytes],
    groups: Callable[[], Iterable[Group]],
    numbers: Iterable[int] = (),
) -> Bundle:
    """Return a bundle from the digests of all that its groups see, and from numbers that stand for more."""
    return Bundle(name, _mark(inputs, numbers), groups)


def listing(
    kind: Callable[Concatenate[Library, P], Iterator[Group]],
) -> Callable[Concatenate[Library, P], Iterator[Bundle]]:
    """Make a bundle of a kind that sees nothing of articles but what lists show."""

    @wraps(kind)
    def bundled(library: Library, /, *given: P.args, **named: P.kwargs) -> Iterator[Bundle]:
        yield Bundle(kind.__name__, library.lists, partial(kind, library, *given, **named))

    return bundled


def expanded(planned: Iterable[Group | Bundle]) -> Iterator[Group]:
    """Yield all groups, those of bundles too."""
    for one in planned:
        if isinstance(one, Bundle):
            yield from one.groups()
        else:
            yield one


def single(url: str, layout: str, data: Data, source: str = "") -> Group:
    """Return the group of one page whose data is small enough to make at once."""
    return Group(url, digest(data), partial(_one, Page(url, layout, data, source)))


def _one(page: Page) -> Iterator[Page]:
    yield page


def on_newest(count: int, size: int) -> int:
    """Return how many of a list's items stand on its newest page: between one and two pages' worth."""
    return count - max(count // size - 1, 0) * size


def numbered(items: Sequence[T], size: int, base: str) -> Iterator[tuple[str, Steps, Sequence[T]]]:
    """Yield address, neighbours and items of each page of a list that is newest first.

    Pages are numbered from the oldest, so page N is full for ever once it is full; the list's own
    address holds the newest.
    """
    at = on_newest(len(items), size)
    full = (len(items) - at) // size
    yield base, Steps("", f"{base}page/{full}/" if full else ""), items[:at]
    yield from full_pages(items, size, base, range(full, 0, -1))


def full_pages(
    items: Sequence[T], size: int, base: str, numbers: Iterable[int]
) -> Iterator[tuple[str, Steps, Sequence[T]]]:
    """Yield those pages of a list that have some numbers."""
    newest = (len(items) - on_newest(len(items), size)) // size
    for number in numbers:
        newer = base if number == newest else f"{base}page/{number + 1}/"
        older = f"{base}page/{number - 1}/" if number > 1 else ""
        start = len(items) - number * size
        yield f"{base}page/{number}/", Steps(newer, older, number), items[start : start + size]


def by_day(articles: Iterable[Article]) -> tuple[Day, ...]:
    """Return articles' cards under their days, in the order given."""
    days: dict[str, list[Article]] = {}
    for article in articles:
        days.setdefault(article.card.published[:10], []).append(article)
    return tuple(Day(day, tuple(a.card for a in got)) for day, got in days.items())


def around(keys: Sequence[str], at: int) -> tuple[str, str]:
    """Return the next newer and the next older of a list that is newest first; "" at the ends."""
    return keys[at - 1] if at else "", keys[at + 1] if at + 1 < len(keys) else ""
