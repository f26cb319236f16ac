"""Front matter, dates, addresses, marks and Markdown: any text is read or told, and none becomes markup."""

import datetime as dt
import re
from contextlib import suppress
from unicodedata import is_normalized
from zoneinfo import ZoneInfo

from fragments import BODY
from hypothesis import strategies as st
from lxml import etree
from test_markup import ATTRIBUTES, ELEMENTS, finished

from fuzz.drawing import DATES, FIELDS, FULL, GOOD, ODD, SLUGS, joined, spoiled
from fuzz.running import fuzz
from mujaz import frontmatter
from mujaz.arabic.dates import read_date
from mujaz.arabic.slug import slug
from mujaz.article import Faulty, read_article
from mujaz.importing.moments import moment
from mujaz.model import Settings
from mujaz.names import Registry, Rules
from mujaz.settings import NameEntry

RULES = Rules(
    Settings(),
    Registry((NameEntry("فلاديمير بوتين", ("بوتين",)), NameEntry("محمد", note="الملاكم"))),
)
RIYADH = ZoneInfo("Asia/Riyadh")
HEADERS = st.one_of(FIELDS, FULL).map(lambda text: f"---\n{text}\n---\nنص")
ARTICLES = st.tuples(st.one_of(FULL, st.just("")), BODY).map(
    lambda parts: f"---\n{GOOD}{parts[0]}---\n{parts[1]}"
)
BODIES = st.one_of(
    BODY,
    st.tuples(BODY, joined(ODD, 4)).map("".join),
    joined(("<", ">", "*", "`", "[", "](", "\n")),
)
_VOID = re.compile(r"<(br|hr|img)\b([^<>]*)>")
_ENTITY = re.compile(r"&#?\w+;")  # as typed by the author


def well_formed(html: str) -> None:
    """Markdown's HTML nests as XML must, of known elements and attributes only, and links to no script."""
    closed = _VOID.sub(r"<\1\2/>", _ENTITY.sub("_", html))
    for element in etree.fromstring(f"<body>{closed}</body>").iter():
        assert element.tag in ELEMENTS | {"body"}
        assert set(map(str, element.keys())) <= ATTRIBUTES
        for key in ("href", "src"):
            assert not re.match(r"(?i)\s*(javascript|data|vbscript):", element.get(key, ""))


def test_front_matter_is_read_or_told() -> None:
    def check(text: str) -> None:
        with suppress(frontmatter.FrontMatterError):
            document = frontmatter.parse(text)
            fields = [
                (k, f.text if f.items is None else f.items) for k, f in document.fields.items()
            ]
            if all(key in frontmatter.KEYS for key, _ in fields):
                again = frontmatter.parse(frontmatter.write(fields, document.body)).fields
                assert {k: frontmatter.items(f) for k, f in again.items()} == {
                    k: frontmatter.items(f) for k, f in document.fields.items()
                }

    fuzz("front matter", HEADERS, check)


def test_an_article_is_read_or_told() -> None:
    def check(data: bytes) -> None:
        with suppress(Faulty):
            article = read_article("content/x.md", data, RULES).article
            assert re.fullmatch(r"/\d{4}/\d\d/\d\d/[^/]+/", article.card.url)

    fuzz("articles", spoiled(st.one_of(ARTICLES, HEADERS)), check)


def test_a_date_is_read_or_told() -> None:
    def check(text: str) -> None:
        with suppress(ValueError):
            day, time = read_date(text)
            assert dt.date.fromisoformat(day)
            assert not time or dt.time.fromisoformat(time)
        with suppress(ValueError):
            assert dt.datetime.fromisoformat(moment(text, RIYADH))

    fuzz("dates", DATES, check)


def test_a_slug_is_one_part_of_an_address() -> None:
    def check(text: str) -> None:
        made = slug(text)
        assert slug(made) == made
        assert is_normalized("NFC", made)
        assert len(made.encode()) <= 180
        assert not re.search(r"[/\\.%?#<>&\"'\s\x00-\x20]", made)

    fuzz("slugs", SLUGS, check)


def test_any_body_becomes_sound_html() -> None:
    fuzz("Markdown", BODIES, lambda body: well_formed(finished(body)))


def test_any_body_with_html_allowed_runs_nothing() -> None:
    def check(body: str) -> None:
        html = finished(body, raw_html=True)
        assert not re.search(
            r"(?i)<(script|style|iframe|svg|object|embed|form|input|base|meta)\b", html
        )
        assert not re.search(r"(?i)<[a-z][^<>]*\son\w+\s*=", html)

    fuzz("raw HTML", BODIES, check)
