"""The commands as an author, a script and a terminal see them; and what they never touch."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import SiteFolder

from mujaz.errors import OutputError, Place, Problem
from mujaz.pipeline import clean
from mujaz.report import LIMIT, Notes, Report
from mujaz.trace import Reason


@pytest.fixture
def small(site: SiteFolder) -> SiteFolder:
    site.article("a", body="نص عن <الكرملين>.", tags="أوروبا")
    site.article("b", date="25/05/2019", tags="اوروبا")
    return site


def lines(text: str) -> list[str]:
    return text.splitlines()


# --- the build's report -------------------------------------------------------------------------------


def test_a_build_tells_what_it_did_in_one_line(small: SiteFolder) -> None:
    done = small.run()
    assert done.returncode == 0
    assert re.fullmatch(
        r"2 articles: (\d+) of \1 pages rendered \(\1 new\); (\d+) files written, 0 removed; "
        r"\2 files, \d+\.\d MB; \d+\.\d\d s\n",
        done.stdout,
    )
    assert lines(done.stderr) == ["merged: أوروبا = اوروبا"]
    again = small.run("build")
    assert re.match(
        r"2 articles: 0 of \d+ pages rendered; 0 files written, 0 removed; ", again.stdout
    )
    assert again.stderr == done.stderr


def test_explain_tells_the_reason_of_each_page(small: SiteFolder) -> None:
    small.run()
    small.edit("content/a.md", "نص عن", "نص آخر عن")
    done = small.run("--explain")
    assert "/2019/05/24/a/: data" in lines(done.stderr)
    told = [line for line in lines(done.stderr) if line.startswith("/")]
    assert told == sorted(told, key=lambda line: line.split(": ")[0])
    assert done.stdout.count("data") == 1


def test_json_holds_the_whole_report(small: SiteFolder) -> None:
    small.article("c", date="25/11/2025")
    small.article("d", draft="true")
    small.article("e", expires="26/05/2019")
    small.article("f", body="نص <خاوٍ")
    done = small.run("--json")
    report = json.loads(done.stdout)
    assert set(report) == {
        "articles", "parsed", "pages", "kinds", "rendered", "explain", "written", "removed", "files", "bytes",
        "warnings", "merged", "suggestions", "held", "expired", "drafts", "next_change", "seconds",
    }  # fmt: skip
    assert report["articles"] == report["parsed"] == 6
    assert report["pages"] == sum(report["kinds"].values()) == len(report["explain"])
    assert report["rendered"] == {"new": report["pages"]}
    assert report["written"] == report["files"] == len(small.files())
    assert report["bytes"] == sum(map(len, small.files().values()))
    assert report["held"] == [{"path": "content/c.md", "until": "2025-11-25"}]
    assert report["expired"] == ["content/e.md"]
    assert report["drafts"] == ["content/d.md"]
    assert [warning["path"] for warning in report["warnings"]] == ["content/f.md"]
    assert report["next_change"] == "2025-11-25T00:00:00+03:00"
    assert set(report["seconds"]) >= {"read", "plan", "render", "publish"}
    again = json.loads(small.run("--json").stdout)
    assert again["explain"] == {}
    assert {**again, **dict.fromkeys(("explain", "parsed", "rendered", "seconds", "written"))} == {
        **report, **dict.fromkeys(("explain", "parsed", "rendered", "seconds", "written")),
    }  # fmt: skip


def test_what_is_held_back_is_named_with_the_next_build(small: SiteFolder) -> None:
    small.article("later", date="30/11/2025 14:30")
    small.article("sooner", date="25/11/2025")
    told = lines(small.run().stderr)
    held = [line for line in told if line.startswith("held back")]
    assert held == [
        "held back: content/sooner.md (until 2025-11-25)",
        "held back: content/later.md (until 2025-11-30T14:30:00+03:00)",
    ]
    assert "next build due: 2025-11-25T00:00:00+03:00" in told


def test_nothing_is_due_when_nothing_waits(small: SiteFolder) -> None:
    assert "next build due" not in small.run().stderr


def test_a_site_near_the_limit_of_github_pages_is_told() -> None:
    assert "size:" not in Report(size=LIMIT // 2).text()
    assert "size: 900 MB; GitHub Pages takes 1,000 MB" in Report(size=LIMIT * 9 // 10).text()


def test_reasons_are_counted_in_a_fixed_order() -> None:
    rendered = {"/b/": Reason.OUTPUT, "/a/": Reason.DATA, "/c/": Reason.DATA, "/d/": Reason.NEW}
    report = Report(pages={"x": 5}, rendered=rendered)
    assert "4 of 5 pages rendered (1 new, 2 data, 1 output)" in report.text()
    assert lines(report.text(explain=True))[:4] == [
        "/a/: data",
        "/b/: output",
        "/c/: data",
        "/d/: new",
    ]


def test_notes_survive_the_state() -> None:
    notes = Notes(
        problems=(Problem(Place("content/a.md", 3), "م"),), merged=(("أ", "ا"),), near=(("ب", "پ"),),
        held=(("content/b.md", "2030-01-01"),), expired=("content/c.md",), drafts=("content/d.md",),
    )  # fmt: skip
    assert Notes.of(notes.plain()) == notes


# --- faults -------------------------------------------------------------------------------------------


def test_faults_are_printed_once_sorted_with_their_lines(small: SiteFolder) -> None:
    small.article("z", date="31/02/2019")
    small.article("c", date="2019")
    small.write("content/b2.md", "---\nheadline: x\n---\n")
    done = small.run()
    told = lines(done.stderr)
    assert done.returncode == 1
    assert done.stdout == ""
    assert [line.split(": ")[0] for line in told] == [
        "content/b2.md:1",
        "content/c.md:3",
        "content/z.md:3",
    ]
    assert len(set(told)) == len(told)
    assert "Traceback" not in done.stderr
    assert small.files() == {}


def test_one_fault_of_a_shared_layout_is_told_once(small: SiteFolder) -> None:
    small.write("layouts/article.html", "{% from 'mine.html' import it %}{{ it() }}")
    small.write("layouts/mine.html", "{% macro it() %}\n{{ 1 / 0 }}{% endmacro %}")
    for jobs in ("1", "2"):
        done = small.run("--jobs", jobs)
        assert (done.returncode, done.stderr) == (
            1,
            "layouts/mine.html:2: ZeroDivisionError: division by zero\n",
        )


def test_strict_turns_warnings_into_faults(small: SiteFolder) -> None:
    small.article("c", body="نص <خاوٍ")
    assert small.run().returncode == 0
    before = small.files()
    done = small.run("--strict")
    assert done.returncode == 1
    assert re.match(r"content/c\.md:5: ", done.stderr)
    assert small.files() == before
    small.article("c", body="نص")
    assert small.run("--strict").returncode == 0


def test_strict_renders_nothing_that_needn_t_be(small: SiteFolder) -> None:
    small.build()
    assert small.build(strict=True).rendered == {}


def test_future_and_drafts_render_only_what_they_change(small: SiteFolder) -> None:
    small.article("later", date="25/11/2025")
    small.article("draft", draft="true", date="01/01/2018")
    small.build()
    rendered = small.build(future=True, drafts=True).rendered
    assert {"/2025/11/25/later/", "/2018/01/01/draft/"} <= rendered.keys()
    assert small.files() == small.files_of_a_clean_build(future=True, drafts=True)
    small.build()
    assert small.files() == small.files_of_a_clean_build()


def test_base_url_of_the_command_line_wins(small: SiteFolder) -> None:
    assert small.run("--base-url", "https://other.example/x/").returncode == 0
    assert "https://other.example/x/2019/05/24/a/" in small.text("/feed.xml")
    done = small.run("--base-url", "other.example")
    assert done.returncode == 1
    assert "base_url: expected an address such as" in done.stderr


# --- usage --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["--jobs", "0"],
        ["--jobs", "x"],
        ["--jobs", "²"],
        ["nonsense"],
        ["--nonsense"],
        ["build", "x"],
        ["--out"],
    ],
)
def test_wrong_usage_is_status_two(small: SiteFolder, arguments: list[str]) -> None:
    done = small.run(*arguments)
    assert done.returncode == 2
    assert "usage: build.py" in done.stderr
    assert not small.site.exists()


@pytest.mark.parametrize(
    "arguments", [["--help"], ["-h"], ["build", "--help"], ["clean", "--help"]]
)
def test_help_is_status_zero_and_touches_nothing(small: SiteFolder, arguments: list[str]) -> None:
    done = small.run(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: build.py")
    assert not small.site.exists()


def test_every_option_of_build_is_explained(small: SiteFolder) -> None:
    text = small.run("build", "--help").stdout
    for option in (
        "drafts",
        "future",
        "base-url",
        "out",
        "jobs",
        "explain",
        "strict",
        "clean",
        "json",
    ):
        assert f"--{option}" in text


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_arabic_messages_survive_any_encoding(small: SiteFolder, encoding: str) -> None:
    small.article("سيئ", date="لا تاريخ")
    done = small.run(env={"PYTHONIOENCODING": encoding, "LC_ALL": "C", "PYTHONUTF8": "0"})
    assert done.returncode == 1
    name = "content/سيئ.md:3" if encoding == "utf-8" else "content/\\u0633\\u064a\\u0626.md:3"
    assert name in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, {}])
def test_no_colours_where_there_is_no_terminal_or_none_are_wished(
    small: SiteFolder, env: dict[str, str]
) -> None:
    done = small.run("--explain", env=env)
    assert "\x1b" not in done.stdout + done.stderr


def test_no_clock_is_no_crash(small: SiteFolder) -> None:
    done = small.run(env={"SOURCE_DATE_EPOCH": "soon"})
    assert (done.returncode, done.stderr) == (
        1,
        "SOURCE_DATE_EPOCH: expected seconds since 1970, found 'soon'\n",
    )


# --- clean --------------------------------------------------------------------------------------------


def test_clean_removes_what_builds_wrote_and_nothing_else(small: SiteFolder) -> None:
    small.run()
    number = len(small.files())
    small.write("site/mine.txt", "mine")
    done = small.run("clean")
    assert done.returncode == 0
    assert done.stdout == f"{number} files removed; left, not Mujaz's: mine.txt\n"
    assert [p.name for p in small.site.iterdir()] == ["mine.txt"]
    (small.site / "mine.txt").unlink()
    small.run()
    assert small.run("clean").stdout == f"{number} files removed\n"
    assert not small.site.exists()
    assert small.run("clean").stdout == "0 files removed\n"


def test_build_clean_renders_everything_and_leaves_the_site_until_it_is_done(
    small: SiteFolder,
) -> None:
    small.run()
    before = small.files()
    report = json.loads(small.run("--clean", "--json").stdout)
    assert report["rendered"] == {"new": report["pages"]}
    assert small.files() == before
    (small.root / "content/b.md").unlink()
    small.write("layouts/day.html", "{{ nothing_such }}")
    assert small.run("--clean").returncode == 1
    assert small.files() == before
    (small.root / "layouts/day.html").unlink()
    assert small.run("--clean").returncode == 0
    assert small.files() == small.files_of_a_clean_build()


# --- what isn't Mujaz's -------------------------------------------------------------------------------


def told(error: BaseException) -> list[str]:
    """All faults as they print."""
    if isinstance(error, BaseExceptionGroup):
        return [line for inner in error.exceptions for line in told(inner)]
    return [str(error)]


def refused(site: SiteFolder) -> list[str]:
    with pytest.raises((OutputError, ExceptionGroup)) as caught:
        site.build()
    return told(caught.value)


@pytest.mark.parametrize("path", ["2019/05/24/a/index.html", "favicon.ico", "CNAME"])
def test_a_file_that_isnt_ours_is_never_overwritten(small: SiteFolder, path: str) -> None:
    small.write("assets/root/CNAME", "example.org")
    file = small.write(f"site/{path}", "mine")
    assert refused(small) == [
        f"site/{path}: expected a file of Mujaz's or none, found another: move it away"
    ]
    assert small.files() == {path: b"mine"}
    file.unlink()
    small.build()
    assert small.files() == small.files_of_a_clean_build()


def test_a_file_that_isnt_ours_is_never_deleted(small: SiteFolder) -> None:
    small.build()
    small.write("site/2019/05/24/a/mine.txt", "mine")
    small.write("site/.well-known/x", "mine")
    (small.root / "content/a.md").unlink()
    small.build()
    assert {
        "2019/05/24/a/mine.txt",
        ".well-known/x",
    } == small.files().keys() - small.files_of_a_clean_build().keys()


def test_a_file_where_a_folder_must_be_is_told_before_anything_is_touched(
    small: SiteFolder,
) -> None:
    small.build()
    before = small.files()
    small.write("site/2018", "mine")
    small.article("c", date="01/01/2018")
    small.edit("content/a.md", "نص عن", "نص آخر عن")
    assert set(refused(small)) == {
        "site/2018: expected a folder, found a file or a symbolic link: move it away"
    }
    assert small.files() == before | {"2018": b"mine"}


def test_a_folder_of_ours_that_became_a_link_is_not_followed(
    small: SiteFolder, tmp_path: Path
) -> None:
    small.build()
    outside = tmp_path / "outside"
    (small.site / "2019").rename(outside)
    (small.site / "2019").symlink_to(outside, target_is_directory=True)
    kept = {p: p.read_bytes() for p in outside.rglob("*") if p.is_file()}
    small.edit("content/a.md", "نص عن", "نص آخر عن")
    assert "site/2019: expected a folder, found a file or a symbolic link: move it away" in refused(
        small
    )
    (small.root / "content/a.md").unlink()
    (small.root / "content/b.md").unlink()
    small.build()
    clean(small.root, small.site)
    assert {p: p.read_bytes() for p in outside.rglob("*") if p.is_file()} == kept


def test_a_page_of_ours_that_became_a_link_is_replaced_not_written_through(
    small: SiteFolder, tmp_path: Path
) -> None:
    small.build()
    target = tmp_path / "precious"
    target.write_text("mine", encoding="utf-8")
    page = small.site / "2019/05/24/a/index.html"
    page.unlink()
    page.symlink_to(target)
    small.build()
    assert not page.is_symlink()
    assert target.read_text(encoding="utf-8") == "mine"
    assert small.files() == small.files_of_a_clean_build()


@pytest.mark.parametrize("name", [".mujaz", ".mujaz/stage"])
def test_a_state_folder_that_is_a_link_is_not_written_through(
    small: SiteFolder, tmp_path: Path, name: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (small.site / name).parent.mkdir(parents=True)
    (small.site / name).symlink_to(outside, target_is_directory=True)
    if name == ".mujaz":
        assert refused(small)[0].endswith("expected a folder, found a symbolic link")
    else:
        small.build()
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("out", [".", "..", "content", "content/site", "layouts/x", "assets", "/"])
def test_an_output_folder_among_the_sources_is_refused(small: SiteFolder, out: str) -> None:
    before = sorted(small.root.rglob("*"))
    for command in ("build", "clean"):
        done = small.run(command, "--out", str(small.root / out))
        assert done.returncode == 1
        assert "expected a folder apart from the sources" in done.stderr
    assert sorted(p for p in small.root.rglob("*") if p.name != "build.py") == before


def test_an_output_folder_that_is_a_link_or_a_file_is_refused(
    small: SiteFolder, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    small.site.symlink_to(outside, target_is_directory=True)
    assert refused(small)[0].endswith("expected a folder, found a file or a symbolic link")
    assert list(outside.iterdir()) == []
    small.site.unlink()
    small.write("site", "mine")
    assert refused(small)[0].endswith("expected a folder, found a file or a symbolic link")


def test_no_alias_reaches_the_state_or_leaves_the_site(small: SiteFolder) -> None:
    small.article("c", aliases="/.mujaz/owned.copy")
    assert refused(small) == [
        "content/c.md: wants the address /.mujaz/owned.copy, where Mujaz keeps its state"
    ]
    small.article("c", aliases="/../../x/")
    assert refused(small)[0].startswith("content/c.md:4: aliases: expected an address of this site")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_output_folder_that_cant_be_written_is_told(small: SiteFolder) -> None:
    small.root.chmod(0o500)
    done = small.run()
    small.root.chmod(0o700)
    assert done.returncode == 1
    assert "can't be written" in done.stderr


def test_a_reader_that_goes_away_is_no_crash(small: SiteFolder) -> None:
    small.run()
    command = f"{sys.executable} {small.root}/build.py --explain --clean 2>&1 | true"
    done = subprocess.run(["bash", "-c", command], check=False, capture_output=True, text=True)
    assert "Traceback" not in done.stdout + done.stderr
