"""Texts go from reading to rendering in files, which are gone when the build ends, however it ends."""

import errno
import os
import pickle
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import ROOT, SiteFolder

from mujaz.model import Body
from mujaz.texts import Texts, put, shelf


def body(path: str) -> Body:
    """An article's text by reference; of an earlier version of its file."""
    return Body(path, b"", (), (), ())


def test_a_process_adds_to_its_file_and_each_text_comes_back(tmp_path: Path) -> None:
    first = put(tmp_path / "texts", {"a": "ألف".encode(), "b": b""})
    second = put(tmp_path / "texts", {"c": "جيم".encode()})
    file = str(*(tmp_path / "texts").iterdir())
    assert first | second == {"a": (file, 0, 6), "b": (file, 6, 6), "c": (file, 6, 12)}
    text = Texts(tmp_path, raw_html=False)
    text.keep(first | second)
    assert [text(body(path)) for path in "abc"] == ["ألف", "", "جيم"]


def test_a_file_of_empty_texts_only(tmp_path: Path) -> None:
    """No system maps nothing."""
    text = Texts(tmp_path, raw_html=False)
    text.keep(put(tmp_path, {"a": b""}))
    assert text(body("a")) == ""


def test_a_file_system_that_cannot_map_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FUSE with direct_io, before Linux 6.6: ENODEV."""

    def fails(*_: object, **__: object) -> None:
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))

    monkeypatch.setattr("mmap.mmap", fails)
    text = Texts(tmp_path, raw_html=False)
    text.keep(put(tmp_path, {"a": "ألف".encode()}))
    assert text(body("a")) == "ألف"


def test_a_process_that_isnt_forked_finds_them_too(tmp_path: Path) -> None:
    text = Texts(tmp_path, raw_html=False)
    text.keep(put(tmp_path, {"a": "ألف".encode()}))
    assert text(body("a")) == "ألف"
    assert pickle.loads(pickle.dumps(text))(body("a")) == "ألف"


def test_a_shelf_is_empty_at_first_and_gone_at_the_end(tmp_path: Path) -> None:
    put(tmp_path / "texts", {"old": b"x"})
    with suppress(KeyboardInterrupt), shelf(tmp_path / "texts") as folder:
        assert not folder.exists()
        put(folder, {"a": b"x"})
        raise KeyboardInterrupt
    assert not list(tmp_path.iterdir())


def test_what_isnt_mujazs_stays(tmp_path: Path) -> None:
    (tmp_path / "texts/folder").mkdir(parents=True)
    with shelf(tmp_path / "texts") as folder:
        put(folder, {"a": b"x"})
    assert [path.name for path in (tmp_path / "texts").iterdir()] == ["folder"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_first_build_reads_each_source_once(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    for number in range(3):
        site.article(f"a{number}", body=f"نص {number}")

    def again(*_: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr("mujaz.texts.read_file", again)
    site.build(jobs=jobs)
    assert "نص 1" in site.text("/2019/05/24/a1/")


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
