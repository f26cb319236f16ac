"""Disks that fill, folders that can't be written, files that change, links put in the way: the last good site stays."""

import errno
import os
import shutil
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import EPOCH, ROOT, SiteFolder
from strategies import picture, tiny_layouts

from mujaz import trace, writer
from mujaz.folders import FOLDER
from mujaz.pipeline import clean
from mujaz.records import Records


@pytest.fixture
def small(site: SiteFolder) -> SiteFolder:
    """A built site of a few articles."""
    for name, text in tiny_layouts().items():
        site.write(f"layouts/{name}", text)
    site.write("assets/x.css", "a{}")
    for number in range(4):
        site.article(f"a{number}", body="نص <الشخص> " * 40)
    site.build()
    return site


def repaired(site: SiteFolder) -> None:
    """The next build ends as a clean one, and leaves nothing to do."""
    site.build()
    assert site.files() == site.files_of_a_clean_build()
    assert site.build().written == ()


# --- what stands where something else should -----------------------------------------------------------


@pytest.mark.parametrize("name", ["site.toml", "names.toml", "tags.toml"])
def test_a_folder_in_place_of_settings_is_told_or_passed_over(small: SiteFolder, name: str) -> None:
    (small.root / "content" / name).unlink(missing_ok=True)
    (small.root / "content" / name).mkdir()
    before = pages(small)
    small.build()
    assert pages(small) == before


def pages(site: SiteFolder) -> set[str]:
    """Names of the site's pages."""
    return {name for name in site.files() if name.endswith(".html")}


def test_a_folder_in_place_of_an_article_is_a_folder(small: SiteFolder) -> None:
    (small.root / "content/a0.md").unlink()
    small.article("a0.md/inner")
    repaired(small)


@pytest.mark.parametrize("kind", ["fifo", "socket"])
def test_what_is_no_file_is_never_opened(small: SiteFolder, kind: str) -> None:
    """To open a pipe would wait for ever."""
    path = small.root / "content/pipe.md"
    if kind == "fifo":
        os.mkfifo(path)
    else:
        import socket

        with socket.socket(socket.AF_UNIX) as made:
            os.chdir(small.root)
            made.bind("content/pipe.md")
    report = small.build()
    assert any("content/pipe.md" in str(problem) for problem in report.notes.problems)


OWN_FILES = ("state", "state.new", "owned", "owned.new", "owned.copy", "owned.copy.new", "lock")
OWN_FOLDERS = (
    "stage",
    "articles",
    "layouts",
    "pictures",
    "texts",
    "articles/",
    "layouts/",
)  # "/": a file in it
STRANGE = ("folder", "link to a file", "pipe", "link to a folder", "file", "link to nothing")
THERE = [
    (name, kind)
    for number, name in enumerate((*OWN_FILES, *OWN_FOLDERS))
    for kind in (STRANGE if name in {"owned", "articles"} else STRANGE[number % 3 :: 3])
]


@pytest.mark.parametrize(("name", "kind"), THERE)
def test_what_stands_in_place_of_mujazs_own_is_cleared_away(
    small: SiteFolder, tmp_path_factory: pytest.TempPathFactory, name: str, kind: str
) -> None:
    """What a link leads to stays, whatever Mujaz would have written or removed there."""
    outside = tmp_path_factory.mktemp("outside")
    small.write("content/w.png", picture(600, "red"))
    small.article("a2", image="w.png")
    small.build()
    (outside / "folder/inner").mkdir(parents=True)
    (outside / "file").write_bytes(b"x")
    place = small.site / ".mujaz" / name
    if name.endswith("/"):
        place = min(place.iterdir())
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
    match kind:
        case "folder":
            (place / "inner").mkdir(parents=True)
        case "file":
            place.write_bytes(b"x")
        case "pipe":
            os.mkfifo(place)
        case _:
            place.symlink_to(outside / kind.rpartition(" ")[2])
    (small.root / "content/a1.md").unlink()
    small.article("new", image="w.png")
    repaired(small)
    assert sorted(p.relative_to(outside).as_posix() for p in outside.rglob("*")) == [
        "file",
        "folder",
        "folder/inner",
    ]
    assert (outside / "file").read_bytes() == b"x"


@pytest.mark.parametrize("kind", ["file", "link"])
def test_what_stands_in_place_of_mujazs_folder_is_told(small: SiteFolder, kind: str) -> None:
    """It may be anyone's: nothing is touched."""
    before = small.files()
    place = small.site / ".mujaz"
    place.rename(small.root / "elsewhere")
    if kind == "file":
        place.write_bytes(b"x")
    else:
        place.symlink_to(small.root / "elsewhere")
    known = sorted((small.root / "elsewhere").rglob("*"))
    small.article("new")
    done = small.run()
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert "site" in done.stderr
    assert small.files() == before
    assert sorted((small.root / "elsewhere").rglob("*")) == known


# --- files that change while they are read --------------------------------------------------------------


def test_an_article_that_changes_while_the_site_is_built_is_told(small: SiteFolder) -> None:
    """Known from an earlier build, and read for its page only: that never mixes two versions."""
    (small.root / "layouts/article.html").write_text("{{ body | markdown }}")
    before = small.files()
    code = """
        import mujaz.reader
        read = mujaz.reader.Reading.read
        def reading(self, *rest):
            got = read(self, *rest)
            Path(sys.argv[1], "content/a2.md").write_text("---\\nheadline: غيره\\ndate: 1/1/2020\\n---\\nغيره")
            return got
        mujaz.reader.Reading.read = reading
    """
    done = built_with(small, code)
    assert done.returncode == 1
    assert "content/a2.md: changed while the site was being built: build again" in done.stderr
    assert "Traceback" not in done.stderr
    assert small.files() == before
    repaired(small)


def test_an_article_that_vanishes_while_the_site_is_built_is_told(small: SiteFolder) -> None:
    before = small.files()
    small.edit("content/a1.md", "نص", "نبأ")
    code = """
        import mujaz.files
        scan = mujaz.files.scan
        def scanning(project, folders):
            got = scan(project, folders)
            (project / "content/a1.md").unlink(missing_ok=True)
            return got
        import mujaz.inputs
        mujaz.inputs.scan = scanning
    """
    done = built_with(small, code)
    assert done.returncode == 1
    assert "content/a1.md: can't be read" in done.stderr
    assert small.files() == before
    repaired(small)


def built_with(
    site: SiteFolder, code: str, before: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """A build in a process of its own, with something done to it first."""
    program = textwrap.dedent(code) + textwrap.dedent("""
        import sys
        from pathlib import Path
        from mujaz.cli import main
        main(Path(sys.argv[1]), ["build", "--jobs", "1"])
    """)
    return subprocess.run(
        [*before, sys.executable, "-c", program, str(site.root)], check=False, capture_output=True, text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": str(EPOCH), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip


# --- an output that can't be written -----------------------------------------------------------------------


def test_a_disk_that_fills_at_any_write_leaves_the_site(small: SiteFolder) -> None:
    """Each write of a build in turn finds no room; the site is the old one or the new, and then mended."""
    old = small.files()
    small.article("new", body="جديد <شخص>")
    wanted = small.files_of_a_clean_build()
    seen = set()
    for nth in (1, 2, 3, 5, 8, 13, 21, 34, 55):
        shutil.rmtree(small.site)
        shutil.copytree(small.root / "kept", small.site) if (small.root / "kept").exists() else None
        if not small.site.exists():
            (small.root / "content/new.md").rename(small.root / "new.md")
            small.build()
            shutil.copytree(small.site, small.root / "kept")
            (small.root / "new.md").rename(small.root / "content/new.md")
        done = built_with(small, FULL_DISK.replace("NTH", str(nth)))
        seen.add(done.returncode)
        assert "Traceback" not in done.stderr, done.stderr
        if done.returncode:
            assert "No space left" in done.stderr
            assert small.files() in (old, wanted), nth
        repaired(small)
    assert 1 in seen


FULL_DISK = """
    import errno, os
    left = [NTH]
    write, opened = os.write, open
    def full():
        left[0] -= 1
        if left[0] <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    def writing(file, data):
        if file > 2:
            full()
        return write(file, data)
    os.write = writing
"""


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", place],
        check=False,
        capture_output=True,
    )
    if done.returncode:
        pytest.skip("nothing can be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_real_disk_that_is_full_leaves_the_last_site(small: SiteFolder, tiny_disk: Path) -> None:
    out = tiny_disk / "site"
    done = small.run("--jobs", "1", "--out", str(out))
    assert done.returncode == 0, done.stderr
    before = small.files(out)
    for number in range(60):
        small.article(f"more{number}", body="كلمة " * 6000)
    done = small.run("--jobs", "1", "--out", str(out))
    assert (done.returncode, done.stdout) == (1, "")
    assert os.strerror(errno.ENOSPC) in done.stderr
    assert "Traceback" not in done.stderr
    assert small.files(out) == before


def unprivileged() -> tuple[str, ...]:
    """What a command begins with so that permissions count, for root too."""
    if os.geteuid() != 0:
        return ()
    if not shutil.which("setpriv"):
        pytest.skip("root may do anything here")
    less = "-dac_override,-dac_read_search"
    return ("setpriv", "--bounding-set", less, "--inh-caps", less)


@pytest.mark.parametrize("locked", ["", "2019/05/24", ".mujaz"])
def test_a_folder_of_the_output_without_permission_is_told(small: SiteFolder, locked: str) -> None:
    site = small
    site.article("new", date="24/05/2019")
    before = site.files()
    folder = site.site / locked
    for path in (folder, *folder.rglob("*")) if locked == ".mujaz" else (folder,):
        path.chmod(0o555 if path.is_dir() else 0o444)
    done = built_with(site, "", unprivileged())
    assert done.returncode == 1, done.stderr
    assert "Permission denied" in done.stderr
    assert "Traceback" not in done.stderr
    assert site.files() == before
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    repaired(site)


def test_an_article_without_permission_is_told(small: SiteFolder) -> None:
    site = small
    before = site.files()
    site.edit("content/a1.md", "نص", "نبأ")
    (site.root / "content/a1.md").chmod(0o000)
    done = built_with(site, "", unprivileged())
    assert (done.returncode, done.stderr) == (
        1,
        "content/a1.md: can't be read: Permission denied\n",
    )
    assert site.files() == before


# --- links put in the way while a build runs ---------------------------------------------------------------


@pytest.mark.parametrize("swapped", ["2019", "2019/05/24", "tags"])
@pytest.mark.parametrize("before", ["add", "publish", "prune"])
def test_a_folder_swapped_for_a_link_while_building_leads_nowhere(
    small: SiteFolder, tmp_path_factory: pytest.TempPathFactory, swapped: str, before: str
) -> None:
    """Just before a step, a folder of the output becomes a link to one outside: that one stays as it is."""
    outside = tmp_path_factory.mktemp("outside")
    shutil.copytree(small.site / swapped, outside / "kept")
    (outside / "kept/precious.txt").write_text("x")
    known = {p: p.read_bytes() for p in outside.rglob("*") if p.is_file()}
    small.article("new", body="جديد <غيره>", date="24/05/2019", tags="وسم")
    (small.root / "content/a3.md").unlink()
    code = f"""
        import shutil, os
        from mujaz import output, owned, writer
        def first(step):
            def stepping(*a, **k):
                target = {str(small.site / swapped)!r}
                if not os.path.islink(target):
                    shutil.rmtree(target)
                    os.symlink({str(outside / "kept")!r}, target)
                return step(*a, **k)
            return stepping
        found = [module for module in (output, owned, writer) if hasattr(module, {before!r})]
        assert found
        for module in found:
            setattr(module, {before!r}, first(getattr(module, {before!r})))
    """
    done = built_with(small, code)
    assert "Traceback" not in done.stderr, done.stderr
    assert {p: p.read_bytes() for p in outside.rglob("*") if p.is_file()} == known


@pytest.mark.parametrize("nth", [1, 3, 8])
@pytest.mark.parametrize("call", ["open", "stat", "replace", "unlink", "rmdir"])
def test_folders_swapped_for_links_at_any_step_of_publishing_lead_nowhere(
    small: SiteFolder, tmp_path_factory: pytest.TempPathFactory, call: str, nth: int
) -> None:
    """After a look at a folder, and before the nth thing done in the site, all its folders become links."""
    outside = tmp_path_factory.mktemp("outside")
    names = sorted(p.name for p in small.site.iterdir() if p.is_dir() and p.name != FOLDER)
    for name in names:
        shutil.copytree(small.site / name, outside / name)
    known = {p: p.read_bytes() for p in outside.rglob("*") if p.is_file()}
    for number in range(3):
        small.edit(f"content/a{number}.md", "نص", "نبأ")
    (small.root / "content/a3.md").unlink()
    code = f"""
        import os
        left = [{nth}]
        step = os.{call}
        rename = os.rename
        def stepping(*a, **k):
            left[0] -= "dir_fd" in k or "src_dir_fd" in k
            if left[0] == 0:
                left[0] = -1
                for name in {names!r}:
                    rename({str(small.site)!r} + "/" + name, {str(small.root)!r} + "/moved-" + name)
                    os.symlink({str(outside)!r} + "/" + name, {str(small.site)!r} + "/" + name)
            return step(*a, **k)
        os.{call} = stepping
    """
    done = built_with(small, code)
    assert "Traceback" not in done.stderr, done.stderr
    assert {p: p.read_bytes() for p in outside.rglob("*") if p.is_file()} == known
    for name in names:
        if (small.site / name).is_symlink():
            (small.site / name).unlink()
            (small.root / f"moved-{name}").rename(small.site / name)
    repaired(small)


def test_clean_follows_no_link_and_leaves_others_files(small: SiteFolder, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    shutil.copytree(small.site / "2019", outside)
    shutil.rmtree(small.site / "2019")
    (small.site / "2019").symlink_to(outside)
    (small.site / "mine.txt").write_text("x")
    known = sorted(outside.rglob("*"))
    clean(small.root, small.site)
    assert sorted(outside.rglob("*")) == known
    assert (small.site / "mine.txt").exists()


def test_a_hard_link_to_a_file_outside_is_replaced_not_written(
    small: SiteFolder, tmp_path: Path
) -> None:
    page = small.site / "index.html"
    other = tmp_path / "other.html"
    os.link(page, other)
    was = other.read_bytes()
    small.article("new")
    small.build()
    assert other.read_bytes() == was
    assert page.read_bytes() != was


# --- a damaged state ---------------------------------------------------------------------------------------


def test_a_state_damaged_in_any_region_is_mended(small: SiteFolder) -> None:
    """Every file of .mujaz, a byte changed in each of its regions: the next build ends as a clean one."""
    small.article("gone")
    small.build()
    kept = small.root / "kept"
    shutil.copytree(small.site, kept)
    (small.root / "content/gone.md").unlink()
    wanted = small.files_of_a_clean_build()
    files = [p.relative_to(kept) for p in sorted((kept / FOLDER).rglob("*")) if p.is_file()]
    tried = 0
    for file in files:
        whole = (kept / file).read_bytes()
        for at in range(0, len(whole), max(1, len(whole) // 6)):
            shutil.rmtree(small.site)
            shutil.copytree(kept, small.site)
            (small.site / file).write_bytes(
                whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]
            )
            small.build()
            assert small.files() == wanted, f"{file} at {at}"
            tried += 1
    assert tried > 50


def test_the_clock_may_jump_back_and_forth(
    small: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for moment in (EPOCH + 10**8, EPOCH - 10**8, 0, EPOCH):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(moment))
        small.edit("content/a0.md", "نص", f"نص {moment}") if moment else None
        repaired(small)


def test_files_dated_in_the_future_are_seen_when_they_change(small: SiteFolder) -> None:
    for text in ("أول", "ثان"):
        file = small.article("a0", body=text)
        os.utime(file, (time.time() + 10**7,) * 2)
        small.build()
        assert text in small.text("/2019/05/24/a0/")
    assert small.files() == small.files_of_a_clean_build()
    last = trace.load(small.site)
    assert last
    assert writer.altered(small.site, Records(last.state.files)) == {}
