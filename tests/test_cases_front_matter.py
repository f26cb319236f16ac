"""Cases from the field: front matter and encodings."""

import shutil

import pytest
import seen
from conftest import SiteFolder

HEADLINES = {
    "عاجل: انفجار في العاصمة": "",
    "عودة الموقع http://example.org: بيان": "",
    "الساعة 12:30: هدنة": "",
    "خبر #عاجل من المطار": "",
    'قال "نعم" اليوم': "",
    '"قال "نعم" اليوم"': 'قال "نعم" اليوم',
    "[عاجل] سقوط طائرة": "",
    "@الحساب يعود": "",
    "*عاجل* خبر": "",
    "%50 زيادة": "",
    "- حوار": "",
    "'الحدث' يعود": "",
    "«نعم» ” “ و’لا‘": "",
    "{{ x }} {% y %}": "",
    "خبر | تحليل > رأي & تعليق": "",
}


def test_a_headline_is_text_whatever_signs_it_holds(site: SiteFolder) -> None:
    """B24, B25: colon, hash, quotes, brackets, @, *, % or - cut the headline or stop the build."""
    for at, typed in enumerate(HEADLINES):
        site.article(f"h{at}", headline=typed)
    assert site.build().notes.problems == ()
    for at, (typed, shown) in enumerate(HEADLINES.items()):
        assert seen.heading(site, f"/2019/05/24/h{at}/") == (shown or typed)


def test_a_byte_order_mark_is_no_part_of_the_text(site: SiteFolder) -> None:
    """B27: a BOM before the front matter and the settings."""
    site.article("a", headline="خبر من ويندوز", tags="أخبار")
    for path in ("content/a.md", "content/site.toml"):
        site.write(path, b"\xef\xbb\xbf" + (site.root / path).read_bytes())
    site.build()
    assert seen.heading(site, "/2019/05/24/a/") == "خبر من ويندوز"
    assert "headline:" not in site.text("/2019/05/24/a/")
    assert not [name for name, data in site.files().items() if b"\xef\xbb\xbf" in data]


def test_line_ends_make_no_difference(site: SiteFolder) -> None:
    """B28: CRLF or CR makes the article invisible, or ends in the last tag."""
    text = "---\nheadline: خبر واحد\ndate: 24/05/2019\ntags: روسيا، سوريا\n---\nفقرة أولى\n\nفقرة ثانية\n"
    trees = []
    for end in ("\n", "\r\n", "\r"):
        site.write("content/a.md", text.replace("\n", end).encode())
        trees.append(site.files_of_a_clean_build())
    assert trees[0] == trees[1] == trees[2]
    texts = [data for name, data in trees[0].items() if name.endswith((".html", ".xml", ".json"))]
    assert b"\r" not in b"".join(texts)
    assert "<p>فقرة أولى</p>\n<p>فقرة ثانية</p>".encode() in trees[0]["2019/05/24/a/index.html"]


def test_a_file_of_another_encoding_is_named_with_its_line(site: SiteFolder) -> None:
    """B29: a Windows-1256 file, and one that is cut within a letter."""
    text = "---\nheadline: خبر قديم\ndate: 24/05/2019\ntags: أخبار\n---\nنص الخبر.\n"
    site.write("content/old.md", text.encode("cp1256"))
    site.write(
        "content/cut.md", text.encode()[: text.encode().index("الخبر".encode()) + 1] + b" .\n"
    )
    site.article("good")
    done = site.run()
    assert done.returncode == 1
    assert "content/old.md:2: expected UTF-8" in done.stderr
    assert "content/cut.md:6: expected UTF-8" in done.stderr
    assert "Traceback" not in done.stderr
    assert site.files() == {}


@pytest.fixture
def arabic(site: SiteFolder) -> SiteFolder:
    site.article("خبر", headline="خبر عربي", tags="سوريا")
    return site


def test_the_machines_encoding_does_not_matter(arabic: SiteFolder) -> None:
    """B30: the default encoding isn't UTF-8."""
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    trees = []
    for env in ({"LC_ALL": "C.UTF-8"}, plain):
        shutil.rmtree(arabic.site, ignore_errors=True)
        assert arabic.run(env=env).returncode == 0
        trees.append(arabic.files())
    assert trees[0] == trees[1]
    assert "2019/05/24/خبر/index.html" in trees[0]


def test_faults_are_told_even_where_arabic_cannot_be_shown(arabic: SiteFolder) -> None:
    """B30: the message itself raises UnicodeEncodeError."""
    arabic.edit("content/خبر.md", "24/05/2019", "32/05/2019")
    done = arabic.run(env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 1
    assert "32/05/2019" in done.stderr
    assert "Error" not in done.stderr


def test_no_file_is_opened_in_the_machines_encoding(arabic: SiteFolder) -> None:
    """B30: Python's own warning for it (PEP 597)."""
    done = arabic.run(python=("-X", "warn_default_encoding", "-W", "error::EncodingWarning"))
    assert done.returncode == 0, done.stderr
