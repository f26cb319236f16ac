"""Whatever happens to a site and its sources, a build ends in what a clean build gives (SPEC: invariants)."""

import tempfile
from pathlib import Path

import pytest
from conftest import EPOCH
from hypothesis import given, settings
from strategies import Edit, Workplace, begin, runs

from mujaz.errors import MujazError
from mujaz.report import Report


def faults(error: BaseException) -> set[str]:
    """The kinds of all faults of a build that failed; which of two pages is named depends on which is new."""
    if isinstance(error, BaseExceptionGroup):
        return set().union(*(faults(inner) for inner in error.exceptions))
    assert isinstance(error, MujazError), error
    return {type(error).__name__}


def built(place: Workplace) -> Report | set[str]:
    """The report of a build, or its faults."""
    try:
        return place.site.build(**place.flags)
    except (MujazError, ExceptionGroup) as error:
        return faults(error)


def cleanly(place: Workplace) -> dict[str, bytes] | set[str]:
    """What a build into an empty folder gives, or its faults."""
    try:
        return place.site.files_of_a_clean_build(**place.flags)
    except (MujazError, ExceptionGroup) as error:
        return faults(error)


def check(place: Workplace) -> None:
    """Build; it must end as a clean build does, and leave nothing to do. A failed one leaves all as it was."""
    site = place.site
    before = site.files()
    report, wanted = built(place), cleanly(place)
    if isinstance(report, set):
        assert report == wanted
        assert site.files() == before
    else:
        assert site.files() == wanted
        again = site.build(**place.flags)
        assert (again.rendered, again.written, again.removed) == ({}, (), 0)
        assert site.files() == wanted


@settings(max_examples=200)
@given(runs())
def test_any_run_of_edits_ends_in_a_clean_builds_bytes(rounds: list[list[Edit]]) -> None:
    """But one: with the state and both lists of owned files lost at once, no one can know which files
    of deleted articles were Mujaz's, so they stay. That combination isn't drawn."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
        place = begin(Path(folder))
        place.site.build()
        for edits in rounds:
            for edit in edits:
                edit.on(place)
            patch.setenv("SOURCE_DATE_EPOCH", str(EPOCH + place.clock[-1]))
            if edits is rounds[-1]:
                check(place)
            else:
                built(place)
