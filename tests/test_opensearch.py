"""The description of a site's search for browsers (OpenSearch 1.1 draft 6), and the box on every page."""

import pytest
import seen
from conftest import SiteFolder

NS = "{http://a9.com/-/spec/opensearch/1.1/}"
LONG = "صحيفة الأخبار العربية المختصرة من كل بلد ولكل قارئ كل صباح"


@pytest.mark.parametrize("base_url", ["https://example.org", seen.BASE])
def test_a_browser_learns_where_to_search(site: SiteFolder, base_url: str) -> None:
    site.article("a")
    site.build(base_url=base_url)
    root = seen.xml(site, "/opensearch.xml")
    assert root.tag == f"{NS}OpenSearchDescription"
    assert root.findtext(f"{NS}ShortName") == "موجز"
    (page,) = [e for e in root.iter(f"{NS}Url") if e.get("type") == "text/html"]
    assert page.get("template") == f"{base_url}/search/?q={{searchTerms}}"
    (own,) = [e for e in root.iter(f"{NS}Url") if e.get("rel") == "self"]
    assert own.get("template") == f"{base_url}/opensearch.xml"


def test_a_long_title_is_cut_to_the_lengths_that_browsers_take(site: SiteFolder) -> None:
    """16, 48 and 1,024 characters of plain text, without half a word."""
    site.article("a")
    site.settings(f'title = "{LONG} & <{LONG}>"')
    site.build()
    root = seen.xml(site, "/opensearch.xml")
    short, long, description = (
        root.findtext(f"{NS}{name}") or "" for name in ("ShortName", "LongName", "Description")
    )
    assert short == "صحيفة الأخبار"
    assert 16 < len(long) <= 48
    assert long.split() == LONG.split()[: len(long.split())]
    assert f"<{LONG}>" in description
    assert len(description) <= 1024


def test_every_page_but_the_search_page_has_a_box_that_leads_there(site: SiteFolder) -> None:
    """A plain form, so that it works without JavaScript; the search page has its own."""
    site.article("a", "<فلاديمير بوتين>", tags="وسم")
    site.build()
    for url in ("/", "/2019/05/24/a/", "/2019/05/24/", "/tags/وسم/", "/archive/", "/404.html"):
        page = seen.page(site, url)
        (form,) = [e for e in page.iter("form") if e.get("role") == "search"]
        assert (form.get("action"), form.get("method", "get")) == ("/mujaz/search/", "get")
        (box,) = form.iter("input")
        assert box.get("name") == "q"
        assert box.get("aria-label")
        links = [e.get("href") for e in page.iter("link") if e.get("rel") == "search"]
        assert links == ["/mujaz/opensearch.xml"]
    (own,) = seen.page(site, "/search/").iter("form")
    assert own.get("id") == "search"
