"""--fix: what it mends, and that it changes nothing that an article says."""

import os
import re
import stat
from pathlib import Path

import pytest
from conftest import SiteFolder
from desk import PATH, RULES, article, mended
from hypothesis import given
from hypothesis import strategies as st

from mujaz.desk import fixing
from mujaz.desk.essence import Essence, essence, folded
from mujaz.desk.manuscript import Manuscript
from mujaz.errors import ContentError

MENDED = [
    ("قال, ثم هل مضى? نعم; مضى", "قال، ثم هل مضى؟ نعم؛ مضى"),
    ('قال "نعم" و"لا"، ثم لـ"كذا".', "قال ”نعم“ و”لا“، ثم لـ”كذا“."),
    ("قال “نعم” ومضى", "قال ”نعم“ ومضى"),
    ("قال ، ثم مضى . عاد", "قال، ثم مضى. عاد"),
    ("كلمة ممـــدودة لـ<بوتين> 1440 هـ", "كلمة ممدودة لـ<بوتين> 1440 هـ"),
    ("کتاب جدید على علی", "كتاب جديد على علی"),
    ("ﻻ ﺑﺄس", "لا بأس"),
    ("عربي \u200fعربي\ufeff \ufeff", "عربي عربي \ufeff"),
    ('`كود, "x"` قال, نعم', '`كود, "x"` قال، نعم'),
    ("قال <دونـــالد ترامب>, ومضى", "قال <دونالد ترامب>، ومضى"),
    ('- قال, نعم\n- قال "لا"\n\n> قال, لا', "- قال، نعم\n- قال ”لا“\n\n> قال، لا"),
]  # fmt: skip

LEFT = [
    'قال "نعم ومضى',  # one mark
    'قال" نعم "ومضى',  # which opens and which closes?
    'قال "نعم" و”لا“',  # two kinds on a line
    "قال ”نعم”",  # which of them is wrong?
    "# کتاب",  # the heading's address would change
    "قال <کمال>",  # the name's address would change
    "سنة 20١9",
    "نص \u202eمقلوب",
    "Arabic بلغ 1,500",
    "قال, نعم <!-- check: latin-punctuation -->",
]


@pytest.mark.parametrize(("before", "after"), MENDED)
def test_fix_mends(before: str, after: str) -> None:
    assert mended(before) == after


@pytest.mark.parametrize("body", LEFT)
def test_fix_leaves_what_is_unclear_to_the_author(body: str) -> None:
    assert mended(body) == body


_WORDS = """
    قال محـــمد , ; ? ، . ! : " ” “ « » <بوتين> <دونالد_ترامب> <محـــمد|كاتب> **نص** ** ` ``` ~~~ كود ﻻ ﻣﺤﻤﺪ
    کتاب علی 20١9 ٢٠١٩ ![](x,y.png) [نص](/نص,ب/) [نص](#قال) https://x.org/a,ب?ج و" لـ" "، (" ") هـ - * > # 1. |
    <!--_check:_tatweel_--> <b> <!-- &quot; [^1] \\ _نص_ ــ
"""
_SPACES = ("\n", "\n\n", "\n    ", "  ", "\n# ", "\n- ", "\n1. ", "\n> ", "\n|", "\n---\n", "\xa0")
_HIDDEN = ("\u200f", "\u200b", "\ufeff", "\u202e", "\u2069")
PIECES = st.lists(st.sampled_from((*_WORDS.split(), *_SPACES, *_HIDDEN)), max_size=24)
BETWEEN = st.sampled_from(("", " "))


def essence_of(data: bytes) -> Essence | None:
    return essence(PATH, data, RULES)


@given(PIECES, BETWEEN)
def test_a_mended_article_says_names_and_links_the_same(pieces: list[str], between: str) -> None:
    body = between.join(pieces).replace("_", " ")
    data = article(body).encode()
    after = fixing.mend(PATH, data, RULES)
    assert essence_of(after) == essence_of(data)
    assert fixing.mend(PATH, after, RULES) == after


@given(PIECES, BETWEEN)
def test_no_mend_needs_to_be_taken_back(pieces: list[str], between: str) -> None:
    """The guard of ``mend`` is a second pair of eyes: the rules' own mends are safe without it."""
    data = article(between.join(pieces)).encode()
    edits = fixing._edits(Manuscript(PATH, data, RULES))
    assert essence_of(fixing._apply(data, edits)) == essence_of(data)


@given(
    st.text(alphabet="ابتـک ,;?\"”“«»'[]:#-،؛|>\\/%&*", min_size=1, max_size=40).filter(str.strip),
    st.sampled_from(["headline", "summary", "tags", "source", "story", "corrections"]),
)
def test_a_mended_value_of_front_matter_reads_the_same(value: str, key: str) -> None:
    data = article("نص", **{key: value}).encode()
    after = fixing.mend(PATH, data, RULES)
    assert essence_of(after) == essence_of(data)
    assert fixing.mend(PATH, after, RULES) == after


@given(
    st.text(alphabet="ابتـ, \n", max_size=40),
    st.sampled_from(["\r\n", "\r", "\n"]),
    st.sampled_from(["", "\ufeff"]),
)
def test_line_ends_and_byte_order_mark_stay(body: str, end: str, mark: str) -> None:
    text = mark + article(body).replace("\n", end)
    after = fixing.mend(PATH, text.encode(), RULES).decode()
    assert re.findall(r"\r\n|\r|\n", after) == re.findall(r"\r\n|\r|\n", text)
    assert after.startswith("\ufeff") == bool(mark)


def test_mixed_line_ends_stay_each_on_its_line() -> None:
    data = article("قال, نعم\r\nقال, لا\nقال, ثم\r").encode()
    assert fixing.mend(PATH, data, RULES) == data.replace(b",", "،".encode())


def test_folded_words_differ_if_a_word_does() -> None:
    assert folded("قال ”نعم“، ثم مضى.") == folded('قـــال "نعم", ثم مضى')
    assert folded("قال نعم") != folded("قال لا")


def test_a_file_that_cannot_be_read_is_left_as_it_is() -> None:
    for data in (b"\xff\xfe", "قال, نعم".encode(), "---\nقال, نعم".encode()):
        assert fixing.mend(PATH, data, RULES) == data


def test_fix_shows_the_diff_and_writes_the_file_in_one_step(site: SiteFolder) -> None:
    file = site.article("a", "قال, نعم", headline="خبر من هنا", source="وكالة")
    file.chmod(0o640)
    run = site.run("check", "--fix")
    assert run.returncode == 0
    assert "-قال, نعم\n+قال، نعم\n" in run.stdout
    assert run.stdout.startswith("--- content/a.md\n+++ content/a.md\n@@ ")
    assert run.stdout.splitlines()[-1] == "1 articles: nothing found; 1 files mended"
    assert "قال، نعم" in file.read_text(encoding="utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert sorted(os.listdir(file.parent)) == ["a.md", "site.toml"]
    again = site.run("check", "--fix")
    assert (again.returncode, again.stdout) == (0, "1 articles: nothing found\n")


def test_without_fix_nothing_is_written(site: SiteFolder) -> None:
    file = site.article("a", "قال, نعم")
    before = file.read_bytes()
    run = site.run("check")
    assert run.returncode == 1
    assert "--fix mends 1" in run.stdout
    assert file.read_bytes() == before
    assert not site.site.exists()


def test_a_rule_that_is_off_mends_nothing(site: SiteFolder) -> None:
    site.settings('check = ["latin-punctuation"]')
    file = site.article("a", "قال, نـعم")
    site.run("check", "--fix")
    assert file.read_text(encoding="utf-8").endswith("قال, نعم\n")


def test_a_file_that_changed_meanwhile_is_not_written_over(site: SiteFolder) -> None:
    file = site.article("a", "نص جديد")
    with pytest.raises(ContentError, match="changed while it was being mended"):
        fixing._replace(site.root, "content/a.md", b"old", b"mended")
    assert "نص جديد" in file.read_text(encoding="utf-8")
    assert not [p for p in Path(file.parent).iterdir() if "mending" in p.name]
