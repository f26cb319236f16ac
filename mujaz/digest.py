"""Digest of a frozen value: equal values, and only they, have equal digests."""

import marshal
from hashlib import blake2b
from types import NoneType
from typing import Any

SIZE = 16  # bytes: 128 bits
NUMBER = 7  # bytes of a digest that is added up: a few of them stay one machine word

_SIMPLE = frozenset((str, int, bytes, bool, NoneType))


def content_digest(data: bytes) -> bytes:
    """Return the digest by which a file is known again."""
    return blake2b(data, digest_size=SIZE).digest()


def digest(value: object) -> bytes:
    """Return the digest of a value: BLAKE2b, 16 bytes.

    Takes None, bool, int, str, bytes, tuples (named ones too) and frozen dataclasses of these. A
    tuple that carries a digest of its own (a Card, a Term) stands for itself by that. All else
    raises TypeError: a set has no order, a float no one spelling, a list may change later, and
    pickles of equal values may differ. Format 2 of marshal has no references, so it has one
    spelling for each value; digests are for the state that one version of Mujaz keeps.
    """
    plain: Any = value if type(value) in _SIMPLE else _plain(value)
    return blake2b(marshal.dumps(plain, 2), digest_size=SIZE).digest()


def quick_digest(value: tuple[object, ...]) -> bytes:
    """Return the digest of a tuple that may have a field ``digest`` of its own, not yet filled."""
    return digest(tuple(value))


def _plain(value: object) -> object:
    """A value as nested plain tuples of what marshal spells."""
    kind = type(value)
    if isinstance(value, tuple):
        if kind is not tuple and (own := getattr(value, "digest", None)) and type(own) is bytes:
            return own
        return tuple([x if type(x) in _SIMPLE else _plain(x) for x in value])
    names = getattr(kind, "__dataclass_fields__", None)
    if names is None:
        raise TypeError(f"no one spelling for a {kind.__name__}")
    rows = [getattr(value, name) for name in names]
    return (kind.__name__, *[x if type(x) in _SIMPLE else _plain(x) for x in rows])
