"""``import`` of plain texts, and what holds for all imports."""

import re
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from conftest import SiteFolder
from hypothesis import example, given
from hypothesis import strategies as st

from mujaz.errors import OutputError, Place, SourceError
from mujaz.importing.bringing import bring_in
from mujaz.importing.escaping import from_fragment, from_text
from mujaz.importing.libraries import needed
from mujaz.importing.moments import moment, written
from mujaz.marks import mark_names
from mujaz.markup import Linker, convert, finish

pytestmark = pytest.mark.usefixtures("all_worded")

ARTICLE = """أخبار المرفأ

”الحداد“ تفتح دفاتر الأنهار أمام ”الفنار“!

24/05/2019
”الحداد“ تفتح دفاتر الأنهار أمام ”الفنار“!

”الحداد“ تفتح دفاتر الأنهار أمام ”الفنار“!

رحّبت <هيئة الأنهار> بلقاء الوزيرة <سلمى الحداد> و<رائد الفنار> في مسقط.

وقالت <الحداد> إن * هذه ليست علامة *، وإن 5 < 7، وشكرت لـ<الفنار> زيارته.

- هذا سطر يبدأ بشرطة
2019. وهذا برقم
# وهذا بعلامة"""


def import_text(site: SiteFolder, text: str | bytes, name: str = "article.txt", encoding: str = ""):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """Import a file that lies outside content/."""
    source = site.write(f"sources/{name}", text)
    return bring_in(site.root, source, encoding)


def test_a_text_as_papers_give_it_becomes_an_article_that_builds(site: SiteFolder) -> None:
    brought, told = import_text(site, ARTICLE)
    (path,) = brought.written
    assert path == "content/2019/05/24/الحداد-تفتح-دفاتر-الأنهار-أمام-الفنار.md"
    assert (site.root / path).read_text(encoding="utf-8") == (
        "---\nheadline: ”الحداد“ تفتح دفاتر الأنهار أمام ”الفنار“!\ndate: 24/05/2019\n---\n"
        "رحّبت <هيئة الأنهار> بلقاء الوزيرة <سلمى الحداد> و<رائد الفنار> في مسقط.\n\n"
        "وقالت <الحداد> إن \\* هذه ليست علامة \\*، وإن 5 \\< 7، وشكرت لـ<الفنار> زيارته.\n\n"
        "\\- هذا سطر يبدأ بشرطة\n2019. وهذا برقم\n\\# وهذا بعلامة\n"
    )
    assert [p.message for p in told.left] == ["text above the date: 'أخبار المرفأ'"]
    site.build(strict=True)
    page = site.text("/2019/05/24/الحداد-تفتح-دفاتر-الأنهار-أمام-الفنار/")
    assert page.count('class="name"') == 5
    assert (
        len(
            [
                f
                for f in site.files()
                if f.startswith("names/") and f.count("/") == 2 and f.endswith("html")
            ]
        )
        == 3
    )


def test_the_command_tells_what_it_did_and_a_second_run_adds_nothing(site: SiteFolder) -> None:
    site.write("sources/a.txt", ARTICLE)
    first = site.run("import", "sources/a.txt")
    assert first.returncode == 0
    assert first.stdout.splitlines()[-1] == (
        "1 imported, 0 already there, 1 things not carried over, 0 faults"
    )
    assert (
        first.stderr == "sources/a.txt:1: not carried over: text above the date: 'أخبار المرفأ'\n"
    )
    again = site.run("import", "sources/a.txt")
    assert again.stdout == "0 imported, 1 already there, 1 things not carried over, 0 faults\n"
    assert "sources/a.txt:3: already there: content/2019/05/24/" in again.stderr


@pytest.mark.parametrize(
    ("text", "headline", "day"),
    [
        ("العنوان هنا\n24/05/2019\nالنص الأول.", "العنوان هنا", "24/05/2019"),
        ("24/05/2019\nالعنوان هنا\n\nالنص الأول.", "العنوان هنا", "24/05/2019"),
        ("الرئيسية\nالعنوان هنا\n\nالجمعة، 24 أيار/مايو 2019\n\nالنص.", "العنوان هنا", "24/05/2019"),
        ("العنوان هنا\n٢٤ مايو ٢٠١٩ - ١٤:٣٠\nالعنوان هنا\nالنص.", "العنوان هنا", "24/05/2019 14:30"),
    ],
)  # fmt: skip
def test_headline_and_date_are_found_in_either_order(
    site: SiteFolder, text: str, headline: str, day: str
) -> None:
    brought, told = import_text(site, text)
    made = (site.root / brought.written[0]).read_text(encoding="utf-8")
    assert made.startswith(f"---\nheadline: {headline}\ndate: {day}\n---\nالنص")
    assert told.faults == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "العنوان\n\nنص بلا تاريخ",
            "expected the date on a line of its own, dd/mm/yyyy, found none",
        ),
        ("العنوان\n05/24/2019\nنص", "month 24 doesn't exist"),
        ("24/05/2019", "expected a headline"),
        ("العنوان\n24/05/2019\nالعنوان\n", "expected the article's text"),
        ("", "expected the date"),
        ("العنوان\0\n24/05/2019\nنص", "expected text, found a NUL"),
        ("العنوان\n24/05/2019\nنص".encode("cp1256"), "try --encoding windows-1256"),
    ],
)
def test_what_is_no_article_is_a_fault(site: SiteFolder, text: str | bytes, fault: str) -> None:
    brought, told = import_text(site, text)
    assert brought.written == ()
    assert len(told.faults) == 1
    assert fault in str(told.faults[0])
    assert "sources/article.txt" in str(told.faults[0])


@pytest.mark.parametrize("encoding", ["windows-1256", "utf-16", "utf-8-sig"])
def test_texts_in_other_encodings_are_read(site: SiteFolder, encoding: str) -> None:
    text = ARTICLE.replace("\u064b", "").replace("\u0651", "")
    given = encoding if encoding == "windows-1256" else ""
    brought, told = import_text(site, text.replace("\n", "\r\n").encode(encoding), encoding=given)
    assert told.faults == []
    assert "<سلمى الحداد>" in (site.root / brought.written[0]).read_text(encoding="utf-8")


def test_an_article_of_another_text_at_the_same_place_is_kept(site: SiteFolder) -> None:
    path = "content/2019/05/24/عنوان.md"
    site.write(path, "---\nheadline: غيره\ndate: 24/05/2019\n---\nنص آخر\n")
    brought, _ = import_text(site, "عنوان\n24/05/2019\nالنص.")
    assert brought.written == ("content/2019/05/24/عنوان-2.md",)
    assert "غيره" in (site.root / path).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("a.zip", b"PK\x03\x04", "found a ZIP archive: unpack it first"),
        ("a.pdf", b"%PDF-1.7", "found a PDF"),
    ],
)
def test_a_source_that_is_no_text_says_what_to_do(
    site: SiteFolder, name: str, data: bytes, fault: str
) -> None:
    with pytest.raises(SourceError, match=fault):
        import_text(site, data, name)


def test_sources_that_arent_there_or_lie_in_content_are_faults(site: SiteFolder) -> None:
    run = site.run("import", "nowhere.xml")
    assert (run.returncode, run.stderr) == (
        1,
        "nowhere.xml: can't be read: No such file or directory\n",
    )
    assert "expected a source outside content/" in site.run("import", "content").stderr
    assert "download it first" in site.run("import", "https://old.example/feed").stderr
    assert site.run("import").returncode == 2


def test_a_folder_without_content_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="run it where the site is"):
        bring_in(tmp_path, tmp_path / "a.txt")
    assert not list(tmp_path.iterdir())


def test_content_that_is_a_link_is_not_written_to(site: SiteFolder, tmp_path: Path) -> None:
    (site.root / "content").rename(site.root / "elsewhere")
    (site.root / "content").symlink_to(site.root / "elsewhere")
    with pytest.raises(OutputError, match="expected a folder, found a symbolic link"):
        import_text(site, ARTICLE)
    assert not list((tmp_path / "elsewhere").glob("2019"))


def test_a_folder_of_content_that_leads_elsewhere_is_not_written_to(site: SiteFolder) -> None:
    (site.root / "outside").mkdir()
    (site.root / "content/2019").symlink_to(site.root / "outside")
    brought, told = import_text(site, ARTICLE)
    assert brought.written == ()
    assert "symbolic link" in str(told.faults[0])
    assert not list((site.root / "outside").rglob("*.md"))


def test_faults_of_the_project_itself_come_first(site: SiteFolder) -> None:
    site.write("content/bad.md", "---\nheadline: x\n---\nنص\n")
    site.write("sources/a.txt", ARTICLE)
    run = site.run("import", "sources/a.txt")
    assert run.returncode == 1
    assert "content/bad.md:1: date: expected" in run.stderr
    assert not (site.root / "content/2019").exists()


def test_libraries_that_are_missing_are_named_as_pip_calls_them() -> None:
    with pytest.raises(
        SourceError, match="x: reading it needs more: run pip install no_such_library"
    ):
        needed(("lxml", "no_such_library"), Place("x"))


BEIRUT = ZoneInfo("Asia/Beirut")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2019-05-24", "24/05/2019"),
        ("2019-05-24T14:30:00+03:00", "24/05/2019 14:30"),
        ("2019-05-24T23:30:00Z", "25/05/2019 02:30"),
        ("2019-05-24 14:30:00 +0300", "24/05/2019 14:30"),
        ("2012-09-15 19:52:05 UTC", "15/09/2012 22:52"),
        ("2012-03-30 23:00:00 UTC-03:00", "31/03/2012 05:00"),
        ("2019-01-24 14:30 Asia/Riyadh", "24/01/2019 13:30"),
        ("2010-12-03 10:20", "03/12/2010 10:20"),
        ("Fri, 24 May 2019 21:30:00 GMT", "25/05/2019 00:30"),
        ("24 May 2019 08:00:00 -0500", "24/05/2019 16:00"),
        ("الجمعة 24 أيار 2019", "24/05/2019"),
        ("24/5/2019 7:05", "24/05/2019 07:05"),
    ],
)
def test_dates_of_other_systems_are_read_in_the_sites_zone(text: str, found: str) -> None:
    assert written(moment(text, BEIRUT)) == found


@pytest.mark.parametrize(
    "text",
    ["", "غدًا", "05/24/2019", "2019-13-01", "24/05/19", "2019-05-24T25:00Z", "2019-05-24T10:00 Nowhere/City",
     "Fri, 99 May 2019 10:00", "9999-12-31T23:59-12:00", "0001-01-01T00:00+14:00", "Created", "2019-05-24T10:00+99:00"],
)  # fmt: skip
def test_impossible_dates_say_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        moment(text, BEIRUT)


def shown(markdown: str) -> str:
    """The text that a reader sees of some Markdown, names in their brackets, words apart by one space."""
    marked = mark_names(markdown)
    html = finish(convert(marked.text), Linker({}, lambda x: x, lambda _t, a: a, "‹", "›"))
    return " ".join(unescape(re.sub("<[^>]*>", "", html)).split())


SIGNS = "\\`*_{}[]()<>#+-.!|~=:&;^\"' \n1٢aب،"


@given(st.text(alphabet=SIGNS, max_size=40))
@example("[a]: b\n\n[a]")
@example("&lt;b&gt; &#60;")
@example("a\n---\nb | c\n--- | ---\nd | e")
@example("[TOC]")
@example("![a](b.png) [x](y.md) [^1]\n\n[^1]: z")
def test_plain_text_shows_as_it_stands(text: str) -> None:
    names = mark_names(text).names
    plain = " ".join(text.split())
    for name in names:
        plain = plain.replace(f"<{name}>", f"‹{name.split('|')[0].strip()}›")
    if not names:
        assert shown(from_text(text)) == plain


@given(st.text(alphabet=SIGNS.replace("\n", ""), min_size=1, max_size=30))
def test_a_run_of_text_shows_as_it_stands(text: str) -> None:
    if text.strip() and not mark_names(text).names:
        assert shown(from_fragment(text).strip()) == " ".join(text.split())
