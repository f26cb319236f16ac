"""What authors are told in Arabic."""

import re

import pytest
from conftest import SiteFolder

from mujaz.errors import ContentError, Place
from mujaz.report import LIMIT, Notes, Report
from mujaz.speech import language, report_text, told
from mujaz.trace import Reason

FAULT = "---\nheadline: خبر\ndate: 5/24/2019\n---\nنص"


def test_faults_come_in_arabic_with_what_to_do(site: SiteFolder) -> None:
    site.write("content/a.md", FAULT)
    done = site.run("--lang", "ar")
    assert done.returncode == 1
    assert re.match(r"content/a\.md:3: لا شهر رقمه .*24.* لعلّك تريد", done.stderr)


def test_the_site_may_ask_for_arabic_and_a_flag_for_english(site: SiteFolder) -> None:
    site.settings('lang = "ar"')
    site.write("content/a.md", FAULT)
    assert "لا شهر" in site.run().stderr
    assert "expected dd/mm/yyyy" in site.run("--lang", "en").stderr


@pytest.mark.parametrize("text", [None, "lang = 3", "lang =", 'lang = "fr"', "\udcff"])
def test_a_setting_that_cannot_be_read_means_english(site: SiteFolder, text: str | None) -> None:
    path = site.write("content/site.toml", (text or "").encode("utf-8", "surrogateescape"))
    if text is None:
        path.unlink()
    assert language(site.root) == "en"


def test_a_fault_is_told_once() -> None:
    fault = ContentError("no such layout", Place("content/a.md", 2))
    assert told([fault, fault], "ar").count("\n") == 0


def test_each_line_of_the_report_is_in_arabic_only() -> None:
    report = Report(
        pages={"home.html": 3}, articles=3, rendered={"/": Reason.NEW}, size=LIMIT, next_change="2019",
        notes=Notes(merged=(("ا", "ب"),), near=(("ا", "ب"),), held=(("م", "2019"),), expired=("م",), drafts=("م",)),
    )  # fmt: skip
    lines = report_text(report, "ar", explain=True).splitlines()
    assert len(lines) == 9
    assert not re.search("[A-Za-z]", "".join(lines).replace("GitHub Pages", ""))


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_has_its_words(reason: Reason) -> None:
    assert "/: " in report_text(Report(rendered={"/": reason}), "ar", explain=True)


@pytest.mark.parametrize(
    "line",
    [
        "date: 24/05/2019", "headlin: خطأ", "headlineee2: خطأ", "زيزفون: خطأ", "image: لا.png", "draft: ربما",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "body",
    [
        "نص <>",
        "نص <قال",
        "نص >سلمى< قال",
        "نص <b>غامق</b>",
        "[ا](javascript:a)",
        "نص <أ*ب>",
        "[ا](لا.md)",
    ],
)
def test_what_authors_often_get_wrong_is_told_in_arabic(
    site: SiteFolder, line: str, body: str
) -> None:
    site.write("content/a.md", f"---\nheadline: خبر\ndate: 24/05/2019\n{line}\n---\n{body}\n")
    said = site.run("--lang", "ar", "--strict").stderr.splitlines()
    assert said
    for told_line in said:
        assert not re.search(r"[a-z]{3,} [a-z]{2,} ", told_line.partition(": ")[2]), told_line
