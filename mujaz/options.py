"""The flags of a build, its clock, and how long its phases took."""

import os
import time
from datetime import UTC, datetime
from typing import NamedTuple

from mujaz.digest import quick_digest
from mujaz.errors import OutputError, Place


class Options(NamedTuple):
    """The flags of a build."""

    drafts: bool = False
    future: bool = False
    base_url: str = ""
    strict: bool = False
    jobs: int = 1
    leave: str = ""  # groups whose names begin so stay as the last build made them; "" leaves none
    start: str = ""  # how workers start; "" as the system does best

    def digest(self) -> bytes:
        """Of the flags that change the site."""
        return quick_digest((self.drafts, self.future, self.base_url, self.strict, self.leave))


class Phases:
    """Seconds by phase."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def end(self, phase: str) -> None:
        """The time since the last phase ended was this one's."""
        now = time.perf_counter()
        self.seconds[phase] = self.seconds.get(phase, 0.0) + now - self._last
        self._last = now


def now() -> datetime:
    """Return the one moment of this build: SOURCE_DATE_EPOCH (reproducible-builds.org), else the clock.

    Raises OutputError if SOURCE_DATE_EPOCH is no whole number of seconds.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    try:
        return datetime.fromtimestamp(int(given) if given else int(time.time()), UTC)
    except (ValueError, OverflowError, OSError):
        raise OutputError(
            f"expected seconds since 1970, found '{given}'", Place("SOURCE_DATE_EPOCH")
        ) from None
