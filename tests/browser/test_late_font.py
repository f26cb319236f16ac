"""The headline face on a slow line: the text is there before it, and nothing jumps when it comes."""

from typing import Any
from urllib.parse import unquote

import pytest
from conftest import ROOT
from sample_site import KINDS
from search_site import Served

pytestmark = pytest.mark.browser

FONT = "**/*.woff2"
SHEET = (ROOT / "assets/css/site.css").read_text(encoding="utf-8")
KUFI = SHEET[SHEET.index("Mujaz Kufi,") : SHEET.index("--naskh")].strip()
SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver(list => list.getEntries().forEach(e => { window.shifted += e.value }))
        .observe({type: "layout-shift", buffered: true});
"""
SETTLED = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 200)))"


def as_on_a_phone(route: Any, other: str) -> None:
    """A page whose reader has no Kufi of their own: what stands in for it is wider or narrower."""
    answer = route.fetch()
    text = answer.text()
    assert text.count(KUFI) == 1
    route.fulfill(response=answer, body=text.replace(KUFI, f"Mujaz Kufi,{other};"))


@pytest.mark.parametrize("other", ["Noto Naskh Arabic", "Noto Sans Arabic"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("kind", ["home", "article with all", "tag", "month"])
def test_a_font_that_comes_late_moves_nothing(
    chromium: Any, served: Served, kind: str, width: int, other: str
) -> None:
    """Cumulative layout shift of at most 0.02, a fifth of what Web Vitals calls good."""
    context = chromium.new_context(viewport={"width": width, "height": 740}, bypass_csp=True)
    context.add_init_script(SHIFTS)
    tab = context.new_page()
    waiting: list[Any] = []
    tab.route(FONT, lambda route: waiting.append(route))  # noqa: PLW0108 - no built-in method will do
    address = served.url + KINDS[kind]
    tab.route(lambda url: unquote(url) == address, lambda route: as_on_a_phone(route, other))
    tab.goto(address, wait_until="domcontentloaded")
    tab.locator("h1").wait_for()
    tab.evaluate(SETTLED)
    assert waiting
    with tab.expect_event("requestfinished", lambda request: request.url.endswith(".woff2")):
        for route in waiting:
            route.continue_()
    tab.evaluate(SETTLED)
    assert tab.evaluate("() => window.shifted") <= 0.02
    context.close()


def test_headlines_are_set_in_the_face_that_comes_in_time(chromium: Any, served: Served) -> None:
    """And where it came late, it is kept for the next page."""
    context = chromium.new_context(bypass_csp=True)
    tab = context.new_page()
    address = served.url + KINDS["article with all"]
    tab.route(
        lambda url: unquote(url) == address, lambda route: as_on_a_phone(route, "Noto Sans Arabic")
    )
    for _ in range(2):
        tab.goto(address)
    session = context.new_cdp_session(tab)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    assert any(font["isCustomFont"] for font in fonts), fonts
    context.close()
