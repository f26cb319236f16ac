"""Digest of a frozen value: equal values, and only they, have equal digests."""

import marshal
from dataclasses import fields, is_dataclass
from hashlib import blake2b
from itertools import chain

SIZE = 16  # bytes: 128 bits


def digest(value: object) -> bytes:
    """Return the digest of a value: BLAKE2b, 16 bytes.

    Takes None, bool, int, str, bytes, tuples (named ones too) and frozen dataclasses of these. A
    tuple that carries a digest of its own (a Card) stands for itself by that. All else raises
    TypeError: a set has no order, a float no one spelling, a list may change later, and pickles of
    equal values may differ.
    """
    parts: list[bytes] = []
    _spell(value, parts)
    return blake2b(b"".join(parts), digest_size=SIZE).digest()


def quick_digest(value: tuple[object, ...]) -> bytes:
    """Return the digest of a tuple of plain values, for a state that one version of Mujaz keeps.

    Format 2 of marshal has no references, so equal values have equal bytes; it costs a sixth of
    ``digest``, and is for what tens of thousands of articles need.
    """
    return blake2b(marshal.dumps(_plain(value), 2), digest_size=SIZE).digest()


def _texts(value: tuple[object, ...]) -> bool:
    """Whether marshal has one spelling for a tuple: of texts, or of plain tuples of texts."""
    kinds = set(map(type, value))
    if kinds == {tuple}:
        kinds = set(map(type, chain.from_iterable(value)))  # type: ignore[arg-type]
    return kinds <= {str}


def _plain(value: tuple[object, ...]) -> tuple[object, ...]:
    """Named tuples as plain ones: marshal takes no subclasses."""
    return tuple([_plain(x) if isinstance(x, tuple) else x for x in value])


def _spell(value: object, parts: list[bytes]) -> None:
    """Append the one spelling of a value; each piece tells its type and length."""
    match value:
        case str():
            data = value.encode("utf-8", "surrogatepass")
            parts += (b"s%d:" % len(data), data)
        case tuple():
            own = getattr(value, "digest", None)
            if isinstance(own, bytes):
                parts += (b"d", own)
            elif _texts(value):
                parts += (b"m", marshal.dumps(tuple(value), 2))
            else:
                parts.append(b"(%d:" % len(value))
                for item in value:
                    _spell(item, parts)
        case None | bool():
            parts.append(b"%a;" % (value,))
        case int():
            parts.append(b"i%d;" % value)
        case bytes():
            parts += (b"b%d:" % len(value), value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            parts.append(b"c%s:" % type(value).__name__.encode())
            for field in fields(value):
                _spell(getattr(value, field.name), parts)
        case _:
            raise TypeError(f"no one spelling for a {type(value).__name__}")
