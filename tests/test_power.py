"""Power cuts: what was written since the last build may be lost, empty or old, but what was forced to the disk."""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import SiteFolder
from strategies import picture, tiny_layouts

TRIALS = int(os.environ.get("POWER_CUTS", "40"))  # 1000 in the long run
SEED = int(os.environ.get("POWER_SEED", "7"))


class Kept(NamedTuple):
    """A file as it stands on the disk."""

    data: bytes
    time: int
    inode: int


Disk = dict[str, Kept]


def disk(site: SiteFolder) -> Disk:
    """All files of the output, those of the state too."""
    return {
        path.relative_to(site.site).as_posix(): Kept(path.read_bytes(), seen.st_mtime_ns, seen.st_ino)
        for path in sorted(site.site.rglob("*"))
        if path.is_file() and (seen := path.stat())
    }  # fmt: skip


class Cut(BaseException):
    """The power is gone: nothing that runs hears of it."""


class Power:
    """Counts what changes the disk and goes at one of these; notes what was forced to the disk until then."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.left = 0  # changes until it goes; 0: it stays
        self.forced: set[int] = set()  # inodes
        self._force = os.fsync
        patch.setattr(os, "fsync", self._forcing)
        for name in ("replace", "unlink", "rmdir"):
            patch.setattr(os, name, self._counting(getattr(os, name)))

    def _forcing(self, file: int) -> None:
        self._force(file)
        self.forced.add(os.fstat(file).st_ino)

    def _counting(self, change: Callable[..., None]) -> Callable[..., None]:
        def changing(*places: Any, **more: Any) -> None:
            if self.left:
                self.left -= 1
                if not self.left:
                    raise Cut
            change(*places, **more)

        return changing


@pytest.fixture
def power(monkeypatch: pytest.MonkeyPatch) -> Iterator[Power]:
    """The power, which is there as long as nothing is said."""
    with monkeypatch.context() as patch:
        yield Power(patch)


@pytest.fixture
def built(site: SiteFolder) -> SiteFolder:
    """A built site with some of everything, all of it on the disk."""
    for name, text in tiny_layouts().items():
        site.write(f"layouts/{name}", text)
    site.write("assets/x.css", "a{}")
    site.write("assets/root/CNAME", "example.org")
    site.write("content/w.png", picture(600, "red"))
    for number in range(8):
        site.article(
            f"a{number}", body=f"نص <الشخص {number % 3}>", tags=f"وسم {number % 3}", image="w.png"
        )
    site.build()
    return site


def edit(site: SiteFolder, chance: random.Random) -> None:
    """What a desk does in a day: some of it, drawn."""
    edits: tuple[Callable[[], object], ...] = (
        lambda: site.article("a1", body="نص آخر <الشخص 1>", tags="وسم 1"),
        lambda: site.article("new", body="جديد <غيره>", tags="وسم جديد"),
        (site.root / "content/a2.md").unlink,
        lambda: (site.root / "content/a3.md").rename(site.root / "content/b3.md"),
        lambda: site.write("content/w.png", picture(600, "blue")),
        lambda: site.write("assets/x.css", "a{order:1}"),
        (site.root / "assets/root/CNAME").unlink,
        lambda: site.settings('title = "اسم آخر"'),
    )
    for one in chance.sample(edits, chance.randint(1, 4)):
        one()


def lose(site: SiteFolder, before: Disk, forced: set[int], chance: random.Random) -> None:
    """Each change since the last build is there, or undone, or its file is lost or empty."""
    after = disk(site)
    for path in sorted(before.keys() | after.keys()):
        old, new = before.get(path), after.get(path)
        if (
            old == new
            or (new and new.inode in forced)
            or (new is None and _held(site, path, forced))
        ):
            continue
        match chance.choice(("new", "old", "old", "lost", "empty")):
            case "old" if old:
                _write(site.site / path, old)
            case "old" | "lost" if new:
                (site.site / path).unlink()
            case "empty" if new:
                (site.site / path).write_bytes(b"")


def _held(site: SiteFolder, path: str, forced: set[int]) -> bool:
    """Whether a file's removal was forced: by the nearest of its folders that is still there."""
    parents = (site.site / path).parents
    return next(p for p in parents if p.is_dir()).stat().st_ino in forced


def _write(file: Path, kept: Kept) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(kept.data)
    os.utime(file, ns=(kept.time, kept.time))


def test_after_a_power_cut_at_any_moment_the_next_build_ends_as_a_clean_one(
    built: SiteFolder, power: Power
) -> None:
    """While it publishes or after; and the desk may have gone on with its work before the next build."""
    start = built.root.with_name(f"{built.root.name}-start")
    shutil.copytree(built.root, start)
    chance = random.Random(SEED)
    cut = 0
    for _ in range(TRIALS):
        shutil.rmtree(built.root)
        shutil.copytree(start, built.root)
        before = disk(built)
        edit(built, chance)
        power.forced.clear()
        power.left = chance.choice((0, chance.randint(1, 60)))
        try:
            built.build()
        except Cut:
            cut += 1
        power.left = 0
        lose(built, before, set(power.forced), chance)
        if chance.random() < 0.5:
            (built.root / "content/new.md").unlink(missing_ok=True)
            (built.root / "content/a5.md").unlink()
        built.build()
        assert built.files() == built.files_of_a_clean_build()
        assert built.build().written == ()
    print(f"\n{TRIALS} power cuts, {cut} while a build ran, seed {SEED}: all mended")
    assert cut


def test_only_what_cannot_be_made_again_is_forced(built: SiteFolder, power: Power) -> None:
    """An edit waits for no disk, a new page for one file, a removal for its folders too."""

    def forced() -> int:
        power.forced.clear()
        built.build()
        return len(power.forced)

    built.edit("content/a1.md", "نص", "نبأ")
    assert forced() == 0
    built.article("new", tags="وسم 1")
    assert forced() == 1
    (built.root / "content/new.md").unlink()
    assert forced() > 1
