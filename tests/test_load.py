"""Sites and articles far larger than a newsroom's: the pages are right, and the work grows as the load does.

The normal run takes a small part of each load. The whole of it, each in a process of its own, with
its seconds and the memory of its largest process::

    LOAD=1 python -m pytest -s tests/test_load.py
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from conftest import EPOCH, ROOT, SiteFolder
from lxml import etree

from mujaz.arabic.fold import spelling
from mujaz.names import Registry, resolve
from mujaz.terms import gather_terms

WHOLE = "LOAD" in os.environ
SMALL = 50  # units of the smallest site whose work is counted
NOISE = 1.25  # more work for the same load than before, such as another page of a list
TEXT = "قال <فلاديمير بوتين> إن الاجتماع كان **مهمًا** للجميع."
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^>]*?(/?)>")
_SCRIPT = re.compile(r"(<script\b[^>]*>).*?(</script>)", re.DOTALL)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905


class Load(NamedTuple):
    """A site of some size, and what it must show."""

    full: int
    write: Callable[[SiteFolder, int], None]
    shows: Callable[[SiteFolder, int], None]
    files: int = 0  # pages and feeds that each unit adds


# --- one article ----------------------------------------------------------------------------------


def write_long(site: SiteFolder, size: int) -> None:
    """An article of 90 bytes a unit."""
    site.article("a", f"{TEXT}\n\n" * size)


def shows_long(site: SiteFolder, size: int) -> None:
    html = site.text("/2019/05/24/a/")
    assert html.count("</a> إن الاجتماع كان <strong>مهمًا</strong> للجميع.</p>") == size


def write_names(site: SiteFolder, size: int) -> None:
    """An article that names as many people."""
    site.article("a", " ".join(f"<الشخص {number} الفلاني>" for number in range(size)))


def shows_names(site: SiteFolder, size: int) -> None:
    assert site.text("/2019/05/24/a/").count('class="name"') == size
    assert len(folders(site, "names")) == size
    assert all(f">الشخص {n} الفلاني<" in site.text("/names/") for n in (0, size - 1))


def write_headline(site: SiteFolder, size: int) -> None:
    """An article whose headline and tag have as many letters, in one word and in many."""
    site.article("a", headline="خ" * size, tags="و" * size)
    site.article("b", headline="خبر " * (size // 4))


def shows_headline(site: SiteFolder, size: int) -> None:
    for name, headline in (("a", "خ" * size), ("b", " ".join(["خبر"] * (size // 4)))):
        assert f">{headline}</h1>" in _plain(site.text(f"/2019/05/24/{name}/"))
        assert headline in site.text("/feed.xml")
    assert all(len(name.encode()) < 256 for name in folders(site, "tags"))


def _plain(html: str) -> str:
    """A page whose headings hold no elements."""
    return re.sub(r"</?bdi>", "", html)


def write_deep(site: SiteFolder, size: int) -> None:
    """An article of quotations and lists, one in another."""
    site.article("a", "> " * size + "قول")
    site.article("b", "\n".join("  " * level + "- بند" for level in range(size)))
    site.article("c", "\n".join("   " * level + "1. بند" for level in range(size)))


def shows_deep(site: SiteFolder, size: int) -> None:
    for name, tag in (("a", "<blockquote>"), ("b", "<ul>"), ("c", "<ol>")):
        html = site.text(f"/2019/05/24/{name}/")
        assert html[html.index('class="body') :].partition("</article>")[0].count(tag) == size


# --- many terms, entries, articles ----------------------------------------------------------------


def write_tags(site: SiteFolder, size: int) -> None:
    """Articles of 25 tags, each its own."""
    for start in range(0, size, 25):
        tags = "، ".join(f"وسم {number}" for number in range(start, start + 25))
        site.article(f"a{start}", tags=tags, date=f"{start // 25 % 28 + 1:02}/05/2019")


def shows_tags(site: SiteFolder, size: int) -> None:
    assert len(folders(site, "tags")) == size
    for number in (0, size - 1):
        assert f"/mujaz/tags/%D9%88%D8%B3%D9%85-{number}/" in site.text("/tags/")
        assert f"a{number // 25 * 25}/" in site.text(f"/tags/وسم-{number}/")


def write_registry(site: SiteFolder, size: int) -> None:
    """As many entries in names.toml and in tags.toml; each fifth is used, by another spelling."""
    names = (
        f'[[names]]\nname = "المسؤول {n} الكامل"\naliases = ["أبو {n}", "م. {n}"]\nrole = "منصب {n}"\n'
        for n in range(size)
    )
    tags = (f'[[tags]]\ntag = "موضوع {n}"\nsynonyms = ["مسألة {n}"]\n' for n in range(size))
    site.write("content/names.toml", "".join(names))
    site.write("content/tags.toml", "".join(tags))
    for start in range(0, size, 50):
        used = range(start, start + 50, 5)
        site.article(
            f"a{start}",
            " ".join(f"<أبو {n}>" for n in used),
            tags="، ".join(f"مسألة {n}" for n in used),
        )


def shows_registry(site: SiteFolder, size: int) -> None:
    used = range(0, size, 5)
    assert folders(site, "names") == {f"المسؤول-{n}-الكامل" for n in used}
    assert folders(site, "tags") == {f"موضوع-{n}" for n in used}
    last = used[-1]
    assert f"منصب {last}" in site.text(f"/names/المسؤول-{last}-الكامل/")


def write_day(site: SiteFolder, size: int) -> None:
    """As many articles on one day, and again on the next."""
    for number in range(2 * size):
        site.article(
            f"a{number}", date=f"{24 + number % 2}/05/2019 14:{number % 60:02}", tags="وسم"
        )


def shows_day(site: SiteFolder, size: int) -> None:
    for day, first in (("24", 0), ("25", 1)):
        html = site.text(f"/2019/05/{day}/")
        assert all(html.count(f'/{day}/a{n}/">') == 1 for n in range(first, 2 * size, 2))


def write_years(site: SiteFolder, size: int) -> None:
    """Articles over twenty years, with a tag and names that many share."""
    for number in range(size):
        month, day = number // 28 % 12 + 1, number % 28 + 1
        site.article(
            f"{number % 1000}/a{number}",
            f"{TEXT}\n\nوقال <الشخص {number % 500} الفلاني> ذلك.",
            date=f"{day:02}/{month:02}/{number // 336 % 20 + 2001}",
            tags=f"وسم {number % 50}",
        )


def shows_years(site: SiteFolder, size: int) -> None:
    assert len(list(site.site.glob("20*/*/*/*/index.html"))) == size
    assert len(list(site.site.glob("20*/*/*/index.html"))) == min(size, 20 * 336)
    assert len(folders(site, "names")) == 1 + min(size, 500)
    for number in (0, 199):
        lists = (site.site / f"names/الشخص-{number}-الفلاني").rglob("index.html")
        shown = {n for path in lists for n in re.findall(r"/a(\d+)/\"", path.read_text("utf-8"))}
        assert shown == {str(n) for n in range(number, size, 500)}


def folders(site: SiteFolder, section: str) -> set[str]:
    """The terms of the site that have a page."""
    return {path.parent.name for path in (site.site / section).glob("*/index.html")}


LOADS = {
    "100,000 articles": Load(100_000, write_years, shows_years, 1),
    "an article of 10 MB": Load(110_000, write_long, shows_long),
    "an article of 100,000 names": Load(100_000, write_names, shows_names, 2),
    "50,000 tags": Load(50_000, write_tags, shows_tags, 2),
    "registries of 10,000 entries": Load(10_000, write_registry, shows_registry),
    "1,000 articles a day": Load(1_000, write_day, shows_day, 2),
    "a headline of 10,000 letters": Load(10_000, write_headline, shows_headline),
    "20 levels of lists and quotations": Load(20, write_deep, shows_deep),
}


# --- held -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LOADS)
def test_the_load_is_held(site: SiteFolder, name: str) -> None:
    load = LOADS[name]
    size = load.full if WHOLE or load.full < 4 * SMALL else 4 * SMALL
    if name.startswith("a headline"):
        size = load.full
    load.write(site, size)
    report = built(site, name)
    assert report["files"] > load.files * size
    assert report["warnings"] == []
    load.shows(site, size)
    sound(site)
    again = built(site, "again, unchanged")
    assert (again["written"], again["rendered"]) == (0, {})


def built(site: SiteFolder, name: str) -> Any:
    """Build in a process of its own, and print what it took; return the report."""
    site.write("build.py", (ROOT / "build.py").read_text(encoding="utf-8"))
    before = time.monotonic()
    ran = subprocess.run(
        [sys.executable, "-c", MEASURED, str(site.root / "build.py"), "--json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": str(EPOCH)},
    )
    took = time.monotonic() - before
    assert (ran.returncode, ran.stderr) == (0, "")
    report, used = map(json.loads, ran.stdout.splitlines())
    print(
        f"\n{name}: {took:.1f} s, {used[0]:.1f} s of processors; {used[1]:.0f} MB of memory;"
        f" {report['files']} files, {report['bytes'] / 1e6:.0f} MB"
    )
    return report


# Between this process and the build: what forks from a large process would be taken for as large
MEASURED = """
import json, resource, subprocess, sys
code = subprocess.call([sys.executable, *sys.argv[1:]])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / unit]))
sys.exit(code)
"""


def sound(site: SiteFolder) -> None:
    """Each page's elements close in order, each feed is XML; of pages of one kind some are looked at."""
    seen: dict[tuple[int, str], int] = {}
    for folder, _, names in os.walk(site.site):
        for name in names:
            path = Path(folder, name)
            kind = (len(path.parts), path.suffix)
            seen[kind] = seen.get(kind, 0) + 1
            if seen[kind] > 200:
                continue
            if path.suffix == ".html":
                assert unclosed(path.read_text(encoding="utf-8")) == [], path
            elif path.suffix == ".xml":
                etree.parse(path, etree.XMLParser(huge_tree=True))


def unclosed(html: str) -> list[str]:
    """The elements of a page that don't close in order."""
    open_ones: list[str] = []
    for end, name, itself in _TAG.findall(_SCRIPT.sub(r"\1\2", html)):
        if itself or name in _VOID:
            continue
        if not end:
            open_ones.append(name)
        elif open_ones[-1:] == [name]:
            open_ones.pop()
        else:
            return [*open_ones, f"/{name}"]
    return open_ones


def test_what_does_not_close_is_seen() -> None:
    assert unclosed("<p>a<br>b <img src='x'></p>") == []
    assert unclosed("<p><b>a</p></b>") == ["p", "b", "/p"]
    assert unclosed("<ul><li>a</ul>") == ["ul", "li", "/ul"]


# --- growing --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name, load in LOADS.items() if load.full > 4 * SMALL])
def test_the_work_grows_as_the_load_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Twice as much added is twice the work: by the calls that a build makes, not by the clock."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    counted: list[int] = []
    for size in (SMALL, SMALL, 2 * SMALL, 4 * SMALL):  # the first makes what is made once for all
        site = SiteFolder(tmp_path / f"{len(counted)}")
        LOADS[name].write(site, size)
        counted.append(calls(lambda made=site: made.build(jobs=1)))  # type: ignore[misc]
    _, one, two, four = counted
    assert four - two < 2 * NOISE * max(two - one, one // 100), counted


@pytest.mark.parametrize("what", ["names of few words", "tags that a slip may have parted"])
def test_what_is_much_alike_is_not_compared_each_with_each(what: str) -> None:
    if what.startswith("names"):
        alike = [
            " ".join(found) for size in (1, 2, 3) for found in product("ابتثجحخدذر", repeat=size)
        ]
        work: Callable[[list[str]], object] = lambda some: resolve(some, Registry(()))  # noqa: E731
    else:
        alike = ["ب" + "".join(found) for found in product("اوي", repeat=7)]
        work = lambda some: gather_terms("tags", some, spelling, {})  # noqa: E731
    Random(1).shuffle(alike)
    alike.sort(
        key=lambda name: name.count(" ")
    )  # the short forms first: all are there at each size
    work(alike)  # what is kept of each word is kept now
    one, two, four = (calls(lambda n=n: work(alike[:n])) for n in (250, 500, 1000))  # type: ignore[misc]
    assert four - two < 2 * NOISE * (two - one), (one, two, four)


def calls(work: Callable[[], object]) -> int:
    """How many functions are called and left, in Python and in C, while work is done."""
    count = 0

    def heard(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(heard)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def test_work_that_grows_faster_is_seen() -> None:
    def work(size: int) -> int:
        return calls(lambda: [[abs(x) for x in range(size)] for _ in range(size)])

    assert work(40) - work(20) > 2 * NOISE * (work(20) - work(10))
