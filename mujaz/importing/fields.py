"""Fields that all importers fill alike: headlines, dates and tags."""

import re
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from mujaz.arabic.fold import clean, identity
from mujaz.errors import Place, SourceError
from mujaz.importing.escaping import plain_headline
from mujaz.importing.found import Told
from mujaz.importing.moments import moment
from mujaz.marks import plain, tidy


def headline(title: str, place: Place, told: Told) -> str:
    """Return a title as a headline; where there is none, one that says so, and ``told`` hears of it."""
    made = plain_headline(title)
    if not made:
        told.leave(place, "a headline: it has none")
    return made or "بلا عنوان"


def dated(text: str, place: Place, zone: ZoneInfo) -> str:
    """Return a date in the site's zone. Raises SourceError if there is none or it can't be read."""
    if not text.strip():
        raise SourceError("expected the article's date, found none", place)
    try:
        return moment(text, zone)
    except ValueError as error:
        raise SourceError(f"date: {error}", place) from None


def tagged(items: Iterable[str], place: Place, told: Told) -> Sequence[str]:
    """Return tags once each; one without a letter is left behind."""
    kept: dict[str, str] = {}
    for item in items:
        tag = " ".join(clean(plain(tidy(item))).split())
        if re.search(r"[^\W_]", tag):
            kept.setdefault(identity(tag), tag)
        elif tag:
            told.leave(place, f"the tag '{tag}': it has no letter or digit")
    return tuple(kept.values())
