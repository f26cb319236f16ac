"""Feeds by the rules of RSS 2.0, its Best Practices Profile, the W3C's validator, and JSON Feed 1.1."""

import re
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any
from urllib.parse import unquote

import pytest
import seen
from conftest import SiteFolder

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
RSS = (
    "/feed.xml",
    "/tags/روسيا/feed.xml",
    "/names/فلاديمير-بوتين/feed.xml",
    "/stories/قمة/feed.xml",
    "/bulletin.xml",
)
HEADLINE = 'قال "لا" & <فلاديمير بوتين> > ”نعم“'
BODY = """أعرب <فلاديمير بوتين> عن ارتياحه، لـ<NATO> و[سابق](../../23/nato/).

| أ | ب |
|---|:--|
| ١ | ٢ |

- بند\x0b أول &amp; <script>alert(1)</script>
"""


@pytest.fixture
def fed(site: SiteFolder) -> SiteFolder:
    """Two articles with all that feeds carry."""
    site.article(
        "a", BODY, headline=HEADLINE, date="24/05/2019 14:30", tags="روسيا، C++", story="قمة",
        updated="25/05/2019 09:00", summary="ملخص & <b>",
    )  # fmt: skip
    site.article(
        "nato",
        "نص <فلاديمير بوتين>.",
        headline="NATO يوسع",
        date="23/05/2019",
        tags="روسيا",
        story="قمة",
    )
    site.build()
    return site


def rss_items(site: SiteFolder, path: str) -> list[Any]:
    """The items of a feed."""
    found: list[Any] = seen.xml(site, path).findall("channel/item")
    return found


@pytest.mark.parametrize("path", RSS)
def test_a_channel_says_what_and_where_it_is(fed: SiteFolder, path: str) -> None:
    """RSS 2.0, required elements; its last change is the newest article's, never the build's."""
    channel = seen.xml(fed, path).find("channel")
    for name in ("title", "link", "description"):
        assert channel.findtext(name)
    assert channel.findtext("language") == "ar"
    (own,) = channel.findall(f"{ATOM}link")
    assert dict(own.attrib) == {
        "rel": "self",
        "type": "application/rss+xml",
        "href": own.get("href"),
    }
    assert unquote(own.get("href")) == seen.BASE + path
    assert "2019" in channel.findtext("lastBuildDate")


@pytest.mark.parametrize("path", RSS)
def test_items_have_full_addresses_and_dates_of_the_right_weekday(
    fed: SiteFolder, path: str
) -> None:
    """The validator's "must be a full and valid URL" and "Incorrect day of week"."""
    found = rss_items(fed, path)
    assert len(found) == 2
    for item in found:
        link, guid, date = item.findtext("link"), item.find("guid"), item.findtext("pubDate")
        assert re.fullmatch(r"https://[!-~]+", link)
        assert (guid.text, guid.get("isPermaLink")) == (link, "true")
        assert format_datetime(parsedate_to_datetime(date)) == date
        assert item.findtext("title")
        assert item.findtext("description")
    dates = [parsedate_to_datetime(item.findtext("pubDate")) for item in found]
    assert dates == sorted(dates, reverse=True)
    assert {date.utcoffset().total_seconds() for date in dates} == {3 * 3600.0}  # type: ignore[union-attr]


def test_titles_are_plain_text_and_begin_as_arabic_does(fed: SiteFolder) -> None:
    """No brackets of names and no markup; U+200F where the first word is Latin."""
    expected = ['قال "لا" & فلاديمير بوتين > ”نعم“', "\u200fNATO يوسع"]
    assert [item.findtext("title") for item in rss_items(fed, "/feed.xml")] == expected
    assert [item["title"] for item in seen.feed_json(fed)["items"]] == expected


def test_an_item_carries_summary_tags_and_the_whole_text(fed: SiteFolder) -> None:
    item = rss_items(fed, "/feed.xml")[0]
    assert [category.text for category in item.findall("category")] == ["روسيا", "C++"]
    assert seen.text(seen.parse(item.findtext("description"))) == "ملخص & <b>"
    content = seen.one(seen.parse(item.findtext(CONTENT)), "body")[0]
    assert (content.tag, content.get("lang"), content.get("dir")) == ("div", "ar", "rtl")
    assert "أعرب فلاديمير بوتين عن ارتياحه، لـNATO وسابق." in seen.text(content)


def test_a_text_in_a_feed_has_no_style_no_script_and_no_relative_address(fed: SiteFolder) -> None:
    """The validator's "potentially dangerous" and "should not contain relative URL references"."""
    texts = [item.findtext(CONTENT) for item in rss_items(fed, "/feed.xml")]
    texts += [item["content_html"] for item in seen.feed_json(fed)["items"]]
    texts += [item.findtext("description") for item in rss_items(fed, "/bulletin.xml")]
    for text in texts:
        for element in seen.parse(text).iter():
            assert element.tag not in {"script", "style", "iframe", "object"}
            assert not [key for key in element.attrib if key == "style" or key.startswith("on")]
            for key in ("href", "src"):
                assert element.get(key, "https://").startswith("https://")


def test_what_xml_cannot_hold_is_left_out(fed: SiteFolder) -> None:
    """XML 1.0 has no U+000B."""
    for path in fed.files():
        if path.endswith(".xml"):
            seen.xml(fed, f"/{path}")
            assert b"\x0b" not in (fed.site / path).read_bytes()


def test_a_new_headline_leaves_the_articles_id(fed: SiteFolder) -> None:
    def ids() -> list[str]:
        json_ids = [item["id"] for item in seen.feed_json(fed)["items"]]
        return [*json_ids, *(item.findtext("guid") for item in rss_items(fed, "/feed.xml"))]

    before = ids()
    fed.edit("content/a.md", HEADLINE, "عنوان آخر")
    fed.build()
    assert ids() == before


def test_the_json_feed_has_the_shape_of_version_1_1(fed: SiteFolder) -> None:
    feed = seen.feed_json(fed)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["home_page_url"], feed["feed_url"]) == (f"{seen.BASE}/", f"{seen.BASE}/feed.json")
    assert (feed["title"], feed["language"]) == ("موجز", "ar")
    assert set(feed["authors"][0]) <= {"name", "url", "avatar"}
    assert "author" not in feed
    known = {
        "id", "url", "title", "summary", "content_html", "date_published", "date_modified", "tags",
        "image", "authors", "language",
    }  # fmt: skip
    for item in feed["items"]:
        assert {"id", "url", "title", "content_html", "date_published"} <= set(item) <= known
        assert isinstance(item["id"], str)
        assert re.fullmatch(r"https://[!-~]+", item["url"])
        assert all(isinstance(tag, str) for tag in item["tags"])
        for key in ("date_published", "date_modified"):
            if key in item:
                assert datetime.fromisoformat(item[key]).utcoffset() is not None
    assert feed["items"][0]["date_modified"].startswith("2019-05-25T09:00:00")
    assert feed["items"][0]["tags"] == ["روسيا", "C++"]


def test_every_page_leads_to_the_feeds_and_a_terms_page_to_its_own(fed: SiteFolder) -> None:
    site_wide = {"/feed.xml", "/feed.json", "/bulletin.xml"}
    own = {
        "/": set(), "/404.html": set(), "/2019/05/24/a/": set(), "/2019/05/24/": set(),
        "/tags/روسيا/": {RSS[1]}, "/names/فلاديمير-بوتين/": {RSS[2]}, "/stories/قمة/": {RSS[3]},
    }  # fmt: skip
    for url, more in own.items():
        links = [e for e in seen.page(fed, url).iter("link") if e.get("rel") == "alternate"]
        assert {
            unquote(e.get("href", "")).removeprefix("/mujaz").removeprefix(seen.BASE) for e in links
        } == site_wide | more
        assert {e.get("type") for e in links} == {"application/rss+xml", "application/feed+json"}
        assert all(e.get("title") for e in links)
        assert not [e for e in links if e.get("hreflang")]
