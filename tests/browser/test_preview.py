"""``serve`` as seen in a browser: pages loaded anew, style sheets swapped, faults laid over the page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SiteFolder
from preview_site import Preview, preview

pytestmark = pytest.mark.browser

NEWS = "2019/05/24/news/"
OVERLAY = "html > div[popover]"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    """A site of one article, with style sheets of its own."""
    found = SiteFolder(tmp_path)
    found.article("news", "نص أول.", headline="خبر الصباح")
    found.write("assets/css/site.css", (ROOT / "assets/css/site.css").read_bytes())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764000000")
    return found


@pytest.fixture
def running(site: SiteFolder) -> Iterator[Preview]:
    """The site under ``serve``."""
    with preview(site, "--lang", "ar", port=5750) as found:
        yield found


@pytest.fixture
def news(running: Preview, page: Any) -> Any:
    """The article in the browser; ``window.old`` is true as long as the page isn't loaded anew."""
    with page.expect_websocket():
        page.goto(running.address + NEWS)
    page.evaluate("window.old = true")
    return page


def test_a_save_loads_the_page_anew_under_its_own_policy(
    running: Preview, news: Any, expect: Any
) -> None:
    running.site.edit("content/news.md", "نص أول.", "نص ثان.")
    expect(news.locator("main")).to_contain_text("نص ثان.")
    assert news.evaluate("window.old") is None
    assert news.evaluate("window.refused") == []
    policy = news.locator("meta[http-equiv]").get_attribute("content")
    assert "script-src http://127.0.0.1" in policy  # no other script, not even the site's own


def test_saves_that_follow_each_other_are_all_shown(
    running: Preview, news: Any, expect: Any
) -> None:
    for number in range(1, 6):
        running.site.edit("content/news.md", "نص ", f"نص {number} ")
        expect(news.locator("main")).to_contain_text(f"نص {number} ")


def test_a_page_that_is_written_while_it_is_missed_appears(
    running: Preview, page: Any, expect: Any
) -> None:
    with page.expect_websocket():
        page.goto(f"{running.address}2019/05/24/later/")
    expect(page.locator("h1")).to_have_text("لا صفحة في هذا العنوان")
    running.site.article("later", "نص متأخر.")
    expect(page.locator("main")).to_contain_text("نص متأخر.")


def test_the_scroll_position_is_kept(running: Preview, news: Any, expect: Any) -> None:
    running.site.edit("content/news.md", "نص أول.", "\n\n".join(["فقرة من النص."] * 200))
    expect(news.locator(".body p")).to_have_count(200)
    news.evaluate("scrollTo(0, 3000)")
    running.site.edit("content/news.md", "---\nفقرة", "---\nأول فقرة")
    expect(news.locator("main")).to_contain_text("أول فقرة")
    expect(news.locator(".body p")).to_have_count(200)
    news.wait_for_function("() => scrollY > 2900")


def test_an_inline_style_sheet_is_swapped_without_loading_the_page(
    running: Preview, news: Any, expect: Any
) -> None:
    for colour in ("rgb(1, 2, 3)", "rgb(3, 2, 1)"):
        sheet = (ROOT / "assets/css/site.css").read_text(encoding="utf-8")
        running.site.write("assets/css/site.css", f"{sheet}h1{{outline:1px solid {colour}}}\n")
        expect(news.locator("h1")).to_have_css("outline-color", colour)
    running.quiet()
    assert news.evaluate("window.old") is True
    assert news.evaluate("document.querySelector('h1').offsetHeight > 0")
    assert news.evaluate("window.refused") == []
    news.reload()
    assert (
        news.evaluate("getComputedStyle(document.querySelector('h1')).outlineColor")
        == "rgb(3, 2, 1)"
    )


def test_a_linked_style_sheet_is_swapped_without_loading_the_page(
    running: Preview, news: Any, expect: Any
) -> None:
    article = (ROOT / "layouts/article.html").read_text(encoding="utf-8")
    link = '<link rel="stylesheet" href="{{ asset(\'css/فرعي.css\')|href }}">'
    running.site.write("assets/css/فرعي.css", "h1{outline:1px solid rgb(1, 2, 3)}")
    assert "{% block head %}" in article
    running.site.write(
        "layouts/article.html", article.replace("{% block head %}", "{% block head %}" + link)
    )
    expect(news.locator('link[rel="stylesheet"]')).to_have_count(1)
    running.quiet()
    news.evaluate("window.old = true")
    for colour in ("rgb(9, 9, 9)", "rgb(8, 8, 8)"):
        running.site.write("assets/css/فرعي.css", f"h1{{outline:1px solid {colour}}}")
        expect(news.locator("h1")).to_have_css("outline-color", colour)
        expect(news.locator('link[rel="stylesheet"]')).to_have_count(1)
    assert news.evaluate("window.old") is True
    assert news.evaluate("window.refused") == []


def test_a_fault_lies_over_the_last_good_page_and_goes_when_mended(
    running: Preview, news: Any, expect: Any
) -> None:
    running.site.edit("content/news.md", "date: 24/05/2019", "date: 32/05/2019")
    overlay = news.locator(OVERLAY)
    expect(overlay).to_be_visible()
    box = overlay.locator("section")
    assert box.get_attribute("dir") == "rtl"
    expect(box.locator("h1")).to_have_text("خطأ واحد يمنع بناء الموقع")
    expect(box.locator(".place")).to_have_text("content/news.md:3")
    expect(box.locator(".line")).to_have_text("date: 32/05/2019")
    expect(box.locator(".said")).to_have_text("لا يوم كهذا: «\u206832/05/2019\u2069»")
    expect(box.locator(".todo")).to_contain_text("24/05/2019")
    expect(news.locator("main")).to_contain_text("نص أول.")
    assert box.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
    assert news.evaluate("window.refused") == []
    running.site.edit("content/news.md", "date: 32/05/2019", "date: 24/05/2019")
    expect(overlay).to_have_count(0)
    assert news.evaluate("window.old") is True  # nothing of the site has changed


def test_the_overlay_speaks_english_where_arabic_is_not_asked_for(
    site: SiteFolder, page: Any, expect: Any
) -> None:
    site.write("content/news.md", "---\nheadline: خبر\ndate: 32/05/2019\n---\nنص")
    with preview(site, port=5760) as running:
        page.goto(running.address)
        box = page.locator(OVERLAY).locator("section")
        expect(box.locator("h1")).to_have_text("1 fault stops the build")
        assert (box.get_attribute("dir"), box.get_attribute("lang")) == ("ltr", "en")
        expect(box.locator(".said")).to_contain_text("expected dd/mm/yyyy, found '32/05/2019'")
        expect(box.locator(".todo")).to_have_count(0)


def test_the_overlay_is_on_pages_that_are_opened_meanwhile_and_can_be_put_away(
    running: Preview, page: Any, expect: Any
) -> None:
    running.site.write("content/a.md", "---\nheadline: خبر\n---\nنص")
    running.site.write("content/b.md", "نص بلا رأس")
    running.says("content/a.md")
    page.goto(running.address)
    overlay = page.locator(OVERLAY)
    expect(overlay.locator("h1")).to_have_text("خطآن يمنعان بناء الموقع")
    expect(overlay.locator("article")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(overlay).to_have_count(0)
    page.reload()
    overlay.get_by_role("button", name="أخفِ اللوحة").click()
    expect(overlay).to_have_count(0)


def test_a_fault_is_text_whatever_is_in_it(running: Preview, news: Any, expect: Any) -> None:
    evil = "<script>window.evil = 1</script><img src=x onerror=alert(1)>"
    running.site.edit("content/news.md", "date: 24/05/2019", f"date: {evil}")
    overlay = news.locator(OVERLAY)
    expect(overlay.locator(".line")).to_have_text(f"date: {evil}")
    expect(overlay.locator("img, script")).to_have_count(0)
    assert news.evaluate("window.evil") is None


def test_a_mended_fault_with_another_text_loads_the_page_anew(
    running: Preview, news: Any, expect: Any
) -> None:
    shipped = (ROOT / "layouts/404.html").read_text(encoding="utf-8")
    running.site.write("layouts/404.html", shipped.replace("</h1>", "{% if %}</h1>"))
    expect(news.locator(OVERLAY).locator(".place")).to_contain_text("layouts/404.html:")
    running.site.write("layouts/404.html", shipped)
    running.site.edit("content/news.md", "نص أول.", "نص بعد الخطأ.")
    expect(news.locator("main")).to_contain_text("نص بعد الخطأ.")
    expect(news.locator(OVERLAY)).to_have_count(0)


def test_a_bug_in_the_sites_program_is_laid_over_too(
    running: Preview, news: Any, expect: Any
) -> None:
    running.site.edit("build.py", "if __name__", "1 / 0\nif __name__")
    expect(news.locator(OVERLAY).locator(".said")).to_contain_text("ZeroDivisionError")
    expect(news.locator(OVERLAY).locator(".todo")).to_contain_text("خطأ في البرنامج")
    running.site.edit("build.py", "1 / 0\nif __name__", "if __name__")
    expect(news.locator(OVERLAY)).to_have_count(0)


def test_a_broken_start_shows_the_fault_and_then_the_site(
    site: SiteFolder, page: Any, expect: Any
) -> None:
    site.edit("content/news.md", "date: 24/05/2019", "date: 24/13/2019")
    with preview(site, port=5750) as running:
        page.goto(f"http://127.0.0.1:{running.port}/")
        expect(page.locator(OVERLAY).locator(".place")).to_have_text("content/news.md:3")
        site.edit("content/news.md", "date: 24/13/2019", "date: 24/05/2019")
        expect(page.locator("main")).to_contain_text("خبر الصباح")


def test_a_page_finds_the_server_again_when_it_is_started_anew(
    site: SiteFolder, page: Any, expect: Any
) -> None:
    with preview(site, port=5750) as running, page.expect_websocket():
        page.goto(running.address + NEWS)
    site.edit("content/news.md", "نص أول.", "نص بعد البدء.")
    with preview(site, port=5750):
        expect(page.locator("main")).to_contain_text("نص بعد البدء.")


def test_every_kind_of_page_takes_the_script_without_a_word_from_its_policy(
    running: Preview, page: Any
) -> None:
    for path in (
        "",
        NEWS,
        "2019/05/24/",
        "2019/",
        "tags/",
        "names/",
        "search/",
        "404.html",
        "nothing",
    ):
        with page.expect_websocket():
            page.goto(running.address + path)
        assert page.evaluate("window.refused") == [], path


def test_the_overlay_keeps_out_of_print(running: Preview, news: Any, expect: Any) -> None:
    running.site.edit("content/news.md", "date: 24/05/2019", "date: 32/05/2019")
    expect(news.locator(OVERLAY)).to_be_visible()
    news.emulate_media(media="print")
    expect(news.locator(OVERLAY)).to_be_hidden()
