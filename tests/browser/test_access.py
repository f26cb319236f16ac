"""A reader with a keyboard, a screen reader, or dark colours: axe-core and a walk by Tab."""

from typing import Any

import pytest
from conftest import ROOT
from sample_site import KINDS
from search_site import Served

pytestmark = pytest.mark.browser

AXE = ROOT / ".venv/node/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY_KIND = pytest.mark.parametrize("address", KINDS.values(), ids=KINDS)

RUN = """async rules => {
    const found = await axe.run(document, {runOnly: {type: "tag", values: rules}, resultTypes: ["violations"]});
    return found.violations.map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 90)).join(" | "));
}"""

# The focused element: its number among all, whether a ring is drawn round it, whether it is in the window
FOCUSED = """() => {
    const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
    return {
        at: [...document.querySelectorAll("*")].indexOf(e),
        html: e.outerHTML.slice(0, 90),
        ring: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2,
        seen: r.width > 0 && r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth,
    };
}"""

# Links in sentences
SENTENCES = ".body a, .intro a, .fixes a, .source a, .skip"

# What is less high than a finger needs, or less wide
SMALL = """exempt => [...document.querySelectorAll("a[href], button, input, select, summary")].filter(e => {
    const r = e.getBoundingClientRect();
    return e.checkVisibility() && !e.matches(exempt) && (r.height < 43.5 || r.width < 24);
}).map(e => Math.round(e.getBoundingClientRect().height) + " " + e.outerHTML.slice(0, 90))"""

STOPS = """() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
    .filter(e => e.checkVisibility()).length"""


@EVERY_KIND
def test_axe_finds_nothing_in_light_and_dark(page: Any, served: Served, address: str) -> None:
    page.goto(served.url + address)
    page.evaluate("() => document.fonts.ready.then(() => null)")
    page.evaluate("() => document.querySelectorAll('details').forEach(e => { e.open = true })")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(RUN, RULES) == [], scheme


def test_search_results_are_announced_and_lead_to_articles(
    page: Any, served: Served, expect: Any
) -> None:
    """On the sample's own index; what search finds is tested in test_search_browser.py."""
    page.goto(f"{served.url}/search/")
    page.fill("#q", "ليلى حداد")
    results = page.locator("#search-results li a")
    expect(results.first).to_be_visible()
    expect(page.locator("[role=status]")).to_contain_text("خبر")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(RUN, RULES) == [], scheme
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= 320
    assert page.evaluate("() => window.refused") == []
    text = results.first.inner_text()
    results.first.click()
    expect(page.locator("h1")).to_have_text(text)


@pytest.mark.parametrize("kind", ["home", "article with all", "search", "not found"])
def test_the_first_tab_shows_a_link_that_skips_to_the_text(
    page: Any, served: Served, expect: Any, kind: str
) -> None:
    page.goto(served.url + KINDS[kind])
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize(
    "kind", ["home", "article with all", "article with a table", "tag", "search"]
)
def test_tab_walks_all_links_in_order_and_each_shows_where_it_is(
    page: Any, served: Served, kind: str
) -> None:
    page.goto(served.url + KINDS[kind])
    stops = page.evaluate(STOPS)
    last = -1
    for _ in range(stops):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["at"] > last, focused
        assert focused["ring"], focused
        assert focused["seen"], focused
        last = focused["at"]


@EVERY_KIND
def test_fingers_find_links_and_fields(page: Any, served: Served, address: str) -> None:
    """44 px, as the guidelines of phones ask; WCAG 2.5.8 asks for 24, and exempts links in sentences."""
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(served.url + address)
    page.evaluate("() => document.fonts.ready.then(() => null)")
    assert page.evaluate(SMALL, SENTENCES) == []


def test_the_menu_runs_from_right_to_left(page: Any, served: Served) -> None:
    page.goto(served.url + "/")
    boxes = page.evaluate(
        "() => [...document.querySelectorAll('.masthead nav a')].map(a => a.getBoundingClientRect().right)"
    )
    assert boxes == sorted(boxes, reverse=True)
