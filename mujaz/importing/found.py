"""What an importer hands over: articles as found elsewhere, and what it couldn't carry."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from mujaz.errors import MujazError, Place, Problem, SourceError


class Picture(NamedTuple):
    """A picture to copy beside an article."""

    file: Path
    target: str  # what stands for it in the text and in ``image`` until it has its place


class Link(NamedTuple):
    """A link that may lead to another imported article."""

    typed: str  # as it stands in the text
    key: str  # "/old/address/", "file:posts/x.md", or "wp:12", WordPress's number of a post
    fallback: str = ""  # what to link if no such article is there


class Found(NamedTuple):
    """One article or page of another system."""

    place: Place  # where in the source
    headline: str
    moment: str  # "2019-05-24" or "2019-05-24T14:30", civil time of the site; "" for a page
    body: str  # Markdown as Mujaz reads it
    name: str = ""  # last part of the address; "": made from the headline
    fields: Mapping[str, str | Sequence[str]] = {}  # front matter but headline, date, aliases
    old: tuple[str, ...] = ()  # its addresses in the old system: path, with query if it has one
    page: bool = False
    pictures: tuple[Picture, ...] = ()
    links: tuple[Link, ...] = ()
    keys: tuple[str, ...] = ()  # by which links of other articles mean this one


class Told:
    """What is gathered while importing: what wasn't carried over, and what couldn't be read."""

    def __init__(self) -> None:
        self.left: list[Problem] = []
        self.faults: list[MujazError] = []

    def leave(self, place: Place, what: str) -> None:
        """Something isn't carried over."""
        self.left.append(Problem(place, what))

    def fault(self, place: Place, message: str) -> None:
        """An article can't be imported."""
        self.faults.append(SourceError(message, place))


class Setting(NamedTuple):
    """What importers go by."""

    zone: ZoneInfo  # of the site
    encoding: str  # of sources that don't tell theirs
    told: Told
