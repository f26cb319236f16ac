"""Another process that is asked for one thing after the other, while this one goes on."""

import os
import pickle
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from typing import BinaryIO, Self, TypeVar

from mujaz.workers import end, fork, method, outcome_of, undisturbed

R = TypeVar("R")


class Assistant:
    """The other process. What it is asked, and what comes out, goes through pickle.

    It is forked when it is first asked: the less this process has loaded by then, the less it costs
    both, since each page touched after a fork is copied. ``at_hand`` False, or where fork isn't
    safe: all is done here, when first waited for.
    """

    def __init__(self, *, at_hand: bool = True) -> None:
        self.at_hand = at_hand and method() == "fork"
        self._pid = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End it, whatever it is at."""
        if self._pid:
            with suppress(BrokenPipeError):  # what couldn't be asked any more
                self._asked.close()
            self._answers.close()
            end(self._pid)
            self._pid = 0

    def ask(self, work: Callable[[], R]) -> Callable[[], R]:
        """Ask for something; return the function that waits for what comes out.

        Answers are waited for in the order of the questions. If the process dies, the work is done here.
        """
        if not self.at_hand:
            return cache(work)
        if not self._pid:
            self._start()
        with suppress(BrokenPipeError):  # told when the answer is waited for
            _send(work, self._asked)
        return cache(partial(self._answer, work))

    def _answer(self, work: Callable[[], R]) -> R:
        try:
            _send(None, self._asked)
            result, error = pickle.load(self._answers)  # noqa: S301 - this program's own
        except (EOFError, BrokenPipeError):
            return work()
        if error is not None:
            raise error
        return result  # type: ignore[no-any-return]

    def _start(self) -> None:
        receive, send = os.pipe()
        read, write = os.pipe()

        def serve() -> None:
            os.close(send)
            os.close(read)
            with os.fdopen(receive, "rb") as asked, os.fdopen(write, "wb") as answers:
                _serve(asked, answers)

        with undisturbed():
            self._pid = fork(serve)
        os.close(receive)
        os.close(write)
        self._asked, self._answers = os.fdopen(send, "wb"), os.fdopen(read, "rb")


def _send(value: object, pipe: BinaryIO) -> None:
    pickle.dump(value, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def _serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Work as asked till nobody is there to ask; None asks for the next answer.

    It comes when asked for, not before: two processes that write at once to full pipes wait for ever.
    """
    done: deque[object] = deque()
    while True:
        try:
            work = pickle.load(asked)  # noqa: S301 - this program's own
        except EOFError:
            return
        if work is None:
            _send(done.popleft(), answers)
        else:
            done.append(outcome_of(work))
