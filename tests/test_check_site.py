"""The linter on a whole project: a build's faults, links, tags, layouts, repeats; its three formats."""

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from conftest import ROOT, SiteFolder
from PIL import Image

from mujaz.commands.contract import SiteCode
from mujaz.desk import formats, similar
from mujaz.desk.advice import BY_NAME, RULES
from mujaz.desk.checking import Checked, check
from mujaz.desk.finding import Finding
from mujaz.errors import MujazError
from mujaz.nearest import nearest

README = (ROOT / "README.md").read_text(encoding="utf-8")
LONG = " ".join(f"كلمة{number}" for number in range(80))


def checked(site: SiteFolder) -> Checked:
    return check(site.root, SiteCode(), 1)


def told(site: SiteFolder, rule: str) -> list[Finding]:
    return [f for f in checked(site).findings if f.rule == rule]


def faults_of_build(site: SiteFolder) -> set[str]:
    with pytest.raises(ExceptionGroup) as raised:
        site.build()
    return {str(error) for error in raised.value.exceptions if isinstance(error, MujazError)}


BROKEN: dict[str, dict[str, str | bytes]] = {
    "setting": {"content/site.toml": "perpage = 3\n"},
    "date": {"content/a.md": "---\nheadline: خبر أول\ndate: 32/05/2019\n---\n"},
    "front matter": {"content/a.md": "لا شيء"},
    "bytes": {"content/a.md": b"---\nheadline: \xff\n---\n"},
    "link": {"content/a.md": "---\nheadline: خبر أول\ndate: 24/05/2019\n---\n[نص](لا.md)\n"},
    "picture": {"content/a.md": "---\nheadline: خبر أول\ndate: 24/05/2019\n---\n![نص](a.png)\n", "content/a.png": "x"},
    "address": {"content/x/a.md": "---\nheadline: خبر أول\ndate: 24/05/2019\n---\n", "content/y/a.md": "---\nheadline: خبر ثان\ndate: 24/05/2019\n---\n"},
    "layout": {"layouts/article.html": "{% if %}"},
    "layout's wish": {"layouts/article.html": "{{ nothing }}"},
    "filter": {"layouts/article.html": "{{ card|count('article') }}"},
    "asset": {"assets/x.css": "a { background: url(no.png) }"},
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_stops_a_build_is_an_error_here(site: SiteFolder, name: str) -> None:
    site.article("z", headline="خبر من هنا")
    for path, text in BROKEN[name].items():
        site.write(path, text)
    wanted = faults_of_build(site)
    assert {
        f"{f.path}:{f.line}: {f.message}".replace(":0:", ":") for f in told(site, "fault")
    } == wanted


def test_a_warning_of_a_build_is_told_once(site: SiteFolder) -> None:
    site.article(
        "a", "قال <سلمى> عن <سلمى الحداد> و<سلمى النجار> و<b>", headlin="كذا", image="a.svg"
    )
    site.write("content/a.svg", "<svg/>")
    warnings = {str(p) for p in site.build().notes.problems}
    here = [f"{f.path}:{f.line}: {f.message}" for f in checked(site).findings]
    assert [line for line in here if line in warnings] == sorted(warnings)


@pytest.mark.parametrize(
    "target",
    ["/2019/05/24/b/", "/2019/05/24/b", "b.md", "../b/", "/tags/", "/feed.xml", "/names/", "#جزء", "b.md#آخر", "/2019/05/24/b/#آخر", "/2019/05/24/b/#at-main", "https://example.org/x"],
)  # fmt: skip
def test_links_that_lead_somewhere_are_left_alone(site: SiteFolder, target: str) -> None:
    site.article("a", f"[نص]({target})\n\n## جزء")
    site.article("b", "## آخر")
    assert [
        f for f in checked(site).findings if f.rule in {"broken-link", "broken-anchor", "fault"}
    ] == []


@pytest.mark.parametrize(
    ("target", "rule", "hint"),
    [
        ("/2019/05/24/tals/", "broken-link", "/2019/05/24/talks/"),
        ("/2019/05/25/talks/", "broken-link", "/2019/05/24/talks/"),
        ("../tals/", "broken-link", "/2019/05/24/talks/"),
        ("/mujaz/2019/05/24/talks/", "broken-link", "/2019/05/24/talks/"),
        ("#الخطوت", "broken-anchor", "#الخطوات"),
        ("talks.md#النتائح", "broken-anchor", "#النتائج"),
        ("old/talks.md", "fault", "content/talks.md"),
        ("shams.png", "fault", "content/shamss.png"),
    ],
)
def test_a_broken_link_is_told_with_the_nearest_target(
    site: SiteFolder, target: str, rule: str, hint: str
) -> None:
    site.article("a", f"[نص]({target})\n\n## الخطوات")
    site.article("talks", "## النتائج\n\n![وصف](shamss.png)")
    picture = BytesIO()
    Image.new("RGB", (2, 2)).save(picture, "png")
    site.write("content/shamss.png", picture.getvalue())
    (found,) = told(site, rule)
    assert (found.path, found.line) == ("content/a.md", 5)
    assert found.message.endswith(f"did you mean '{hint}'?")


def test_a_link_in_code_is_no_link(site: SiteFolder) -> None:
    site.article("a", "`[نص](/لا/)`")
    assert not told(site, "broken-link")


def test_tags_of_one_article_are_told(site: SiteFolder) -> None:
    site.article("a", tags="ماء، وحيد")
    site.article("b", tags="ماء")
    (found,) = told(site, "tag-once")
    assert (found.path, found.line) == ("content/a.md", 4)
    assert "'وحيد'" in found.message


def test_a_story_told_twice_within_three_days_is_told(site: SiteFolder) -> None:
    site.article("a", LONG, date="24/05/2019")
    site.article("b", LONG.replace("كلمة40", "شيء"), date="27/05/2019")
    site.article("c", LONG, date="31/05/2019")
    site.article("d", " ".join(reversed(LONG.split())), date="25/05/2019")
    (found,) = told(site, "near-duplicate")
    assert found.path == "content/b.md"
    assert "content/a.md" in found.message


def test_spelling_and_punctuation_hide_no_repeat() -> None:
    text = " ".join(f"أحمد{n} السعودية{n} علي{n}" for n in range(40))
    other = text.replace("أ", "ا").replace("ة", "ه").replace(" ", "، ")
    texts = [
        similar.Text("2019-05-24", p, similar.fingerprint(t))
        for p, t in (("a", text), ("b", other))
    ]
    assert similar.alike(*texts) == 1.0


def test_layouts_that_no_page_is_made_of_are_told(site: SiteFolder) -> None:
    site.article("a", headline="خبر من هنا")
    site.write("layouts/spare.html", "x")
    site.write("layouts/note.html", "{% macro note() %}{% endmacro %}")
    site.write("layouts/404.html", "{% from 'note.html' import note %}x")
    site.write("layouts/redirect.html", "replaces a shipped one, though no page is made of it now")
    assert [f.path for f in told(site, "layout-unused")] == ["layouts/spare.html"]


def test_rules_are_turned_off_in_settings_on_a_line_and_above_a_value(site: SiteFolder) -> None:
    site.settings('check = ["missing-source"]')
    site.write(
        "content/a.md",
        "---\n# check: near-duplicate, tatweel\nheadline: خبر مـهم\ndate: 24/05/2019\n---\n"
        "مـهم <!-- check: tatweel -->\nمـهم\n",
    )
    assert [(f.rule, f.line) for f in checked(site).findings] == [("tatweel", 7)]


def test_the_comment_of_the_linter_is_no_part_of_the_page(site: SiteFolder) -> None:
    site.article(
        "a",
        "مـهم <!-- check: tatweel -->\n\n`<!-- check: tatweel -->`\n\n```\n<!-- check: x -->\n```",
    )
    assert site.build().notes.problems == ()
    page = site.text("/2019/05/24/a/")
    assert "مـهم</p>" in page
    assert page.count("&lt;!-- check:") == 2


def test_a_rule_that_there_is_not_is_told(site: SiteFolder) -> None:
    site.settings('check = ["tatwel"]')
    site.article("a", "نص <!-- check: tatwil -->", headline="خبر من هنا")
    found = told(site, "unknown-rule")
    assert [(f.path, f.line) for f in found] == [("content/a.md", 5), ("content/site.toml", 3)]
    assert all(f.message.endswith("did you mean 'tatweel'?") for f in found)


def test_faults_cannot_be_turned_off(site: SiteFolder) -> None:
    site.settings('check = ["fault"]')
    site.article("a", date="32/05/2019")
    assert told(site, "fault")


def test_drafts_and_articles_held_back_are_read_too(site: SiteFolder) -> None:
    site.article("a", "[نص](b.md) [نص](/2030/01/01/b/)", draft="true")
    site.article("b", "[نص](/لا/)", date="01/01/2030")
    assert [f.path for f in told(site, "broken-link")] == ["content/b.md"]


def test_a_second_look_after_a_build_tells_the_same(site: SiteFolder) -> None:
    site.article("a", "قال, نعم [نص](/لا/)", tags="وحيد")
    site.article("b", "نص")
    first = checked(site).findings
    site.build()
    assert checked(site).findings == first


def test_two_processes_find_what_one_finds(site: SiteFolder) -> None:
    for number in range(210):
        site.article(f"a{number}", f"قال, {number}", tags="ماء")
    assert check(site.root, SiteCode(), 2).findings == checked(site).findings


# --- the command ------------------------------------------------------------------------------------


def test_the_exit_status_counts_errors_and_warnings_not_notices(site: SiteFolder) -> None:
    site.article("a", headline="خبر من هنا")
    run = site.run("check")
    assert run.returncode == 0
    assert "notice: expected source" in run.stdout
    site.article("a", "قال, نعم", headline="خبر من هنا")
    assert site.run("check").returncode == 1
    assert site.run("check", "--format", "xml").returncode == 2


def test_text_tells_place_rule_and_advice(site: SiteFolder) -> None:
    site.article("a", "قال, نعم", headline="خبر من هنا", source="وكالة")
    lines = site.run("check").stdout.splitlines()
    assert lines[0] == "content/a.md:6:4: warning: expected '،', found ',' [latin-punctuation]"
    advice = BY_NAME["latin-punctuation"].advice
    assert f"latin-punctuation: {advice.english}." in lines
    assert lines[-1] == "1 articles: 1 warning; --fix mends 1"


def test_json_tells_all_of_it(site: SiteFolder) -> None:
    site.article("a", "قال, نعم", headline="خبر من هنا", source="وكالة")
    run = site.run("check", "--format", "json", "--fix")
    found = json.loads(run.stdout)
    assert (run.returncode, found["fixed"], found["findings"]) == (0, ["content/a.md"], [])
    assert run.stderr.startswith("--- content/a.md")
    site.article("a", "قال ”نعم", headline="خبر من هنا", source="وكالة")
    found = json.loads(site.run("check", "--format", "json").stdout)
    assert found["counts"] == {"error": 0, "warning": 1, "notice": 0}
    assert found["findings"][0] == {
        "path": "content/a.md",
        "line": 6,
        "column": 5,
        "rule": "unbalanced-quotes",
        "severity": "warning",
        "message": "'”' is not closed in its paragraph",
        "mendable": False,
    }
    assert set(found["rules"]["unbalanced-quotes"]) == {"en", "ar"}


def test_annotations_are_escaped_and_errors_come_first(tmp_path: Path) -> None:
    lines = formats.as_github(
        [
            Finding("content/a,b:c%.md", 3, 4, "tatweel", "50%\nof: it, all"),
            Finding("content/z.md", 0, 0, "fault", "stops"),
        ],
        tmp_path,
    ).split("\n")
    assert lines[0].startswith("::error file=content/z.md,title=fault::stops")
    assert lines[1].startswith(
        "::warning file=content/a%2Cb%3Ac%25.md,line=3,col=4,title=tatweel::50%25%0Aof: it, all"
    )
    assert len(lines) == 2


def test_annotations_name_files_from_the_repository_s_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    told_there = formats.as_github(
        [Finding("content/a.md", 1, 1, "tatweel", "x")], tmp_path / "news"
    )
    assert "file=news/content/a.md," in told_there


def test_readme_lists_every_rule_with_its_weight_advice_and_mend() -> None:
    rows = re.findall(
        r"^\| `([\w-]+)` \| (error|warning|notice) \| (.+?) \| (mends)? ?\|$", README, re.MULTILINE
    )
    assert rows == [
        (rule.name, rule.severity, rule.advice.english, "mends" if rule.mends else "")
        for rule in RULES
    ]


def test_every_rule_has_advice_in_arabic_and_a_name_of_its_own() -> None:
    assert len(BY_NAME) == len(RULES)
    for rule in RULES:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
        assert re.search("[ء-ي]", rule.advice.arabic)


def test_the_sample_digest_is_clean() -> None:
    assert check(ROOT, SiteCode(), 1).findings == ()


def test_the_nearest_is_the_file_that_moved_else_the_one_spelled_alike() -> None:
    paths = ("content/2019/talks.md", "content/2020/talks.md", "content/2020/other.md")
    assert nearest("content/2020/x/talks.md", paths) == "content/2020/talks.md"
    assert nearest("content/2020/othr.md", paths) == "content/2020/other.md"
    assert nearest("content/2020/zzz.jpg", paths) == ""
