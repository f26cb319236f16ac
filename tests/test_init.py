"""``init``: another newsroom's site, from flags or questions, that builds as it is."""

import os
import pty
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from conftest import EPOCH, ROOT

from mujaz import __version__
from mujaz.errors import OutputError
from mujaz.starting import required, start, workflow

FLAGS = (
    "--title",
    "صحيفة «المرفأ»",
    "--base-url",
    "https://news.example/port",
    "--timezone",
    "Asia/Beirut",
)
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": str(EPOCH)}


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Mujaz in a folder, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "mujaz", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=folder,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
    )


def program(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a site's own program."""
    return subprocess.run(
        [sys.executable, "build.py", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=site,
        env=ENVIRONMENT,
    )


def test_a_site_from_flags_builds_strictly_as_it_is(tmp_path: Path) -> None:
    made = run(tmp_path, "init", "port", *FLAGS)
    assert made.returncode == 0
    site = tmp_path / "port"
    files = {str(p.relative_to(site)) for p in site.rglob("*") if p.is_file()}
    assert files == {
        "README.md",
        "build.py",
        ".github/requirements.txt",
        ".gitignore",
        "content/site.toml",
        "content/pages/about.md",
        "content/2025/11/24/library-evenings.md",
        *([".github/workflows/pages.yml"] if workflow() else []),
    }
    assert {f"port/{path}" for path in files} == set(made.stdout.splitlines()[:-1])
    assert made.stdout.splitlines()[-1] == "next: cd port && python build.py serve --open"
    settings = tomllib.loads((site / "content/site.toml").read_text(encoding="utf-8"))
    assert settings["title"] == "صحيفة «المرفأ»"
    assert settings["timezone"] == "Asia/Beirut"
    built = program(site, "build", "--strict")
    assert (built.returncode, built.stderr.count("\n")) == (0, 1)
    assert built.stderr.startswith("موعد البناء التالي:")  # for the news sitemap
    page = (site / "site/2025/11/24/library-evenings/index.html").read_text(encoding="utf-8")
    assert page.count('class="name"') == 4
    assert "/port/names/" in page


def test_what_init_writes_passes_check(tmp_path: Path) -> None:
    run(tmp_path, "init", "port", *FLAGS)
    checked = program(tmp_path / "port", "check")
    assert (checked.returncode, checked.stderr) == (0, "")
    told = [line for line in checked.stdout.splitlines() if line.startswith("content/")]
    assert [line for line in told if "[tag-once]" not in line] == []


def test_a_layout_of_the_sites_own_stands_before_the_shipped_one(tmp_path: Path) -> None:
    run(tmp_path, "init", "port", *FLAGS)
    site = tmp_path / "port"
    (site / "layouts").mkdir()
    (site / "layouts/404.html").write_text("ضاعت الصفحة من {{ site.title }}", encoding="utf-8")
    assert program(site, "build", "--strict").returncode == 0
    assert (site / "site/404.html").read_text(encoding="utf-8") == "ضاعت الصفحة من صحيفة «المرفأ»"
    assert "</html>" in (site / "site/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["notes.txt", ".env", "content"])
def test_a_folder_that_isnt_empty_is_refused_untouched(tmp_path: Path, name: str) -> None:
    (tmp_path / "port").mkdir()
    (tmp_path / "port" / name).write_text("x", encoding="utf-8")
    made = run(tmp_path, "init", "port", *FLAGS)
    assert (made.returncode, made.stderr) == (
        1,
        f"port: expected an empty folder, found {name} in it\n",
    )
    assert [p.name for p in (tmp_path / "port").iterdir()] == [name]


def test_a_file_and_a_link_that_leads_nowhere_are_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("file", "link"):
        with pytest.raises(OutputError, match="expected a folder, found a file"):
            start(tmp_path / name, {"title": "x"})


def test_an_empty_clone_is_empty(tmp_path: Path) -> None:
    (tmp_path / "port/.git").mkdir(parents=True)
    assert run(tmp_path, "init", "port", *FLAGS).returncode == 0


@pytest.mark.parametrize(
    ("flag", "value", "message"),
    [
        ("--timezone", "Asia/Bierut", "did you mean 'Asia/Beirut'?"),
        ("--base-url", "news.example", "base_url: expected an address such as"),
    ],
)
def test_a_wrong_answer_is_wrong_usage_and_nothing_is_written(
    tmp_path: Path, flag: str, value: str, message: str
) -> None:
    made = run(tmp_path, "init", "port", flag, value)
    assert made.returncode == 2
    assert message in made.stderr
    assert not (tmp_path / "port").exists()


def test_titles_with_any_sign_are_kept(tmp_path: Path) -> None:
    title = 'x"\\ \u007f\u0001 # <b> {{ y }} _ع_'
    start(tmp_path / "port", {"title": title, "base_url": "https://a.example"})
    settings = tomllib.loads((tmp_path / "port/content/site.toml").read_text(encoding="utf-8"))
    assert settings["title"] == 'x"\\ \u0001 # <b> {{ y }} _ع_'
    readme = (tmp_path / "port/README.md").read_text(encoding="utf-8")
    assert r"\<b\> {{ y }} \_ع\_" in readme


def test_without_an_address_the_site_builds_with_a_warning(tmp_path: Path) -> None:
    made = run(tmp_path, "init", "port")
    assert "base_url isn't set" in made.stderr
    built = program(tmp_path / "port", "build")
    assert built.returncode == 0
    assert "لا عنوان للموقع في الإعدادات" in built.stderr


def test_on_a_terminal_it_asks_and_asks_again(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    typed = "المرفأ\n\nnews.example\nhttps://news.example/\nAsia/Beirut\n\n"
    process = subprocess.Popen(
        [sys.executable, "-m", "mujaz", "init", "port", "--description", "خبر كل يوم"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=tmp_path,
        env={**ENVIRONMENT, "PYTHONIOENCODING": "utf-8"},
    )
    os.close(theirs)
    os.write(ours, typed.replace("\n\n", "\n", 1).encode())
    seen = b""
    try:
        while part := os.read(ours, 4096):
            seen += part
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    assert process.wait(30) == 0
    settings = tomllib.loads((tmp_path / "port/content/site.toml").read_text(encoding="utf-8"))
    assert (settings["title"], settings["base_url"]) == ("المرفأ", "https://news.example/")
    assert (settings["description"], settings["timezone"]) == ("خبر كل يوم", "Asia/Beirut")
    assert seen.decode().count("Address, such as") == 2
    assert "What it is" not in seen.decode()


def test_pip_is_told_where_this_mujaz_came_from(tmp_path: Path) -> None:
    assert (
        required() == f"mujaz=={__version__}"
        or " @ https://" in required()
        or "+https://" in required()
    )
    start(tmp_path / "port", {"title": "x"}, "mujaz @ git+https://git.example/mujaz@v1")
    asked = (tmp_path / "port/.github/requirements.txt").read_text(encoding="utf-8")
    assert asked == "mujaz @ git+https://git.example/mujaz@v1\n"


def test_the_workflow_of_the_project_is_in_the_wheel() -> None:
    inside = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = inside["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    flow = ".github/workflows/pages.yml"
    if (ROOT / flow).is_file():
        assert included[flow] == "mujaz/shipped/workflows/pages.yml"
    else:
        assert flow not in included  # hatchling refuses what isn't there
