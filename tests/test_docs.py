"""README is true: it names every flag, setting and key, and its examples give what it says."""

import argparse
import re
import tomllib
from urllib.parse import quote

import pytest
from conftest import ROOT, SiteFolder

from mujaz import cli
from mujaz.arabic.dates import read_date
from mujaz.frontmatter import KEYS
from mujaz.model import Settings
from mujaz.settings import NameEntry, TagEntry
from mujaz.trace import Reason

README = (ROOT / "README.md").read_text(encoding="utf-8")
DECISIONS = (ROOT / "DECISIONS.md").read_text(encoding="utf-8")


def part(heading: str) -> str:
    """The text under a heading of README, its subheadings left out."""
    found = re.search(
        rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", README, re.MULTILINE | re.DOTALL
    )
    assert found, f"README has no heading '{heading}'"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The cells of a text's table rows whose first cell is code, without its backticks."""
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def code(cell: str) -> str:
    """A cell that is code, as text."""
    return cell.strip("`")


def example_files() -> dict[str, str]:
    """README's examples that are files: path -> text."""
    found = re.finditer(
        r"^`([\w/.-]+)`[^\n]*:\n\n```\w*\n(.*?)^```$", README, re.MULTILINE | re.DOTALL
    )
    return {example[1]: example[2] for example in found}


def commands() -> dict[str, argparse.ArgumentParser]:
    """Each command's parser."""
    found = [a for a in cli._parser()._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(found[0].choices)


@pytest.fixture
def example(site: SiteFolder) -> SiteFolder:
    """A site of README's examples."""
    for path, text in example_files().items():
        site.write(path, text)
    return site


@pytest.mark.parametrize("command", commands().keys())
def test_each_command_has_its_flags_in_readme_and_no_others(command: str) -> None:
    table = re.search(rf"^\| `{command}` \|.*?(?=\n\n)", part("Commands"), re.MULTILINE | re.DOTALL)
    assert table, f"README has no table of the command {command}"
    flags = {
        f
        for action in commands()[command]._actions
        for f in action.option_strings
        if f.startswith("--")
    }
    assert {code(row[0]).split()[0] for row in rows(table[0])[1:]} == flags - {"--help", "--lang"}


def test_the_flag_of_all_commands_is_in_readme() -> None:
    assert all("--lang" in command._option_string_actions for command in commands().values())
    assert "`--lang ar`" in part("Commands")


def test_each_setting_is_in_readme_with_its_default() -> None:
    told = {
        code(row[0]): tomllib.loads(f"x = {code(row[1])}")["x"] for row in rows(part("Settings"))
    }
    defaults = {k: v for k, v in Settings()._asdict().items() if k not in {"origin", "base"}}
    assert told == {k: list(v) if isinstance(v, tuple) else v for k, v in defaults.items()}


def test_only_settings_that_nothing_reads_are_said_to_have_no_effect() -> None:
    told = {code(row[0]) for row in rows(part("Settings")) if "no effect yet" in row[2]}
    sources = [*(ROOT / "mujaz").rglob("*.py"), *(ROOT / "layouts").rglob("*")]
    text = "\n".join(p.read_text(encoding="utf-8") for p in sources if p.is_file())
    # base_url is read in its parts, origin and base; lang before there are settings
    unread = {
        name
        for name in Settings._fields
        if not re.search(rf"(site|settings)\.{name}\b", text) and name not in {"base_url", "lang"}
    }
    assert told == unread


def test_each_front_matter_key_is_in_readme_in_both_languages() -> None:
    assert {code(row[0]): row[1] for row in rows(part("Front matter"))} == KEYS


@pytest.mark.parametrize(
    ("path", "table", "entry"),
    [("content/names.toml", "names", NameEntry), ("content/tags.toml", "tags", TagEntry)],
)
def test_registry_examples_have_every_key(
    path: str, table: str, entry: type[NameEntry] | type[TagEntry]
) -> None:
    (row,) = tomllib.loads(example_files()[path])[table]
    assert tuple(row) == entry._fields


def test_the_reading_order_names_every_module() -> None:
    text = part("Reading order")
    modules = {p.stem for p in (ROOT / "mujaz").rglob("*.py")} - {"__init__", "__main__"}
    assert {m for m in modules if f"`{m}`" not in text} == set()


def test_readme_tells_every_reason_and_every_line_of_the_report() -> None:
    assert {r for r in Reason if f"`{r}` (" not in part("How builds stay small")} == set()
    code_of_report = (ROOT / "mujaz/report.py").read_text(encoding="utf-8")
    heads = re.findall(r'f"([a-z][a-z ]*[?:]) ', code_of_report)
    assert {code(row[0]) for row in rows(part("What the report tells"))} == set(heads)


def test_the_article_gives_the_pages_that_readme_says(example: SiteFolder) -> None:
    run = example.run("--strict")
    assert (run.returncode, run.stderr) == (0, "")
    told = [code(row[0]) for row in rows(part("An article"))]
    assert len(told) == 8
    assert {f"{url[1:]}index.html" for url in told} <= example.files().keys()
    article = example.text("/2019/05/24/river-charter/")
    target = f"/mujaz{quote('/names/سلمى-الحداد/')}"
    assert f'<a class="name" href="{target}">الحداد</a>' in article
    assert 'لـ<a class="name"' in article


def test_the_page_kind_and_the_filter_of_the_example_work(example: SiteFolder) -> None:
    assert example.run().returncode == 0
    page = example.text("/places/مسقط/")
    assert "<h1>مسقط (خبر واحد)</h1>" in page
    assert "</a>: رحّبت هيئة الأنهار بما انتهت…</li>" in page
    example.edit("content/2019/river-charter.md", "زيارته", "زيارته مرتين")
    explained = example.run("--explain").stderr.splitlines()
    assert "/2019/05/24/river-charter/: data" in explained
    assert not [line for line in explained if line.startswith("/places/")]


def test_the_dates_of_readme_are_read() -> None:
    dates = re.findall(r"`([\d٠-٩۰-۹]+[-/.][\d٠-٩۰-۹]+[-/.][\d٠-٩۰-۹]+)`", part("Dates"))
    assert len(dates) == 7
    assert {read_date(text).day for text in dates} == {"2019-05-24", "2019-05-04"}


def test_files_that_the_documents_name_are_there() -> None:
    for text in (README, DECISIONS):
        for target in re.findall(r"\]\(([A-Z]+\.md)\)", text):
            assert (ROOT / target).is_file()


def test_decisions_are_numbered_dated_and_short() -> None:
    head, *decisions = re.split(r"^## ", DECISIONS, flags=re.MULTILINE)
    assert head.startswith("# Decisions")
    for number, decision in enumerate(decisions, 1):
        assert re.match(rf"{number}\. [^\n]+ \(\d{{4}}-\d\d-\d\d\)\n", decision)
        assert "**Why.**" in decision
        assert "**What would change our mind.**" in decision
        assert len([line for line in decision.splitlines() if line]) <= 8
