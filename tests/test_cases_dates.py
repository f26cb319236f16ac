"""Cases from the field: dates as people write them, and as readers see them."""

import re
import shutil

import pytest
import seen
from conftest import SiteFolder

from mujaz.arabic.count import category

MIXED = re.compile("[0-9].*[٠-٩]|[٠-٩].*[0-9]", re.DOTALL)


def test_the_day_comes_first_even_where_it_could_be_a_month(site: SiteFolder) -> None:
    """B16: day and month exchanged when both are at most 12."""
    for name, date in {
        "a": "05/04/2019",
        "b": "01/12/2019",
        "c": "24/05/2019",
        "d": "4/5/2019",
    }.items():
        site.article(name, date=date)
    site.build()
    assert set(seen.posts(site).values()) == {
        "/2019/04/05/a/",
        "/2019/12/01/b/",
        "/2019/05/24/c/",
        "/2019/05/04/d/",
    }
    assert not (site.site / "2019/01").exists()
    assert seen.listed(site, "/") == ["b", "c", "d", "a"]
    assert {t.get("datetime") for t in seen.page(site, "/2019/04/05/a/").iter("time")} >= {
        "2019-04-05"
    }


def test_every_bad_date_is_told_with_its_place_and_nothing_is_written(site: SiteFolder) -> None:
    """B17: such an article vanishes, or the error names no file."""
    bad = {
        "bad1": "31/02/2019",
        "bad2": "05/24/2019",
        "bad3": "24/05/19",
        "bad4": "",
        "bad6": "24/05/2019 ظهرا",
    }
    for name, date in bad.items():
        site.article(name, date=date)
    site.write("content/bad5.md", "---\nheadline: خبر 5\ntags: أخبار\n---\nنص\n")
    site.article("good")
    site.write("site/keep.html", "لي")
    done = site.run()
    assert done.returncode == 1
    told = {line.split(":")[0]: line for line in done.stderr.splitlines()}
    assert told.keys() == {f"content/bad{n}.md" for n in range(1, 7)}
    for name, date in bad.items():
        assert told[f"content/{name}.md"].startswith(f"content/{name}.md:3: date: ")
        assert f"'{date}'" in told[f"content/{name}.md"]
    assert all("dd/mm/yyyy" in line for line in told.values())
    assert site.files().keys() == {"keep.html"}


def test_arabic_and_persian_digits_and_direction_marks_are_read(site: SiteFolder) -> None:
    """B18: dates written with other digits."""
    for name, date in {
        "a": "٢٤/٠٥/٢٠١٩",
        "b": "۲۴/۰۵/۲۰۱۹",
        "c": "24/05/٢٠١٩",
        "d": "\u200f24/05/2019\u200f",
    }.items():
        site.article(name, date=date)
    site.build()
    assert sorted(seen.posts(site).values()) == [f"/2019/05/24/{name}/" for name in "abcd"]
    assert seen.listed(site, "/2019/05/24/") == ["a", "b", "c", "d"]
    assert not [name for name in site.files() if re.search("[٠-٩۰-۹]", name)]
    for url in seen.posts(site).values():
        page = seen.page(site, url)
        assert {t.get("datetime") for t in page.iter("time")} == {"2019-05-24"}
        assert not MIXED.search(" ".join(seen.text(t) for t in page.iter("time")))


def test_today_is_the_sites_day_wherever_it_is_built(site: SiteFolder) -> None:
    """B19: today's article is missing because the machine is in another zone."""
    site.article("today", headline="خبر اليوم", date="24/05/2019")
    site.article("tomorrow", headline="خبر الغد", date="25/05/2019")
    trees = []
    for zone in ("UTC", "America/New_York", "Asia/Tokyo"):
        shutil.rmtree(site.site, ignore_errors=True)
        done = site.run(env={"TZ": zone, "SOURCE_DATE_EPOCH": "1558650600"})  # 2019-05-23T22:30:00Z
        assert done.returncode == 0
        assert "content/tomorrow.md" in done.stdout + done.stderr
        trees.append(site.files())
    assert trees[0] == trees[1] == trees[2]
    assert seen.posts(site) == {"today": "/2019/05/24/today/"}
    assert "خبر الغد".encode() not in b"".join(trees[0].values())
    assert b"\\u062e\\u0628\\u0631 \\u0627\\u0644\\u063a\\u062f" not in b"".join(trees[0].values())


def test_feed_dates_are_rfc_822_whatever_the_locale(site: SiteFolder) -> None:
    """B22: pubDate in Arabic."""
    site.article("a")
    trees = []
    for locale in ("C", "ar_EG.UTF-8"):
        shutil.rmtree(site.site, ignore_errors=True)
        assert site.run(env={"LC_ALL": locale}).returncode == 0
        trees.append(site.files())
    assert trees[0] == trees[1]
    dates = [d.text for d in seen.xml(site, "/feed.xml").iter("pubDate", "lastBuildDate")]
    assert dates == ["Fri, 24 May 2019 00:00:00 +0300"] * 2


@pytest.mark.parametrize(
    ("months", "may", "january"),
    [
        ("", "24 أيار/مايو 2019", "5 كانون الثاني/يناير 2019"),
        ('months = "ar"', "24 مايو 2019", "5 يناير 2019"),
        ('months = "levant"', "24 أيار 2019", "5 كانون الثاني 2019"),
        ('months = "ar"\ndigits = "arab"', "٢٤ مايو ٢٠١٩", "٥ يناير ٢٠١٩"),
    ],
)
def test_months_are_named_as_the_region_does(
    site: SiteFolder, months: str, may: str, january: str
) -> None:
    """B23: month names of another region, mixed digits."""
    site.settings(months)
    site.article("t0")
    site.article("x0", date="05/01/2019")
    site.build()
    for name, date in {"/2019/05/24/t0/": may, "/2019/01/05/x0/": january}.items():
        shown = seen.text(seen.page(site, name))
        assert date in shown
        assert not MIXED.search(re.sub("[tx]0", "", shown))


def test_counts_agree_with_their_nouns(site: SiteFolder) -> None:
    """B23: counts with the wrong plural."""
    tags = {0: "أحد عشر، ثلاثة، اثنان", 1: "أحد عشر، ثلاثة، اثنان", 2: "أحد عشر، ثلاثة"}
    for number in range(11):
        site.article(f"t{number}", tags=tags.get(number, "أحد عشر"))
    site.article("x0", tags="واحد")
    site.build()
    for tag, count in {
        "واحد": "خبر واحد",
        "اثنان": "خبران",
        "ثلاثة": "3 أخبار",
        "أحد-عشر": "11 خبرًا",
    }.items():
        assert seen.text(seen.every(seen.page(site, f"/tags/{tag}/"), "p", "meta")[0]).startswith(
            count
        )


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("zero", (0,)),
        ("one", (1,)),
        ("two", (2,)),
        ("few", (3, 10, 103)),
        ("many", (11, 99, 111)),
        ("other", (100, 101, 102, 200)),
    ],
)
def test_plural_categories_are_those_of_cldr(name: str, numbers: tuple[int, ...]) -> None:
    """B23: the table of plural categories."""
    assert {category(number) for number in numbers} == {name}
