"""new: the file it writes, what it refuses, what it tells."""

import pytest
from conftest import SiteFolder
from hypothesis import given
from hypothesis import strategies as st

from mujaz import marks
from mujaz.article import read_article
from mujaz.desk.drafting import LONGEST, draft
from mujaz.frontmatter import KEYS, parse
from mujaz.model import Settings
from mujaz.names import Registry, Rules

RULES = Rules(Settings(), Registry(()))

ODD = [
    'قال: "نعم" — ثم #عاجل',
    '"نعم" و"لا"',
    '"كله بين علامتين"',
    "- يبدأ بشرطة",
    "'نعم' قالها",
    "[عاجل] خبر",
    "{عاجل} خبر",
    "> اقتباس",
    "| عمود",
    "سطر\nثان\r\nوثالث",
    "؟!",
    "كلمة " * 200,
    "\u200fمن اليمين\u200f",
    "---",
    "# عنوان",
    "key: value",
    "نسبة 50% و&amp; \\ مائلة",
    "خبر عن <بوتين> و<b>",
    "🙂",
]


@pytest.mark.parametrize("headline", ODD)
def test_any_headline_reads_back_the_same(headline: str) -> None:
    made = draft(headline, "2019-05-24")
    found = read_article(made.path, made.text.encode(), RULES).article
    assert found.card.headline == marks.plain(" ".join(headline.split()))
    assert (found.card.published, found.card.url) == ("2019-05-24", made.url)
    assert len(made.url.split("/")[4].encode()) <= LONGEST


@given(st.text(max_size=60))
def test_what_any_text_gives_reads_back_or_is_refused(headline: str) -> None:
    plain = " ".join(marks.tidy(headline).split())
    if not marks.plain(plain):
        with pytest.raises(ValueError, match="expected a headline"):
            draft(headline, "2019-05-24")
        return
    made = draft(headline, "2019-05-24")
    assert parse(made.text).fields["headline"].text == plain
    assert read_article(made.path, made.text.encode(), RULES).article.card.url == made.url
    assert "/" not in made.path.removeprefix("content/2019/05/24/")


def test_new_writes_the_article_of_today_and_prints_its_path(site: SiteFolder) -> None:
    run = site.run("new", "القمة تنتهي ببيان")
    assert (run.returncode, run.stderr) == (0, "")
    path = "content/2025/11/24/القمة-تنتهي-ببيان.md"
    assert run.stdout == f"{path}\n"
    text = (site.root / path).read_text(encoding="utf-8")
    assert text.startswith("---\nheadline: القمة تنتهي ببيان\ndate: 24/11/2025\n")
    assert parse(text).fields.keys() <= KEYS.keys()
    assert site.build().notes.problems == ()


def test_today_is_the_day_of_the_site_s_zone(site: SiteFolder) -> None:
    site.write(
        "content/site.toml", 'base_url = "https://example.org"\ntimezone = "Pacific/Kiritimati"\n'
    )
    assert "content/2025/11/25/" in site.run("new", "خبر من هنا").stdout  # 16:00 UTC is 06:00 there


def test_a_date_may_be_given_with_a_time(site: SiteFolder) -> None:
    run = site.run("new", "خبر من هنا", "--date", "٢٤/٥/٢٠١٩ 14:30")
    assert run.stdout == "content/2019/05/24/خبر-من-هنا.md\n"
    assert "\ndate: 24/05/2019 14:30\n" in (site.root / run.stdout.strip()).read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("arguments", [(" ",), ("خبر من هنا", "--date", "32/05/2019"), ()])
def test_wrong_usage_writes_nothing(site: SiteFolder, arguments: tuple[str, ...]) -> None:
    run = site.run("new", *arguments)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr
    assert [p.name for p in (site.root / "content").rglob("*")] == ["site.toml"]


def test_nothing_is_written_over(site: SiteFolder) -> None:
    path = site.run("new", "خبر من هنا").stdout.strip()
    (site.root / path).write_text("نص لا يضيع", encoding="utf-8")
    run = site.run("new", "خبر من هنا")
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == f"{path}: is there already; nothing was written\n"
    assert (site.root / path).read_text(encoding="utf-8") == "نص لا يضيع"


def test_an_address_that_another_file_has_is_refused(site: SiteFolder) -> None:
    site.article("هناك/خبر-من-هنا", date="24/05/2019")
    run = site.run("new", "خبر من هنا", "--date", "24/05/2019")
    assert run.returncode == 1
    assert run.stderr.startswith("content/هناك/خبر-من-هنا.md: is there already")


def test_similar_articles_of_the_days_around_are_named(site: SiteFolder) -> None:
    site.article("a", headline="الوزراء يبحثون أزمة المياه في مسقط", date="23/11/2025")
    site.article("b", headline="الوزراء يبحثون أزمة المياه في مسقط", date="01/11/2025")
    site.article("c", headline="فوز المنتخب بالكأس", date="23/11/2025")
    run = site.run("new", "وزراء المياه يبحثون الأزمة")
    assert run.returncode == 0
    assert run.stderr == "similar: content/a.md: الوزراء يبحثون أزمة المياه في مسقط\n"


def test_faults_elsewhere_do_not_keep_an_author_from_writing(site: SiteFolder) -> None:
    site.article("a", date="32/05/2019")
    assert site.run("new", "خبر من هنا").returncode == 0
    site.settings("perpage = 3")
    run = site.run("new", "خبر آخر")
    assert (run.returncode, "perpage" in run.stderr) == (1, True)  # the zone might be wrong too


def test_a_headline_that_begins_with_a_dash_stands_after_two(site: SiteFolder) -> None:
    assert site.run("new", "--", "-عاجل").stdout == "content/2025/11/24/عاجل.md\n"
