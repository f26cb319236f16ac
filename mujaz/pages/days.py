"""Days, months, years and the archive."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from mujaz.library import Library
from mujaz.model import ArchivePage, Article, Day, DayPage, Group, MonthPage, Page, YearPage
from mujaz.pages.groups import around, group, listing, single

ON_THIS_DAY = 3  # articles shown of each earlier year

Months = tuple[tuple[str, int], ...]


@listing
def day_pages(library: Library) -> Iterator[Group]:
    """The bulletin of each day that has news, and what that day was in earlier years."""
    keys = [day for day, _ in library.days]
    same: dict[str, list[tuple[str, tuple[Article, ...]]]] = {}
    for day, articles in library.days:
        same.setdefault(day[5:], []).append((day, articles))
    for at, (day, articles) in enumerate(library.days):
        newer, older = around(keys, at)
        past = [row for row in same[day[5:]] if row[0] < day]
        cards = [library.day_cards[d] for d, _ in ((day, articles), *past)]
        inputs = [newer.encode(), older.encode(), *cards]
        yield group(f"day {day}", inputs, partial(_day, day, articles, (newer, older), past))


def _day(
    day: str,
    articles: tuple[Article, ...],
    steps: tuple[str, str],
    past: list[tuple[str, tuple[Article, ...]]],
) -> Iterator[Page]:
    data = DayPage(
        day=day,
        cards=tuple(a.card for a in articles),
        newer=steps[0],
        older=steps[1],
        past=tuple(Day(d, tuple(a.card for a in got[:ON_THIS_DAY])) for d, got in past),
    )
    yield Page(f"/{day.replace('-', '/')}/", "day.html", data)


@listing
def month_pages(library: Library) -> Iterator[Group]:
    """One page for each month that has news."""
    keys = [month for month, _ in library.months]
    for at, (month, days) in enumerate(library.months):
        newer, older = around(keys, at)
        inputs = [
            newer.encode(),
            older.encode(),
            *(library.day_cards[day] for day, _ in days),
        ]
        yield group(f"month {month}", inputs, partial(_month, month, days, newer, older))


def _month(
    month: str, days: tuple[tuple[str, tuple[Article, ...]], ...], newer: str, older: str
) -> Iterator[Page]:
    shown = tuple(Day(day, tuple(a.card for a in articles)) for day, articles in days)
    yield Page(
        f"/{month.replace('-', '/')}/",
        "month.html",
        MonthPage(month=month, days=shown, newer=newer, older=older),
    )


def _counts(library: Library) -> Months:
    return tuple(
        (month, sum(len(articles) for _, articles in days)) for month, days in library.months
    )


def _years(library: Library) -> tuple[tuple[str, Months], ...]:
    return tuple((year, tuple(got)) for year, got in groupby(_counts(library), lambda m: m[0][:4]))


def year_pages(library: Library) -> Iterator[Group]:
    """One page for each year that has news."""
    years = _years(library)
    keys = [year for year, _ in years]
    for at, (year, months) in enumerate(years):
        newer, older = around(keys, at)
        yield single(
            f"/{year}/", "year.html", YearPage(year=year, months=months, newer=newer, older=older)
        )


def archive(library: Library) -> Iterator[Group]:
    """All years and months."""
    yield single("/archive/", "archive.html", ArchivePage(years=_years(library)))
