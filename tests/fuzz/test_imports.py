"""What ``import`` is given: any file is read or told, and what is read can't hurt."""

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import strategies as st
from test_markup import finished

from fuzz.drawing import FEEDS, FOREIGN, HTML, PLAIN, spoiled
from fuzz.running import fuzz
from fuzz.test_texts import well_formed
from mujaz.errors import MujazError, Place
from mujaz.importing.found import Setting, Told
from mujaz.importing.html_text import Html, to_markdown
from mujaz.importing.sources import find

RIYADH = ZoneInfo("Asia/Riyadh")


def reads(name: str) -> Callable[[bytes], None]:
    """A check that reads bytes as a file of some name."""
    file = Path(tempfile.mkdtemp(prefix="mujaz")) / name

    def check(data: bytes) -> None:
        file.write_bytes(data)
        with suppress(MujazError):
            for found in find(file, Setting(RIYADH, "", Told())):
                well_formed(finished(found.body))

    return check


@pytest.mark.parametrize(
    ("name", "inputs"), [("x.xml", FEEDS), ("x.md", FOREIGN), ("x.txt", PLAIN)]
)
def test_a_file_of_another_system_is_read_or_told(
    name: str, inputs: st.SearchStrategy[str]
) -> None:
    fuzz(f"import of {name}", spoiled(inputs), reads(name))


def test_any_html_becomes_markdown_that_runs_nothing() -> None:
    def check(html: str) -> None:
        with suppress(MujazError):
            well_formed(finished(to_markdown(Html(html, Place("x"), Told())).markdown))

    fuzz("HTML to Markdown", HTML, check)
