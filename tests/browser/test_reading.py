"""What a reader sees: letters that join, lines with room, nothing that runs out of the window."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from sample_site import KINDS
from search_site import Served

pytestmark = pytest.mark.browser

EVERY_KIND = pytest.mark.parametrize("address", KINDS.values(), ids=KINDS)

# Width in pixels of a piece of HTML as a line of an article's text
WIDTH = """html => {
    const line = document.createElement("p"), range = document.createRange();
    line.innerHTML = html;
    document.querySelector(".body").append(line);
    range.selectNodeContents(line);
    const width = range.getBoundingClientRect().width;
    line.remove();
    return width;
}"""

# Of each name whose first letter stands against an Arabic letter: its width, and the same letters' bare width
JOINS = """() => [...document.querySelectorAll(".body a.name")].flatMap(name => {
    const before = name.previousSibling, letter = before?.data?.match(/[\\u0628-\\u064a]$/);
    if (!letter || name.children.length) return [];
    const range = document.createRange(), bare = document.createElement("span");
    range.setStart(before, before.length - 1);
    range.setEnd(name, name.childNodes.length);
    if (range.getClientRects().length > 2) return [];  // broken over two lines
    const joined = range.getBoundingClientRect().width;
    bare.style = "white-space:nowrap;position:absolute";
    bare.textContent = letter[0] + name.textContent;
    name.parentNode.append(bare);
    const width = bare.getBoundingClientRect().width;
    bare.remove();
    return [[bare.textContent, joined, width]];
})"""

# Letters and digits in each line of an element's text
LINES = """selector => {
    const counts = new Map(), letter = /[\\p{L}\\p{N}]/u, range = document.createRange();
    for (const block of document.querySelectorAll(selector)) {
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            [...node.data].forEach((sign, at) => {
                if (!letter.test(sign)) return;
                range.setStart(node, at);
                range.setEnd(node, at + 1);
                const line = Math.round(range.getBoundingClientRect().bottom / 4);
                counts.set(line, (counts.get(line) ?? 0) + 1);
            });
        }
    }
    return [...counts.values()];
}"""


def go(page: Any, served: Served, address: str) -> None:
    """Open a page and wait for its fonts."""
    page.goto(served.url + address)
    page.evaluate("() => document.fonts.ready.then(() => null)")


def style(page: Any, selector: str, *names: str) -> list[str]:
    """Computed values of an element."""
    found: list[str] = page.evaluate(
        "([selector, names]) => { const s = getComputedStyle(document.querySelector(selector));"
        " return names.map(name => s[name]) }",
        [selector, names],
    )
    return found


def test_a_prefix_joins_the_name_it_stands_against(page: Any, served: Served) -> None:
    """W3C, Arabic layout requirements (w3c/alreq 189, 222): an isolated or boxed inline cuts the join."""
    go(page, served, KINDS["article with all"])
    bare = page.evaluate(WIDTH, "لبوتين")
    assert page.evaluate(WIDTH, 'ل<a class="name" href="#">بوتين</a>') == pytest.approx(
        bare, abs=0.1
    )
    assert page.evaluate(WIDTH, "ل<bdi>بوتين</bdi>") > bare + 1  # so the measure sees a cut join


def test_names_of_the_sample_join_as_bare_text_does(page: Any, served: Served) -> None:
    go(page, served, KINDS["article with all"])
    found = page.evaluate(JOINS)
    assert found
    for text, joined, width in found:
        assert joined == pytest.approx(width, abs=0.1), text


def test_text_has_no_slant_and_no_spacing_and_underlines_clear_the_dots(
    page: Any, served: Served
) -> None:
    go(page, served, KINDS["article with all"])
    page.evaluate("() => document.querySelector('.body').append(document.createElement('em'))")
    slant, weight = style(page, ".body em", "fontStyle", "fontWeight")
    assert slant == "normal"
    assert int(weight) >= 600
    offset, size = style(page, ".body a", "textUnderlineOffset", "fontSize")
    assert float(offset.removesuffix("px")) >= 0.2 * float(size.removesuffix("px"))
    spaced = "() => [...document.querySelectorAll('body *')].filter(e => getComputedStyle(e).letterSpacing !== 'normal').length"
    assert page.evaluate(spaced) == 0


@pytest.mark.parametrize(
    "kind", ["home", "article with all", "article with a table", "month", "names", "story"]
)
def test_lines_have_room_for_marks(page: Any, served: Served, kind: str) -> None:
    """Text of 1.6 em a line, headings of 1.35 at least (BBC Arabic's figures)."""
    go(page, served, KINDS[kind])
    low = page.evaluate(
        "() => [...document.querySelectorAll('body, p, li, dd, blockquote, h1, h2, h3')].filter(e => {"
        " const s = getComputedStyle(e), least = e.matches('h1, h2, h3, .brand') ? 1.35 : 1.6;"
        " return e.offsetHeight && parseFloat(s.lineHeight) / parseFloat(s.fontSize) < least }).map(e => e.outerHTML.slice(0, 90))"
    )
    assert low == []
    height, size = style(page, "body", "lineHeight", "fontSize")
    assert float(height.removesuffix("px")) >= 1.6 * float(size.removesuffix("px"))


@pytest.mark.parametrize(
    ("kind", "selector"),
    [("article with all", ".body > p"), ("article with all", ".summary"), ("tag", ".card .lead")],
)
def test_a_full_line_has_45_to_75_letters(
    page: Any, served: Served, kind: str, selector: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 1024})
    go(page, served, KINDS[kind])
    assert 45 <= max(page.evaluate(LINES, selector)) <= 75


def outside(page: Any) -> list[str]:
    """What runs out of the window, if it can be scrolled sideways."""
    page.evaluate("() => document.querySelectorAll('details').forEach(e => { e.open = true })")
    found: list[str] = page.evaluate(
        "() => document.scrollingElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')].filter("
        "e => { const r = e.getBoundingClientRect(); return r.width && (r.left < -1 || r.right > innerWidth + 1) }).map(e => e.outerHTML.slice(0, 90))"
    )
    return found


@EVERY_KIND
def test_nothing_runs_out_of_a_narrow_window(page: Any, served: Served, address: str) -> None:
    """WCAG 1.4.10: 320 px, which is also 1280 px at 400 %."""
    page.set_viewport_size({"width": 320, "height": 256})
    go(page, served, address)
    assert outside(page) == []


@EVERY_KIND
def test_text_of_twice_the_size_stays_in_a_phones_window(
    page: Any, served: Served, address: str
) -> None:
    """WCAG 1.4.4: 200 %, by the browser's own size of text."""
    page.set_viewport_size({"width": 360, "height": 800})
    sizes = {"fontSizes": {"standard": 32, "fixed": 26}}
    page.context.new_cdp_session(page).send("Page.setFontSizes", sizes)
    go(page, served, address)
    size = style(page, "html", "fontSize")
    assert size == ["36px"]  # so the size was taken
    assert outside(page) == []


@EVERY_KIND
def test_a_page_asks_no_other_host_and_its_policy_refuses_nothing(
    page: Any, served: Served, address: str
) -> None:
    asked: list[str] = []
    told: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(served.url + address, wait_until="load")
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {
        urlsplit(served.url).netloc
    }
    assert page.evaluate("() => window.refused") == []
    assert told == []


def test_a_days_bulletin_prints_on_one_sheet(page: Any, served: Served) -> None:
    go(page, served, KINDS["day"])
    sheets = page.pdf(prefer_css_page_size=True)
    assert sheets.count(b"/Type /Page\n") == 1


def test_a_busy_days_bulletin_prints_on_one_sheet_too(page: Any, served: Served) -> None:
    go(page, served, KINDS["day"])
    page.evaluate(
        "() => { const all = document.querySelector('.bulletin'), cards = [...all.children];"
        " for (let at = 0; all.children.length < 18; at += 1) all.append(cards[at % cards.length].cloneNode(true)) }"
    )
    sheets = page.pdf(prefer_css_page_size=True)
    assert sheets.count(b"/Type /Page\n") == 1


@pytest.mark.parametrize(
    ("kind", "selector"),
    [("article with all", ".body"), ("tag", ".list"), ("story", ".timeline"), ("home", ".cards")],
)
def test_print_sets_two_columns_as_wide_as_the_sheet(
    page: Any, served: Served, kind: str, selector: str
) -> None:
    """A column of the screen's width would leave a quarter of the paper empty."""
    page.set_viewport_size({"width": 680, "height": 1000})  # A4 without its margins
    page.emulate_media(media="print")
    go(page, served, KINDS[kind])
    edges = page.evaluate(
        "selector => [...document.querySelector(selector).querySelectorAll('p')]"
        ".flatMap(p => [...p.getClientRects()]).map(r => [r.left, r.right])",
        selector,
    )
    assert len({round(right / 100) for _, right in edges}) >= 2
    assert max(right for _, right in edges) - min(left for left, _ in edges) >= 480


def test_a_print_tells_where_links_to_other_sites_lead(page: Any, served: Served) -> None:
    go(page, served, KINDS["article with all"])
    page.emulate_media(media="print")
    told = page.evaluate(
        "() => getComputedStyle(document.querySelector('.source a'), '::after').content"
    )
    assert "https://example.org/saqiya/water-opening" in told


def test_an_article_of_a_page_prints_on_one_sheet(page: Any, served: Served) -> None:
    go(page, served, KINDS["article with all"])
    sheets = page.pdf(prefer_css_page_size=True)
    assert sheets.count(b"/Type /Page\n") == 1


def test_the_search_page_says_where_to_go_without_javascript(chromium: Any, served: Served) -> None:
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{served.url}/search/")
    ways = tab.locator("noscript a")
    assert ways.count() >= 3
    assert all(ways.nth(at).is_visible() for at in range(ways.count()))
    ways.first.click()
    assert tab.inner_text("h1").startswith("الأسماء")
    context.close()


@pytest.mark.parametrize("kind", ["article with all", "tag"])
def test_pages_are_the_same_without_javascript(
    chromium: Any, page: Any, served: Served, kind: str
) -> None:
    go(page, served, KINDS[kind])
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 1280, "height": 1024}
    )
    tab = context.new_page()
    tab.goto(served.url + KINDS[kind])
    assert tab.inner_text("body") == page.inner_text("body")
    context.close()
