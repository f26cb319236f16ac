"""Cases from the field: the base path, feeds, and lists of many pages."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import seen
from conftest import SiteFolder

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c636060000200"
    "0001e221bc330000000049454e44ae426082"
)


@pytest.fixture
def linked(site: SiteFolder) -> SiteFolder:
    site.article(
        "a",
        "انظر [الخبر السابق](/2019/05/23/) و![صورة](/img/x.png) و[خارجي](https://example.org/) و[مرساة](#x)",
        tags="وسم واحد",
    )
    site.article("b", "نص <فلاديمير بوتين> و[ملف](b.md).", date="23/05/2019", tags="وسم واحد")
    site.write("assets/root/img/x.png", PNG)
    site.write("assets/root/_fonts/f.txt", "f\n")
    return site


def references(site: SiteFolder) -> Iterator[tuple[str, str]]:
    """Every address in the site, with the file that holds it."""
    for path, data in site.files().items():
        if path.endswith(".css"):
            yield from ((path, url) for url in re.findall(r"url\(['\"]?([^'\")]+)", data.decode()))
        elif path.endswith(".html"):
            yield from ((path, url) for url in of_page(data.decode()))
        elif path.endswith(".xml"):
            tree = seen.xml(site, f"/{path}")
            yield from ((path, e.text) for e in tree.iter("{*}loc", "link", "guid"))
            yield from (
                (path, e.get("href")) for e in tree.iter("{http://www.w3.org/2005/Atom}link")
            )
            yield from ((path, url) for e in tree.iter("{*}encoded") for url in of_page(e.text))


def of_page(html: str) -> Iterator[str]:
    """Addresses in a page, or in an article of a feed."""
    for element in seen.parse(html).iter():
        for key in ("href", "src", "poster", "action"):
            if key in element.attrib:
                yield element.get(key, "")
        if "srcset" in element.attrib:
            yield from (part.split()[0] for part in element.get("srcset", "").split(","))
        if element.tag == "style":
            yield from re.findall(r"url\(['\"]?([^'\")]+)", element.text or "")


@pytest.mark.parametrize("base_url", [seen.BASE, "https://example.github.io"])
def test_every_address_leads_to_a_file_under_the_base_path(
    linked: SiteFolder, base_url: str
) -> None:
    """B49: links lack the repository's base path on GitHub Pages."""
    linked.build(base_url=base_url)
    base = urlsplit(base_url).path
    files = set(linked.files())
    inside = 0
    for path, reference in references(linked):
        url = urlsplit(urljoin(f"{base_url}/{PurePosixPath(path).as_posix()}", reference))
        if url.scheme == "data" or url.netloc != "example.github.io":
            assert url.scheme == "data" or url.geturl() == "https://example.org/", (path, reference)
            continue
        inside += 1
        assert url.path.startswith(f"{base}/"), (path, reference)
        assert "//" not in url.path
        found = unquote(url.path[len(base) + 1 :])
        assert found + "index.html" * (not found or found.endswith("/")) in files, (path, reference)
    assert inside > 200
    assert b"/mujaz/mujaz" not in seen.whole(linked)
    assert {"_fonts/f.txt", ".nojekyll", "img/x.png"} <= files
    assert seen.links(seen.body(linked, "/2019/05/24/a/")) == [
        "/2019/05/23/",
        "https://example.org/",
        "#x",
    ]


def test_a_final_slash_of_the_base_url_makes_no_difference(linked: SiteFolder) -> None:
    """B49: /mujaz and /mujaz/."""
    assert linked.files_of_a_clean_build(base_url=seen.BASE) == linked.files_of_a_clean_build(
        base_url=f"{seen.BASE}/"
    )


@pytest.mark.parametrize(
    "given",
    [
        "example.github.io/mujaz",
        "https://example.github.io/mujaz?x=1",
        "ftp://example.org",
        "https://e.org/#a",
    ],
)
def test_an_impossible_base_url_is_told_with_its_line(site: SiteFolder, given: str) -> None:
    """B49: no scheme, or a query."""
    site.write("content/site.toml", f'title = "موجز"\nbase_url = "{given}"\n')
    (fault,) = seen.faults(site)
    assert fault.startswith("content/site.toml:2: ")


def test_a_feed_stands_on_its_own(site: SiteFolder) -> None:
    """B51: relative links and pictures, no language or direction."""
    site.article(
        "a",
        "![صورة](/img/x.png) و[سابق](../) و[مرساة](#م) نص <فلاديمير بوتين> و[خارج](https://example.org/)",
        headline="خبر & <فلاديمير بوتين>",
        tags="وسم",
    )
    site.write("assets/root/img/x.png", PNG)
    site.build()
    tree = seen.xml(site, "/feed.xml")
    assert (tree.tag, tree.get("version"), tree.findtext("channel/language")) == (
        "rss",
        "2.0",
        "ar",
    )
    for url in ("/feed.xml", "/tags/وسم/feed.xml", "/names/فلاديمير-بوتين/feed.xml"):
        (own,) = seen.xml(site, url).iter("{http://www.w3.org/2005/Atom}link")
        assert (own.get("rel"), unquote(own.get("href"))) == ("self", seen.BASE + url)
    ((title, content),) = seen.items(site)
    assert title == "خبر & فلاديمير بوتين"
    assert seen.one(content, "body")[0].get("dir") == "rtl"
    found = [
        unquote(e.get("href") or e.get("src") or "")
        for e in content.iter()
        if e.tag in {"a", "img"}
    ]
    assert found == [
        f"{seen.BASE}/img/x.png",
        f"{seen.BASE}/2019/05/24/",
        f"{seen.BASE}/2019/05/24/a/#م",
        f"{seen.BASE}/names/فلاديمير-بوتين/",
        "https://example.org/",
    ]


def test_a_site_without_news_is_a_site(site: SiteFolder) -> None:
    """B54 empty: no articles at all."""
    site.build()
    assert "لا أخبار بعد" in seen.text(seen.main(site, "/"))
    assert seen.xml(site, "/feed.xml").findall("channel/item") == []
    assert seen.xml(site, "/sitemap.xml") is not None
    assert seen.index(site, "/tags/") == {}


@pytest.fixture
def ten(site: SiteFolder) -> SiteFolder:
    site.settings("per_page = 5")
    for number in range(1, 11):
        site.article(f"p{number:02}", date=f"{number:02}/05/2019", tags="أخبار")
    site.build()
    return site


def names(first: int, last: int) -> list[str]:
    """Articles from the newest to the oldest."""
    return [f"p{number:02}" for number in range(first, last - 1, -1)]


@pytest.mark.parametrize("list_", ["/", "/tags/أخبار/"])
def test_lists_are_numbered_from_the_oldest_so_that_full_pages_stay(
    ten: SiteFolder, list_: str
) -> None:
    """B54: exactly full pages, and one article more."""
    first = f"{list_}page/1/"
    assert seen.listed(ten, list_) == names(10, 6)
    assert seen.listed(ten, first) == names(5, 1)
    assert steps(ten, list_) == {"next": first}
    assert steps(ten, first) == {"prev": list_}
    assert [p.name for p in ten.site.glob(f"{list_[1:]}page/*")] == ["1"]
    before = ten.text(first)
    ten.article("p11", date="11/05/2019", tags="أخبار")
    ten.build()
    assert seen.listed(ten, list_) == names(11, 6)
    assert ten.text(first) == before


def steps(site: SiteFolder, url: str) -> dict[str, str]:
    """Where a page's newer (prev) and older (next) links lead; the head says the same as the text."""
    page = seen.page(site, url)
    ways = [
        {
            e.get("rel", ""): unquote(e.get("href", "")).removeprefix("/mujaz")
            for e in page.iter(tag)
            if e.get("rel") in {"prev", "next"}
        }
        for tag in ("a", "link")
    ]
    assert ways[0] == ways[1]
    return ways[0]


def test_older_points_left_where_the_next_page_of_an_arabic_paper_is(ten: SiteFolder) -> None:
    """B54: arrows that point the wrong way; » is mirrored in right-to-left text (Unicode BidiMirroring)."""
    (older,) = seen.every(seen.page(ten, "/"), "a", "older")
    (newer,) = seen.every(seen.page(ten, "/page/1/"), "a", "newer")
    assert seen.text(older).endswith("»")
    assert seen.text(newer).startswith("«")
