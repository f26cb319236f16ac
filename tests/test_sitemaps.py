"""Sitemaps by sitemaps.org's protocol, Google's rules for news, and robots.txt (RFC 9309)."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import seen
from conftest import EPOCH, SiteFolder
from lxml import etree

from mujaz.article import read_article
from mujaz.library import Clock, Due, assemble
from mujaz.model import Article, Settings, SitemapIndexPage, SitemapPage
from mujaz.names import Registry, Rules
from mujaz.pages.feeds import sitemap
from mujaz.pages.groups import expanded

SCHEMA = Path(__file__).with_name("sitemap.xsd")
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


@pytest.fixture
def mapped(site: SiteFolder) -> SiteFolder:
    """Two months, a tag and a name with two articles, and a tag with one."""
    site.article("a", "<فلاديمير بوتين>", tags="وسم، وحيد")
    site.article("b", "<فلاديمير بوتين>", date="02/06/2019", updated="03/06/2019 14:30", tags="وسم")
    site.article("c", date="03/06/2019", draft="true")
    site.write("content/pages/about.md", "---\nheadline: عنا\naliases: /old/\n---\nنص\n")
    site.build()
    return site


def tree(site: SiteFolder, path: str) -> Any:
    """The tree of a sitemap that keeps to the schema."""
    found = seen.xml(site, path)
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    assert schema.validate(found), schema.error_log
    return found


def entries(site: SiteFolder) -> dict[str, str]:
    """Every address of the sitemaps, without its base, with its last change or ""."""
    found: list[tuple[str, str]] = []
    for part in tree(site, "/sitemap.xml").iter(f"{MAP}loc"):
        urls = tree(site, unquote(part.text.removeprefix(seen.BASE)))
        found += [
            (unquote(u[0].text.removeprefix(seen.BASE)), u.findtext(f"{MAP}lastmod") or "")
            for u in urls
        ]
    assert len(found) == len(dict(found))
    return dict(found)


def test_sitemaps_name_every_page_that_search_engines_should_know(mapped: SiteFolder) -> None:
    """Neither redirects, the search page, lost pages, drafts, nor lists of one article."""
    assert set(entries(mapped)) == {
        "/", "/archive/", "/corrections/", "/names/", "/tags/", "/about/",
        "/2019/05/24/a/", "/2019/06/02/b/", "/2019/05/24/", "/2019/06/02/", "/2019/05/", "/2019/06/", "/2019/",
        "/tags/وسم/", "/names/فلاديمير-بوتين/",
    }  # fmt: skip


def test_what_sitemaps_name_is_canonical_and_not_hidden(mapped: SiteFolder) -> None:
    for url in entries(mapped):
        page = seen.page(mapped, url)
        (canonical,) = [e.get("href", "") for e in page.iter("link") if e.get("rel") == "canonical"]
        assert unquote(canonical) == seen.BASE + url
        assert not any("noindex" in e.get("content", "") for e in page.iter("meta")), url


def test_a_change_is_the_authors_never_the_builds(
    mapped: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = entries(mapped)
    assert found["/2019/05/24/a/"] == "2019-05-24"
    assert found["/2019/06/02/b/"].startswith("2019-06-03T14:30")
    before = mapped.files()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH + 40 * 86400))
    assert mapped.files_of_a_clean_build() == before


def test_an_address_of_many_arabic_letters_is_short_enough(site: SiteFolder) -> None:
    """An Arabic letter is six signs of an address, and an address has 2,048 at most."""
    site.article("خ" * 100, tags="س" * 400)
    site.article("b", tags="س" * 400)
    site.build()
    assert len(entries(site)) > 9


def many(count: int, path: str, url: str) -> tuple[Article, ...]:
    """One article or page so many times, at addresses of their own."""
    text = "---\nheadline: خبر\ndate: 24/05/2019\n---\nنص\n"
    one = read_article(path, text.encode(), Rules(Settings(), Registry(()))).article
    return tuple(one._replace(card=one.card._replace(url=f"{url}{n}/")) for n in range(count))


def test_a_sitemap_holds_50000_addresses_and_the_next_the_rest() -> None:
    """sitemaps.org: 50,000 in a file; here of one month's articles, and of pages and lists."""
    articles = many(100_001, "content/a.md", "/2019/05/24/")
    pages = many(50_000, "content/pages/a.md", "/pages/")
    clock = Clock("2019-06-01T00:00:00+00:00", "2019-05-30T00:00:00+00:00")
    library = assemble(
        Due(articles, pages, (), (), (), ""),
        Settings(),
        clock,
        everything={},
        files={},
        text=lambda _: "",
        errors=[],
    ).library
    made = {page.url: page.data for group in expanded(sitemap(library)) for page in group.pages()}
    index = made.pop("/sitemap.xml")
    sizes = {url: len(data.entries) for url, data in made.items() if isinstance(data, SitemapPage)}
    lists = 5 + 3  # /, the indices; the day, its month and year
    assert sizes == {
        "/sitemap-2019-05.xml": 50_000,
        "/sitemap-2019-05-2.xml": 50_000,
        "/sitemap-2019-05-3.xml": 1,
        "/sitemap-lists.xml": 50_000,
        "/sitemap-lists-2.xml": lists,
    }
    assert isinstance(index, SitemapIndexPage)
    assert [url for url, _ in index.parts] == list(sizes)
    named = [
        url for data in made.values() if isinstance(data, SitemapPage) for url, _ in data.entries
    ]
    assert len(named) == len(set(named)) == 150_001 + lists


def moments(site: SiteFolder, *hours: int) -> None:
    """An article for each age in hours, named by it."""
    now = datetime.fromtimestamp(EPOCH, UTC) + timedelta(hours=3)  # Asia/Riyadh
    for age in hours:
        moment = now - timedelta(hours=age)
        site.article(f"h{age}", date=f"{moment:%d/%m/%Y %H:%M}", headline=f"NATO & خبر {age}")


def test_news_of_two_days_is_in_the_news_sitemap(site: SiteFolder) -> None:
    """Google's order of elements, its language codes, and its two days."""
    moments(site, 1, 47, 49)
    site.build()
    urls = list(tree(site, "/news-sitemap.xml"))
    assert [u[0].text.rsplit("/", 2)[1] for u in urls] == ["h1", "h47"]
    for url in urls:
        news = url[1]
        assert [e.tag for e in news] == [
            f"{NEWS}publication",
            f"{NEWS}publication_date",
            f"{NEWS}title",
        ]
        assert [(e.tag, e.text) for e in news[0]] == [
            (f"{NEWS}name", "موجز"),
            (f"{NEWS}language", "ar"),
        ]
        assert re.fullmatch(r"2025-11-2\dT\d\d:\d\d:00\+03:00", news[1].text)
        assert news[2].text.startswith("NATO & خبر")


def test_without_new_news_there_is_no_news_sitemap(site: SiteFolder) -> None:
    """An empty one is invalid."""
    moments(site, 49)
    site.build()
    assert "news-sitemap.xml" not in site.files()
    assert "news-sitemap" not in site.text("/sitemap.xml")


@pytest.mark.parametrize(("base_url", "told"), [("https://example.org", 1), (seen.BASE, 0)])
def test_robots_txt_names_the_sitemap_where_robots_read_it(
    site: SiteFolder, base_url: str, told: int
) -> None:
    """Robots read it at a host's root only."""
    site.build(base_url=base_url)
    assert site.text("/robots.txt").count("Sitemap: https://example.org/sitemap.xml\n") == told
