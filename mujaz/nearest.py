"""The path or address that a wrong one was meant to be. Pure."""

from collections.abc import Iterable
from posixpath import dirname


def nearest(wanted: str, candidates: Iterable[str]) -> str:
    """Return the likeliest of some paths or addresses, or "".

    One with the same last part first (the file was moved), then one whose last part is close and
    begins or ends like it (a slip of the pen); of several the one in the nearest folder.
    """
    last = _last(wanted)
    moved: list[str] = []
    close: dict[str, list[str]] = {}
    for path in candidates:
        part = _last(path)
        if part == last:
            moved.append(path)
        elif part[:2] == last[:2] or part[-5:] == last[-5:]:
            close.setdefault(part, []).append(path)
    if not moved:
        from difflib import get_close_matches  # only where there is a fault to tell

        near = get_close_matches(last, close, 1)
        moved = close[near[0]] if near else []
    return max(sorted(moved), key=lambda path: _shared(path, wanted), default="")


def meant(wanted: str, candidates: Iterable[str]) -> str:
    """Return the end of a message: "; did you mean '…'?", or ""."""
    found = nearest(wanted, candidates)
    return f"; did you mean '{found}'?" if found else ""


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _shared(path: str, wanted: str) -> int:
    """How many folders two paths begin with together."""
    pairs = zip(dirname(path).split("/"), dirname(wanted).split("/"), strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), 99)
