"""Runs a check on inputs that Hypothesis draws and on mutants of them, for FUZZ_SECONDS, and counts them.

The normal test run gives each harness a second, and always the same inputs. A long run by hand, with
other seeds than any run before::

    FUZZ_SECONDS=600 FUZZ_SEED=100000 python -m pytest -s tests/fuzz

Each round has one seed; a failing one is told, with the smallest input that Hypothesis finds.
"""

import os
import time
from collections.abc import Callable, Iterator
from random import Random
from typing import Any, TypeVar

from hypothesis import HealthCheck, given, note, seed, settings
from hypothesis import strategies as st

SECONDS = float(os.environ.get("FUZZ_SECONDS", "1"))
FIRST = int(os.environ.get("FUZZ_SEED", "0"))
ROUND = 20  # examples of one seed
MUTANTS = 24  # of each example
SLOWEST = 1.0  # seconds of processor time for an input of up to 100 KB
SIGNS = "<>[]()*_`\"'&|\\:;-#={}%/!.,\n\n\r\t \x00\x7f\x85\u00a0\u0640\u200f\u202e\ufdd0\ufeffا٣1é"

Input = TypeVar("Input", str, bytes)


def fuzz(name: str, inputs: st.SearchStrategy[Input], check: Callable[[Input], None]) -> None:
    """Run a check on inputs, round after round; print how many there were."""
    end = time.monotonic() + SECONDS
    drawn = 0

    def many(first: Input, chance: int) -> None:
        nonlocal drawn
        for one in (first, *mutants(first, Random(chance))):
            drawn += 1
            note(repr(one))
            _timed(check, one)

    number = FIRST
    while number == FIRST or time.monotonic() < end:
        _round(inputs, many, number)
        number += 1
    print(f"\n{name}: {drawn} inputs, seeds {FIRST}-{number - 1}")


def _round(
    inputs: st.SearchStrategy[Input], many: Callable[[Input, int], None], number: int
) -> None:
    """One seed's inputs."""
    given_inputs = seed(number)(given(inputs, st.integers(0, 1 << 32))(many))
    settings(
        max_examples=ROUND,
        deadline=None,
        database=None,
        derandomize=False,
        suppress_health_check=list(HealthCheck),
    )(given_inputs)()


def mutants(first: Input, chance: Random) -> Iterator[Input]:
    """Inputs near another: a piece gone, doubled or moved, a sign put in; each a step further."""
    one = first
    for step in range(MUTANTS):
        one = first if step % 6 == 0 else one
        start = chance.randrange(len(one) + 1)
        piece = one[start : start + chance.randrange(9)]
        rest = one[:start] + one[start + len(piece) :]
        match chance.randrange(4):
            case 0:
                one = rest
            case 1:
                one = one[:start] + piece + one[start:]
            case 2:
                at = chance.randrange(len(rest) + 1)
                one = rest[:at] + piece + rest[at:]
            case _:
                sign = chance.choice(SIGNS)
                one = one[:start] + _like(sign, one) + one[start:]
        yield one


def _like(sign: str, one: Input) -> Input:
    """A sign of the kind that an input is of."""
    return sign if isinstance(one, str) else sign.encode()


def _timed(check: Callable[[Any], None], one: Any) -> None:
    """No input takes longer than its size allows."""
    before = time.process_time()
    check(one)
    took = time.process_time() - before
    assert took < SLOWEST * max(1, len(one) / 100_000), f"{took:.1f} s for {len(one)} characters"
