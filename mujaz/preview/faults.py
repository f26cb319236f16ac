"""Faults of a build as plain values: what the builder sends and the browser shows."""

import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from mujaz.errors import MujazError, Place

LONGEST = 500  # characters of a line that is shown


class Fault(NamedTuple):
    """One fault. ``text`` is the line itself, if the file has it; ``path`` is "" for a bug."""

    path: str
    line: int
    message: str
    text: str = ""

    def __str__(self) -> str:
        return f"{Place(self.path, self.line)}: {self.message}" if self.path else self.message


def faults_of(error: BaseException, project: Path) -> tuple[Fault, ...]:
    """Return the faults in what a build raised, sorted by place, each once."""
    found = {
        (leaf.place, leaf.message) if isinstance(leaf, MujazError) else (Place(""), _told(leaf))
        for leaf in _leaves(error)
    }
    return tuple(
        Fault(place.path, place.line, message, line_text(project, place))
        for place, message in sorted(found)
    )


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if not isinstance(error, BaseExceptionGroup):
        yield error
        return
    for inner in error.exceptions:
        yield from _leaves(inner)


def _told(error: BaseException) -> str:
    """What can't be laid at an author's door: files that can't be read or written, and bugs."""
    if isinstance(error, OSError):
        return f"{error.filename or ''}: {error.strerror or error}".lstrip(": ")
    return "".join(traceback.format_exception(error)).rstrip()


def line_text(project: Path, place: Place) -> str:
    """Return the line of a file that a fault points at; "" if there is none."""
    if not place.line:
        return ""
    try:
        data = (project / place.path).read_bytes()
    except (OSError, ValueError):
        return ""
    lines = (
        data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    )
    return lines[place.line - 1][:LONGEST] if place.line <= len(lines) else ""
