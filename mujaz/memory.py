"""What a process keeps that builds one project again and again, told each time what has changed.

A hint like the state on disk, and dropped whenever it may not hold: after a failed build, if another
process has built meanwhile, if more has changed than files by name.
"""

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from mujaz import trace
from mujaz.files import Stamp, stamp
from mujaz.folders import FOLDER
from mujaz.inputs import Inputs
from mujaz.model import Article
from mujaz.trace import State

if TYPE_CHECKING:
    from mujaz.output import Result

_SOURCES = ("content/", "layouts/", "assets/")


class Memory:
    """``changed`` are the paths that have changed since the last build; None: anything may have.

    ``published`` is called with the files written and the number of those removed as soon as the
    site is there, before the state is saved.
    """

    def __init__(
        self, published: Callable[[Sequence[str], int], None] | None = None, *, last: bool = False
    ) -> None:
        """Take whom to tell; ``last`` says that the process ends after one build."""
        self.published = published
        self.last = last
        self._rest: object = None
        self.changed: frozenset[str] | None = None
        self._kept: tuple[Inputs, State, tuple[int, ...]] | None = None

    def told(self, result: "Result") -> "Result":
        """Tell what has just been published; return it."""
        if self.published:
            self.published(result.written, result.removed)
        return result

    def save(
        self,
        out: Path,
        inputs: Inputs,
        state: State,
        articles: Mapping[str, Article],
        rest: object,
    ) -> None:
        """Save the state of a build that has gone well, and keep it with its articles as they are.

        ``rest`` is all else that was made: before the process ends it needn't be freed.
        """
        parts = trace.save(out, state)
        whole = state._replace(articles=dict(articles), parts=parts)
        self._kept = (inputs, whole, _mark(out))
        self._rest = rest if self.last else None

    def recall(self, project: Path, out: Path) -> tuple[Inputs, State] | None:
        """Return the inputs as they must be now and the last state; None to look at everything.

        What was kept is forgotten till the build has ended well.
        """
        kept, self._kept = self._kept, None
        if not kept or not self.changed:
            return None
        inputs, state, mark = kept
        if not trace.intact(out, state) or mark != _mark(out):
            return None
        stamps = _with_changes(project, inputs.stamps, self.changed)
        return (inputs._replace(stamps=stamps), state) if stamps else None


def _mark(out: Path) -> tuple[int, ...]:
    """What tells one state file from another."""
    seen = os.stat(out / FOLDER / "state")
    return seen.st_ino, seen.st_size, seen.st_mtime_ns


def _with_changes(
    project: Path, stamps: dict[str, Stamp], changed: Iterable[str]
) -> dict[str, Stamp] | None:
    """The stamps after some files have changed; None if not all of these are, or were, plain files."""
    found = dict(stamps)
    now = time.time_ns()
    for path in changed:
        if not path.startswith(_SOURCES):
            return None
        try:
            seen = os.lstat(project / path)
        except OSError:
            if found.pop(path, None) is None:  # a folder, or what was never there
                return None
            continue
        if not S_ISREG(seen.st_mode):
            return None
        found[path] = stamp(seen, now)
    return found
