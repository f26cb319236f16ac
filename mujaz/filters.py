"""What layouts may call: addresses, dates, counts, Markdown, JSON. ``filters`` lists them all."""

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, time
from functools import lru_cache, partial
from hashlib import sha256
from html import escape
from json.encoder import encode_basestring
from typing import Any
from unicodedata import bidirectional
from zoneinfo import ZoneInfo

from markupsafe import Markup

from mujaz import addresses, marks, markup
from mujaz.arabic import dates, digits
from mujaz.arabic.count import count
from mujaz.model import Body, Card, Picture, Settings

Filter = Callable[..., Any]

_UNSAFE = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("'", "\\u0027"))
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_SIZES = "(min-width: 42rem) 40rem, 100vw"  # the column of text in assets/css/article.css

_FIRST_DAY = {"monday": 0, "saturday": 5, "sunday": 6}


def filters(settings: Settings, text: Callable[[Body], str]) -> dict[str, Filter]:
    """Return the filters of a site's layouts by name; ``text`` gives a body's, names marked."""
    base, shown = settings.base, settings.digits
    zone = ZoneInfo(settings.timezone)

    href = lru_cache(1 << 17)(partial(addresses.encoded, base=base))

    def absolute(address: str) -> str:
        found = href(address)
        return f"{settings.origin}{found}" if found.startswith(("/", "#")) else found

    def html(address: Filter) -> Filter:
        ready = lru_cache(1 << 17)(lambda target: escape(address(target)))
        return lambda body, page="": Markup(  # noqa: S704 - escaped by the converter
            _html(text(body), body, settings, ready, page)
        )

    return {
        "href": href,
        "absolute": absolute,
        "markdown": html(href),
        "markdown_absolute": html(absolute),
        "picture": picture_filter(lru_cache(1 << 12)(lambda target: escape(href(target)))),
        "plain": lambda body: marks.unmark(text(body)),
        "date": lru_cache(1 << 16)(
            lambda moment: dates.written_date(moment[:10], settings.months, shown)
        ),
        "month": lru_cache(1 << 12)(
            lambda month: dates.written_month(month[:7], settings.months, shown)
        ),
        "month_name": lambda month: dates.month_name(int(month[5:7]), settings.months),
        "weekday": lru_cache(1 << 16)(lambda moment: dates.weekday(moment[:10])),
        "time": lambda moment: digits.localize(moment[11:16], shown),
        "hijri": lru_cache(1 << 12)(lambda moment: dates.hijri(moment[:10], shown)),
        "iso": lambda moment: moment,
        "rfc822": lru_cache(1 << 12)(lambda moment: _rfc822(_instant(moment, zone))),
        "rfc3339": lambda moment: _instant(moment, zone).isoformat(),
        "count": lambda number, noun: count(number, noun, shown),
        "digits": lambda value: digits.localize(str(value), shown),
        "rtl": rtl,
        "sha256": lambda value: b64encode(sha256(str(value).encode()).digest()).decode(),
        "calendar": lambda month: weeks(month, settings.week_start),
        "tojson": json_text,
        "list_items": list_items(lru_cache(1 << 17)(lambda url: json_text(absolute(url)))),
        "bars": bars,
    }


def values(settings: Settings) -> dict[str, Any]:
    """Return the globals that depend on the settings alone."""
    return {"site": settings, "weekdays": lambda: weekdays(settings.week_start)}


def json_text(value: object) -> Markup:
    """Return JSON that is safe in HTML and in a file of its own: < > & ' stand as \\u003c…"""
    text = encode_basestring(value) if type(value) is str else json.dumps(value, ensure_ascii=False)
    for sign, spelled in _UNSAFE:
        text = text.replace(sign, spelled)
    return Markup(text)  # noqa: S704 - no sign of markup is left


def list_items(address: Callable[[str], str]) -> Filter:
    """Return the filter that gives cards as the items of a schema.org ItemList; ``address`` gives JSON."""

    def items(cards: Iterable[Card]) -> Markup:
        rows = enumerate([address(card.url) for card in cards], 1)
        spelled = [f'{{"@type": "ListItem", "position": {at}, "url": {url}}}' for at, url in rows]
        return Markup(", ".join(spelled))  # noqa: S704 - numbers and JSON that is safe in HTML

    return items


def bars(counts: Sequence[int], width: float) -> str:
    """Return a chart's bars as the path of an SVG, 72 high; the first of some numbers stands at the right."""
    most, step = max(counts), width / max(len(counts), 5)
    path = []
    for at, number in enumerate(counts):
        if number:
            tall = round(number * 68 / most, 1)
            x = round(width - (at + 0.9) * step, 1)
            path.append(f"M{x} 71v-{tall}h{round(step * 0.8, 1)}v{tall}")
    return "".join(path)


def _instant(moment: str, zone: ZoneInfo) -> datetime:
    """A day without a time begins at midnight in the site's zone."""
    if len(moment) > len("2019-05-24"):
        return datetime.fromisoformat(moment)
    if not moment:
        return datetime.fromtimestamp(0, UTC)
    return datetime.combine(datetime.fromisoformat(moment), time(), zone)


def _rfc822(moment: datetime) -> str:
    from email.utils import format_datetime  # with sockets in tow, and only feeds ask

    return format_datetime(moment)


def rtl(text: str) -> str:
    """Return text for where no markup can set its direction: U+200F first if it begins otherwise.

    W3C, "Inline markup and bidirectional text": <title>, attributes, titles of feeds.
    """
    first = next((bidirectional(c) for c in text if bidirectional(c) in {"L", "R", "AL"}), "AL")
    return f"\u200f{text}" if first == "L" else text


def weekdays(week_start: str) -> tuple[str, ...]:
    """Return the names of the days in the week's order. 2024-01-01 was a Monday."""
    first = _FIRST_DAY[week_start]
    return tuple(dates.weekday(f"2024-01-{(first + at) % 7 + 1:02}") for at in range(7))


def weeks(month: str, week_start: str) -> list[list[int]]:
    """Return a month's weeks of seven days, 0 for days of other months."""
    from calendar import Calendar

    return Calendar(_FIRST_DAY[week_start]).monthdayscalendar(int(month[:4]), int(month[5:7]))


def _html(text: str, body: Body, settings: Settings, ready: Callable[[str], str], page: str) -> str:
    """A body's HTML; ``ready`` turns an address into an attribute's text, "" for one not allowed.

    ``page`` is the page that anchors are on, where the body is shown elsewhere: in a feed.
    """
    links = dict(body.targets)
    names = {mark: ready(page) for mark, page in body.names}
    before, after = ("«", "»") if settings.name_marks == "guillemets" else ("", "")

    def image(target: str, alt: str) -> str:
        if _ELSEWHERE.match(target) and not target.startswith(f"{settings.base_url}/"):
            return escape(alt)  # a page asks nothing from another host
        return _img(links.get(target, target), alt, body.pictures, ready)

    def link(target: str) -> str:
        return ready(links.get(target) or (page + target if target[:1] == "#" else target))

    linker = markup.Linker(names, link, image, before, after)
    return markup.finish(markup.convert(text, raw_html=settings.raw_html), linker)


def _img(target: str, alt: str, pictures: tuple[Picture, ...], ready: Callable[[str], str]) -> str:
    """A picture in the text, with its size so that nothing moves when it arrives."""
    src = ready(target)
    if not src:
        return escape(alt)
    found = next((p for p in pictures if p.url == target), None)
    known = found or Picture("", target, 0, 0, (), b"")
    return _picture(known, alt, ready, 'loading="lazy"')


def picture_filter(ready: Callable[[str], str]) -> Filter:
    """Return the filter that gives a picture as HTML; ``eager`` for one that a page opens with."""
    return lambda picture, alt, *, eager=False: Markup(  # noqa: S704 - escaped in _picture
        _picture(picture, alt, ready, 'fetchpriority="high"' if eager else 'loading="lazy"')
    )


def _picture(picture: Picture, alt: str, ready: Callable[[str], str], when: str) -> str:
    """A picture in its own kind, and before it in the better ones it has, each in some widths."""
    src = ready(picture.url)
    sets: dict[str, list[str]] = {}
    for media, url, width in picture.variants:
        sets.setdefault(media, []).append(f"{ready(url)} {width}w")
    size = f' width="{picture.width}" height="{picture.height}"' if picture.width else ""
    if sets:
        _, own = sets.popitem()  # the last: of the picture's own kind
        size += f' sizes="{_SIZES}" srcset="{", ".join([*own, f"{src} {picture.width}w"])}"'
    img = f'<img src="{src}" alt="{escape(alt)}"{size} {when} decoding="async">'
    sources = [
        f'<source type="{media}" sizes="{_SIZES}" srcset="{", ".join(widths)}">'
        for media, widths in sets.items()
    ]
    return f"<picture>{''.join(sources)}{img}</picture>" if sources else img
