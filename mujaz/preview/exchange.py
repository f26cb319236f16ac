"""What the two processes of the preview say to each other: one line of JSON each time."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from mujaz.preview.faults import Fault

_MARK = "\x1emujaz "  # the builder's lines; what a site's own code prints is passed on as it is


class Sheet(NamedTuple):
    """A style sheet that has changed: its text and its address, before and after."""

    old: str
    new: str
    old_address: str
    new_address: str


class Outcome(NamedTuple):
    """What came of a build. ``sheets`` without an end is told ahead of the build."""

    ended: bool = True
    stale: bool = False  # the program is no longer what that process began with: ask a new one
    changed: bool = False  # whether any byte of the site is another
    base: str = ""  # the site's base path
    faults: tuple[Fault, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    warnings: str = ""
    summary: str = ""


def line_of(outcome: Outcome) -> bytes:
    """Return the builder's line for an outcome."""
    return f"{_MARK}{json.dumps(outcome)}\n".encode()


def outcome_of(line: bytes) -> Outcome | None:
    """Return the outcome in a line; None if it isn't the builder's."""
    text = line.decode("utf-8", "replace")
    if not text.startswith(_MARK):
        return None
    found = Outcome(*json.loads(text.removeprefix(_MARK)))
    return found._replace(
        faults=tuple(Fault(*row) for row in found.faults),
        sheets=tuple(Sheet(*row) for row in found.sheets),
    )


def order_of(changed: Iterable[str]) -> bytes:
    """Return the server's line: build, since these paths have changed."""
    return f"{json.dumps(sorted(changed))}\n".encode()


def paths_of(order: bytes) -> list[str]:
    """Return the paths in a server's line."""
    paths: Any = json.loads(order)
    return [str(path) for path in paths]
