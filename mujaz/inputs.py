"""What a site is made from: which files, where shipped ones are, settings and registries."""

import os
import time
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from mujaz.digest import SIZE
from mujaz.errors import Problem
from mujaz.files import Stamp, read_file, scan, stamp

_PACKAGE = Path(__file__).resolve().parent
_LIBRARIES = ("jinja2", "markdown", "slugify", "markupsafe")  # a new version may write other bytes


class Inputs(NamedTuple):
    """All files that a build may depend on."""

    stamps: dict[str, Stamp]  # by path relative to the project; Mujaz's own begin with "//"
    problems: tuple[Problem, ...]
    layouts: tuple[Path, ...]  # folders, the project's first
    assets: tuple[Path, ...]

    def of_code(self) -> dict[str, Stamp]:
        """The stamps of Mujaz's own files, of what it renders with, and of the site's program."""
        return {path: s for path, s in self.stamps.items() if path[0] == "/" or path == "build.py"}


def shipped(kind: str) -> Path:
    """Return the folder of shipped layouts or assets: in the wheel, or beside the package."""
    inside = _PACKAGE / "shipped" / kind
    return inside if inside.is_dir() else _PACKAGE.parent / kind


def _folders(project: Path, kind: str) -> tuple[Path, ...]:
    own, ours = project / kind, shipped(kind)
    return (own,) if own.resolve() == ours.resolve() else (own, ours)


def find_inputs(project: Path) -> Inputs:
    """Return the stamps of all inputs; symbolic links among them are told and left out."""
    found = scan(project, ("content", "layouts", "assets"))
    stamps = found.files
    for name in ("build.py", "pyproject.toml"):
        if (project / name).is_file():
            stamps[name] = _stamp(project / name)
    layouts, assets = _folders(project, "layouts"), _folders(project, "assets")
    for folder in (_PACKAGE, *layouts[1:], *assets[1:]):
        ours = scan(folder, ("",)).files
        stamps.update(
            {
                f"//{folder.name}{path}": stamp
                for path, stamp in ours.items()
                if not path.endswith(".pyc")
            }
        )
    for library, origin in _libraries().items():
        stamps[f"//{library}"] = _stamp(origin)
    return Inputs(stamps, found.problems, layouts, assets)


def _stamp(path: Path) -> Stamp:
    return stamp(os.stat(path), time.time_ns())


def code_digest(project: Path) -> bytes:
    """Return the digest of the code of Mujaz, of what it renders with, and of the site's program.

    Bytes tell more than the libraries' versions, and spare the import of importlib.metadata.
    """
    program = project / "build.py"
    parts = [program.read_bytes() if program.is_file() else b""]
    for folder in (_PACKAGE, *[origin.parent for origin in _libraries().values()]):
        for path in sorted(scan(folder, ("",)).files):
            if path.endswith(".py"):
                parts += (f"{folder.name}{path}".encode(), read_file(folder, path[1:]))
    return blake2b(b"\0".join(parts), digest_size=SIZE).digest()


def _libraries() -> dict[str, Path]:
    """What renders, with the file of each."""
    found = {name: find_spec(name) for name in _LIBRARIES}
    return {name: Path(spec.origin) for name, spec in found.items() if spec and spec.origin}
