"""Dates: written in Arabic (month sets from CLDR 48), and read from front matter."""

import datetime as dt
import re
from typing import NamedTuple

from mujaz.arabic.digits import ascii_digits, localize
from mujaz.arabic.fold import clean

_AR = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
]
_LEVANT = [
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
]
MONTHS = {
    "ar": _AR,
    "levant": _LEVANT,
    "morocco": [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "ماي",
        "يونيو",
        "يوليوز",
        "غشت",
        "شتنبر",
        "أكتوبر",
        "نونبر",
        "دجنبر",
    ],
    "maghreb": [
        "جانفي",
        "فيفري",
        "مارس",
        "أفريل",
        "ماي",
        "جوان",
        "جويلية",
        "أوت",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
    "mauritania": [
        "يناير",
        "فبراير",
        "مارس",
        "إبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغشت",
        "شتمبر",
        "أكتوبر",
        "نوفمبر",
        "دجمبر",
    ],
    "both": [f"{levant}/{ar}" for levant, ar in zip(_LEVANT, _AR, strict=True)],
}
WEEKDAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
_FIRST_YEAR = 1900
_LAST_MONTH = 12
_DATE = re.compile(
    r"(?:(?P<d>\d{1,2})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<y>\d{4})"
    r"|(?P<y2>\d{4})(?P<s2>[-/.])(?P<m2>\d{1,2})(?P=s2)(?P<d2>\d{1,2}))"
    r"(?:(?:\s*T|\s+)(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:\.\d+)?)?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)


class Moment(NamedTuple):
    """A civil day `2019-05-24` and a time `14:30`, or "" where none was given."""

    day: str
    time: str


def month_name(month: int, months: str) -> str:
    """Return the name of month 1-12 in a set of `MONTHS`; an unknown set is a KeyError."""
    return MONTHS[months][month - 1]


def written_month(month: str, months: str, digits: str) -> str:
    """Return `أيار/مايو 2019` for `2019-05`."""
    year, number = month.split("-")[:2]
    return f"{month_name(int(number), months)} {localize(year, digits)}"


def written_date(day: str, months: str, digits: str) -> str:
    """Return `24 أيار/مايو 2019` for `2019-05-24`."""
    return f"{localize(str(int(day[8:10])), digits)} {written_month(day[:7], months, digits)}"


def weekday(day: str) -> str:
    """Return the Arabic weekday of an ISO day."""
    return WEEKDAYS[dt.date.fromisoformat(day).weekday()]


def hijri(day: str, digits: str) -> str:
    """Return the Umm al-Qura date `19 رمضان 1440 هـ`, or "" outside the range of the calendar."""
    from hijridate import Gregorian  # most sites don't show it

    try:
        date = Gregorian.fromisoformat(day).to_hijri()
    except (OverflowError, ValueError):
        return ""
    return localize(f"{date.day} {date.month_name('ar')} {date.year} هـ", digits)


def _wrong(text: str, why: str) -> ValueError:
    return ValueError(f"expected dd/mm/yyyy, found {text!r} ({why})")


def _day(text: str, year: int, month: int, day: int) -> str:
    if year < _FIRST_YEAR:
        raise _wrong(text, f"the year is before {_FIRST_YEAR}")
    if month > _LAST_MONTH >= day > 0:
        hint = f"did you mean {month:02}/{day:02}/{year}?"
        raise _wrong(text, f"month {month} doesn't exist; {hint}")
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        raise _wrong(text, "there is no such day") from None


def _time(text: str, found: re.Match[str]) -> str:
    if found["zone"]:
        raise _wrong(text, f"leave out the offset {found['zone']}: times are the site's own")
    if found["H"] is None:
        return ""
    try:
        return dt.time(int(found["H"]), int(found["M"]), int(found["S"] or 0)).strftime("%H:%M")
    except ValueError:
        raise _wrong(text, "there is no such time; expected hh:mm") from None


def read_date(text: str) -> Moment:
    """Read dd/mm/yyyy or yyyy-mm-dd, with an optional time; ValueError says why."""
    plain = ascii_digits(clean(text))
    found = _DATE.fullmatch(plain)
    if found is None:
        raise _wrong(plain, "a day, a month and a four-digit year, day first" if plain else "empty")
    year, month, day = (int(found[part] or found[part + "2"]) for part in "ymd")
    return Moment(_day(plain, year, month, day), _time(plain, found))
