"""What search engines and messengers read of a page: schema.org, Open Graph, robots, direction of titles.

Sources: Google Search Central ("Article", "Breadcrumb", "Consolidate duplicate URLs"), ogp.me, W3C
"Structural markup and right-to-left text".
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import pytest
import sample_site
import seen
from conftest import SiteFolder
from sample_site import HOME, KINDS

ADDRESS = re.compile(r"https://[!-~]+")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Element]:
    """One page of each kind of the sample digest."""
    return {url: seen.parse(html) for url, html in sample(tmp_path_factory.mktemp("meta")).items()}


def sample(folder: Path) -> dict[str, str]:
    """The text of the pages of the sample digest that KINDS names."""
    found = sample_site.pages(sample_site.build_sample(folder / "site"))
    return {url: found[url] for url in KINDS.values()}


def meta(page: Element, name: str) -> str:
    """The content of the one <meta> of a name or a property."""
    (found,) = metas(page, name)
    return found


def metas(page: Element, name: str) -> list[str]:
    """The contents of all <meta> of a name or a property."""
    return [
        e.get("content", "")
        for e in page.iter("meta")
        if name in {e.get("name"), e.get("property")}
    ]


def data(page: Element) -> Iterator[dict[str, Any]]:
    """A page's blocks of JSON-LD."""
    for script in page.iter("script"):
        if script.get("type") == "application/ld+json":
            found = json.loads(script.text or "")
            assert found["@context"] == "https://schema.org"
            yield found


def of_type(page: Element, kind: str) -> dict[str, Any]:
    """A page's one block of a type."""
    (found,) = [block for block in data(page) if block["@type"] == kind]
    return found


def canonical(page: Element) -> str:
    """A page's own address, as it says."""
    (found,) = [e.get("href", "") for e in page.iter("link") if e.get("rel") == "canonical"]
    return found


def test_a_page_has_one_address_and_says_it_everywhere_alike(pages: dict[str, Element]) -> None:
    for url, page in pages.items():
        if url == "/404.html":
            continue
        own = canonical(page)
        assert ADDRESS.fullmatch(own)
        assert unquote(own) == HOME + url
        assert meta(page, "og:url") == own
        for block in data(page):
            assert block.get("url", own) == own
            assert block.get("@id", own) in {own, f"{own}#site"}


def test_every_page_has_what_messengers_need(pages: dict[str, Element]) -> None:
    for url, page in pages.items():
        title = seen.one(page, "title").text
        assert title
        assert meta(page, "og:title") == title
        assert meta(page, "og:description") == meta(page, "description") != ""
        assert meta(page, "og:type") == ("article" if url.count("/") == 5 else "website")
        assert ADDRESS.fullmatch(meta(page, "og:image"))
        assert meta(page, "og:image:alt")
        assert (meta(page, "og:locale"), meta(page, "og:site_name")) == ("ar_AR", "موجز")
        assert not [e for e in page.iter("link") if e.get("hreflang")]


def test_titles_and_descriptions_are_a_pages_own(pages: dict[str, Element]) -> None:
    for name in ("og:title", "description"):
        found = [meta(page, name) for page in pages.values()]
        assert len(set(found)) == len(found), name


def test_an_article_says_all_that_google_recommends(pages: dict[str, Element]) -> None:
    page = pages[KINDS["article with all"]]
    own = canonical(page)
    article = of_type(page, "NewsArticle")
    assert article["headline"] == seen.text(seen.one(page, "h1"))
    assert article["@id"] == article["mainEntityOfPage"] == own
    assert article["image"] == [meta(page, "og:image")]
    assert (article["inLanguage"], article["isAccessibleForFree"]) == ("ar", True)
    assert article["author"] == {"@type": "Person", "name": "رائد الفنار"}
    assert article["publisher"]["@type"] == "Organization"
    assert article["publisher"]["name"] == "موجز"
    assert article["description"] == meta(page, "description")
    assert article["keywords"] == ["مياه", "دبلوماسية", "شؤون عربية"]
    assert article["articleSection"] == "مياه"
    for mention in article["mentions"]:
        assert mention["@type"] in {"Person", "Organization", "Place", "Thing"}
        assert mention["name"]
        assert unquote(mention["@id"]).startswith(f"{HOME}/names/")


def test_an_articles_dates_are_moments_and_the_same_everywhere(pages: dict[str, Element]) -> None:
    page = pages[KINDS["article with all"]]
    article = of_type(page, "NewsArticle")
    published, modified = (
        datetime.fromisoformat(article[key]) for key in ("datePublished", "dateModified")
    )
    assert (
        published.isoformat() == meta(page, "article:published_time") == "2024-11-24T14:30:00+02:00"
    )
    assert modified.isoformat() == meta(page, "article:modified_time")
    assert modified.date().isoformat() == "2024-11-25"
    header = seen.one(seen.one(page, "article", "story"), "header")
    assert [(time.get("datetime") or "")[:10] for time in header.iter("time")] == ["2024-11-24"]
    assert metas(page, "article:tag") == article["keywords"]
    assert meta(page, "twitter:card") == "summary_large_image"


def test_an_article_without_a_byline_or_a_picture_has_the_sites(site: SiteFolder) -> None:
    site.article("a")
    site.build()
    page = seen.page(site, "/2019/05/24/a/")
    article = of_type(page, "NewsArticle")
    assert (article["author"]["@type"], article["author"]["name"]) == ("Organization", "موجز")
    assert article["dateModified"] == article["datePublished"] == "2019-05-24T00:00:00+03:00"
    (image,) = article["image"]
    assert image == meta(page, "og:image")
    assert image.removeprefix(f"{seen.BASE}/") in site.files()
    assert meta(page, "twitter:card") == "summary"


def test_the_way_to_a_page_is_numbered_and_named(pages: dict[str, Element]) -> None:
    """Google asks for two items at least; the last needs no address."""
    for kind in (
        "article with all",
        "day",
        "month",
        "year",
        "archive",
        "tags",
        "tag",
        "names",
        "story",
        "page",
    ):
        items = of_type(pages[KINDS[kind]], "BreadcrumbList")["itemListElement"]
        assert len(items) >= 2
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))
        assert all(item["@type"] == "ListItem" and item["name"] for item in items)
        assert all(ADDRESS.fullmatch(item["item"]) for item in items[:-1])


def test_a_list_page_lists_its_articles_in_their_order(pages: dict[str, Element]) -> None:
    for kind in ("tag", "name", "story", "day"):
        page = pages[KINDS[kind]]
        items = of_type(page, "CollectionPage")["mainEntity"]["itemListElement"]
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))
        shown = [
            unquote(a.get("href", ""))
            for card in seen.every(page, "article", "card")
            for a in card.iter("a")
        ]
        assert [
            unquote(item["url"]).removeprefix("https://example.github.io") for item in items
        ] == shown[: len(items)]


def test_a_names_page_is_about_who_is_meant(pages: dict[str, Element]) -> None:
    about = of_type(pages[KINDS["name"]], "CollectionPage")["about"]
    assert (about["@type"], about["name"]) == ("Person", "ليلى حدّاد")
    assert isinstance(about["alternateName"], list)


def test_pages_that_are_no_news_are_hidden_from_search_engines(site: SiteFolder) -> None:
    site.article("a", "نص <فلاديمير بوتين>", tags="وحيد، كثير")
    site.article("b", tags="كثير")
    site.build()
    hidden = {
        "/search/": "noindex,follow", "/404.html": "noindex", "/tags/وحيد/": "noindex,follow",
        "/names/فلاديمير-بوتين/": "noindex,follow",
    }  # fmt: skip
    for url in (*hidden, "/", "/tags/كثير/", "/2019/05/24/a/", "/2019/05/24/"):
        assert meta(seen.page(site, url), "robots") == hidden.get(url, "max-image-preview:large")


def test_a_headline_never_breaks_out_of_its_place(site: SiteFolder) -> None:
    headline = """</script><script>alert(1)</script> "' & <!-- \\ {{ x }} <فلاديمير بوتين>"""
    plain = headline.replace("<فلاديمير بوتين>", "فلاديمير بوتين")
    site.article(
        "a",
        headline=headline,
        tags='<b>, "وسم"',
        author="</script>",
        story="</title>&amp;",
        source="'\"><i>",
    )
    site.build()
    page = seen.page(site, "/2019/05/24/a/")
    assert seen.text(seen.one(page, "h1")) == plain
    assert (seen.one(page, "title").text or "").lstrip("\u200f").startswith(plain)
    assert meta(page, "og:title").lstrip("\u200f").startswith(plain)
    assert of_type(page, "NewsArticle")["headline"] == plain
    assert of_type(page, "NewsArticle")["author"]["name"] == "</script>"
    for url, html in sample_site.pages(site.site).items():
        for script in seen.parse(html).iter("script"):
            if url != "/search/":
                assert script.get("type") == "application/ld+json", url
                json.loads(script.text or "")


def test_titles_that_begin_in_latin_are_still_right_to_left(site: SiteFolder) -> None:
    """W3C: no markup in <title> and attributes, so U+200F; a heading has dir=auto or <bdi> for it."""
    site.article("a", headline="NATO يوسع <الناتو>")
    site.article("b", headline="2019: عام NATO")
    site.build()
    page = seen.page(site, "/2019/05/24/a/")
    assert (seen.one(page, "title").text or "").startswith("\u200fNATO يوسع الناتو")
    assert meta(page, "og:title").startswith("\u200fNATO")
    assert seen.one(page, "h1").text == "NATO يوسع الناتو"
    assert (seen.one(seen.page(site, "/2019/05/24/b/"), "title").text or "").startswith("2019")


def test_every_page_says_its_language_and_direction_and_first_its_encoding(tmp_path: Path) -> None:
    for url, html in sample_site.pages(sample_site.build_sample(tmp_path / "site")).items():
        assert html.startswith("<!DOCTYPE html>\n"), url
        assert '<html lang="ar" dir="rtl">' in html
        charset = html.encode().index(b'<meta charset="utf-8">')
        assert charset < 1000
        assert charset < html.encode().index(b"Content-Security-Policy")


def test_with_arabic_digits_no_page_mixes_in_others(site: SiteFolder) -> None:
    """Only what machines read keeps ASCII digits: datetime, addresses, data."""
    site.settings('digits = "arab"\nhijri = true\nper_page = 2')
    for number, name in enumerate("abcde", 1):
        site.article(
            name, "نص <فلاديمير بوتين>.", headline="خبر", date=f"{number}/05/2019 14:30", tags="وسم",
            story="ملف", corrections="25/05/2019: صواب", updated="26/05/2019 10:00",
        )  # fmt: skip
    site.build()
    for path in site.files():
        if path.endswith(".html"):
            page = seen.page(site, f"/{path}")
            assert not re.search(r"[0-9]", re.sub(r"https://\S+", "", seen.text(page))), path
            assert not re.search(r"[0-9]", "".join(seen.one(page, "title").itertext())), path
            assert not [t for t in metas(page, "description") if re.search(r"[0-9]", t)], path
            for time in page.iter("time"):
                assert re.match(r"\d{4}-\d\d-\d\d", time.get("datetime") or "", re.ASCII)
