"""The search box in every page's masthead."""

from typing import Any

import pytest
from sample_site import KINDS
from search_site import Served

pytestmark = pytest.mark.browser

BOX = ".masthead [role=search] input"


def test_the_box_leads_to_what_is_found(page: Any, served: Served, expect: Any) -> None:
    page.goto(served.url + KINDS["article with all"])
    page.fill(BOX, "ليلى حداد")
    page.press(BOX, "Enter")
    expect(page.locator("#search-results li a").first).to_be_visible()
    assert page.input_value("#q") == "ليلى حداد"
    page.go_back()
    expect(page).to_have_url(served.url + KINDS["article with all"])


def test_the_box_leads_to_the_search_page_without_javascript(
    chromium: Any, served: Served, expect: Any
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(served.url + KINDS["article with all"])
    tab.fill(BOX, "مياه")
    tab.click(".masthead [role=search] button")
    expect(tab).to_have_url(f"{served.url}/search/?q=%D9%85%D9%8A%D8%A7%D9%87")
    expect(tab.locator("noscript a").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("kind", ["home", "article with all"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_the_box_stands_at_the_line_s_end_beside_the_brand(
    page: Any, served: Served, kind: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(served.url + KINDS[kind])
    brand = page.locator(".masthead .brand").bounding_box()
    box = page.locator(".masthead form").bounding_box()
    menu = page.locator(".masthead nav").bounding_box()
    assert brand["y"] < box["y"] + box["height"] <= brand["y"] + brand["height"] + 8
    assert box["x"] == pytest.approx(menu["x"], abs=1)
    assert box["x"] + box["width"] <= brand["x"]
    assert box["height"] >= 24  # WCAG 2.5.8
    assert page.locator(BOX).bounding_box()["width"] >= 48


def test_the_box_is_not_printed(page: Any, served: Served, expect: Any) -> None:
    page.goto(served.url + KINDS["article with all"])
    page.emulate_media(media="print")
    expect(page.locator(BOX)).to_be_hidden()
