"""README.ar.md is true: it names every key, command and setting, and messages as builds give them."""

import re
import tomllib

import pytest
from conftest import ROOT, SiteFolder
from PIL import Image
from test_docs import code, commands, rows

from mujaz.frontmatter import KEYS, parse
from mujaz.model import Settings
from mujaz.settings import DERIVED, NameEntry, TagEntry

README = (ROOT / "README.ar.md").read_text(encoding="utf-8")
FRONT = "---\nheadline: خبر\ndate: 24/05/2019\n"

# Mistakes, each in a file of its own, with the message that README explains
FAULTS = {
    "headline: خبر\n---\nنص": "expected '---' on the first line",
    f"{FRONT}نص": "expected '---' on a line of its own",
    "---\nheadline: خبر\ndate 24/05/2019\n---\n": "expected 'key: value'",
    f"{FRONT}التاريخ: 25/05/2019\n---\n": "is already given on line",
    "---\nheadline: خبر\ndate: 05/24/2019\n---\n": "date: expected dd/mm/yyyy",
    "---\nheadline: خبر\n---\n": "expected date: dd/mm/yyyy, found none",
    "---\ndate: 24/05/2019\n---\n": "expected the article's headline",
    f"{FRONT}draft: ربما\n---\n": "expected true or false",
    f"{FRONT}pin: غدًا\n---\n": "expected true, or until dd/mm/yyyy",
    f"{FRONT}corrections:\n- صُحّح\n---\n": "expected 'dd/mm/yyyy: what was put right'",
    f"{FRONT}source_url: a.example\n---\n": "expected an address that begins with https://",
    f"{FRONT}---\n\udcc8": "expected UTF-8",
}
LINKS = {
    f"{FRONT}---\n[سابقًا](talks.md)": "leads to no file",
    f"{FRONT}image: a.jpg\nimage_alt: صورة\n---\n": "no such picture",
}
WARNINGS = {
    f"{FRONT}tagz: ماء\n---\n": "unknown key",
    f"{FRONT}---\nقال <سلمى ثم ذهب.": "expected '>' after the name",
    f"{FRONT}---\nقال <> ثم ذهب.": "expected a name between the brackets",
    f"{FRONT}---\n<b>مهم</b>": "HTML is off",
    f"{FRONT}---\n<علي سالم> و<علي ناصر> ثم <علي>.": "may be",
    f"{FRONT}---\n![نهر](https://a.example/a.png)": "expected a picture beside the article",
    f"{FRONT}image: ok.png\n---\n": "expected image_alt with it",
}


def part(heading: str) -> str:
    """The text under a heading."""
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]


def blocks(kind: str) -> list[str]:
    """The examples of a kind."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_each_key_is_told_in_both_languages() -> None:
    told = {code(row[1]): code(row[0]) for row in rows(part("مفاتيح رأس الخبر"))}
    assert told == KEYS


def test_each_command_is_told_and_no_flag_is_invented() -> None:
    told = {code(row[0]).split()[0]: row[1] for row in rows(part("الأوامر"))}
    assert told.keys() == commands().keys()
    for name, text in told.items():
        flags = {f for action in commands()[name]._actions for f in action.option_strings}
        assert set(re.findall(r"`(--\w+)", text)) <= flags, name


def test_each_setting_is_told() -> None:
    told = [code(row[0]) for row in rows(part("الإعدادات"))]
    assert sorted(told) == sorted(set(Settings._fields) - DERIVED)


def test_examples_of_registries_have_every_key() -> None:
    names, tags = (tomllib.loads(text) for text in blocks("toml"))
    assert tuple(names["names"][0]) == NameEntry._fields
    assert tuple(tags["tags"][0]) == TagEntry._fields


def test_the_article_of_the_example_builds_and_leads_to_its_names(site: SiteFolder) -> None:
    found = re.search(
        r"^`(content/[\w/.-]+)`:\n\n```markdown\n(.*?)^```$", README, re.MULTILINE | re.DOTALL
    )
    assert found
    site.write(found[1], found[2])
    names, tags = blocks("toml")
    site.write("content/names.toml", names)
    site.write("content/tags.toml", tags)
    ran = site.run("--strict")
    assert ran.returncode == 0, ran.stderr
    assert not parse(found[2]).problems
    page = site.text("/2025/11/20/coast-train/")
    assert page.count('class="name"') >= 4
    assert "قطار الساحل يعود: ستة آلاف راكب" in page
    checked = site.run("check")
    assert [x for x in checked.stdout.splitlines() if ": error:" in x or ": warning:" in x] == []


@pytest.mark.parametrize("mistakes", [FAULTS, LINKS, WARNINGS])
def test_the_messages_are_those_that_builds_give(
    site: SiteFolder, mistakes: dict[str, str]
) -> None:
    for number, text in enumerate(mistakes):
        site.write(f"content/a{number}.md", text.encode("utf-8", "surrogateescape"))
    Image.new("RGB", (2, 2)).save(site.root / "content/ok.png")
    said = site.run().stderr.splitlines()
    told = {code(row[0]) for row in rows(part("أخطاء تتكرر ورسائلها"))}
    for number, message in enumerate(mistakes.values()):
        assert [x for x in said if f"a{number}.md" in x and message in x], (message, said)
        assert message in told


def test_no_message_is_told_that_isnt_tried() -> None:
    told = {code(row[0]) for row in rows(part("أخطاء تتكرر ورسائلها"))}
    tried = {*FAULTS.values(), *LINKS.values(), *WARNINGS.values()}
    assert told - tried == {"unknown setting", "base_url is missing"}


def test_messages_of_settings_are_those_that_builds_give(site: SiteFolder) -> None:
    site.write("content/site.toml", 'titel = "x"\n')
    site.article("a")
    assert "unknown setting" in site.run().stderr
    site.write("content/site.toml", "")
    assert "base_url is missing" in site.run().stderr


def test_every_date_of_the_text_is_read() -> None:
    from mujaz.arabic.dates import read_date

    dates = re.findall(r"`([\d٠-٩]+[-/][\d٠-٩]+[-/][\d٠-٩]+)`", part("التواريخ"))
    assert len(dates) == 5
    assert {read_date(text).day for text in dates} == {"2019-05-24", "2019-05-04"}
