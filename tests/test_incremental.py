"""A second build renders only what changed, for the right reason, and ends in a clean build's bytes."""

import marshal
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import pytest
from conftest import EPOCH, ROOT, SiteFolder

import mujaz.pages.lists
from mujaz.digest import SIZE
from mujaz.library import Library
from mujaz.model import Bundle, Group, Page, Term
from mujaz.options import Options
from mujaz.pages import day_pages, home, name_index, name_pages, sitemap, tag_pages
from mujaz.pipeline import build
from mujaz.trace import Reason


@pytest.fixture
def built(site: SiteFolder) -> SiteFolder:
    for number in range(1, 8):
        site.article(
            f"a{number}",
            body=f"نص عن <الشخص {number}> و<جهة مشتركة>.\n\nفقرة ثانية.",
            date=f"{number:02}/05/2019",
            tags=f"وسم {number % 3}، عام",
        )
    site.settings("feed_items = 3")
    site.build()
    return site


def test_nothing_changed_nothing_written(built: SiteFolder) -> None:
    before = stamps(built)
    report = built.build()
    assert (report.rendered, report.written, report.removed) == ({}, (), 0)
    assert stamps(built) == before


def without_search(rendered: dict[str, Reason]) -> dict[str, Reason]:
    """What was rendered but for the search index, which shows all texts."""
    return {url: why for url, why in rendered.items() if not url.startswith("/search/2")}


def stamps(site: SiteFolder) -> dict[Path, int]:
    """When each file of the site was last written."""
    return {
        p: p.stat().st_mtime_ns
        for p in site.site.rglob("*")
        if p.is_file() and ".mujaz" not in p.parts
    }


def test_a_body_edit_renders_its_own_page_only(built: SiteFolder) -> None:
    built.edit("content/a2.md", "فقرة ثانية", "فقرة أخرى")
    assert without_search(built.build().rendered) == {"/2019/05/02/a2/": Reason.DATA}


def test_a_body_edit_of_a_new_article_renders_the_feeds_that_show_it_too(built: SiteFolder) -> None:
    built.edit("content/a7.md", "فقرة ثانية", "فقرة أخرى")
    assert without_search(built.build().rendered).keys() == {
        "/2019/05/07/a7/",
        "/feed.xml",
        "/feed.json",
    }


def test_a_headline_edit_renders_lists_and_neighbours_only(built: SiteFolder) -> None:
    built.edit("content/a2.md", "خبر a2", "عنوان جديد")
    rendered = built.build().rendered
    assert {
        "/2019/05/02/a2/",
        "/2019/05/01/a1/",
        "/2019/05/03/a3/",
        "/2019/05/02/",
        "/2019/05/",
        "/",
    } <= rendered.keys()
    assert "/2019/05/06/a6/" not in rendered or "عنوان جديد" in built.text("/2019/05/06/a6/")
    assert not rendered.keys() & {
        "/archive/",
        "/tags/",
        "/names/",
        "/feed.xml",
        "/sitemap.xml",
        "/2019/",
    }
    assert built.files() == built.files_of_a_clean_build()


def test_a_new_article_renders_its_own_tags_names_and_days_only(built: SiteFolder) -> None:
    built.article("a8", date="08/05/2019", tags="وسم 0", body="نص عن <الشخص 1>.")
    rendered = built.build().rendered
    assert {
        "/2019/05/08/a8/",
        "/2019/05/07/a7/",
        "/tags/وسم-0/",
        "/names/الشخص-1/",
        "/2019/05/08/",
        "/2019/05/07/",
    } <= rendered.keys()
    assert not [
        u
        for u in rendered
        if u.startswith(("/2019/05/01/", "/2019/05/05/", "/tags/وسم-1/", "/names/الشخص-5/"))
    ]
    assert built.files() == built.files_of_a_clean_build()


def test_a_settings_edit_renders_all_and_says_why(built: SiteFolder) -> None:
    built.settings('description = "وصف"')
    report = built.build()
    assert set(report.rendered.values()) == {Reason.COMMON}
    assert len(report.rendered) == sum(report.pages.values())


def test_a_layout_edit_renders_its_pages(built: SiteFolder) -> None:
    built.write("layouts/year.html", "<!DOCTYPE html><title>{{ year }}</title>")
    assert built.build().rendered == {"/2019/": Reason.LAYOUT}
    (built.root / "layouts/year.html").unlink()
    assert built.build().rendered == {"/2019/": Reason.LAYOUT}


@pytest.mark.parametrize("harm", ["missing", "altered"])
def test_a_missing_or_altered_file_is_made_again(built: SiteFolder, harm: str) -> None:
    page = built.site / "2019/05/03/a3/index.html"
    text = page.read_bytes()
    page.unlink() if harm == "missing" else page.write_bytes(b"x")
    assert built.build().rendered == {"/2019/05/03/a3/": Reason.OUTPUT}
    assert page.read_bytes() == text


def test_a_checkout_that_touches_all_files_renders_nothing(built: SiteFolder) -> None:
    for path in (*built.root.joinpath("content").rglob("*"), *built.site.rglob("*.html")):
        if path.is_file():
            os.utime(path, (1_700_000_000, 1_700_000_000))
    assert built.build().rendered == {}


def test_deleting_an_article_removes_its_pages_and_empty_folders(built: SiteFolder) -> None:
    (built.root / "content/a1.md").unlink()
    built.build()
    assert not (built.site / "2019/05/01").exists()
    assert built.files() == built.files_of_a_clean_build()


@pytest.mark.parametrize("damage", [b"", b"garbage", None])
def test_a_damaged_state_is_no_state(built: SiteFolder, damage: bytes | None) -> None:
    state = built.site / ".mujaz/state"
    state.write_bytes(state.read_bytes()[:-7] if damage is None else damage)
    (built.root / "content/a1.md").unlink()
    built.build()
    assert built.files() == built.files_of_a_clean_build()
    assert built.build().written == ()


@pytest.mark.parametrize("kept", [(), ("a", b""), (("a",), b"", 1), ((("a",),) * 3, b"")])
def test_a_state_of_another_mujaz_is_no_state(built: SiteFolder, kept: tuple[object, ...]) -> None:
    body = marshal.dumps(kept)  # type: ignore[arg-type]
    mark = blake2b(body, digest_size=SIZE).digest()
    state = built.site / ".mujaz/state"
    state.write_bytes(state.read_bytes().split(b"\n")[0] + b"\n" + mark + body)
    (built.root / "content/a1.md").unlink()
    built.build()
    assert built.files() == built.files_of_a_clean_build()


def test_a_broken_layout_leaves_the_site_as_it_was(built: SiteFolder) -> None:
    before = built.files()
    built.write("layouts/article.html", "{{ headline_of_nothing }}")
    with pytest.raises(ExceptionGroup) as faults:
        built.build()
    assert "layouts/article.html" in str(faults.value.exceptions[0])
    assert built.files() == before


def test_workers_started_anew_give_the_same_bytes(built: SiteFolder) -> None:
    for number in range(60):
        built.article(
            f"b{number}",
            date=f"{number % 28 + 1:02}/06/2018",
            tags="عام",
            body=f"نص <الشخص {number % 9}>.",
        )
    one = built.files_of_a_clean_build(jobs=1)
    assert built.files_of_a_clean_build(jobs=3, start="fork") == one
    assert built.files_of_a_clean_build(jobs=2, start="spawn") == one


def test_held_back_articles_come_when_they_are_due(
    built: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    built.article("later", date="25/11/2025")
    report = built.build()
    assert report.notes.held == (("content/later.md", "2025-11-25"),)
    assert report.next_change.startswith("2025-11-25T00:00:00+03:00")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764100000")
    assert "/2025/11/25/later/" in built.build().rendered


def test_an_edit_is_read_by_a_process_of_its_own(built: SiteFolder) -> None:
    """What reads articles takes long to import: this process has its own part to import meanwhile."""
    code = """
        import sys
        from pathlib import Path
        from mujaz.options import Options
        from mujaz.pipeline import build
        from mujaz.workers import method
        root = Path(sys.argv[1])
        def kind(library):
            from mujaz.pages import article_pages
            yield from article_pages(library)
        build(root, root / "site", Options(jobs=2), kinds=[kind])
        print("mujaz.article" in sys.modules, method())
    """
    built.edit("content/a2.md", "فقرة ثانية", "فقرة أخرى")
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), str(built.root)], check=True, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": str(EPOCH)},
    )  # fmt: skip
    assert done.stdout == "False fork\n"
    assert "فقرة أخرى" in built.text("/2019/05/02/a2/")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_layout_that_no_page_asks_for_is_no_fault(site: SiteFolder, jobs: int) -> None:
    site.article("a")
    site.write("layouts/odd.html", "{% if")
    site.write("layouts/odd.bin", b"\xff")
    assert site.build(jobs=jobs).rendered


def test_faults_of_assets_and_of_articles_are_told_together(site: SiteFolder) -> None:
    site.article("a", date="الأمس")
    site.write("assets/css/own.css", "body { background: url(none.png) }")
    with pytest.raises(ExceptionGroup) as caught:
        site.build()
    told = "\n".join(map(str, caught.value.exceptions))
    assert "content/a.md:3: date:" in told
    assert "assets/css/own.css:1: url(none.png) names no file of assets/" in told


def test_a_name_that_gets_another_label_changes_wherever_it_is_shown(site: SiteFolder) -> None:
    """Pages of other names show it too, and no article of theirs has changed."""
    for day in range(1, 4):
        site.article(f"a{day}", body="<أحمد> و<ليلى>", date=f"{day}/5/2019")
    site.build()
    for day in range(4, 9):
        site.article(f"b{day}", body="<احمد>", date=f"{day}/5/2019")
    assert site.build().rendered["/names/ليلى/"] == Reason.DATA
    assert site.files() == site.files_of_a_clean_build()


def lists(library: Library) -> Iterator[Group | Bundle]:
    """Kinds that see nothing of articles but what lists show."""
    for kind in (home, day_pages, tag_pages, name_pages, name_index, sitemap):
        yield from kind(library)


def test_an_edit_to_a_body_looks_into_no_list(site: SiteFolder) -> None:
    libraries: list[Library] = []

    def kind(library: Library) -> Iterator[Group | Bundle]:
        libraries.append(library)
        yield from lists(library)

    for number in range(6):
        site.article(f"a{number}", body="<أحمد>", tags="وسم")
    for edit, listed in (("نص", False), ("<ليلى>", True), ("<ليلى> و<سعاد>", True)):
        build(site.root, site.site, kinds=(kind,))
        site.article("a3", body=f"<أحمد>\n\n{edit}", tags="وسم")
        build(site.root, site.site, kinds=(kind,))
        assert ("places" in vars(libraries[-1])) == listed


def test_full_pages_of_a_list_are_planned_only_when_they_may_change(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned: list[str] = []
    full = mujaz.pages.lists._full

    def told(library: Library, term: Term, layout: str) -> Iterator[Page]:
        planned.append(term.label)
        return full(library, term, layout)

    monkeypatch.setattr("mujaz.pages.lists._full", told)
    site.settings("per_page = 2")
    for number in range(10, 17):
        site.article(f"a{number}", date=f"{number}/5/2019", tags="وسم")
    site.build()
    assert planned == ["وسم"]  # the newest page has three of seven
    planned.clear()
    site.article("b", date="20/5/2019", tags="وسم")  # and now two of eight: one more page is full
    site.build()
    site.edit("content/a16.md", "خبر a16", "خبر آخر")  # on the newest page
    site.build()
    assert planned == ["وسم"]
    site.edit("content/a10.md", "خبر a10", "خبر قديم")
    assert "/tags/وسم/page/1/" in site.build().rendered
    assert planned == ["وسم", "وسم"]
    assert site.files() == site.files_of_a_clean_build()


def test_the_older_pages_of_home_come_in_bundles(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At each number of articles, with bundles of two pages of two."""
    monkeypatch.setattr("mujaz.pages.lists.IN_BUNDLE", 2)
    site.settings("per_page = 2")
    for number in range(10, 24):
        site.article(f"a{number}", date=f"{number}/5/2019")
        site.build()
        assert site.files() == site.files_of_a_clean_build()
    site.edit("content/a11.md", "خبر a11", "خبر آخر")
    pages = [url for url in site.build().rendered if url == "/" or url.startswith("/page/")]
    assert pages == ["/page/1/"]
    (site.root / "content/a12.md").unlink()
    site.build()
    assert site.files() == site.files_of_a_clean_build()


def test_a_group_that_was_left_is_made_by_the_next_build_in_a_bundle_too(site: SiteFolder) -> None:
    site.article("a1")
    build(site.root, site.site, kinds=(lists,))
    site.article("a2")
    build(site.root, site.site, Options(leave="day "), kinds=(lists,))
    assert "خبر a2" not in site.text("/2019/05/24/")
    assert "/2019/05/24/" in build(site.root, site.site, kinds=(lists,)).rendered
    assert "خبر a2" in site.text("/2019/05/24/")
