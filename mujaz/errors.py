"""Faults that the site's author can mend, each with the place to mend it.

    MujazError
      SettingsError   content/site.toml and the registries names.toml, tags.toml
      ContentError    an article, a page or a picture under content/
      LayoutError     a layout doesn't parse, or asks for what its page doesn't carry
      PlanError       two sources claim one address
      AssetError      something under assets/ can't be published
      OutputError     the output folder isn't ours, or can't be written
      SourceError     what ``import`` was given can't be read as articles

Each prints as ``path:line: message``, the form that editors and CI turn into a link. A run gathers
all it finds and raises them as one ExceptionGroup; a bug in Mujaz keeps its traceback.
"""

from collections.abc import Sequence
from typing import NamedTuple


class Place(NamedTuple):
    """Where in the project's files. ``line`` counts from 1; 0 stands for the whole file."""

    path: str  # relative to the project folder, "/" between parts
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


class Problem(NamedTuple):
    """Something an author should know of that doesn't stop the build (unless it is --strict)."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class MujazError(Exception):
    """A fault with its place."""

    def __init__(self, message: str, place: Place) -> None:
        super().__init__(message, place)
        self.message = message
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class SettingsError(MujazError):
    """A setting or a registry entry is unknown, of the wrong type, or impossible."""


class ContentError(MujazError):
    """A file under content/ can't be read as an article or a page."""


class LayoutError(MujazError):
    """A layout is missing, doesn't parse, or asks for a name that its page doesn't carry."""


class PlanError(MujazError):
    """Two sources claim one address."""


class AssetError(MujazError):
    """Something under assets/ can't be published."""


class OutputError(MujazError):
    """The output folder holds what Mujaz must not touch, or can't be written."""


class SourceError(MujazError):
    """What ``import`` was given, or one article of it, can't be read."""


def gather(errors: Sequence[MujazError]) -> None:
    """Raise all faults of a stage as one ExceptionGroup, sorted by place; none: return."""
    if errors:
        once = {(error.place, error.message): error for error in errors}
        raise ExceptionGroup("faults", [once[key] for key in sorted(once)])
