"""Cases from the field: addresses, files on disk, and what must not be written."""

import os
import re
from urllib.parse import unquote

import pytest
import seen
from conftest import SiteFolder


def test_articles_whose_names_have_no_letters_get_addresses_that_stay(site: SiteFolder) -> None:
    """B01: nothing sluggable gives an empty path segment."""
    for name in ("؟!", "🎉🎉", "«»"):
        site.article(name, headline=name, tags="أخبار")
    site.build()
    found = seen.posts(site)
    assert len(found) == 3
    assert sorted(seen.listed(site, "/2019/05/24/")) == sorted(found)
    assert not re.search(rb'(?:href="|src="|<loc>|<link>)[^"<]*[^:]//', seen.whole(site))
    assert site.files() == site.files_of_a_clean_build()


def test_letters_are_kept_so_that_different_words_have_different_addresses(
    site: SiteFolder,
) -> None:
    """B02: ASCII transliteration drops ع, ص, ء."""
    site.article("أمن", headline="بيان وزارة الداخلية", tags="أمن")
    site.article("عمان", headline="قمة في مسقط", tags="عمان")
    site.article("سور-الحدود", headline="سور الحدود")
    site.article("صور-الحدود", headline="صور الحدود")
    site.build()
    assert seen.listed(site, "/tags/أمن/") == ["أمن"]
    assert seen.listed(site, "/tags/عمان/") == ["عمان"]
    found = seen.posts(site)
    assert seen.heading(site, found["سور-الحدود"]) == "سور الحدود"
    assert seen.heading(site, found["صور-الحدود"]) == "صور الحدود"


def test_vowel_marks_do_not_cut_words_of_an_address_and_stay_in_the_headline(
    site: SiteFolder,
) -> None:
    """B03: to python-slugify a mark ends a word."""
    vowelled = "الشَّرْقُ الأَوْسَطُ: هُدْنَةٌ جَدِيدَة"
    site.article("voc", headline=vowelled, slug=vowelled)
    site.article(
        "plain",
        headline="الشرق الأوسط: هدنة جديدة",
        slug="الشرق الأوسط: هدنة جديدة",
        date="25/05/2019",
    )
    site.build()
    assert sorted(site.site.glob("2019/05/*/*/index.html")) == [
        site.site / f"2019/05/{day}/الشرق-الأوسط-هدنة-جديدة/index.html" for day in (24, 25)
    ]
    assert seen.heading(site, "/2019/05/24/الشرق-الأوسط-هدنة-جديدة/") == vowelled


def test_folders_are_plain_unicode_and_addresses_are_encoded_once(site: SiteFolder) -> None:
    """B06: folders named %D8…, or addresses encoded twice."""
    site.article("قمة-الرياض", headline="قمة الرياض: البيان الختامي", tags="الشرق الأوسط")
    site.build()
    assert not [name for name in site.files() if "%" in name]
    assert b"%25" not in seen.whole(site)
    for address in addresses(site):
        assert re.fullmatch(r"https://example\.github\.io/mujaz/[!-~]*", address)
        path = unquote(address.removeprefix(seen.BASE)).lstrip("/")
        assert (site.site / path / ("index.html" if address.endswith("/") else "")).is_file()
    for url in ("/2019/05/24/قمة-الرياض/", "/tags/الشرق-الأوسط/"):
        shown = seen.text(seen.page(site, url))
        assert "الشرق الأوسط" in shown
        assert "%D8" not in shown


def addresses(site: SiteFolder) -> list[str]:
    """What sitemaps and feeds give as addresses."""
    trees = [seen.xml(site, f"/{file.name}") for file in site.site.glob("*.xml")]
    found = [e.text for tree in trees for e in tree.iter("{*}loc", "link", "guid")]
    assert len(found) > 10
    return found


def keep(site: SiteFolder) -> None:
    """A file in the output folder that Mujaz didn't write."""
    site.write("site/keep.html", "<p>لي</p>")


def kept(site: SiteFolder) -> bool:
    """Whether it is all there is in the output folder."""
    return site.files() == {"keep.html": "<p>لي</p>".encode()}


@pytest.mark.parametrize(
    ("one", "other"),
    [("اجتماع طارئ", "اجتماع-طارئ"), ("NATO meets", "Nato meets"), ("caf\u00e9", "cafe\u0301")],
)
def test_two_sources_of_one_address_are_told_and_nothing_is_written(
    site: SiteFolder, one: str, other: str
) -> None:
    """B08 dup, twice: one of the two pages disappears."""
    keep(site)
    site.article("a", slug=one)
    site.article("b", slug=other)
    done = site.run()
    assert done.returncode == 1
    assert all(part in done.stderr for part in ("content/a.md", "content/b.md", "/2019/05/24/"))
    assert kept(site)


def test_a_root_file_never_takes_a_pages_place(site: SiteFolder) -> None:
    """B08 static: a file copied over the index of tags."""
    keep(site)
    site.write("assets/root/tags/index.html", "<p>ملف ثابت</p>")
    site.article("a", tags="أخبار")
    done = site.run()
    assert done.returncode == 1
    assert "assets/root/tags/index.html" in done.stderr
    assert kept(site)


def test_signs_and_reserved_words_in_tags_do_not_change_the_folders(site: SiteFolder) -> None:
    """B10: a slash makes a folder, "index" and "page" take the list's own files."""
    site.article("a", tags="سوريا/لبنان، سوريا")
    site.article("b", tags="index، page")
    site.build()
    assert seen.index(site, "/tags/") == {"سوريا": 1, "سوريا/لبنان": 1, "index": 1, "page": 1}
    folders = {
        p.parent.relative_to(site.site).as_posix() for p in site.site.glob("tags/**/index.html")
    }
    assert folders == {"tags", "tags/سوريا", "tags/سوريا-لبنان", "tags/index", "tags/page"}
    assert seen.heading(site, "/tags/سوريا-لبنان/") == "سوريا/لبنان"


def test_a_tag_of_dots_and_slashes_is_a_fault(site: SiteFolder) -> None:
    """B10 bad: such a tag has no address of its own."""
    site.article("a", tags=".. ، /")
    done = site.run()
    assert done.returncode == 1
    assert "content/a.md:4: tags" in done.stderr
    assert site.files() == {}


@pytest.mark.parametrize(
    "given", ["../../../pwned", "/tmp/mujaz-pwned", "..", "a/b", "a\\b", "%2e%2e"]
)
def test_a_slug_cannot_leave_its_day(site: SiteFolder, given: str) -> None:
    """B14: ../ or / in a slug writes outside the output folder."""
    site.article("a", tags="أخبار", slug=given)
    (fault,) = seen.faults(site)
    assert fault.startswith("content/a.md:5: slug")
    assert strangers(site) == set()


def test_a_tag_with_a_way_out_stays_under_tags(site: SiteFolder) -> None:
    """B14: ../ in a tag."""
    site.article("c", tags="../../pwned")
    site.build()
    assert seen.listed(site, "/tags/pwned/") == ["c"]
    assert strangers(site) == set()


def strangers(site: SiteFolder) -> set[str]:
    """What is beside the project's own files."""
    return {p.name for p in (*site.root.iterdir(), *site.root.parent.glob("*pwned*"))} - {
        "content",
        "site",
        "build.py",
        "__pycache__",
    }


def test_a_date_with_a_way_out_is_a_fault(site: SiteFolder) -> None:
    """B14 bad: a date that would be part of a path."""
    site.article("d", date="24/05/../../x")
    (fault,) = seen.faults(site)
    assert fault.startswith("content/d.md:3: date")
    assert strangers(site) == set()


def test_symbolic_links_are_not_followed_and_told(site: SiteFolder) -> None:
    """B15: a link publishes a foreign file, or loops."""
    site.article("a", tags="أخبار")
    secret = site.write("secret.txt", "SECRET-7731")
    site.write("assets/root/ok.txt", "ok")
    os.symlink(secret, site.root / "content/leak.md")
    os.symlink(secret, site.root / "assets/root/leak.txt")
    os.symlink(site.root / "assets", site.root / "assets/root/loop")
    done = site.run()
    assert done.returncode == 0
    assert all(
        path in done.stderr
        for path in ("content/leak.md", "assets/root/leak.txt", "assets/root/loop")
    )
    assert not [name for name, data in site.files().items() if b"SECRET-7731" in data]
    assert "a" in seen.posts(site)
