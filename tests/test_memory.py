"""A process that builds again and again: what it keeps saves looking round, and changes no byte."""

from collections.abc import Sequence

import pytest
from conftest import SiteFolder

from mujaz.memory import Memory
from mujaz.options import Options
from mujaz.pipeline import build
from mujaz.report import Report

LATER = "search "


class Kept:
    """A site with the memory of the process that builds it."""

    def __init__(self, site: SiteFolder) -> None:
        self.site = site
        self.memory = Memory(self._published)
        self.told: list[tuple[Sequence[str], int]] = []
        for name in ("one", "two", "three"):
            site.article(name, f"نص {name} الطويل.", tags="ماء")
        self.build()

    def _published(self, written: Sequence[str], removed: int) -> None:
        self.told.append((written, removed))

    def build(self, *changed: str, leave: str = "") -> Report:
        """Build, told what has changed; nothing: look at everything."""
        self.memory.changed = frozenset(changed) or None
        return build(self.site.root, self.site.site, Options(leave=leave), memory=self.memory)

    def quick(self, report: Report) -> bool:
        """Whether a build didn't look round."""
        return "scan" not in report.seconds


@pytest.fixture
def kept(site: SiteFolder) -> Kept:
    """A site of three articles, built once."""
    return Kept(site)


def test_edits_new_files_and_removed_ones_are_built_as_from_nothing(kept: Kept) -> None:
    site = kept.site
    site.edit("content/one.md", "الطويل", "القصير")
    assert kept.quick(kept.build("content/one.md"))
    assert site.files() == site.files_of_a_clean_build()
    site.article("four", "نص جديد.", tags="ماء")
    (site.root / "content/two.md").unlink()
    assert kept.quick(kept.build("content/four.md", "content/two.md"))
    assert site.files() == site.files_of_a_clean_build()
    site.write("assets/css/own.css", "p{color:red}")
    site.write("layouts/404.html", "<!DOCTYPE html><title>404</title>")
    site.settings('title = "اسم آخر"')
    paths = ("assets/css/own.css", "layouts/404.html", "content/site.toml")
    assert kept.quick(kept.build(*paths))
    assert site.files() == site.files_of_a_clean_build()


def test_what_is_left_is_made_by_the_next_whole_build(kept: Kept) -> None:
    site = kept.site
    site.edit("content/one.md", "الطويل", "المنفرد")
    report = kept.build("content/one.md", leave=LATER)
    assert "/2019/05/24/one/" in report.rendered
    clean = site.files_of_a_clean_build()
    stale = {path for path, data in site.files().items() if clean[path] != data}
    assert stale
    assert all(path.startswith("search/") for path in stale)
    kept.build()
    assert site.files() == clean


def test_another_process_makes_what_was_left_too(kept: Kept) -> None:
    kept.site.edit("content/one.md", "الطويل", "المنفرد")
    kept.build("content/one.md", leave=LATER)
    kept.site.build()
    assert kept.site.files() == kept.site.files_of_a_clean_build()


def test_after_a_failed_build_everything_is_looked_at(kept: Kept) -> None:
    site = kept.site
    site.edit("content/one.md", "24/05/2019", "32/05/2019")
    with pytest.raises(ExceptionGroup):
        kept.build("content/one.md")
    site.edit("content/one.md", "32/05/2019", "25/05/2019")
    site.edit("content/two.md", "الطويل", "القصير")
    assert not kept.quick(kept.build("content/one.md"))  # though two.md isn't named
    assert site.files() == site.files_of_a_clean_build()


def test_after_another_process_has_built_everything_is_looked_at(kept: Kept) -> None:
    site = kept.site
    site.edit("content/one.md", "الطويل", "القصير")
    site.build()
    site.edit("content/two.md", "الطويل", "القصير")
    assert not kept.quick(kept.build("content/two.md"))
    assert site.files() == site.files_of_a_clean_build()


@pytest.mark.parametrize("path", ["content", "content/new", "build.py", "content/none.md"])
def test_what_is_no_file_of_the_sources_means_looking_at_everything(kept: Kept, path: str) -> None:
    kept.site.article("new/four")
    assert not kept.quick(kept.build(path))
    assert kept.site.files() == kept.site.files_of_a_clean_build()


def test_a_folder_that_is_gone_is_no_file(kept: Kept) -> None:
    kept.site.article("old/four")
    kept.build()
    (kept.site.root / "content/old/four.md").unlink()
    (kept.site.root / "content/old").rmdir()
    kept.build("content/old")
    assert kept.site.files() == kept.site.files_of_a_clean_build()


def test_what_is_published_is_told_before_the_build_ends(kept: Kept) -> None:
    kept.told.clear()
    kept.site.edit("content/one.md", "الطويل", "القصير")
    report = kept.build("content/one.md")
    assert kept.told == [(report.written, 0)]
