"""Dates of other systems -> civil time of the site: ISO 8601, RFC 822, Nikola's, Arabic words, ours."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mujaz.arabic.dates import MONTHS, read_date
from mujaz.arabic.digits import ascii_digits
from mujaz.arabic.fold import clean, identity

_ISO = re.compile(
    r"(\d{4}-\d{1,2}-\d{1,2})(?:T|\s+)(\d{1,2}:\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*+"
    r"(?:(Z|UTC|GMT)?\s*(?:([+-])(\d{1,2}):?(\d{2})?)?|([A-Za-z]+/[\w/+-]+))",
    re.ASCII,
)
_RFC_822 = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?\d{1,2}[\s-][A-Za-z]{3,9}[\s-]\d{2,4}\s+\d", re.ASCII
)
_WORDS = re.compile(
    r"(?:[^\W\d]+[،,]?\s+)?(\d{1,2})\s+([^\W\d]+(?:\s[^\W\d]+)?)(?:\s?[/(-]\s?[^\d]*?)?[،,]?\s(\d{4})"
    r"(?:\s?[-،,]?\s?(\d{1,2}:\d{2}))?"
)


def moment(text: str, zone: ZoneInfo) -> str:
    """Return "2019-05-24", or "2019-05-24T14:30" in the site's zone. ValueError says what is wrong."""
    plain = ascii_digits(clean(text))
    if (found := _ISO.fullmatch(plain)) and (found[3] or found[4] or found[7]):
        day, time = read_date(f"{found[1]} {found[2]}")
        return _local(datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=_zone(found)), zone)
    if _RFC_822.match(plain):
        return _rfc_822(plain, zone)
    if (found := _WORDS.fullmatch(plain)) and (month := _month(found[2])):
        plain = f"{found[1]}/{month}/{found[3]} {found[4] or ''}".strip()
    day, time = read_date(plain)
    return f"{day}T{time}" if time else day


def written(moment: str) -> str:
    """Return a moment as authors write it: ``24/05/2019 14:30``."""
    day, _, time = moment.partition("T")
    year, month, number = day.split("-")
    return f"{number}/{month}/{year} {time}".rstrip()


def _local(seen: datetime, zone: ZoneInfo) -> str:
    try:
        return seen.astimezone(zone).strftime("%Y-%m-%dT%H:%M").rjust(16, "0")
    except OverflowError:
        raise ValueError(f"expected a date, found '{seen.isoformat()}'") from None


def _zone(found: re.Match[str]) -> timezone | ZoneInfo:
    if found[7]:
        try:
            return ZoneInfo(found[7])
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"expected a time zone, found '{found[7]}'") from None
    if not found[4]:
        return UTC
    shift = timedelta(hours=int(found[5]), minutes=int(found[6] or 0))
    if shift >= timedelta(days=1):
        raise ValueError(f"expected an offset such as +03:00, found '{found[0]}'")
    return timezone(shift if found[4] == "+" else -shift)


def _rfc_822(text: str, zone: ZoneInfo) -> str:
    try:
        seen = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        raise ValueError(
            f"expected a date such as Fri, 24 May 2019 14:30:00 +0300, found '{text}'"
        ) from None
    return _local(seen.replace(tzinfo=UTC) if seen.tzinfo is None else seen, zone)


def _month(name: str) -> int:
    return _months().get(identity(name), 0)


def _months() -> Mapping[str, int]:
    sets = [MONTHS[key] for key in ("ar", "levant", "morocco", "maghreb", "mauritania")]
    return {identity(name): number for months in sets for number, name in enumerate(months, 1)}
