"""The generators' sites: how each is made, built and wiped."""

import compileall
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from benchmarks import corpus

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
SETTINGS = 'title = "موجز"\nbase_url = "https://example.org"\n'


class Site(NamedTuple):
    """One generator with its site of n articles."""

    name: str
    root: Path
    out: Path
    command: tuple[str, ...]
    environment: Mapping[str, str]
    flavor: corpus.Flavor

    def wipe(self) -> None:
        """Remove the output and all that the generator remembers."""
        for folder in (self.out, self.root / "resources"):  # Hugo's cache
            shutil.rmtree(folder, ignore_errors=True)
        (self.root / ".hugo_build.lock").unlink(missing_ok=True)


def mujaz(work: Path, count: int, *, lean: bool) -> Site:
    """Return a whole Mujaz project: the benchmark's own lean layouts, or the ones shipped."""
    compileall.compile_dir(PROJECT / "mujaz", quiet=1)  # as pip leaves it, whatever the environment
    name = "mujaz" if lean else "mujaz, shipped layouts"
    root = work / f"{'mujaz-lean' if lean else 'mujaz-full'}-{count}"
    if not root.exists():
        source = HERE / "lean" if lean else PROJECT
        for folder in ("layouts", "assets"):
            shutil.copytree(source / folder, root / folder)
        shutil.copy(source / "build.py", root)
        (root / "content").mkdir()
        (root / "content/site.toml").write_text(SETTINGS, encoding="utf-8")
        corpus.make(str(root), count, "mujaz")
    command = (sys.executable, "build.py", "build", "--json")
    paths = os.pathsep.join(filter(None, (str(PROJECT), os.environ.get("PYTHONPATH"))))
    return Site(name, root, root / "site", command, {"PYTHONPATH": paths}, corpus.FLAVORS["mujaz"])


def peer(work: Path, count: int, name: str, command: tuple[str, ...]) -> Site:
    """Return the site of "hugo" or "zola"; ``command`` builds it."""
    root = work / f"{name}-{count}"
    if not root.exists():
        shutil.copytree(HERE / name, root)
        corpus.make(str(root), count, name)
    return Site(name, root, root / "public", command, {}, corpus.FLAVORS[name])
