"""Same sources and same day, same bytes: nothing of the machine gets into the site."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import EPOCH, ROOT, SiteFolder

PLACES = [
    {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"},
    {"PYTHONHASHSEED": "77", "TZ": "America/St_Johns", "LC_ALL": "C", "LANG": "C"},
]


@pytest.fixture
def sample(site: SiteFolder) -> SiteFolder:
    """A site with something of everything."""
    site.settings('per_page = 3\nfeed_items = 3\nhijri = true\ntitle = "نشرة"')
    for number in range(1, 15):
        site.article(
            f"{number % 3}/خبر-{number}",
            body=f"نص عن <الشخص {number % 4}> و<جهة مشتركة>.\n\n- بند **مهم**\n\n[آخر](../2/خبر-2.md) ![صورة](p.png)",
            date=f"{number:02}/05/2019 {number:02}:30", tags=f"وسم {number % 3}، عام، وسم{number % 2}",
            story="ملف" if number % 2 else "", updated="20/05/2019", aliases=f"/old/{number}/",
            corrections="25/05/2019: صواب" if number == 3 else "",
        )  # fmt: skip
    for folder in ("0", "1", "2"):
        site.write(f"content/{folder}/p.png", (ROOT / "assets/share.png").read_bytes())
    site.article("today", date="24/11/2025")
    site.write("content/pages/about.md", "---\nheadline: عن الموقع\n---\nنص")
    site.write("content/names.toml", '[[names]]\nname = "الشخص 1"\nkind = "person"\n')
    return site


def build(project: Path, out: Path, env: dict[str, str], cwd: Path, *arguments: str) -> None:
    """Build in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "mujaz", "build", "--out", str(out), *arguments]
        if cwd == project
        else [sys.executable, str(project / "build.py"), "--out", str(out), *arguments],
        cwd=cwd, check=False, capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": str(EPOCH), **env},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_no_seed_zone_locale_folder_or_path_gets_into_the_site(
    sample: SiteFolder, tmp_path: Path
) -> None:
    """Built here; and in another folder, filled in another order, from elsewhere, by several processes."""
    sample.write("build.py", (ROOT / "build.py").read_text(encoding="utf-8"))
    other = tmp_path / "مجلد آخر" / "project"
    for file in sorted((p for p in sample.root.rglob("*") if p.is_file()), reverse=True):
        target = other / file.relative_to(sample.root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
        os.utime(target, (1_000_000_000, 1_000_000_000))
    build(sample.root, tmp_path / "one", PLACES[0], sample.root, "--jobs", "1")
    build(other, tmp_path / "two", PLACES[1], Path("/"), "--jobs", "3")
    one, two = sample.files(tmp_path / "one"), sample.files(tmp_path / "two")
    assert list(one) == list(two)
    assert [path for path in one if one[path] != two[path]] == []


def test_no_path_of_the_machine_and_no_clock_stand_in_the_site(
    sample: SiteFolder, tmp_path: Path
) -> None:
    sample.build()
    paths = [
        str(tmp_path).encode(),
        str(ROOT).encode(),
        sys.prefix.encode(),
        str(Path.home()).encode() + b"/",
    ]
    for name, data in sample.files().items():
        assert not [path for path in paths if path in data], name
        assert not re.search(rb"T16:00:00|T19:00:00|1764000000", data), name


@pytest.mark.parametrize("hours", [-15, 4])
def test_another_hour_of_the_same_day_changes_nothing(
    sample: SiteFolder, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    sample.build()
    before = sample.files()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH + hours * 3600))
    assert sample.files_of_a_clean_build() == before
    assert sample.build().written == ()


def test_a_day_later_only_what_is_due_differs(
    sample: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample.build()
    before = sample.files()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH + 10 * 86_400))
    later = sample.files_of_a_clean_build()
    assert {path for path in before if before[path] != later.get(path)} == {"news-sitemap.xml"}
    sample.build()
    assert sample.files() == later


def test_the_machines_clock_is_used_only_without_source_date_epoch(
    sample: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(Exception, match="expected seconds since 1970, found 'yesterday'"):
        sample.build()
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert sample.build().articles == 16


# --- work by count: what an edit costs ----------------------------------------------------------------


def counted(site: SiteFolder) -> dict[str, int]:
    """How often a build in a process of its own calls what does the work."""
    done = subprocess.run(
        [sys.executable, "-c", COUNTING, str(site.root)], check=False, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": str(EPOCH)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {
        name: int(number) for name, number in (line.split() for line in done.stdout.splitlines())
    }


COUNTING = """
import sys
from collections import Counter
from pathlib import Path

root = Path(sys.argv[1])
calls = Counter()

def audit(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, Path)):
        path = str(arguments[0])
        if path.startswith(f"{root}/") and path != f"{root}/site":
            inner = path[len(str(root)) + 1 :]
            kind = "write" if arguments[2] & 3 else "read"
            calls[f"{kind}:{'state' if '.mujaz' in inner and '/stage/' not in inner else inner.split('/')[0]}"] += 1

sys.addaudithook(audit)
from mujaz.pipeline import build
build(root, root / "site")
for name in ("jinja2", "markdown", "PIL", "slugify", "multiprocessing", "asyncio", "mujaz.rebuild", "mujaz.pages"):
    calls[f"import:{name}"] = int(name in sys.modules)
for name, number in calls.items():
    print(name, number)
"""


def settle(site: SiteFolder) -> None:
    """Build until no file is too young to be known by its stamp."""
    for path in (site.root / "content").rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    site.build()
    site.build()


def test_with_nothing_to_do_no_source_is_read_and_nothing_that_renders_is_imported(
    sample: SiteFolder,
) -> None:
    settle(sample)
    calls = counted(sample)
    assert not [name for name in calls if name.startswith(("read:content", "read:site"))]
    assert not [name for name in calls if name.startswith("write:") and name != "write:state"]
    assert calls.get("write:state", 0) <= 1  # the lock
    assert {
        name for name, number in calls.items() if name.startswith("import:") and number
    } == set()


def test_a_body_edit_reads_one_article_and_writes_its_page(sample: SiteFolder) -> None:
    settle(sample)
    sample.edit("content/1/خبر-1.md", "بند **مهم**", "بند **آخر**")
    calls = counted(sample)
    articles = len(list((sample.root / "content").rglob("*.md")))
    assert calls["read:content"] <= 2 + articles  # once each, for their part of the search index
    assert 1 <= calls["write:site"] <= 4  # its page; what the search knows of it
    assert not calls["import:multiprocessing"]
