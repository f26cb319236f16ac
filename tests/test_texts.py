"""Texts go from reading to rendering in files, which are gone when the build ends, however it ends."""

import pickle
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, SiteFolder

from mujaz.errors import ContentError
from mujaz.model import Body
from mujaz.texts import Kept, Texts, clear, put


def body(path: str) -> Body:
    """An article's text by reference; of an earlier version of its file."""
    return Body(path, b"", (), (), ())


def test_a_process_adds_to_its_file_and_each_text_comes_back(tmp_path: Path) -> None:
    first = put(tmp_path, {"a": "ألف".encode(), "b": b""})
    second = put(tmp_path, {"c": "جيم".encode()})
    assert first.file == second.file
    assert second.spans == {"c": (6, 12)}
    text = Texts(tmp_path, raw_html=False)
    text.keep([first, second])
    assert [text(body(path)) for path in "abc"] == ["ألف", "", "جيم"]


def test_a_file_of_empty_texts_only(tmp_path: Path) -> None:
    text = Texts(tmp_path, raw_html=False)
    text.keep([put(tmp_path, {"a": b""})])
    assert text(body("a")) == ""


def test_texts_outlive_their_folder(tmp_path: Path) -> None:
    """The folder may be cleared while pages are still made from it."""
    kept = put(tmp_path, {"a": "ألف".encode()})
    text = Texts(tmp_path, raw_html=False)
    text.keep([kept])
    clear(tmp_path)
    assert not tmp_path.exists()
    assert text(body("a")) == "ألف"
    clear(tmp_path)  # nothing there: nothing happens


def test_what_isnt_mujazs_stays(tmp_path: Path) -> None:
    put(tmp_path, {"a": b"x"})
    (tmp_path / "folder").mkdir()
    clear(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_another_process_that_isnt_forked_reads_the_source(tmp_path: Path) -> None:
    text = Texts(tmp_path, raw_html=False)
    text.keep([Kept(put(tmp_path, {"a.md": b"x"}).file, {"a.md": (0, 1)})])
    assert text(body("a.md")) == "x"
    sent = pickle.loads(pickle.dumps(text))
    with pytest.raises(ContentError, match="can't be read"):
        sent(body("a.md"))


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_text_is_left_behind(site: SiteFolder, jobs: int) -> None:
    for number in range(3):
        site.article(f"a{number}")
    site.build(jobs=jobs)
    assert not (site.site / ".mujaz/texts").exists()
    site.article("bad", date="أمس")
    with pytest.raises(ExceptionGroup):
        site.build(jobs=jobs)
    assert not (site.site / ".mujaz/texts").exists()


def test_a_killed_build_leaves_none_to_the_next(site: SiteFolder) -> None:
    site.article("a1")
    code = f"""
import os, signal, sys
from pathlib import Path
import mujaz.texts
from mujaz.cli import main
def killed(*rest):
    os.kill(os.getpid(), signal.SIGKILL)
mujaz.texts.Texts.keep = killed
main(Path({str(site.root)!r}), ["build", "--jobs", "1"])
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    assert list((site.site / ".mujaz/texts").iterdir())
    site.build()
    assert not (site.site / ".mujaz/texts").exists()
    assert site.files() == site.files_of_a_clean_build()
