"""Runs a check on inputs that Hypothesis draws, for as long as FUZZ_SECONDS says, and counts them.

The normal test run gives each harness a second, and always the same inputs. A long run by hand, with
other seeds than any run before::

    FUZZ_SECONDS=600 FUZZ_SEED=100000 python -m pytest -s tests/fuzz

Each round has one seed; a failing one is told, with the smallest input that Hypothesis finds.
"""

import os
import time
from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

SECONDS = float(os.environ.get("FUZZ_SECONDS", "1"))
FIRST = int(os.environ.get("FUZZ_SEED", "0"))
ROUND = 100  # examples of one seed
SLOWEST = 1.0  # seconds of processor time for an input of up to 100 KB

Input = TypeVar("Input", str, bytes)


def fuzz(
    name: str, inputs: st.SearchStrategy[Input], check: Callable[[Input], None], each: int = 1
) -> None:
    """Run a check on inputs, round after round, ``each`` of them an example; print how many there were."""
    end = time.monotonic() + SECONDS
    drawn = 0

    def many(found: list[Input]) -> None:
        nonlocal drawn
        for one in found:
            drawn += 1
            _timed(check, one)

    number = FIRST
    while number == FIRST or time.monotonic() < end:
        _round(st.lists(inputs, min_size=each, max_size=each), many, number)
        number += 1
    print(f"\n{name}: {drawn} inputs, seeds {FIRST}-{number - 1}")


def _round(
    inputs: st.SearchStrategy[list[Input]], many: Callable[[list[Input]], None], number: int
) -> None:
    """One seed's inputs."""
    given_inputs = seed(number)(given(inputs)(many))
    settings(
        max_examples=ROUND,
        deadline=None,
        database=None,
        derandomize=False,
        suppress_health_check=list(HealthCheck),
    )(given_inputs)()


def _timed(check: Callable[[Input], None], one: Input) -> None:
    """No input takes longer than its size allows."""
    before = time.process_time()
    check(one)
    took = time.process_time() - before
    assert took < SLOWEST * max(1, len(one) / 100_000), f"{took:.1f} s for {len(one)} characters"
