"""What the overlay says of faults: each message that a build can give an author, in Arabic."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import SiteFolder

from mujaz.errors import ContentError, Place
from mujaz.preview.faults import Fault, faults_of
from mujaz.preview.wording import Worded, heading, worded

GOOD = "---\nheadline: خبر\ndate: 24/05/2019\n---\nنص.\n"


def faults(site: SiteFolder) -> Iterator[Worded]:
    """What the overlay shows of a site's faults."""
    with pytest.raises(ExceptionGroup) as raised:
        site.build()
    for fault in faults_of(raised.value, site.root):
        yield worded(fault, "ar")


def bare(text: str) -> str:
    """A text without the signs that keep the order of what is quoted."""
    return text.translate(dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069")))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("date: 32/05/2019", "لا يوم كهذا: «32/05/2019»"),
        ("date: 05/24/2019", "لا شهر رقمه 24 في «05/24/2019»"),
        ("date: أمس", "ليس «أمس» تاريخًا"),
        ("date: 24/05/19", "ليس «24/05/19» تاريخًا"),
        ("date: 24/05/2019 25:00", "ليس «24/05/2019 25:00» تاريخًا"),
        ("date:", "التاريخ خالٍ"),
        ("headline:", "لا عنوان للخبر"),
        ("draft: ربما", "لا معنى للقيمة «ربما» هنا"),
        ("pin: غدا", "لا معنى للقيمة «غدا» هنا"),
        ("corrections: بلا تاريخ", "التصويب «بلا تاريخ» بلا تاريخ أو بلا نص"),
        ("slug: ؟؟", "لا يصلح «؟؟» آخرَ جزء من الرابط"),
        ("tags: ؟", "الوسم «؟» بلا حروف"),
        ("image: https://example.org/a.jpg", "ليس «https://example.org/a.jpg» ملفًّا بجانب الخبر"),
        ("image: none.jpg", "لا صورة باسم «content/none.jpg»"),
        ("source_url: ftp://example.org", "ليس «ftp://example.org» عنوانًا على الشبكة"),
        ("aliases: https://example.org/", "ليس «https://example.org/» عنوانًا من هذا الموقع"),
        ("سطر بلا نقطتين", "ليس «سطر بلا نقطتين» مفتاحًا وقيمة بينهما نقطتان"),
    ],
)
def test_faults_of_an_article_are_told_in_arabic(site: SiteFolder, line: str, said: str) -> None:
    key = line.partition(":")[0]
    lines = [row for row in GOOD.splitlines() if not row.startswith(f"{key}:")]
    lines.insert(1, line)
    site.write("content/a.md", "\n".join(lines))
    (told,) = faults(site)
    assert bare(told.said) == said
    assert told.lang == "ar"
    assert told.todo
    assert told.place.startswith("content/a.md")


@pytest.mark.parametrize(
    ("path", "data", "said"),
    [
        ("content/a.md", "نص بلا رأس".encode(), "لا رأس للخبر: أول الملف ليس ---"),
        ("content/a.md", "---\nheadline: خبر\n".encode(), "رأس الخبر غير مغلق"),
        ("content/a.md", "---\nheadline: خبر\n---\nنص".encode(), "لا تاريخ في الخبر"),
        ("content/a.md", GOOD.encode("cp1256"), "ترميز الملف ليس UTF-8"),
        ("content/a.md", f"{GOOD}[رابط](b.md)".encode(), "الرابط «b.md» لا يؤدي إلى ملف"),
        ("content/site.toml", b"titel = 'x'\n", "لا إعداد باسم «titel»"),
        ("content/site.toml", b"whatever = 'x'\n", "لا إعداد باسم «whatever»"),
        (
            "content/site.toml",
            b"title = x\n",
            "لا يمكن قراءة الملف: خطأ في كتابة هذا السطر أو ما قبله",
        ),
        ("content/site.toml", b"per_page = 'x'\n", "لا تصلح 'x' قيمةً للإعداد per_page"),
        ("content/site.toml", b"timezone = 'Asia/Beirutt'\n", "لا منطقة زمنية باسم «Asia/Beirutt»"),
        ("content/site.toml", b"digits = 'roman'\n", "لا تصلح 'roman' قيمةً للإعداد digits"),
        ("layouts/404.html", b"{% extends 'none.html' %}", "لا قالب بهذا الاسم"),
        ("layouts/404.html", b"{{ nothing }}", "القالب يطلب nothing"),
        ("layouts/404.html", b"{{ asset('none.css') }}", "لا ملف باسم assets/none.css"),
        ("assets/a.css", b"a{background:url(none.png)}", "لا ملف في assets باسم none.png"),
    ],
)
def test_other_faults_are_told_in_arabic(
    site: SiteFolder, path: str, data: bytes, said: str
) -> None:
    site.write(path, data)
    (told,) = faults(site)
    assert (bare(told.said), told.lang) == (said, "ar")
    assert told.todo


def test_two_articles_of_one_address_are_told_in_arabic(site: SiteFolder) -> None:
    site.article("a/news")
    site.article("b/news")
    (told,) = faults(site)
    assert "يطلب العنوان /2019/05/24/news/" in bare(told.said)


def test_the_line_at_fault_is_shown_as_it_is_written(site: SiteFolder) -> None:
    site.write(
        "content/a.md", "\ufeff---\r\nheadline: خبر\r\ndate: <b>&أمس\r\n---\r\nنص.\r\n".encode()
    )
    (told,) = faults(site)
    assert told.text == "date: <b>&أمس"


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("content/a.md", 1), "أول"),
        (Place("content/a.md", 2), "ثان"),
        (Place("content/a.md", 9), ""),
        (Place("content/a.md"), ""),
        (Place("content/none.md", 1), ""),
        (Place("content", 1), ""),
    ],
)
def test_a_line_that_is_not_there_is_not_shown(tmp_path: Path, place: Place, text: str) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("أول\nثان", encoding="utf-8")
    (fault,) = faults_of(ContentError("x", place), tmp_path)
    assert fault.text == text


def test_a_message_that_is_not_known_is_shown_as_it_is_with_what_can_be_said() -> None:
    assert worded(Fault("content/a.md", 3, "news from tomorrow", "سطر"), "ar") == Worded(
        "content/a.md:3", "سطر", "news from tomorrow", "صحّح هذا السطر واحفظ الملف.", "en"
    )
    assert worded(Fault("layouts/a.html", 3, "x"), "ar").todo == "راجع هذا السطر من القالب."
    assert "serve" in worded(Fault("", 0, "Traceback …"), "ar").todo


def test_a_bug_is_told_with_its_traceback_and_a_full_disk_by_its_name(tmp_path: Path) -> None:
    try:
        "x".index("y")
    except ValueError as error:
        (bug,) = faults_of(error, tmp_path)
    assert "Traceback" in bug.message
    assert "ValueError: substring not found" in str(bug)
    (full,) = faults_of(OSError(28, "No space left on device", "/a"), tmp_path)
    assert str(full) == "/a: No space left on device"


def test_faults_are_told_once_and_in_order(tmp_path: Path) -> None:
    group = ExceptionGroup(
        "x",
        [
            ContentError("b", Place("b.md", 2)),
            ExceptionGroup(
                "y", [ContentError("a", Place("a.md")), ContentError("b", Place("b.md", 2))]
            ),
        ],
    )
    assert [str(fault) for fault in faults_of(group, tmp_path)] == ["a.md: a", "b.md:2: b"]


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "خطأ واحد يمنع بناء الموقع"),
        (2, "خطآن يمنعان بناء الموقع"),
        (3, "3 أخطاء تمنع بناء الموقع"),
        (10, "10 أخطاء تمنع بناء الموقع"),
        (11, "11 خطأً تمنع بناء الموقع"),
        (100, "100 خطأ تمنع بناء الموقع"),
        (103, "103 أخطاء تمنع بناء الموقع"),
    ],
)
def test_faults_are_counted_as_arabic_counts(count: int, text: str) -> None:
    assert heading(count, "ar") == text


def test_in_english_a_fault_is_shown_as_it_is_told() -> None:
    fault = Fault("content/a.md", 3, "date: expected dd/mm/yyyy, found 'x'", "date: x")
    assert worded(fault, "en") == Worded("content/a.md:3", "date: x", fault.message, "", "en")
    assert "window in which serve runs" in worded(Fault("", 0, "Traceback …"), "en").todo
    assert [heading(n, "en") for n in (1, 2)] == [
        "1 fault stops the build",
        "2 faults stop the build",
    ]
