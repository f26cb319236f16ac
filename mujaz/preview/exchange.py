"""What the two processes of the preview say to each other: one line of JSON each time."""

import json
from typing import NamedTuple

from mujaz.preview.faults import Fault

_MARK = "\x1emujaz "  # the builder's lines; what a site's own code prints is passed on as it is


class Sheet(NamedTuple):
    """A style sheet that has changed: its text and its address, before and after."""

    old: str
    new: str
    old_address: str
    new_address: str


class Outcome(NamedTuple):
    """What came of a build.

    Ahead of its end come new style sheets, then ``published``: the site is there, though not all of
    the build is done.
    """

    ended: bool = True
    published: bool = False
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


class Order(NamedTuple):
    """Build. ``changed`` are the paths that have changed since the last order.

    ``whole``: look at everything, and make all of the site. Else only what pages show is made, from
    what is said to have changed; a whole build follows when there is time.
    """

    changed: frozenset[str] = frozenset()
    whole: bool = True


def line_of_order(order: Order) -> bytes:
    """Return the server's line for an order."""
    return f"{json.dumps([sorted(order.changed), order.whole])}\n".encode()


def order_of(line: bytes) -> Order:
    """Return the order in a server's line."""
    changed, whole = json.loads(line)
    return Order(frozenset(changed), whole)
