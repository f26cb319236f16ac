"""The Arabic rules: vectors, tables against Babel, and properties."""

import unicodedata

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from mujaz.arabic import count, dates, fold, order
from mujaz.arabic.slug import slug

REGIONS = {
    "ar": "EG SA AE KW QA BH OM YE LY SD",
    "levant": "SY LB JO IQ PS",
    "morocco": "MA",
    "maghreb": "DZ TN",
    "mauritania": "MR",
}
NAMES = [
    "2019",
    "آسيا",
    "اقتصاد",
    "أمريكا",
    "إيران",
    "بوتين",
    "ترامب",
    "تونس",
    "السعودية",
    "سوريا",
    "القدس",
    "مؤتمر",
    "مأرب",
    "مصر",
    "المغرب",
    "اليمن",
    "UN",
]


@pytest.mark.parametrize(
    "row",
    [
        "محمد|مُحَمَّد|محـــمد",
        "كأس العالم|كأس_العالم|#كأس_العالم|كأس-العالم",
        "علي|علی",
        "كورونا|کورونا",
        "قمة 2019|قمة ٢٠١٩|قمة ۲۰۱۹",
        "لا|\ufefb",
        "”بوتين“|بوتين|«بوتين»",
        "إيران|\u0627\u0655يران",
        "روسيا|\u200fروسيا\u200e",
    ],
)
def test_identity_joins_encodings_of_one_word(row: str) -> None:
    assert len({fold.identity(word) for word in row.split("|")}) == 1


@pytest.mark.parametrize(
    ("row", "same"),
    [
        ("أحمد|احمد|إحمد", True),
        ("السعودية|السعوديه", True),
        ("مصطفى|مصطفي", True),
        ("مسؤول|مسئول", True),
        ("شؤون|شئون", True),
        ("آسيا|اسيا|أسيا", True),
        ("پوتين|بوتين", True),
        ("سوريا|سورية", False),
        ("السعودية|سعودية", False),
        ("بوتين|بوتن", False),
        ("ترامب|ترمب", False),
        ("علم|عالم", False),
        ("مصر|مصري", False),
    ],
)
def test_spelling_joins_variants_and_no_more(row: str, *, same: bool) -> None:
    assert (len({fold.spelling(word) for word in row.split("|")}) == 1) is same


@pytest.mark.parametrize(
    "row",
    [
        "بوتين|بوتن",
        "ترامب|ترمب",
        "ميركل|مركل",
        "نتنياهو|نتانياهو",
        "السيسي|سيسي",
        "أردوغان|اردوغان",
    ],
)
def test_skeleton_suggests_near_names(row: str) -> None:
    assert len({fold.skeleton(word) for word in row.split("|")}) == 1


@given(st.text())
def test_folds_are_idempotent(text: str) -> None:
    for key in (fold.identity, fold.spelling, fold.clean, fold.bare):
        assert key(key(text)) == key(text)


def test_index_order_ignores_the_article() -> None:
    assert sorted(NAMES, key=order.sort_key) == NAMES
    words = ("القدس", "أمريكا", "آسيا", "الله", "UN", "٢٠١٩")
    assert [order.heading(order.sort_key(word)) for word in words] == ["ق", "ا", "ا", "ا", "U", "#"]


def test_plural_categories_are_those_of_cldr() -> None:
    rule = Locale("ar").plural_form
    assert all(count.category(n) == rule(n) for n in range(20002))
    wanted = ["لا أخبار", "خبر واحد", "خبران", "3 أخبار", "11 خبرًا", "100 خبر", "103 أخبار"]
    assert [count.count(n, "article") for n in (0, 1, 2, 3, 11, 100, 103)] == wanted


def test_month_and_weekday_names_are_those_of_cldr() -> None:
    for months, regions in REGIONS.items():
        for region in regions.split():
            locale = Locale("ar", region)
            assert list(locale.months["format"]["wide"].values()) == dates.MONTHS[months]
            assert [locale.days["format"]["wide"][n] for n in range(7)] == dates.WEEKDAYS


@pytest.mark.parametrize(
    "text",
    [
        "24/05/2019",
        "24/5/2019",
        "24-05-2019",
        "24.5.2019",
        "2019-05-24",
        "2019/05/24",
        "٢٤/٠٥/٢٠١٩",
        "۲۴/۰۵/2019",
        "24\u200f/05\u200f/2019",
    ],
)
def test_a_date_is_read_day_first(text: str) -> None:
    assert dates.read_date(text) == ("2019-05-24", "")
    assert dates.read_date(text + " 14:30").time == "14:30"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "05/24/2019",
        "31/02/2019",
        "29/02/2019",
        "24/05/19",
        "1/1/1899",
        "24/05/2019 ظهرا",
        "2019-05-24T14:30:00+03:00",
        "1/1/2019 25:00",
    ],
)
def test_a_wrong_date_names_the_form_expected(text: str) -> None:
    with pytest.raises(ValueError, match="expected dd/mm/yyyy"):
        dates.read_date(text)


def test_dates_are_written() -> None:
    assert dates.written_date("2019-05-24", "both", "latn") == "24 أيار/مايو 2019"
    assert dates.written_date("2019-05-24", "levant", "arab") == "٢٤ أيار ٢٠١٩"
    assert dates.weekday("2019-05-24") == "الجمعة"
    assert dates.hijri("2019-05-24", "latn") == "19 رمضان 1440 هـ"
    assert dates.hijri("1900-01-01", "latn") == ""


@given(st.text(), st.integers(1, 200))
def test_a_slug_is_safe_short_and_stable(text: str, limit: int) -> None:
    made = slug(text, limit)
    assert slug(made, limit) == made
    assert unicodedata.normalize("NFC", made) == made
    assert len(made.encode()) <= limit
    assert not set(made) & set("/\\.% ")


@given(st.from_regex("[a-z0-9ء-غف-ي]{1,9}([ -][a-z0-9ء-غف-ي]{1,9}){0,4}", fullmatch=True))
def test_plain_words_are_their_own_slug(text: str) -> None:
    assert slug(text) == slug(f"{text} ") == slug(f"\u200f{text}")


@given(st.from_regex(fold._PLAIN, fullmatch=True))
def test_plain_words_are_their_own_key(text: str) -> None:
    assert fold._identity_once(text) == text
