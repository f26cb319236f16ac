"""Schemas and snippets for editors: current, true to what reads the files, and safe to insert."""

import json
import os
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT, SiteFolder
from jsonschema import Draft7Validator

from mujaz.frontmatter import KEYS, parse
from mujaz.model import Settings, Term
from mujaz.schemas import ENTRIES, FIELDS, SETTINGS, schemas
from mujaz.settings import DERIVED, NameEntry, TagEntry, read_names, read_settings, read_tags
from mujaz.snippets import of_keys, of_terms

if TYPE_CHECKING:
    from mujaz.errors import MujazError

FOLDER = ROOT / ".vscode"
TAPLO = ROOT / ".venv/node/node_modules/@taplo/cli/dist/cli.js"
READERS: dict[str, Any] = {
    "site": lambda text, errors: read_settings(text, errors, []),
    "names": read_names,
    "tags": read_tags,
}


def valid(name: str, value: object) -> bool:
    """Whether a schema takes a value."""
    return bool(Draft7Validator(schemas()[name]).is_valid(value))


def read(path: str) -> Any:
    """A JSON file that the project has for editors."""
    return json.loads((FOLDER / path).read_text(encoding="utf-8"))


def test_what_editors_find_in_the_project_is_current() -> None:
    for name, schema in schemas().items():
        assert read(f"{name}.schema.json") == schema, "run: python build.py editor"
    assert read("front-matter.code-snippets") == of_keys(), "run: python build.py editor"


def test_each_key_and_setting_is_described_and_no_other() -> None:
    assert FIELDS.keys() == KEYS.keys()
    assert SETTINGS.keys() == set(Settings._fields) - DERIVED
    assert ENTRIES.keys() == {*NameEntry._fields, *TagEntry._fields}


@pytest.mark.parametrize("name", schemas())
def test_schemas_are_schemas(name: str) -> None:
    Draft7Validator.check_schema(schemas()[name])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("site", ""),
        (
            "site",
            'base_url = "https://a.example/x/"\nper_page = 1\nnoindex_below = 0\nhijri = true',
        ),
        ("site", 'links = [["عن", "/about/"]]\nmonths = "levant"\ncheck = ["tag-once"]'),
        ("site", '[links]\n"عن" = "/about/"'),
        ("site", 'titel = "x"'),
        ("site", "title = 3"),
        ("site", "hijri = 1"),
        ("site", 'per_page = "20"'),
        ("site", "per_page = 0"),
        ("site", "noindex_below = -1"),
        ("site", 'months = "arabic"'),
        ("site", 'digits = "hindi"'),
        ("site", 'base_url = "news.example"'),
        ("site", 'base_url = "https://a.example/?x"'),
        ("site", 'links = [["عن"]]'),
        ("site", 'check = "tag-once"'),
        ("names", '[[names]]\nname = "سلمى"\naliases = ["س"]\nkind = "person"\ndistinct = []'),
        ("names", '[[names]]\naliases = ["س"]'),
        ("names", '[[names]]\nname = " "'),
        ("names", '[[names]]\nname = "سلمى"\nkind = "شخص"'),
        ("names", '[[names]]\nname = "سلمى"\naliases = "س"'),
        ("names", '[[names]]\nname = "سلمى"\nalias = ["س"]'),
        ("names", '[names]\nname = "سلمى"'),
        ("names", '[[name]]\nname = "سلمى"'),
        ("tags", '[[tags]]\ntag = "مياه"\nsynonyms = ["ماء"]\nlabel = "المياه"'),
        ("tags", '[[tags]]\nname = "مياه"'),
    ],
)
def test_a_schema_takes_what_a_build_takes(name: str, text: str) -> None:
    faults: list[MujazError] = []
    READERS[name](text, faults)
    assert valid(name, tomllib.loads(text)) == (not faults)


def test_front_matter_of_all_articles_of_the_project_is_taken() -> None:
    articles = [p for p in (ROOT / "content").rglob("*.md") if "pages" not in p.parts]
    assert articles
    for path in articles:
        found = parse(path.read_text(encoding="utf-8")).fields
        values = {k: f.text if f.items is None else list(f.items) for k, f in found.items()}
        assert valid("front-matter", values), path


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ({"headline": "خبر", "date": "24/05/2019"}, True),
        ({"العنوان": "خبر", "date": "24/05/2019", "تثبيت": True}, True),
        ({"headline": 1948, "date": "24/05/2019", "tags": ["مياه"]}, True),
        ({"headline": "خبر"}, False),
        ({"date": "24/05/2019"}, False),
        ({"headline": "خبر", "date": "24/05/2019", "tag": "مياه"}, False),
        ({"headline": "خبر", "date": "24/05/2019", "tags": {"a": "b"}}, False),
        ({"headline": "خبر", "date": "24/05/2019", "source_url": "example.org"}, False),
        ({"headline": "خبر", "date": "24/05/2019", "image": "https://a.example/x.png"}, False),
    ],
)
def test_front_matter_is_checked(given: dict[str, object], *, taken: bool) -> None:
    assert valid("front-matter", given) == taken


def test_the_snippet_of_an_article_reads_as_one() -> None:
    body = "\n".join(of_keys()["article"]["body"])
    for sign, typed in (("$1", "خبر: عاجل"), ("$2", "مياه"), ("$0", "نص"), ("$CURRENT_DATE", "24")):
        body = body.replace(sign, typed)
    document = parse(body)
    assert (document.fields["headline"].text, document.body) == ("خبر: عاجل", "نص")
    assert not document.problems


def test_each_key_is_offered_under_both_of_its_names() -> None:
    offered = {prefix for snippet in of_keys().values() for prefix in snippet["prefix"]}
    assert {*KEYS, *KEYS.values()} <= offered


def test_names_come_as_marks_homonyms_with_their_note_and_signs_as_typed() -> None:
    names = (
        Term("محمد علي", "/names/1/", ("محمد علي|الملاكم",), note="الملاكم"),
        Term("محمد علي", "/names/2/", ("محمد علي|الوالي",), note="الوالي", role="والي مصر"),
        Term("سلمى", "/names/3/", ("سلمى", "سلمي"), note="وزيرة"),
    )
    found = of_terms(names, (Term(r"a$1}\b", "/tags/1/", ()),))
    bodies = {snippet["body"][0] for snippet in found.values()}
    assert bodies == {"<محمد علي|الملاكم>", "<محمد علي|الوالي>", "<سلمى>", r"a\$1\}\\b"}
    assert found["<سلمى>"]["prefix"] == ["سلمى", "سلمي"]
    assert found["<محمد علي|الوالي>"]["description"] == "اسم، والي مصر"


def test_the_command_writes_what_editors_need_and_keeps_the_authors_own(site: SiteFolder) -> None:
    site.article("a", "قالت <سلمى الحداد> ثم <الحداد>.", tags="مياه، تقنية")
    site.write("content/tags.toml", '[[tags]]\ntag = "تقنية"\nsynonyms = ["تكنولوجيا"]\n')
    site.article("broken", date="24/13/2019")
    site.write(".vscode/settings.json", "{}")
    ran = site.run("editor")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ".vscode/settings.json" not in ran.stdout
    assert all((site.root / path).is_file() for path in ran.stdout.split())
    assert (site.root / ".vscode/settings.json").read_text() == "{}"
    terms = json.loads((site.root / ".vscode/names-and-tags.code-snippets").read_text("utf-8"))
    assert terms.keys() == {"<سلمى الحداد>", "#مياه", "#تقنية"}
    again = site.run("editor").stdout.split()
    assert {p for p in ran.stdout.split() if not p.endswith(("ore", "extensions.json", "oml"))} == {
        *again
    }


def test_a_folder_that_cant_be_written_is_a_fault_in_words(site: SiteFolder) -> None:
    site.write(".vscode", "a file")
    ran = site.run("editor")
    assert ran.returncode == 1
    assert ran.stderr.startswith(".vscode/front-matter.schema.json: can't be written: ")


@pytest.mark.skipif(not TAPLO.exists() and "CI" not in os.environ, reason="needs .ci/browser")
def test_the_server_behind_even_better_toml_finds_the_schemas(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / ".vscode")
    shutil.copy(ROOT / ".taplo.toml", tmp_path)
    (tmp_path / "content").mkdir()
    for name, text in (("site", "per_page = 0"), ("names", "[[name]]"), ("tags", "[[tag]]")):
        for number, lines in enumerate((text, "")):
            (tmp_path / f"content/{name}.toml").write_text(lines, encoding="utf-8")
            command = ["node", str(TAPLO), "lint", f"content/{name}.toml"]
            ran = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
            assert (ran.returncode == 0) == bool(number), ran.stderr
