"""What others made and Mujaz runs: locked with hashes, licences listed; and a wheel of always the same bytes."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from conftest import EPOCH, ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = {  # and the extras of pyproject.toml that each is of
    ".github/requirements.txt": (),
    ".ci/test.txt": ("test",),
    ".ci/dev.txt": ("dev",),
}
AUDIT = ".ci/audit.txt"
TOOLS = ROOT / ".ci"
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LICENCES = (ROOT / ".github/LICENCES.md").read_text(encoding="utf-8")


# --- locks ----------------------------------------------------------------------------------------


class Pin(NamedTuple):
    """A requirement of a lock, and the lines of its own."""

    requirement: Requirement
    lines: str


@cache
def locked(lock: str) -> dict[str, Pin]:
    """A lock's requirements by name."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    found: dict[str, Pin] = {}
    for block in re.findall(r"^([a-z0-9].*\n(?:[ ]+.*\n)+)", text, re.MULTILINE):
        requirement = Requirement(block.split("\\")[0].strip())
        found[canonicalize_name(requirement.name)] = Pin(requirement, block)
    return found


def wanted(extras: tuple[str, ...]) -> dict[str, Requirement]:
    """What pyproject.toml asks for, with some extras and those that they ask for."""
    found: dict[str, Requirement] = {}
    lists = [PROJECT["project"]["dependencies"]]
    lists += [PROJECT["project"]["optional-dependencies"][extra] for extra in extras]
    for requirement in map(Requirement, [text for one in lists for text in one]):
        if requirement.name == PROJECT["project"]["name"]:
            found |= wanted(tuple(requirement.extras))
        else:
            found.setdefault(canonicalize_name(requirement.name), requirement)
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_fits_pyproject(lock: str) -> None:
    found, asked = locked(lock), wanted(LOCKS[lock])
    direct = {name for name, pin in found.items() if "mujaz (pyproject.toml)" in pin.lines}
    assert direct == asked.keys()
    for name, requirement in asked.items():
        (version,) = found[name].requirement.specifier
        assert requirement.specifier.contains(version.version), name


@pytest.mark.parametrize("lock", [*LOCKS, AUDIT])
def test_each_requirement_of_a_lock_is_pinned_with_hashes_and_has_a_reason(lock: str) -> None:
    found = locked(lock)
    assert len(found) > 9
    for name, (requirement, lines) in found.items():
        assert [s.operator for s in requirement.specifier] == ["=="], name
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", lines), name
        reasons = re.findall(
            r"# +(?:via +)?([\w.-]+)(?: \(pyproject\.toml\))?$", lines, re.MULTILINE
        )
        known = {*found, "mujaz", "-r"}
        assert {canonicalize_name(x) for x in reasons if x != "via"} <= known, name


def test_the_locks_pin_the_same_releases() -> None:
    pins: dict[str, set[str]] = {}
    for lock in LOCKS:
        for name, pin in locked(lock).items():
            pins.setdefault(name, set()).add(str(pin.requirement.specifier))
    assert {name: both for name, both in pins.items() if len(both) > 1} == {}


def test_what_builds_the_checkout_is_in_the_locks_of_ci() -> None:
    """``.ci/setup`` installs Mujaz without asking the index for what builds it."""
    (builder,) = map(Requirement, PROJECT["build-system"]["requires"])
    for lock in (".ci/test.txt", ".ci/dev.txt"):
        (version,) = locked(lock)[builder.name].requirement.specifier
        assert builder.specifier.contains(version.version)
        assert "editables" in locked(lock)


def test_setup_installs_by_the_lock_alone() -> None:
    installs = re.findall(r"^ *pip (.*)$", (TOOLS / "setup").read_text("utf-8"), re.MULTILINE)
    assert installs == [
        '--require-hashes -r "$lock"',
        "--no-deps --no-build-isolation --editable .",
    ]


def test_tools_from_npm_are_pinned_with_hashes() -> None:
    asked = json.loads((TOOLS / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in asked.values())
    lock = json.loads((TOOLS / "package-lock.json").read_text(encoding="utf-8"))
    root, *packages = lock["packages"].items()
    assert root == ("", {**root[1], "devDependencies": asked})
    assert len(packages) > len(asked)
    for path, package in packages:
        assert re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", package["integrity"]), path
    for name, version in asked.items():
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
    assert "npm ci" in (TOOLS / "browser").read_text(encoding="utf-8")


# --- workflows ------------------------------------------------------------------------------------


@pytest.mark.parametrize("flow", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_has_the_least_rights_and_pinned_actions(flow: Path) -> None:
    text = flow.read_text(encoding="utf-8")
    whole = yaml.safe_load(text)
    assert whole["permissions"] == {}
    assert all("permissions" in job for job in whole["jobs"].values())
    uses = re.findall(r"uses: (.*)", text)
    assert uses
    for action in uses:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action


def test_the_workflows_use_one_release_of_an_action() -> None:
    uses = {use for flow in WORKFLOWS for use in re.findall(r"uses: (.*)", flow.read_text("utf-8"))}
    assert len(uses) == len({use.partition("@")[0] for use in uses})


def test_every_lock_is_audited() -> None:
    (flow,) = [path for path in WORKFLOWS if path.name == "audit.yml"]
    steps = yaml.safe_load(flow.read_text(encoding="utf-8"))["jobs"]["audit"]["steps"]
    install, audit = [step["run"] for step in steps if "run" in step]
    assert f"--require-hashes -r {AUDIT}" in install
    audited = set(re.findall(r"-r (\S+)", audit))
    assert audited <= {*LOCKS, AUDIT}
    everything = {name for lock in (*LOCKS, AUDIT) for name in locked(lock)}
    assert {name for lock in audited for name in locked(lock)} == everything


# --- licences -------------------------------------------------------------------------------------

SAME = {  # as packages spell it -> by SPDX
    "BSD": "BSD-3-Clause", "BSD License": "BSD-3-Clause", "MIT License": "MIT", "Artistic License": "Artistic-1.0",
    "Apache Software License": "Apache-2.0",
}  # fmt: skip


def listed() -> dict[str, str]:
    """The packages in the list of licences."""
    rows = LICENCES.partition("| package | licence | wanted by |\n")[2]
    return dict(re.findall(r"^\| ([a-z0-9-]+) \| ([\w.-]+) \|", rows, re.MULTILINE))


def told(package: str) -> str:
    """The licence that a package tells of itself."""
    found: Any = metadata(package)
    classified = [c.split(" :: ")[-1] for c in found.get_all("Classifier", []) if "License ::" in c]
    text = found.get("License-Expression") or found.get("License") or ""
    first = text.strip().splitlines()[0] if text.strip() else classified[0]
    return SAME.get(first, first)


def needed(package: str) -> set[str]:
    """A package and all that it wants on this machine."""
    found: set[str] = {canonicalize_name(package)}
    for requirement in map(Requirement, metadata(package).get_all("Requires-Dist", [])):
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            found |= needed(requirement.name)
    return found


def test_every_package_that_runs_is_listed_with_the_licence_it_tells() -> None:
    asked = wanted(("import",))
    assert locked(".github/requirements.txt").keys() <= listed().keys()
    assert set().union(*map(needed, asked)) <= listed().keys()
    for name, licence in listed().items():
        try:
            assert told(name) == licence, name
        except PackageNotFoundError:  # not wanted by this Python
            assert locked(".ci/test.txt")[name].requirement.marker, name
    assert listed().keys() <= locked(".ci/test.txt").keys()


def test_every_font_has_its_licence_beside_it_and_is_listed() -> None:
    fonts = [
        p for p in (ROOT / "assets").rglob("*") if p.suffix in {".woff2", ".woff", ".ttf", ".otf"}
    ]
    assert fonts
    for font in fonts:
        assert "SIL OPEN FONT LICENSE Version 1.1" in (font.parent / "OFL.txt").read_text("utf-8")
        assert f"| `{font.relative_to(ROOT).as_posix()}` |" in LICENCES


# --- the wheel ------------------------------------------------------------------------------------


def wheel(project: Path, folder: Path) -> Path:
    """Mujaz's wheel, made in a folder from a checkout."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=project, env={**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH)}, check=True, capture_output=True,
    )  # fmt: skip
    (made,) = folder.glob("*.whl")
    return made


def test_a_wheel_made_twice_has_the_same_bytes_and_starts_a_site(tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    past = shutil.ignore_patterns(".*_cache", ".git", ".hypothesis", ".venv", "site", "tests")
    shutil.copytree(ROOT, other, ignore=past, copy_function=shutil.copyfile)  # files of another age
    made, again = wheel(ROOT, tmp_path / "one"), wheel(other, tmp_path / "two")
    assert made.read_bytes() == again.read_bytes()
    packed = zipfile.ZipFile(made)
    names = set(packed.namelist())
    for folder in ("layouts", "assets"):
        for file in (ROOT / folder).rglob("*"):
            assert file.is_dir() or f"mujaz/shipped/{file.relative_to(ROOT).as_posix()}" in names
    packed.extractall(tmp_path / "installed")
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "installed"), "SOURCE_DATE_EPOCH": str(EPOCH)}
    for command, where in (
        (["-c", "import mujaz; print(mujaz.__file__)"], tmp_path),
        (["-m", "mujaz", "init", "x", "--title", "م", "--base-url", "https://a.example"], tmp_path),
        (["build.py"], tmp_path / "x"),
    ):
        ran = subprocess.run(
            [sys.executable, *command],
            cwd=where,
            env=env,
            check=True,
            capture_output=True,
            text=True,
        )
        assert "installed" in ran.stdout or command[0] != "-c"
    assert (tmp_path / "x/site/index.html").exists()
