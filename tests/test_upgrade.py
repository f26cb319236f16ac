"""Two versions of Mujaz on one site, either of them killed while it publishes: the next build ends in its clean bytes."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import EPOCH, ROOT, SiteFolder
from strategies import tiny_layouts
from test_kill import KILLED

from mujaz import trace

OLD = ROOT
# What another version does otherwise: other bytes, other addresses, a state that is laid out otherwise
OTHER = {
    "rendering.py": ('text.encode("utf-8", "replace")', '(text + "<!-- 99 -->").encode("utf-8", "replace")'),
    "article.py": ("/{part}/", "/x{part}/"),
    "trace.py": ("    total: int = 0", '    more: str = "99"\n    total: int = 0'),
}  # fmt: skip
NUMBER = {"__init__.py": ("__version__ = ", "__version__ = '99' or ")}


@pytest.fixture(scope="module", params=["99", "the same number"])
def other(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with another version of Mujaz; one under the same number is how developers have it."""
    folder = tmp_path_factory.mktemp("other")
    for name in ("mujaz", "layouts", "assets"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    changes = OTHER | ({} if request.param == "the same number" else NUMBER)
    for name, (old, new) in changes.items():
        file = folder / "mujaz" / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
    return folder


def few(root: Path) -> SiteFolder:
    """A site of a few articles with tags, names and a picture."""
    site = SiteFolder(root)
    for name, text in tiny_layouts().items():
        site.write(f"layouts/{name}", text)
    site.write("assets/x.css", "a{}")
    site.write("content/p.svg", "<svg/>")
    for number in range(6):
        site.article(f"a{number}", body=f"نص <الشخص {number % 2}>", tags="وسم", image="p.svg")
    return site


class Turn(NamedTuple):
    """A site that one version has built, and what it and another make of it."""

    site: SiteFolder
    first: Path
    second: Path
    wanted: dict[Path, dict[str, bytes]]


@pytest.fixture(scope="module", params=["up", "down"])
def turn(
    request: pytest.FixtureRequest, other: Path, tmp_path_factory: pytest.TempPathFactory
) -> Turn:
    """Up: it is the new version's turn. Down: the old one's."""
    site = few(tmp_path_factory.mktemp("few"))
    first, second = (OLD, other) if request.param == "up" else (other, OLD)
    build(first, site)
    wanted = {package: clean(package, site) for package in (first, second)}
    assert wanted[first] != wanted[second]
    shutil.copytree(site.site, site.root / "kept")
    return Turn(site, first, second, wanted)


def build(package: Path, site: SiteFolder, out: str = "site", stop: str = "", nth: int = 0) -> int:
    """A build by one of the versions, killed before the nth step of a kind."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(site.root), stop, str(nth), out],
        check=False, capture_output=True, text=True, cwd=package,
        env={**os.environ, "PYTHONPATH": str(package), "SOURCE_DATE_EPOCH": str(EPOCH), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr
    return done.returncode


def clean(package: Path, site: SiteFolder) -> dict[str, bytes]:
    """The bytes of a build by a version into an empty folder."""
    out = site.root / "clean"
    shutil.rmtree(out, ignore_errors=True)
    build(package, site, "clean")
    return site.files(out)


@pytest.mark.parametrize(
    ("stop", "nth"), [("add", 1), ("prune", 1), ("_move", 1), ("_move", 4), ("save", 1)]
)
@pytest.mark.parametrize("next_one", ["first", "second"])
def test_an_upgrade_cut_short_ends_in_the_bytes_of_whoever_builds_next(
    turn: Turn, stop: str, nth: int, next_one: str
) -> None:
    shutil.rmtree(turn.site.site)
    shutil.copytree(turn.site.root / "kept", turn.site.site)
    assert build(turn.second, turn.site, stop=stop, nth=nth) == -signal.SIGKILL
    package = turn.first if next_one == "first" else turn.second
    build(package, turn.site)
    assert turn.site.files() == turn.wanted[package]


def test_versions_that_take_turns_leave_nothing_of_each_other(tmp_path: Path, other: Path) -> None:
    site = few(tmp_path)
    for number, package in enumerate((OLD, other, OLD)):
        site.article("turn", body=f"دور {number}")
        (site.root / f"content/a{number}.md").unlink()
        build(package, site)
        assert site.files() == clean(package, site)


def test_a_state_tells_its_fields_apart(site: SiteFolder) -> None:
    """Same number, other fields: the head of the state is another."""
    site.article("a")
    site.build()
    state = site.site / ".mujaz/state"
    data = state.read_bytes()
    assert trace.load(site.site)
    head = data[: data.index(b"\n")]
    state.write_bytes(data.replace(head, head.replace(head.split()[2], b"00000000"), 1))
    assert trace.load(site.site) is None
    site.build()
    assert site.files() == site.files_of_a_clean_build()
