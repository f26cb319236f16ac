"""The front matter reader: what authors type, and what YAML writers emit."""

import time
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mujaz.frontmatter import KEYS, Document, Field, FrontMatterError, items, parse, write

MARKS = "\u200e\u200f\u061c\u2066\u2069"
SIGNS = "سوريخab \n\t\"'\\:#-[]{},|>@*%&!?`~=.1\x85\u2028\u2029\xa0\u200f\u064b\x07😀"
WORDS = [
    "خبر ",
    "عاجل: ",
    " #وسم",
    "null",
    "true",
    "~",
    "---",
    "- ",
    "\n\n",
    " \n ",
    '"نعم" ',
    "x" * 30,
]
texts = (
    st.lists(st.sampled_from([*SIGNS, *WORDS]), max_size=25)
    .map("".join)
    .map(lambda text: text.strip(MARKS + "\xa0"))
)
words = (
    st.lists(st.sampled_from([*SIGNS, *WORDS]), max_size=12)
    .map("".join)
    .map(lambda text: text.strip(MARKS + "\xa0 \t\n"))
)
names = st.sampled_from([*KEYS, *KEYS.values()])


def front(header: str, body: str = "نص\n") -> Document:
    return parse(f"---\n{header}\n---\n{body}")


def headline(value: str) -> str:
    return front(f"headline: {value}").fields["headline"].text


def tags(value: str) -> tuple[str, ...]:
    return items(front(f"tags: {value}").fields["tags"])


def faults(text: str) -> tuple[tuple[int, str], ...]:
    with pytest.raises(FrontMatterError) as caught:
        parse(text)
    return caught.value.faults


@pytest.mark.parametrize(
    "value",
    [
        "عاجل: انفجار في العاصمة",
        "عودة الموقع http://example.org: بيان",
        "الساعة 12:30: هدنة",
        "خبر #عاجل من المطار",
        'قال "نعم" اليوم',
        "[عاجل] سقوط طائرة",
        "[عاجل] سقوط [طائرة]",
        "[عاجل سقوط طائرة",
        "@الحساب يعود",
        "*عاجل* خبر",
        "%50 زيادة",
        "- حوار",
        "'الحدث' يعود",
        "«نعم» ” “ و’لا‘",
        "{{ x }} {% y %}",
        "خبر | تحليل > رأي & تعليق",
        '"نعم" و"لا"',
        '"أ" "ب"',
        "null",
        "~",
        "'",
        '"',
        "> رأي",
    ],
)
def test_text_of_a_headline_is_kept_as_typed(value: str) -> None:
    assert headline(value) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('"قال "نعم" اليوم"', 'قال "نعم" اليوم'),
        ('"قال "نعم""', 'قال "نعم"'),
        ('"خبر"', "خبر"),
        ("'it''s'", "it's"),
        (r'"\u0627\x41\n\t\"\\"', 'اA\n\t"\\'),
        (r'"\ud83d\ude00"', "😀"),
        (r'"C:\مجلد"', r"C:\مجلد"),
        ('""', ""),
        ("", ""),
        ('" أ "', " أ "),
        ("\u200f خبر\u200f \u200f", "خبر"),
        ("أ\u200fب", "أ\u200fب"),
        (">-\n  سطر\n  ثان\n\n  ثالث", "سطر ثان\nثالث"),
        ("|+\n  سطر\n  ثان\n", "سطر\nثان\n\n"),
        ("|2\n   سطر", " سطر\n"),
        (">\n  أ\n    ب\n  ج", "أ\n  ب\nج\n"),
        ("سطر\n  ثان\n\n\tثالث", "سطر ثان\nثالث"),
        ('"سطر\n  ثان \\\n  ثالث"', "سطر ثان ثالث"),
        ("\n  سطر", "سطر"),
    ],
)
def test_quotes_and_blocks_read_as_yaml_reads_them(value: str, text: str) -> None:
    assert headline(value) == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("روسيا، سوريا, لبنان", "روسيا|سوريا|لبنان"),
        ("[الكويت والعراق، وزارة الدفاع]", "الكويت والعراق|وزارة الدفاع"),
        ("\n- روسيا\n- 'سوريا'", "روسيا|سوريا"),
        ('\n  - سوريا\n  -\n  - ""', "سوريا"),
        ("سوريا، ، لبنان،, ", "سوريا|لبنان"),
        ("أ؛ ب", "أ|ب"),
        ("[\"أ، ب\", 'ج']", "أ، ب|ج"),
        ('"أ"، "ب"', "أ|ب"),
        ("[أ,\n  ب،\n]", "أ|ب"),
        ("\u200f[\u200fأ\u200f، ب]\u200f", "أ|ب"),
        ("\n\t- أ\n\t- ب", "أ|ب"),
        ("\n\u200f- أ\n\u200f- ب", "أ|ب"),
        ("\n- أ، ب\n- ج: د", "أ، ب|ج: د"),
        ("", ""),
        ("[]", ""),
    ],
)
def test_lists_are_read_however_they_are_typed(value: str, expected: str) -> None:
    assert "|".join(tags(value)) == expected


def test_corrections_are_text_or_a_yaml_mapping() -> None:
    typed = "corrections:\n- 25/05/2019: نص: آخر\n- date: 26/05/2019\n  text: نص"
    assert items(front(typed).fields["corrections"]) == ("25/05/2019: نص: آخر", "26/05/2019: نص")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark_change_nothing(ending: str, mark: str) -> None:
    text = "---\nheadline: خبر\ntags: روسيا، سوريا\n---  \nفقرة أولى\n\nفقرة ثانية\n"
    document = parse(mark + text.replace("\n", ending))
    assert document == parse(text)
    assert document.body == "فقرة أولى\n\nفقرة ثانية\n"
    assert document.body_line == 5
    assert items(document.fields["tags"]) == ("روسيا", "سوريا")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("الوسوم", "tags"),
        ("\u200fالوسوم\u200e ", "tags"),
        ("رابط_المصدر", "source_url"),
        ("رابط المصدر", "source_url"),
        ("مُسوّدة", "draft"),
        ("مسوده", "draft"),
        ("الكـاتب", "author"),
        ("Headline", "headline"),
        ('"headline"', "headline"),
        (" date", "date"),
    ],
)
def test_a_key_is_known_in_either_language(typed: str, key: str) -> None:
    document = front(f"slug: x\n{typed}: قيمة")
    assert document.fields[key] == Field("قيمة", None, 3)
    assert not document.problems


def test_comments_between_keys_are_passed_over() -> None:
    document = front("# ملاحظة: كذا\nheadline: خبر\n\n# أخرى\ndate: 1/1/2019")
    assert document.fields["date"] == Field("1/1/2019", None, 6)
    assert document.fields["headline"].text == "خبر"


def test_a_known_key_with_a_space_before_it_is_no_part_of_the_text_above() -> None:
    document = front("headline: > رأي\n date: 24/05/2019\nsummary: سطر\n  ثان: وثالث")
    assert document.fields["headline"].text == "> رأي"
    assert document.fields["date"].text == "24/05/2019"
    assert document.fields["summary"].text == "سطر ثان: وثالث"


def test_an_unknown_key_is_a_problem_with_a_suggestion() -> None:
    document = front("headlin: خبر\nالعنوانن: خبر\nqqq: x")
    assert document.problems == (
        (2, "unknown key 'headlin', did you mean 'headline'?"),
        (3, "unknown key 'العنوانن', did you mean 'العنوان'?"),
        (4, "unknown key 'qqq'"),
    )


def test_all_faults_of_a_file_are_told_at_once() -> None:
    assert faults("---\nheadline: x\nسطر\nالعنوان: y\n---\n") == (
        (3, "expected 'key: value', found 'سطر'"),
        (4, "'headline' is already given on line 2"),
    )


def test_a_missing_fence_says_what_is_expected() -> None:
    assert faults("headline: x\n") == (
        (1, "expected '---' on the first line, found 'headline: x'"),
    )
    assert faults("---\nheadline: x\n")[0][0] == 2
    assert faults("---\n" + "a: ب\n" * 20000 + "---\n")[0][1].startswith("front matter is over 64")


def test_an_empty_front_matter_has_no_fields() -> None:
    assert parse("---\n---") == Document({}, "", 2, ())


def without_rare_breaks(value: str | list[str]) -> str | list[str]:
    match value:
        case str():
            return "".join(char for char in value if char not in "\x85\u2028\u2029")
        case _:
            return [str(without_rare_breaks(item)) for item in value]


def emit(data: dict[str, str | list[str]], **style: Any) -> str:
    return str(yaml.safe_dump(data, **style))


@settings(max_examples=500, deadline=None, derandomize=True)
@given(
    data=st.dictionaries(
        names,
        texts | st.lists(words.map(lambda word: word.replace("،", ""))),
        min_size=1,
        max_size=4,
    ),
    unicode=st.booleans(),
    flow=st.sampled_from([None, True, False]),
    width=st.sampled_from([1, 20, 80, 10000]),
    style=st.sampled_from([None, None, "'", '"', "|", ">"]),
)
@example(data={"headline": "a\n\n b"}, unicode=True, flow=False, width=20, style=None)
def test_what_a_yaml_writer_emits_reads_as_yaml_reads_it(
    data: dict[str, str | list[str]],
    *,
    unicode: bool,
    flow: bool | None,
    width: int,
    style: str | None,
) -> None:
    english = {arabic: key for key, arabic in KEYS.items()}
    data = dict({english.get(key, key): (key, value) for key, value in data.items()}.values())
    if style in ("|", ">"):  # in blocks only the newline ends a line
        data = {key: without_rare_breaks(value) for key, value in data.items()}
    text = emit(
        data, allow_unicode=unicode, default_flow_style=flow, width=width, default_style=style
    )
    expected = yaml.load(text, Loader=yaml.BaseLoader)
    document = front(text.rstrip("\n") if style not in ("|", ">") else text[:-1])
    for key, value in expected.items():
        field = document.fields[english.get(key, key)]
        if isinstance(value, str):
            assert (field.text, field.items) == (value, None)
        else:
            assert items(field) == tuple(
                word for word in (w.strip(MARKS + "\ufeff \t\n\xa0") for w in value) if word
            )


@settings(max_examples=500, deadline=None, derandomize=True)
@given(
    fields=st.lists(
        st.tuples(st.sampled_from([*KEYS]), st.text() | texts | st.lists(st.text() | texts)),
        unique_by=lambda pair: pair[0],
    ),
    body=st.text().map(lambda text: text.replace("\r", "")),
)
def test_what_is_written_reads_back(fields: list[tuple[str, str | list[str]]], body: str) -> None:
    document = parse(write(fields, body))
    assert document.body == body
    for key, value in fields:
        field = document.fields[key]
        match value:
            case str():
                assert (field.text, field.items) == (value, None)
            case _:
                assert (field.items or ()) == tuple(value)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text() | texts, st.text() | texts)
def test_any_text_is_read_or_refused(header: str, value: str) -> None:
    try:
        document = parse(f"---\nheadline: {value}\n{header}\n---\n")
    except FrontMatterError as error:
        assert error.faults  # noqa: PT017 - either way is right
    else:
        assert all(isinstance(items(field), tuple) for field in document.fields.values())


@pytest.mark.parametrize(
    "unit", ['"', "'", "\\", '"a ', "[", "{", '["', " ", "\n ", "a: ", "\n- ", ",", '", "', "{a: "]
)
def test_reading_takes_no_longer_than_the_text(unit: str) -> None:
    for start in ("headline: ", 'headline: "', "tags: [", "{headline: ", 'tags: "\n '):
        begun = time.perf_counter()
        text = f"---\n{start}{unit * (60000 // len(unit))}x\n---\n"
        try:
            tuple(map(items, parse(text).fields.values()))
        except FrontMatterError as error:
            assert error.faults  # noqa: PT017 - either way is right
        assert time.perf_counter() - begun < 1
