"""What the linter finds, and where."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding weighs. Errors and warnings make the command fail, notices don't."""

    ERROR = "error"  # readers would meet it, or the build stops
    WARNING = "warning"  # a mistake
    NOTICE = "notice"  # worth a look


class Edit(NamedTuple):
    """One mend: a stretch of a file's text (line ends as "\\n") and what belongs there."""

    start: int
    end: int
    text: str


class Hit(NamedTuple):
    """What a rule found in one text: where it begins there, what is wrong, the mend if it is safe."""

    at: int
    message: str
    edit: Edit | None = None


class Finding(NamedTuple):
    """What the command tells: a hit with its file, line and column (both from 1; 0 is the whole file)."""

    path: str
    line: int
    column: int
    rule: str
    message: str
    edit: Edit | None = None


class Advice(NamedTuple):
    """What to do, in a sentence."""

    english: str
    arabic: str


class Rule(NamedTuple):
    """A row of the table of rules."""

    name: str
    severity: Severity
    advice: Advice
    mends: bool = False  # whether --fix mends some of what it finds


def located(
    path: str, rule: str, hits: Iterable[Hit], place: Callable[[int], tuple[int, int]]
) -> list[Finding]:
    """Return a rule's hits in one text as findings; ``place`` turns an offset into line and column."""
    return [Finding(path, *place(hit.at), rule, hit.message, hit.edit) for hit in hits]
