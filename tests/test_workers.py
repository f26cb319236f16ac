"""Work spread over processes gives what one process gives, and never ends in silence."""

import os
import signal
import threading
import time
from collections.abc import Sequence
from functools import partial

import pytest

from mujaz.assistant import Assistant
from mujaz.errors import ContentError, Place
from mujaz.workers import TICKET, Spread, _parts, spread, undisturbed

STARTS = ["fork", "spawn"]
STARTER = os.environ.setdefault("MUJAZ_TEST_STARTER", str(os.getpid()))  # spawned ones inherit it


def double(items: Sequence[int]) -> list[int]:
    return [2 * x for x in items]


def refuse_three(items: Sequence[int]) -> list[int]:
    if 3 in items:
        raise ContentError("three", Place("content/three.md", 3))
    return list(items)


def refuse_fives_part(items: Sequence[int]) -> list[int]:
    if only_elsewhere():
        return list(items)
    raise ExceptionGroup("faults", [ContentError(str(x), Place("content/x.md", x)) for x in (5, 6)])


def only_elsewhere() -> bool:
    """Whether this is the process that started the others; it leaves some work to them."""
    here = str(os.getpid()) == STARTER
    time.sleep(1 if here else 0)
    return here


def die_elsewhere(items: Sequence[int]) -> list[int]:
    if not only_elsewhere():
        os.kill(os.getpid(), signal.SIGKILL)
    return list(items)


@pytest.mark.parametrize("start", STARTS)
def test_parts_come_back_in_order(start: str) -> None:
    parts = spread(double, range(100), 3, start=start)
    assert len(parts) > 3
    assert [x for part in parts for x in part] == [2 * x for x in range(100)]


@pytest.mark.parametrize("jobs", [2, 3, 64])
@pytest.mark.parametrize("count", [0, 1, 2, 1000, 100_001])
def test_parts_get_smaller_and_their_tickets_fit_into_a_pipe(count: int, jobs: int) -> None:
    """A part left to one process at the end keeps the others waiting; a full pipe would wait for ever."""
    parts = [range(count)[part] for part in _parts(count, jobs)]
    sizes = list(map(len, parts))
    assert [x for part in parts for x in part] == list(range(count))
    assert len(parts) * TICKET <= 4096  # PIPE_BUF, and the least that Linux gives a pipe
    assert sizes == sorted(sizes, reverse=True)
    assert max(sizes, default=0) <= max(count // jobs // 8, count // 1000 + 1)
    assert min(sizes, default=0) <= count // 1000 + 1


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_no_items_are_no_trouble(jobs: int) -> None:
    assert not any(spread(double, [], jobs))


def test_one_job_starts_nothing() -> None:
    assert spread(lambda items: (os.getpid(), *items), [1, 2], 1) == [(os.getpid(), 1, 2)]


@pytest.mark.parametrize("start", STARTS)
def test_a_workers_fault_comes_back_with_its_place(start: str) -> None:
    with pytest.raises(ContentError) as caught:
        spread(refuse_three, [0, 1, 2, 3], 2, start=start)
    assert str(caught.value) == "content/three.md:3: three"


@pytest.mark.parametrize("start", STARTS)
def test_a_workers_group_of_faults_comes_back_whole(start: str) -> None:
    with pytest.raises(ExceptionGroup) as caught:
        spread(refuse_fives_part, [0, 1], 2, start=start)
    assert [str(e) for e in caught.value.exceptions] == ["content/x.md:5: 5", "content/x.md:6: 6"]


@pytest.mark.parametrize("start", STARTS)
def test_a_worker_that_dies_is_told(start: str) -> None:
    with pytest.raises(RuntimeError, match="a worker process ended before its work was done"):
        spread(die_elsewhere, [0, 3], 2, start=start)


def test_no_worker_is_left_when_the_first_process_fails() -> None:
    begun = Spread(slow_or_refuse, [3, 3], 2, start="fork")
    pids = [getattr(worker, "_pid", 0) for worker in begun._others]
    with pytest.raises(ContentError):
        begun.join()
    assert len(pids) == 1
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)


def slow_or_refuse(items: Sequence[int]) -> list[int]:
    if not only_elsewhere():
        time.sleep(60)
    return refuse_three(items)


@pytest.mark.parametrize("at_hand", [True, False])
def test_an_assistant_answers_in_order(at_hand: bool) -> None:  # noqa: FBT001
    """Big questions and answers, more than pipes hold, are no trouble either."""
    with Assistant(at_hand=at_hand) as assistant:
        big = "ن" * 200_000
        asked = [assistant.ask(partial(add, big, str(number))) for number in range(3)]
        assert [answer() for answer in asked] == [big + str(number) for number in range(3)]
        assert [answer() for answer in asked] == [big + str(number) for number in range(3)]
        assert (assistant.ask(os.getpid)() == os.getpid()) == (not at_hand)


def add(one: str, other: str) -> str:
    return one + other


def test_an_assistants_fault_comes_back_and_the_next_answer_too() -> None:
    with Assistant() as assistant:
        fault, double_ = (
            assistant.ask(partial(refuse_three, [3])),
            assistant.ask(partial(double, [1])),
        )
        with pytest.raises(ContentError, match="three"):
            fault()
        assert double_() == [2]


def test_what_an_assistant_dies_of_is_done_here() -> None:
    with Assistant() as assistant:
        asked = [assistant.ask(partial(die_elsewhere, [5])), assistant.ask(partial(double, [1]))]
        assert [answer() for answer in asked] == [[5], [2]]


def test_an_assistant_ends_with_its_block() -> None:
    with Assistant() as assistant:
        pid = assistant.ask(os.getpid)()
        assistant.ask(partial(time.sleep, 60))
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_ctrl_c_waits_for_what_must_be_done() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt):  # noqa: PT012
        with undisturbed():
            os.kill(os.getpid(), signal.SIGINT)
            done.append("whole")
        done.append("never")
    assert done == ["whole"]
    assert threading.current_thread() is threading.main_thread()
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
