"""Articles are the same whoever reads them, and what is known isn't parsed again."""

from typing import TYPE_CHECKING

import pytest
from conftest import SiteFolder

from mujaz.assistant import Assistant
from mujaz.files import scan
from mujaz.model import Settings
from mujaz.names import Registry, Rules
from mujaz.reader import MANY, Earlier, Reading, as_row

if TYPE_CHECKING:
    from mujaz.errors import MujazError

RULES = Rules(Settings(), Registry(()))


@pytest.mark.parametrize("start", ["assistant", "fork", "spawn"])
def test_another_process_reads_what_this_one_would(
    site: SiteFolder, monkeypatch: pytest.MonkeyPatch, start: str
) -> None:
    for number in range(3):
        site.article(f"a{number}", body=f"<علم {number}>")
    site.article("bad", date="الأمس")
    stamps = scan(site.root, ("content",)).files
    here: list[MujazError] = []
    there: list[MujazError] = []
    one = Reading(site.root, stamps, Earlier(), RULES, 1).read({}, here)
    monkeypatch.setattr("mujaz.reader.MANY", MANY if start == "assistant" else 0)
    with Assistant(at_hand=start == "assistant") as assistant:
        reading = Reading(site.root, stamps, Earlier(), RULES, 2, start, assistant)
        other = reading.read({}, there)
    assert (other.articles, other.texts) == (one.articles, one.texts)
    assert len(one.articles) == 3
    assert list(map(str, there)) == list(map(str, here))
    assert len(here) == 1


def test_rows_that_are_lost_are_read_again(site: SiteFolder) -> None:
    """A state may have lost its articles, all or one, while it still has their stamps."""
    for number in range(2):
        site.article(f"a{number}")
    stamps = {path: (size, 1) for path, (size, _) in scan(site.root, ("content",)).files.items()}
    whole = Reading(site.root, stamps, Earlier(), RULES, 1).read({}, [])
    rows = {"content/a0.md": as_row(whole.articles["content/a0.md"])}
    read = Reading(site.root, stamps, Earlier(stamps, rows.get), RULES, 1).read(rows, [])
    assert read.articles == whole.articles
    assert read.changed == ["content/a1.md"]
