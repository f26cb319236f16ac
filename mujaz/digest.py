"""Digest of a frozen value: equal values, and only they, have equal digests."""

import marshal
from collections.abc import Callable, Iterable
from hashlib import blake2b
from types import NoneType
from typing import Any

SIZE = 16  # bytes: 128 bits
NUMBER = 6  # bytes of a digest that is added up: 32,000 of them stay one machine word

_SIMPLE = frozenset((str, int, bytes, bool, NoneType))
_NOWHERE, _FIELDS = -1, -2
_OWN: dict[type, int] = {tuple: _NOWHERE}  # by kind, filled as kinds are met


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
    parts: list[Any] = []
    _flatten((value,), parts.append)
    return blake2b(marshal.dumps(parts, 2), digest_size=SIZE).digest()


def quick_digest(value: tuple[object, ...]) -> bytes:
    """Return the digest of a tuple that may have a field ``digest`` of its own, not yet filled."""
    return digest(tuple(value))


def _flatten(values: Iterable[object], put: Callable[[Any], None]) -> None:
    """Put the leaves of some values: tuples of leaves whole, a sign and a length before other tuples'."""
    for value in values:
        kind = type(value)
        if kind in _SIMPLE:
            put(value)
            continue
        at = _OWN.get(kind)
        if at is None:
            at = _OWN[kind] = _own(kind)
        if at == _FIELDS:
            names = kind.__dataclass_fields__  # type: ignore[attr-defined]
            row: tuple[Any, ...] = (kind.__name__, *[getattr(value, name) for name in names])
        else:
            row = value  # type: ignore[assignment]
            if at >= 0 and row[at] and type(row[at]) is bytes:
                put(row[at])
                continue
        if _SIMPLE.issuperset(map(type, row)):
            put(tuple(row))
        else:
            put(...)
            put(len(row))
            _flatten(row, put)


def _own(kind: type) -> int:
    """Where a kind of tuple carries its own digest; NOWHERE, or FIELDS for a dataclass."""
    if issubclass(kind, tuple):
        fields: tuple[str, ...] = getattr(kind, "_fields", ())
        return fields.index("digest") if "digest" in fields else _NOWHERE
    if hasattr(kind, "__dataclass_fields__"):
        return _FIELDS
    raise TypeError(f"no one spelling for a {kind.__name__}")
