"""The search page in a real browser. Skipped where Playwright or Chromium is missing."""

import shutil
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from search_site import Served, serve, site_files

from mujaz.search import Document

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")


def article(
    slug: str,
    headline: str,
    day: str = "2019-05-24",
    text: str = "نص الخبر.",
    names: tuple[str, ...] = (),
    tags: tuple[str, ...] = ("أخبار",),
) -> Document:
    return Document(f"/{day.replace('-', '/')}/{slug}/", day, headline, "", names, tags, text)


ARTICLES = (
    article("a", "قمة في آسفي"),
    article("b", "مَرَّاكُش تستضيف"),
    article("c", "نهائي الدوري"),
    article("d", "افتتاح مدرسة"),
    article("e", "معرض کتاب"),
    article("f", "الشـــرق الأوسط ٢٠١٩"),
    article(
        "g",
        "<img src=x onerror=alert(1)> شبكة",
        text="أول\n\nسطر <b>طويل</b> عن مُفاعِل نووي في السطر",
        names=("فلاديمير بوتين",),
    ),
    article(
        "old", "بوتين يزور القاهرة", day="2017-01-02", names=("فلاديمير بوتين",), tags=("روسيا",)
    ),
    article("مكتبة-100%", "قديم: بوتين ومكتبة", day="2016-03-04"),
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(params=["", "/mujaz"])
def site(request: pytest.FixtureRequest) -> Iterator[Served]:
    with serve(site_files(ARTICLES, request.param), request.param) as served:
        yield served


@pytest.fixture
def page(chromium: Any, site: Served) -> Iterator[Any]:
    tab = chromium.new_page()
    tab.faults = []
    tab.on("pageerror", lambda error: tab.faults.append(str(error)))
    tab.on("dialog", lambda dialog: tab.faults.append(dialog.message))
    tab.goto(f"{site.url}/search/")
    yield tab
    assert tab.faults == []
    tab.close()


def told(page: Any, text: str) -> None:
    """Wait for the status line."""
    sync_api.expect(page.locator("#search-status")).to_have_text(text)


def type_and_wait(page: Any, text: str, status: str) -> None:
    page.fill("#q", "")
    told(page, "")
    page.fill("#q", text)
    told(page, status)


def found(page: Any, *slugs: str) -> None:
    """Wait for the results, by their slugs."""
    results = page.locator("#search-results li a")
    sync_api.expect(results).to_have_count(len(slugs))
    assert [
        unquote(results.nth(at).get_attribute("href")).rstrip("/").rpartition("/")[2]
        for at in range(len(slugs))
    ] == list(slugs)


def test_words_are_found_as_readers_type_them(page: Any) -> None:
    for text, slug in (
        ("اسفي", "a"),
        ("مراكش", "b"),
        ("مَرَّاكُش", "b"),
        ("الدورى", "c"),
        ("مدرسه", "d"),
        ("كتاب", "e"),
        ("الشرق الاوسط", "f"),
        ("2019", "f"),
        ("دوري", "c"),
    ):
        type_and_wait(page, text, "خبر واحد")
        found(page, slug)


def test_nothing_is_fetched_before_the_reader_searches(page: Any, site: Served) -> None:
    page.wait_for_load_state("networkidle")
    assert [path for path, _ in site.asked if path.endswith(".txt")] == []
    type_and_wait(page, "\u064e", "")
    assert [path for path, _ in site.asked if path.endswith(".txt")] == []


def test_newer_years_come_first_and_links_lead_to_their_articles(page: Any) -> None:
    type_and_wait(page, "بوتين", "3 أخبار")
    found(page, "g", "old", "مكتبة-100%")
    page.click("#search-results li:last-child a")
    assert page.inner_text("h1") == "قديم: بوتين ومكتبة"


def test_the_address_carries_the_query_and_back_returns_to_it(page: Any) -> None:
    type_and_wait(page, "بوتين", "3 أخبار")
    page.click("#search-results a")
    page.wait_for_selector("h1")
    page.go_back()
    page.wait_for_selector("#search-results a")
    assert page.input_value("#q") == "بوتين"
    page.fill("#q", "كتاب")
    page.press("#q", "Enter")
    found(page, "e")
    page.select_option("#year", "2016")
    told(page, "لم نجد شيئًا.")
    page.go_back()
    found(page, "e")
    assert page.input_value("#q") == "كتاب"


def test_words_are_marked_with_their_vowels_and_markup_stays_text(page: Any) -> None:
    type_and_wait(page, "مراكش", "خبر واحد")
    found(page, "b")
    assert page.inner_text("#search-results mark") == "مَرَّاكُش"
    type_and_wait(page, "شبكه", "خبر واحد")
    found(page, "g")
    assert page.inner_text("#search-results a").startswith("<img src=x")
    assert page.query_selector("#search-results img") is None


def test_a_word_of_the_text_is_shown_where_it_stands(page: Any) -> None:
    type_and_wait(page, "مفاعل", "خبر واحد")
    page.wait_for_selector(".excerpt mark")
    assert page.inner_text(".excerpt mark") == "مُفاعِل"
    assert "<b>طويل</b>" in page.inner_text(".excerpt")


def test_names_are_offered_as_filters_and_years_narrow(page: Any) -> None:
    type_and_wait(page, "بوتين", "3 أخبار")
    page.click("text=اسم: فلاديمير بوتين (2)")
    told(page, "خبران")
    assert "name=" in page.url
    page.select_option("#year", "2017")
    told(page, "خبر واحد")
    found(page, "old")


def test_what_is_not_there_gets_the_nearest_spelling(page: Any) -> None:
    page.fill("#q", "مراكس ")
    page.click("#search-filters button")
    found(page, "b")


def test_offline_is_told_and_can_be_tried_again(page: Any) -> None:
    page.context.set_offline(True)
    page.fill("#q", "مراكش")
    told(page, "لا اتصال بالشبكة؛ البحث يحتاج إليها.")
    page.context.set_offline(False)
    page.click("#search-more")
    page.wait_for_selector("#search-results a")
