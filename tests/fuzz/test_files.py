"""Settings, registries, state: any bytes are read or told."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fuzz.drawing import SETTINGS, harmed
from fuzz.running import fuzz
from mujaz import owned, trace
from mujaz.folders import FOLDER
from mujaz.records import Records
from mujaz.settings import read_names, read_settings, read_tags
from mujaz.trace import State

if TYPE_CHECKING:
    from mujaz.errors import MujazError, Problem


def test_settings_and_registries_are_read_or_told() -> None:
    def check(text: str) -> None:
        errors: list[MujazError] = []
        problems: list[Problem] = []
        settings = read_settings(text, errors, problems)
        assert settings.base_url.startswith(("http://", "https://"))
        for entry in read_names(text, errors):
            assert entry.name.strip()
        for tag in read_tags(text, errors):
            assert tag.tag.strip()
        assert all(str(error) for error in errors)

    fuzz("settings", SETTINGS, check)


OWN = ["index.html", "2019/05/24/خبر/index.html", "css/site.css"]


@pytest.fixture(scope="module")
def out() -> Path:
    """An output folder with a state and its list of owned files."""
    folder = Path(tempfile.mkdtemp(prefix="mujaz"))
    (folder / FOLDER).mkdir()
    files = Records().changed((), dict.fromkeys(OWN, (1, 2, b"crc")))
    trace.save(folder, State(moment="2019", files=files.plain, articles={"content/a.md": ("a", 1)}))
    owned.put(folder, OWN)
    return folder


def test_a_damaged_state_is_no_state(out: Path) -> None:
    file = out / FOLDER / "state"
    whole = file.read_bytes()

    def check(data: bytes) -> None:
        file.write_bytes(data)
        assert (trace.load(out) is not None) == (data == whole)

    fuzz("state", harmed(whole), check)
    file.write_bytes(whole)


def test_a_damaged_part_of_the_state_is_no_state(out: Path) -> None:
    last = trace.load(out)
    assert last
    file = out / FOLDER / trace.ARTICLES / next(iter(last.state.parts.values()))
    whole = file.read_bytes()

    def check(data: bytes) -> None:
        file.write_bytes(data)
        assert bool(last.whole().articles) == (data == whole)

    fuzz("parts of the state", harmed(whole), check)
    file.write_bytes(whole)


def test_a_damaged_list_of_owned_files_names_no_other_file(out: Path) -> None:
    """What it names may be removed, so a damaged line must be passed over."""
    files = [out / FOLDER / name for name in ("owned", "owned.copy")]
    whole = files[0].read_bytes()

    def check(data: bytes) -> None:
        for file in files:
            file.write_bytes(data)
        assert owned.files(out) <= set(OWN)

    fuzz("owned files", harmed(whole), check)
    for file in files:
        file.write_bytes(whole)
