"""The nouns: what the stages hand to each other.

All are NamedTuples of plain values: tens of thousands of ``Card`` and ``Article`` go through the
state file at every build, and what a layout sees, one kind for each kind of page, is made at once.
Moments are ISO 8601 strings in the site's time zone, so that order is the order of strings and no
page can hold a clock. Addresses are decoded, NFC, and begin with "/"; only the ``href`` and
``absolute`` filters encode them.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple


class Settings(NamedTuple):
    """content/site.toml. ``origin`` + ``base`` is the base_url without its final slash."""

    title: str = "موجز"
    description: str = ""
    base_url: str = "http://localhost"  # without a final slash
    timezone: str = "UTC"
    publisher: str = ""
    author: str = ""
    logo: str = ""  # path under assets/
    share_image: str = ""  # path under assets/
    links: tuple[tuple[str, str], ...] = ()  # label, address
    months: str = "both"  # both | ar | levant | morocco | maghreb | mauritania
    digits: str = "latn"  # latn | arab
    hijri: bool = False
    week_start: str = "saturday"
    per_page: int = 20
    summary_words: int = 40
    feed_items: int = 30
    name_marks: str = "none"  # none | guillemets
    raw_html: bool = False
    short_links: bool = False
    index_article: bool = True  # ignore the article ال in indices
    noindex_below: int = 2
    check: tuple[str, ...] = ()  # rules turned off
    lang: str = "en"  # en | ar: what Mujaz speaks to the site's authors
    origin: str = "http://localhost"  # scheme and host; derived from base_url
    base: str = ""  # "" or "/mujaz"; derived from base_url


class Card(NamedTuple):
    """What a list shows of one article: all but the body, so no edit to a body can touch a list."""

    url: str
    headline: str  # plain text: no name brackets
    summary: str  # plain text
    published: str  # "2019-05-24" or "2019-05-24T14:30:00+03:00" when the author gave a time
    updated: str  # the same, or ""; a correction's moment if that is later
    dateline: str  # place name, or ""
    source: str  # whom the news is from, or ""
    image: str  # path of the picture, "content/…", or ""
    image_alt: str
    digest: bytes  # of all the fields above

    @property
    def day(self) -> str:
        """The civil day, "2019-05-24"."""
        return self.published[:10]


class Article(NamedTuple):
    """An article or a page of content/, without its text.

    ``names`` holds the names meant, in order of first mention, each in its fullest spelling in this
    article; ``marks`` pairs each mark that is typed otherwise with the name it stands for.
    """

    path: str  # relative to the project folder
    content: bytes  # digest of the file
    digest: bytes  # of what the fields come from but the settings: place, ``content``, names meant
    number: int  # of what lists may show of it: its card, its place, tags and names
    card: Card
    tags: tuple[str, ...]  # as typed, cleaned; without repeats
    names: tuple[str, ...]
    marks: tuple[tuple[str, str], ...]
    targets: tuple[tuple[str, int], ...]  # links and pictures inside the site, as typed, with line
    author: str
    source_url: str
    image_credit: str
    story: str
    corrections: tuple[tuple[str, str], ...]  # moment, text; newest first
    aliases: tuple[tuple[str, int], ...]  # address, line
    pin: str  # "" not pinned, "always", or the last moment of the pin
    draft: bool
    summarized: bool  # whether the author wrote the summary
    expires: str  # moment, or ""
    warnings: tuple[tuple[int, str], ...]


Row = Sequence[Any]  # an article, or a list of its values as the state has them


class Link(NamedTuple):
    """Something with a page of its own."""

    label: str
    url: str


class Term(NamedTuple):
    """A tag, a name or a story: one thing under all its spellings."""

    label: str
    url: str  # "/tags/روسيا/"
    spellings: tuple[str, ...]  # commonest first
    kind: str = ""  # person | organization | place, for names
    role: str = ""
    note: str = ""
    description: str = ""
    digest: bytes = b""  # of the fields above

    @property
    def link(self) -> Link:
        """Label and address."""
        return Link(self.label, self.url)


class Counted(NamedTuple):
    """A link with the number of articles behind it."""

    label: str
    url: str
    count: int  # type: ignore[assignment]  # tuple.count isn't needed here


class Picture(NamedTuple):
    """A picture beside an article, and where the site has it."""

    source: str  # path, "content/…", in NFC as articles have it
    url: str
    width: int
    height: int
    variants: tuple[tuple[str, str, int], ...]  # media type, address, width
    content: bytes  # digest of the file


class Body(NamedTuple):
    """An article's text by reference: read and converted only when a page with it is rendered."""

    path: str
    content: bytes  # digest of the file; one that has changed since it was read is a fault
    names: tuple[tuple[str, str], ...]  # mark as typed -> address of the name's page
    targets: tuple[tuple[str, str], ...]  # link as typed -> address
    pictures: tuple[Picture, ...]


class Item(NamedTuple):
    """One article in a feed. ``body`` is None in feeds of summaries."""

    card: Card
    tags: tuple[str, ...]  # labels
    body: Body | None
    corrections: tuple[tuple[str, str], ...] = ()  # moment, text; newest first, with full text only


class Day(NamedTuple):
    """A day's articles in a list, newest first."""

    day: str  # "2019-05-24"
    cards: tuple[Card, ...]


class Steps(NamedTuple):
    """The way to neighbouring pages of one list; "" where there is none."""

    newer: str = ""
    older: str = ""
    number: int = 0  # counted from the oldest; 0 is the list's own address, the newest page


# --- what layouts see -----------------------------------------------------------------------------


class HomePage(NamedTuple):
    """layouts/home.html: the newest news by day, pinned first; older pages by number."""

    pinned: tuple[Card, ...]
    days: tuple[Day, ...]
    steps: Steps
    pictures: tuple[Picture, ...]  # of the lead story, if it has one


class ArticlePage(NamedTuple):
    """layouts/article.html."""

    card: Card
    body: Body
    summary: str  # if the author wrote one; not what was taken from the first paragraph
    short: str  # a short address that leads here (short_links), or ""
    author: str
    source_url: str
    image_credit: str
    tags: tuple[Link, ...]
    names: tuple[Term, ...]
    corrections: tuple[tuple[str, str], ...]
    story: tuple[Link, ...]  # the running story, and its latest article if that is another; or ()
    earlier: tuple[Card, ...]  # earlier coverage, only of older articles
    newer: Link | None
    older: Link | None
    draft: bool


class TextPage(NamedTuple):
    """layouts/page.html: about, contact; the card has no date."""

    card: Card
    body: Body


class DayPage(NamedTuple):
    """layouts/day.html: the day's bulletin."""

    day: str
    cards: tuple[Card, ...]
    newer: str  # the next day that has news, or ""
    older: str
    past: tuple[Day, ...]  # the same day in earlier years, newest first


class MonthPage(NamedTuple):
    """layouts/month.html: calendar with counts, headlines by day."""

    month: str  # "2019-05"
    days: tuple[Day, ...]  # newest first
    newer: str
    older: str


class YearPage(NamedTuple):
    """layouts/year.html."""

    year: str  # "2019"
    months: tuple[tuple[str, int], ...]  # "2019-05", articles; newest first, only those with news
    newer: str
    older: str


class ArchivePage(NamedTuple):
    """layouts/archive.html: years and months, newest first."""

    years: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


class Chart(NamedTuple):
    """Articles by month: months follow each other without gaps."""

    first: str  # the oldest month, "2019-05"
    counts: tuple[int, ...]

    @property
    def months(self) -> tuple[tuple[str, int], ...]:
        """Month and number of articles, oldest first."""
        start = month_number(self.first)
        return tuple([(month_text(at), count) for at, count in enumerate(self.counts, start)])


def month_number(month: str) -> int:
    """Return months since the year 0: "2019-05" is 24232."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


def month_text(number: int) -> str:
    """Return what ``month_number`` takes."""
    return f"{number // 12:04}-{number % 12 + 1:02}"


class TermPage(NamedTuple):
    """layouts/tag.html and layouts/name.html. Only the newest page carries chart and company."""

    term: Term
    total: int  # articles in all; 0 on older, numbered pages, which never change
    cards: tuple[Card, ...]
    steps: Steps
    chart: Chart | None
    together: tuple[Counted, ...]  # names that appear in the same articles, commonest first
    first: str  # day of the first and of the last article; "" on numbered pages
    last: str


class TermIndexPage(NamedTuple):
    """layouts/tags.html and layouts/names.html: all terms in index order, by letter."""

    groups: tuple[tuple[str, tuple[Counted, ...]], ...]


class StoryPage(NamedTuple):
    """layouts/story.html: a running story's timeline, newest first."""

    term: Term
    cards: tuple[Card, ...]
    names: tuple[Counted, ...]


class CorrectionsPage(NamedTuple):
    """layouts/corrections.html: moment, text and article, newest first."""

    items: tuple[tuple[str, str, Link], ...]


class FeedPage(NamedTuple):
    """layouts/feed.xml, feed.json (full text) and term-feed.xml (summaries)."""

    title: str
    home: str  # address of the page the feed belongs to
    items: tuple[Item, ...]


class BulletinFeedPage(NamedTuple):
    """layouts/bulletin.xml: one item a day."""

    days: tuple[Day, ...]


class SitemapPage(NamedTuple):
    """layouts/sitemap.xml: addresses, each with its last change or ""."""

    entries: tuple[tuple[str, str], ...]


class SitemapIndexPage(NamedTuple):
    """layouts/sitemap-index.xml: addresses of the parts, each with its last change or ""."""

    parts: tuple[tuple[str, str], ...]


class NewsSitemapPage(NamedTuple):
    """layouts/news-sitemap.xml: the articles of the last two days, never empty."""

    cards: tuple[Card, ...]


class RedirectPage(NamedTuple):
    """layouts/redirect.html."""

    to: str


class PlainPage(NamedTuple):
    """Layouts that see the settings only: 404.html, robots.txt, manifest.webmanifest."""


# What a layout sees: any of the above, or a site's own NamedTuple or frozen dataclass
Data = Any


def carried(data: Data) -> tuple[str, ...]:
    """Return the names of the fields of a page's data."""
    names = getattr(data, "_fields", None)
    return tuple(data.__dataclass_fields__) if names is None else names


class Page(NamedTuple):
    """One file of the site: a layout applied to data."""

    url: str  # "/2019/05/24/x/" or "/feed.xml"
    layout: str  # name of the layout, literally
    data: Data
    source: str = ""  # the file to name when two pages want one address


class Group(NamedTuple):
    """Pages that are planned together: same digest, same pages.

    ``digest`` covers all that ``pages`` may look at, so a group whose digest was recorded by the
    last build need not be planned again.
    """

    name: str
    digest: bytes
    pages: Callable[[], Iterable[Page]]


class Bundle(NamedTuple):
    """Groups behind one digest, as pages are behind a group's: same digest, same groups.

    ``digest`` covers all that the groups' own digests cover.
    """

    name: str
    digest: bytes
    groups: Callable[[], Iterable[Group]]
