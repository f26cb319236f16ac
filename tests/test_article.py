"""One file's text to an article: whatever it holds, an article or faults with their lines."""

import re
from collections.abc import Iterator, Sequence

import pytest
from fragments import BODY, INLINE
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.article import Faulty, read_article
from mujaz.frontmatter import KEYS
from mujaz.model import Article, Settings
from mujaz.names import Registry, Rules
from mujaz.settings import NameEntry

RULES = Rules(Settings(timezone="Asia/Riyadh"), Registry(()))
FRONT = "headline: خبر\ndate: 24/05/2019"


def read(front: str = FRONT, body: str = "نص", path: str = "content/a.md") -> Article:
    """An article from its front matter and body."""
    return read_article(path, f"---\n{front}\n---\n{body}\n".encode(), RULES).article


def faults(front: str) -> list[tuple[int, str]]:
    """What is wrong with an article."""
    with pytest.raises(Faulty) as found:
        read(front)
    return found.value.faults


@settings(max_examples=300)
@given(
    st.dictionaries(
        st.sampled_from([*KEYS, *KEYS.values(), "x"]),
        INLINE.map(lambda s: s.replace("\n", " ")),
        max_size=5,
    ),
    BODY,
)
def test_any_text_is_an_article_or_faults(fields: dict[str, str], body: str) -> None:
    text = "".join(f"{key}: {value}\n" for key, value in fields.items())
    lines = range(1, text.count("\n") + body.count("\n") + 4)
    for article, told in outcome(f"---\n{text}---\n{body}".encode(errors="replace")):
        assert all(line in lines and message for line, message in told)
        if article:
            assert all(line in lines for _, line in article.targets)
            assert re.fullmatch(r"/\d{4}/\d\d/\d\d/[^/\s%]+/", article.card.url)
            assert "\n" not in article.card.headline + article.card.summary


def outcome(data: bytes) -> Iterator[tuple[Article | None, Sequence[tuple[int, str]]]]:
    """An article with its warnings, or faults."""
    try:
        article = read_article("content/a.md", data, RULES).article
    except Faulty as faulty:
        yield None, faulty.faults
    else:
        yield article, article.warnings


@given(st.binary(max_size=80))
def test_any_bytes_are_an_article_or_faults(data: bytes) -> None:
    for article, told in outcome(data):
        assert article or told


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("content/2019/05/قمة الرياض.md", "قمة-الرياض"),
        ("content/خبر/index.md", "خبر"),
        ("content/A B.md", "a-b"),
        ("content/مُوجَز.md", "موجز"),
        ("content/ملف_٢٠.md", "ملف-20"),
    ],
)
def test_the_files_name_is_the_address(path: str, part: str) -> None:
    assert read(path=path).card.url == f"/2019/05/24/{part}/"


def test_pages_have_no_date_and_stand_at_the_root() -> None:
    page = read("headline: من نحن", path="content/pages/about.md")
    assert (page.card.url, page.card.published) == ("/about/", "")


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("24/05/2019", "2019-05-24"),
        ("24/05/2019 14:30", "2019-05-24T14:30:00+03:00"),
        ("٢٤-٥-٢٠١٩ ١٤:٣٠", "2019-05-24T14:30:00+03:00"),
        ("2019-05-24", "2019-05-24"),
    ],
)
def test_moments_are_in_the_sites_zone(typed: str, moment: str) -> None:
    assert read(f"headline: خبر\ndate: {typed}").card.published == moment


def test_a_last_day_counts_whole() -> None:
    article = read(f"{FRONT}\nexpires: 31/12/2019\npin: until 26/05/2019 12:00")
    assert (article.expires, article.pin) == ("2020-01-01", "2019-05-26T12:00:00+03:00")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("expires: غدًا", "expires: "),
        ("pin: قريبًا", "pin: expected true, or until dd/mm/yyyy, found 'قريبًا'"),
        ("draft: ربما", "draft: expected true or false"),
        ("source_url: example.org", "source_url: expected an address that begins with https://"),
        ("source_url: javascript:alert(1)", "source_url: expected an address"),
        ("image: https://example.org/a.png", "image: expected a file beside the article"),
        ("aliases: /../x", "aliases: expected an address of this site"),
        ("aliases: x", "aliases: expected an address of this site"),
        ("corrections: خطأ في الاسم", "corrections: expected 'dd/mm/yyyy: what was put right'"),
        ("updated: 32/01/2019", "updated: "),
    ],
)
def test_each_fault_has_its_line(line: str, message: str) -> None:
    ((at, told),) = faults(f"{FRONT}\n{line}")
    assert at == 4
    assert told.startswith(message)


def test_all_faults_of_a_file_are_told_at_once() -> None:
    assert [line for line, _ in faults("headline: \ndate: 1/13/2019\ndraft: ربما")] == [2, 3, 4]


def test_the_summary_is_as_given_or_the_first_paragraph() -> None:
    assert read(f"{FRONT}\nsummary: قال <بوتين> نعم").card.summary == "قال بوتين نعم"
    assert read(body="قال **<بوتين>** نعم.\n\nفقرة").card.summary == "قال بوتين نعم."


def test_names_of_headline_and_body_are_the_articles_names() -> None:
    article = read("headline: لقاء <بوتين>\ndate: 24/05/2019", "قال <فلاديمير بوتين> و`<كود>`")
    assert article.names == ("فلاديمير بوتين",)
    assert article.marks == (("بوتين", "فلاديمير بوتين"),)


def test_only_real_links_inside_the_site_are_targets() -> None:
    body = "[أ](b.md) `[ب](c.md)` ![ج](d.png) [د](#x) [ه](/y/) [و](https://a.example/) [ز](javascript:x)"
    article = read(body=body)
    assert article.targets == (("b.md", 5), ("d.png", 5))
    assert [line for line, _ in article.warnings] == [5]


def test_aliases_and_corrections_are_read() -> None:
    article = read(
        f"{FRONT}\naliases: [/قديم, /old.html]\ncorrections:\n- 25/05/2019: صُحح الاسم\n- 26/05/2019 10:00: صُحح الرقم"
    )
    assert article.aliases == (("/قديم/", 4), ("/old.html", 4))
    assert article.corrections == (
        ("2019-05-26T10:00:00+03:00", "صُحح الرقم"),
        ("2019-05-25", "صُحح الاسم"),
    )


def test_the_digest_changes_with_the_registry() -> None:
    one = read(body="قال <بوتين>")
    registry = Registry([NameEntry("فلاديمير بوتين", ("بوتين",))])
    other = read_article(
        "content/a.md",
        f"---\n{FRONT}\n---\nقال <بوتين>\n".encode(),
        Rules(RULES.settings, registry),
    ).article
    assert one.content == other.content
    assert one.digest != other.digest
