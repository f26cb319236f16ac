"""Articles are the same whoever reads them, and what is known isn't parsed again."""

from typing import TYPE_CHECKING

import pytest
from conftest import SiteFolder

from mujaz.assistant import Assistant
from mujaz.files import scan
from mujaz.marks import CLOSE, OPEN
from mujaz.model import Settings
from mujaz.names import Registry, Rules
from mujaz.reader import MANY, Earlier, Reading, as_row
from mujaz.texts import Texts

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
    shelves = [site.root / "here", site.root / "there"]
    one = Reading(site.root, stamps, Earlier(), RULES, 1, shelf=shelves[0]).read({}, here)
    monkeypatch.setattr("mujaz.reader.MANY", MANY if start == "assistant" else 0)
    with Assistant(at_hand=start == "assistant") as assistant:
        reading = Reading(site.root, stamps, Earlier(), RULES, 2, start, assistant, shelves[1])
        other = reading.read({}, there)
    assert other.articles == one.articles
    texts = [Texts(site.root / "nowhere", raw_html=False) for _ in shelves]
    for text, read in zip(texts, (one, other), strict=True):
        text.keep(read.texts)
    for number in range(3):
        article = one.articles[f"content/a{number}.md"]
        assert {text(article) for text in texts} == {f"{OPEN}علم {number}{CLOSE}\n"}
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
