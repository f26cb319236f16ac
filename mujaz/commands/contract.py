"""What a command is given and what it answers."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from mujaz.pages import Kind

DONE, FAULTS, USAGE = 0, 1, 2  # exit statuses: done, the author's faults, wrong usage

Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse gives the type no public name


class SiteCode(NamedTuple):
    """What a site's own ``build.py`` brings."""

    kinds: "Sequence[Kind] | None" = None  # instead of Mujaz's kinds of pages
    filters: Mapping[str, Callable[..., Any]] = {}  # more filters for layouts


# A command on a project: returns the exit status, raises MujazError (or a group of them) for faults.
Run = Callable[[Path, argparse.Namespace, SiteCode], int]
