"""The linter's rules on one article: what each finds, and what it leaves alone."""

import pytest
from conftest import ROOT
from desk import PATH, RULES, article, found, with_names, written
from hypothesis import given
from hypothesis import strategies as st

from mujaz import markup
from mujaz.desk.advice import RULES as ALL_RULES
from mujaz.desk.checking import look
from mujaz.desk.manuscript import Manuscript
from mujaz.desk.masking import BLANK
from mujaz.desk.rules import TEXT_RULES
from mujaz.settings import NameEntry

FOUND = [
    ("latin-punctuation", "قال, ثم مضى", 1),
    ("latin-punctuation", "هل مضى? نعم; مضى", 2),
    ("latin-punctuation", "قال (بي بي سي), و**نعم**, و”لا“, ومضى", 3),
    ("latin-punctuation", "من NATO, ثم مضى", 1),
    ("latin-punctuation", "بلغ 1,500 و١,٥ في iPhone, iPad; Mac؟", 0),
    ("latin-punctuation", "شركة &quot;كذا&quot; و&#1604;&#1575;", 0),
    ("latin-punctuation", "Who, what; why?", 0),
    ("straight-quotes", 'قال "نعم" ومضى', 2),
    ("straight-quotes", 'قال "نعم ومضى', 1),
    ("straight-quotes", 'شاشة 15" كبيرة', 0),
    ("straight-quotes", 'He said "yes"', 0),
    ("turned-quotes", "قال “نعم” ومضى", 2),
    ("turned-quotes", "قال ”نعم“ و«لا» و„ربما“", 0),
    ("unbalanced-quotes", "قال ”نعم ومضى", 1),
    ("unbalanced-quotes", "قال «نعم ومضى\n\nثم عاد» أخيرًا", 2),
    ("unbalanced-quotes", "قال ”نعم”", 1),
    ("unbalanced-quotes", "قال ”نعم“ و«لا» و“ربما” و”قال «كذا» ثم“", 0),
    ("unbalanced-quotes", "قال: ”نعم.\n\n”ثم لا.\n\n”ثم ربما“.", 0),
    ("unbalanced-quotes", "قال: ”نعم\nفي سطرين“.", 0),
    ("space-before-punctuation", "قال ، ثم مضى ؛ هل عاد ؟ نعم . عاد !", 5),
    ("space-before-punctuation", "قال: نعم، ثم … مضى .NET و :) عاد", 0),
    ("space-before-punctuation", "* .\n\n1 . نص\n\n> ،", 0),
    ("tatweel", "كلمة ممـــدودة وأهـــم", 2),
    ("tatweel", "مُـحمد", 1),
    ("tatweel", "لـ<بوتين> وبـ”كذا“ سنة 1440 هـ والـ20 ـه ـــــ", 0),
    ("persian-letters", "کتاب جدید على علی", 3),
    ("persian-letters", "چاد وڤيينا وگوگل وپاريس وژان ﷺ ٱلقرآن", 0),
    ("presentation-forms", "ﻻ بأس بـ ﻣﺤﻤﺪ", 2),
    ("presentation-forms", "النبي ﷺ قال ﴿آية﴾ بسعر ﷼", 0),
    ("mixed-digits", "سنة 20١9 بعدها", 1),
    ("mixed-digits", "سنة 2019 ثم ٢٠٢٠ ثم ٢٠٢١", 1),
    ("mixed-digits", "سنة ٢٠١٩ و١٤:٣٠ و۲", 1),
    ("mixed-digits", "١. أولًا في 2019\n٢. ثانيًا في 2020", 0),
    ("invisible", "عربي\u200fعربي و\u200bنص \ufeff", 3),
    ("invisible", "می\u200cخواهم ه\u200d", 0),
    ("unbalanced-bidi", "نص \u202eمقلوب", 1),
    ("unbalanced-bidi", "نص \u2067معزول\n\nثم\u2069", 2),
    ("unbalanced-bidi", "نص \u2067معزول \u202bداخل\u202c\u2069 انتهى", 0),
    ("emphasis", "هذا ** مهم ** جدًا", 1),
    ("emphasis", "هذا __نص__قال", 1),
    ("emphasis", "هذا ~~نص~~", 1),
    ("emphasis", "هذا **نص ثم انتهى", 1),
    ("emphasis", "هذا *نص* و**”نص“**قال _نص_ و**<بوتين>**و ***نص*** __نص__ و\\*كذا", 0),
    ("emphasis", "* بند **مهم**\n* بند\n\n***\n\nكأس_العالم و`**كود`", 0),
    ("name-mark", "قال <بوتين ثم مضى", 1),
    ("name-mark", "قال <> ثم >بوتين< ثم <b>نص</b>", 4),
    ("name-mark", "قال <بوتين> في \\<كذا و`<`", 0),
    ("name-spelling", "قال <دونالد ترامب> ثم <ترمب>", 1),
    ("name-spelling", "قال <أحمد سالم> ثم <احمد سالم>", 1),
    ("name-spelling", "قال <عبد الفتاح السيسي> ثم <سيسي>", 1),
    ("name-spelling", "قال <محمد علي> و<محمود علي> و<حسن سعد> و<حسين سعد> و<سالم> و<سليم>", 0),
    ("name-spelling", "قال <فلاديمير بوتين> و<بوتين> و<مُحَمَّد> و<محمد>", 0),
    ("missing-alt", "![](a.png) ![ ](a.png) ![وصف](a.png) ![][x]", 3),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "body", "times"), FOUND)
def test_a_rule_finds_what_it_should_and_no_more(rule: str, body: str, times: int) -> None:
    assert len(found(body, rule)) == times


def test_every_text_rule_is_tested_and_in_the_table() -> None:
    of_fields = {"headline-length", "missing-source", "date-in-path", "unknown-key"}
    assert {row.name for row in TEXT_RULES} == {rule for rule, _, _ in FOUND} | of_fields
    assert {row.name for row in TEXT_RULES} < {rule.name for rule in ALL_RULES}


@pytest.mark.parametrize(
    ("rule", "fields", "line"),
    [
        ("headline-length", {"headline": "عنوان " * 30}, 2),
        ("headline-length", {"headline": "عنوان"}, 2),
        ("missing-source", {"source": ""}, 2),
        ("missing-alt", {"image": "a.png"}, 5),
        ("date-in-path", {"date": "25/05/2019"}, 3),
        ("unknown-key", {"headlin": "كذا"}, 5),
        ("latin-punctuation", {"summary": "قال, ومضى"}, 5),
        ("tatweel", {"tags": "مهـــم، آخر"}, 5),
        ("unbalanced-quotes", {"summary": "قال ”نعم", "dateline": "“كذا"}, 5),
    ],
)
def test_a_rule_reads_the_front_matter(rule: str, fields: dict[str, str], line: int) -> None:
    hits = found("نص", rule, **fields)
    assert hits
    assert hits[0].line == line


@pytest.mark.parametrize(
    "fields",
    [
        {"tags": "مياه, شؤون عربية, آخر"},
        {"tags": '["مياه", "شؤون"]'},
        {"headline": '"قال نعم ومضى"'},
        {"headline": "'قال نعم ومضى'"},
        {"source_url": "https://example.org/?a=1,2;b"},
        {"aliases": "/old,address/"},
        {"slug": "مهـــم"},
        {"corrections": "[25/05/2019: كذا; 26/05/2019: كذا]"},
        {"corrections": "25/05/2019 14:30: كذا وكذا"},
        {"summary": "# ليس تعليقًا"},
        {"image": "a,ب.png", "image_alt": "وصف"},
    ],
)
def test_keys_addresses_and_the_signs_of_front_matter_are_left_alone(
    fields: dict[str, str],
) -> None:
    assert [f.rule for f in found("نص", **fields)] == []


@pytest.mark.parametrize(
    "body",
    [
        '`كود, "x" ؟ , كـــود`',
        '```\nقال, "نعم" کـــ\n```',
        '~~~ py\nقال, "نعم"\n~~~',
        '> ```\n> قال, "نعم"\n> ```',
        'نص\n\n    قال, "نعم"\n\n    قال, ثم\n\nنص',
        '- بند\n\n        قال, "نعم"',
        "[نص](https://example.org/نص,ب?ج;د)",
        '[نص](a.png "قال, نعم")'.replace("a.png", "https://example.org"),
        "<https://example.org/نص,ب?ج>",
        "`<b>` و`<!-- تعليق -->`\n\n```html\n<b>نص</b>\n```",
        "https://example.org/نص,ب?ج",
        "راسل a.b@example.org، ثم www.example.org/ب?ج",
        '[نص][مرجع,ب]\n\n[مرجع,ب]: https://example.org "قال, نعم"',
        "نص[^1,ب]",
        "| أ | ب |\n|:--|--:|\n| ج | د |",
    ],
)
def test_code_and_addresses_are_never_flagged(body: str) -> None:
    assert [f.rule for f in found(body)] == []


@given(
    st.lists(
        st.sampled_from(
            [
                "كلمة, ",
                "`",
                "``",
                "\n\n    ",
                "\n```\n",
                "\n\n",
                "- ",
                "> ",
                "[نص](x,ب)",
                "\n",
                "نص، ",
            ]
        ),
        max_size=14,
    )
)
def test_what_the_page_shows_as_code_is_no_prose(parts: list[str]) -> None:
    body = "".join(parts) + "\n\nنص"
    typed = written(body)
    html = markup.convert(typed.marked.text)
    inside = "".join(part.partition("</code>")[0] for part in html.split("<code>")[1:])
    outside = sum(f.rule == "latin-punctuation" for f in look(typed))
    assert outside + inside.count("كلمة,") <= body.count("كلمة,")


@given(st.text(alphabet='ابتـک \n`~*_<>[](){}"”“«»,;?.!:#-|=\\/:0١\u200f\u202e\u2069', max_size=80))
def test_the_prose_is_as_long_as_the_text_and_no_text_breaks_a_rule(body: str) -> None:
    typed = written(body)
    assert len(typed.prose) == len(typed.text)
    assert all(a in {b, BLANK} for a, b in zip(typed.prose, typed.text, strict=True))
    for hit in look(typed):
        assert 1 <= hit.line <= typed.text.count("\n") + 1
        assert hit.column >= 1


def test_a_finding_tells_line_and_column() -> None:
    (hit,) = found("سطر\nقال, ثم")
    assert (hit.path, hit.line, hit.column) == (PATH, 7, 4)


def test_line_ends_and_byte_order_mark_move_no_finding() -> None:
    text = article("سطر\nقال, ثم")
    for data in (text.replace("\n", "\r\n"), f"\ufeff{text}", text.replace("\n", "\r")):
        (hit,) = look(Manuscript(PATH, data.encode(), RULES))
        assert (hit.line, hit.column) == (7, 4)


def test_a_rule_is_turned_off_on_its_line_only() -> None:
    typed = written("مـهم <!-- check: tatweel, invisible -->\nمـهم")
    assert typed.off == {6: {"tatweel", "invisible"}}
    assert [f.line for f in look(typed)] == [
        6,
        7,
    ]  # what is off is left out later, by name and line


def test_a_rule_is_turned_off_for_the_value_below_its_comment() -> None:
    text = article("# check: tatweel").replace("source:", "# check: tatweel\nsource:")
    assert Manuscript(PATH, text.encode(), RULES).off == {5: {"tatweel"}}


def test_names_that_are_distinct_by_the_registry_are_two() -> None:
    text = article("قال <دونالد ترامب> ثم <ترمب>").encode()
    rules = with_names(NameEntry("دونالد ترامب", distinct=("ترمب",)))
    assert not look(Manuscript(PATH, text, rules))


def test_the_sample_of_the_house_style_is_clean() -> None:
    for file in sorted((ROOT / "content").rglob("*.md")):
        path = file.relative_to(ROOT).as_posix()
        hits = look(Manuscript(path, file.read_bytes(), RULES))
        assert [f for f in hits if f.rule != "missing-source"] == []
