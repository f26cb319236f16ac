"""Every internal link of the sample digest leads somewhere, below a base path and at a host's root."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import sample_site

_ADDRESSES = ("href", "src", "action", "poster")


class Page(HTMLParser):
    """The addresses that a page asks for or links to, and the anchors it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.scripts: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what leads elsewhere, and what links may lead to."""
        has = dict(attrs)
        if tag == "script":
            self.scripts.append(has)
        self.links += [has[key] or "" for key in _ADDRESSES if key in has]
        self.links += [
            part.split()[0] for part in (has.get("srcset") or "").split(",") if part.strip()
        ]
        if has.get("http-equiv") == "refresh":
            self.links.append((has["content"] or "").partition("url=")[2])
        if has.get("id"):
            self.anchors.add(has["id"] or "")


@pytest.fixture(scope="module", params=[sample_site.HOME, "https://mujaz.example"])
def built(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    """A base address, and the sample digest built for it."""
    return request.param, sample_site.build_sample(
        tmp_path_factory.mktemp("links") / "site", request.param
    )


def file_of(address: str) -> str:
    """The file that GitHub Pages gives for an address."""
    return f"{address}index.html" if address.endswith("/") else address


def internal(base: str, pages: dict[str, Page]) -> Iterator[tuple[str, str, str, str]]:
    """Links that stay on the site: page, link as written, path below the host, anchor."""
    host = urlsplit(base).netloc
    for address, page in pages.items():
        for link in page.links:
            url = urlsplit(urljoin(f"{base}{address}", link))
            if url.scheme in {"http", "https"} and url.netloc == host:
                yield address, link, unquote(url.path), unquote(url.fragment)


def test_every_link_and_anchor_leads_somewhere(built: tuple[str, Path]) -> None:
    base, folder = built
    files = set(sample_site.files(folder))
    pages = {address: Page(html) for address, html in sample_site.pages(folder).items()}
    path = urlsplit(base).path
    found = list(internal(base, pages))
    assert len(found) > 5000
    lost = [
        (address, link)
        for address, link, target, anchor in found
        if not target.startswith(f"{path}/")
        or file_of(target.removeprefix(path)) not in files
        or (anchor and anchor not in pages[target.removeprefix(path)].anchors)
    ]
    assert lost == []


def test_a_link_has_a_slash_or_a_file_name_at_its_end(built: tuple[str, Path]) -> None:
    """GitHub Pages answers /folder by a redirect."""
    base, folder = built
    pages = {address: Page(html) for address, html in sample_site.pages(folder).items()}
    assert [
        found
        for found in internal(base, pages)
        if "." not in found[2].rpartition("/")[2] and not found[2].endswith("/")
    ] == []


def test_a_link_to_another_page_carries_the_whole_path(built: tuple[str, Path]) -> None:
    """The page for lost addresses is shown at any depth, so nothing is relative but an anchor or a query."""
    for address, html in sample_site.pages(built[1]).items():
        for link in Page(html).links:
            assert link.startswith(("/", "#", "?", "https://", "http://", "mailto:", "data:")), (
                address,
                link,
            )


def test_only_the_search_page_has_a_script(built: tuple[str, Path]) -> None:
    for address, html in sample_site.pages(built[1]).items():
        running = [
            script for script in Page(html).scripts if script.get("type") != "application/ld+json"
        ]
        assert not running or address == "/search/", address


def test_every_kind_of_page_is_among_those_looked_at_in_a_browser(built: tuple[str, Path]) -> None:
    pages = sample_site.pages(built[1])
    kinds = {html.partition('<body class="')[2].split('"')[0] for html in pages.values()}
    assert {
        pages[address].partition('<body class="')[2].split('"')[0]
        for address in sample_site.KINDS.values()
    } == kinds - {""}
