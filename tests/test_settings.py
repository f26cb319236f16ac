"""Every fault of site.toml, names.toml and tags.toml comes with its line and what was expected."""

from typing import TYPE_CHECKING

import pytest
from conftest import SiteFolder

from mujaz.model import Settings
from mujaz.settings import NameEntry, TagEntry, read_names, read_settings, read_tags

if TYPE_CHECKING:
    from mujaz.errors import MujazError, Problem

BASE = 'base_url = "https://user.github.io/mujaz"\n'


def read(text: str | None) -> tuple[Settings, list[str], list[str]]:
    """Settings, faults and warnings of a site.toml."""
    errors: list[MujazError] = []
    problems: list[Problem] = []
    settings = read_settings(text, errors, problems)
    return settings, [str(e) for e in errors], [str(p) for p in problems]


def test_no_settings_are_the_defaults_with_a_warning() -> None:
    for text in (None, "", "# nothing\n"):
        settings, faults, warnings = read(text)
        assert settings == Settings()
        assert faults == []
        assert warnings == [
            "content/site.toml: base_url is missing: addresses begin with http://localhost/"
        ]


def test_all_settings_are_read() -> None:
    text = (
        BASE
        + """
title = "نشرة"
description = "وصف"
timezone = "Asia/Beirut"
publisher = "دار"
author = "كاتب"
logo = "logo.svg"
share_image = "share.png"
links = [["عن", "/about/"], ["بريد", "mailto:a@b.example"]]
months = "maghreb"
digits = "arab"
hijri = true
week_start = "monday"
per_page = 5
summary_words = 7
feed_items = 3
name_marks = "guillemets"
raw_html = true
short_links = true
index_article = false
noindex_below = 0
check = ["links"]
"""
    )
    settings, faults, warnings = read(text)
    assert (faults, warnings) == ([], [])
    assert settings == Settings(
        base_url="https://user.github.io/mujaz", origin="https://user.github.io", base="/mujaz", title="نشرة",
        description="وصف", timezone="Asia/Beirut", publisher="دار", author="كاتب", logo="logo.svg",
        share_image="share.png", links=(("عن", "/about/"), ("بريد", "mailto:a@b.example")), months="maghreb",
        digits="arab", hijri=True, week_start="monday", per_page=5, summary_words=7, feed_items=3,
        name_marks="guillemets", raw_html=True, short_links=True, index_article=False, noindex_below=0,
        check=("links",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("perpage = 3", "unknown setting 'perpage'; did you mean 'per_page'?"),
        ("base-url = 3", "unknown setting 'base-url'; did you mean 'base_url'?"),
        ("origin = 'x'", "unknown setting 'origin'"),
        ("xyz = 3", "unknown setting 'xyz'; expected one of title, description, base_url"),
        ("title = 3", "title: expected a text in quotes, found 3"),
        ("title = ['a']", "title: expected a text in quotes, found ['a']"),
        ("per_page = '3'", "per_page: expected a whole number, found '3'"),
        ("per_page = true", "per_page: expected a whole number, found True"),
        ("per_page = 2.5", "per_page: expected a whole number, found 2.5"),
        ("per_page = 0", "per_page: expected 1 or more, found 0"),
        ("summary_words = 0", "summary_words: expected 1 or more, found 0"),
        ("feed_items = -1", "feed_items: expected 1 or more, found -1"),
        ("noindex_below = -1", "noindex_below: expected 0 or more, found -1"),
        ("hijri = 1", "hijri: expected true or false, found 1"),
        ("hijri = 'true'", "hijri: expected true or false, found 'true'"),
        ("months = 'gregorian'", "months: expected both or ar or levant or morocco or maghreb or mauritania, found 'gregorian'"),
        ("digits = 'latin'", "digits: expected latn or arab, found 'latin'"),
        ("name_marks = 'quotes'", "name_marks: expected none or guillemets, found 'quotes'"),
        ("week_start = 'friday'", "week_start: expected saturday or sunday or monday, found 'friday'"),
        ("timezone = 'Asia/Beirot'", "timezone: expected a zone of the IANA list such as Asia/Beirut, found 'Asia/Beirot'; did you mean 'Asia/Beirut'?"),
        ("timezone = '../etc'", "timezone: expected a zone of the IANA list"),
        ("timezone = '/etc/localtime'", "timezone: expected a zone of the IANA list"),
        ("timezone = ''", "timezone: expected a zone of the IANA list"),
        ("timezone = 'Asia'", "timezone: expected a zone of the IANA list"),
        ("check = 'links'", "check: expected a list of texts, found 'links'"),
        ("check = [1]", "check: expected a list of texts, found [1]"),
        ("links = 'x'", "links: expected pairs"),
        ("links = [['a']]", "links: expected pairs"),
        ("links = [['a', 'b', 'c']]", "links: expected pairs"),
        ("links = [['', '/a/']]", "links: expected pairs"),
        ("links = [['a', 'javascript:x']]", "links: expected an address that begins with /, http:, https: or mailto:, found 'javascript:x'"),
        ("links = [['a', 'about']]", "links: expected an address that begins with"),
        ("title = ", "not TOML: "),
        ("title = 'a'\ntitle = 'b'", "not TOML: "),
    ],
)  # fmt: skip
def test_a_fault_names_its_line(line: str, message: str) -> None:
    _, faults, _ = read(f"{BASE}\n# a comment\n{line}\n")
    assert len(faults) == 1
    assert faults[0].startswith(("content/site.toml:4: ", "content/site.toml:5: "))
    assert message in faults[0]


@pytest.mark.parametrize(
    "value",
    [
        "", "user.github.io", "/mujaz", "ftp://a.example", "https://", "https:///x", "https://a.example/?q=1",
        "https://a.example/#x", "https://a.example/?", "https://a.example/#", "https://u:p@a.example/",
        "https://a.example/a b", "https://a.example/../x", "https://a.example//x", "https://a.example:port/",
        "https://a.example:99999/", "https://[::1", "javascript:alert(1)", 'https://a.example/"x', "https://a.example/<x>",
        "https://a.example\\\\b",
    ],
)  # fmt: skip
def test_an_impossible_base_url_is_a_fault(value: str) -> None:
    escaped = value.replace('"', '\\"')
    settings, faults, _ = read(f'\nbase_url = "{escaped}"\n')
    assert len(faults) == 1
    assert faults[0].startswith(
        "content/site.toml:2: base_url: expected an address such as https://"
    )
    assert settings.base_url == "http://localhost"


@pytest.mark.parametrize(
    ("value", "origin", "base"),
    [
        ("https://a.example", "https://a.example", ""),
        ("https://a.example/", "https://a.example", ""),
        ("http://a.example:8000/x/", "http://a.example:8000", "/x"),
        ("https://a.example/x/y", "https://a.example", "/x/y"),
        ("https://موجز.example/", "https://xn--rgbm9cm.example", ""),
        ("http://[::1]:8000/", "http://[::1]:8000", ""),
        ("HTTPS://A.example/X", "https://a.example", "/X"),
    ],
)
def test_origin_and_base_come_from_the_base_url(value: str, origin: str, base: str) -> None:
    settings, faults, _ = read(f'base_url = "{value}"')
    assert faults == []
    assert (settings.origin, settings.base) == (origin, base)
    assert settings.base_url == origin + base


def test_all_faults_are_told_at_once() -> None:
    _, faults, _ = read(BASE + "perpage = 1\nhijri = 2\ndigits = 'x'\n")
    assert [fault.split(": ")[0] for fault in faults] == [
        "content/site.toml:2", "content/site.toml:3", "content/site.toml:4",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["\ufeff" + BASE, BASE.replace("\n", "\r\n") + 'title = "م"\r\n'])
def test_a_mark_at_the_start_and_other_line_ends_are_no_trouble(text: str) -> None:
    assert read(text)[1:] == ([], [])


# --- registries ---------------------------------------------------------------------------------------


def test_registries_are_read() -> None:
    errors: list[MujazError] = []
    names = read_names(
        '[[names]]\nname = "أ ب"\naliases = ["أ"]\nkind = "person"\nrole = "ر"\nnote = "ن"\nslug = "ab"\ndistinct = ["أب"]\n\n[[names]]\nname = "ج"\n',
        errors,
    )
    tags = read_tags(
        '[[tags]]\ntag = "ت"\nsynonyms = ["ث"]\nlabel = "ل"\nslug = "t"\ndescription = "و"\n',
        errors,
    )
    assert errors == []
    assert names == (NameEntry("أ ب", ("أ",), "person", "ر", "ن", "ab", ("أب",)), NameEntry("ج"))
    assert tags == (TagEntry("ت", ("ث",), "ل", "t", "و"),)
    assert read_names(None, errors) == ()
    assert read_tags("", errors) == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[[names]]\nname = "أ"\n\n[[names]]\nrole = "ر"\n', 'content/names.toml:4: expected name = "…", found none'),
        ('[[names]]\nname = " "\n', 'content/names.toml:1: expected name = "…", found none'),
        ('[[names]]\nname = "أ"\nalias = ["ب"]\n', "content/names.toml:1: unknown key 'alias'; did you mean 'aliases'?"),
        ('[[names]]\nname = "أ"\naliases = "ب"\n', "content/names.toml:1: aliases: expected a list of texts, found 'ب'"),
        ('[[names]]\nname = "أ"\naliases = [1]\n', "content/names.toml:1: aliases: expected a list of texts, found [1]"),
        ("[[names]]\nname = 3\n", "content/names.toml:1: name: expected a text in quotes, found 3"),
        ('[[names]]\nname = "أ"\nkind = "human"\n', "content/names.toml:1: kind: expected person, organization or place, found 'human'"),
        ('[names]\nname = "أ"\n', "expected [[names]] tables, found {'name': 'أ'}"),
        ("names = 3\n", "expected [[names]] tables, found 3"),
        ('\n[[people]]\nname = "أ"\n', "content/names.toml:2: expected [[names]] tables, found 'people'"),
        ("[[names]]\nname = \n", "content/names.toml:2: not TOML: "),
    ],
)  # fmt: skip
def test_a_registrys_fault_names_its_entry(text: str, fault: str) -> None:
    errors: list[MujazError] = []
    read_names(text, errors)
    assert len(errors) == 1
    assert fault in str(errors[0])


def test_an_unknown_kind_of_value_is_no_crash() -> None:
    errors: list[MujazError] = []
    read_names('[[names]]\nname = "أ"\nkind = ["person"]\n', errors)
    assert "content/names.toml:1: kind: " in str(errors[0])


def test_faults_of_all_three_files_are_told_at_once(site: SiteFolder) -> None:
    site.settings("perpage = 2")
    site.write("content/names.toml", "[[names]]\n")
    site.write("content/tags.toml", b"[[tags]]\ntag = '\xff'\n")
    with pytest.raises(ExceptionGroup) as caught:
        site.build()
    paths = [str(error).partition(":")[0] for error in caught.value.exceptions]
    assert paths == ["content/names.toml", "content/site.toml", "content/tags.toml"]
    assert site.files() == {}
