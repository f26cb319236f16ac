"""Work spread over processes: the same function over parts of a list.

Started by fork where the system has it, so that workers see all that was read; elsewhere by spawn,
which sends it to them. Nothing else differs. Forks are made by hand: the import of multiprocessing
takes as long as seven of them.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Generic, TypeVar

PARTS = 16  # for each job: small enough that all end together, big enough that taking them costs nothing
MOST = 1000  # parts in all: their tickets fit into a pipe that nobody reads yet
TICKET = 4  # bytes
DONE = -1

T = TypeVar("T")
R = TypeVar("R")
Take = Callable[[Iterable[int]], dict[int, R]]  # work on parts, by their first item


def method() -> str:
    """Return how processes start: "fork" on Linux; elsewhere it isn't safe or isn't there."""
    return "fork" if sys.platform == "linux" else "spawn"


def spread(
    work: Callable[[Sequence[T]], R], items: Sequence[T], jobs: int, *, start: str = ""
) -> list[R]:
    """Return ``work`` of each of some parts of ``items``, in the order of the items.

    One part with one job, done here with nothing started. Else ``PARTS`` parts a job, which this
    process and the others take as they become free. An exception in a worker is raised here, once
    all have ended. ``start`` is a start method of multiprocessing.
    """
    return Spread(work, items, jobs, start=start).join()


class Spread(Generic[T, R]):
    """``spread`` in two steps: the others begin at once, this process takes part when it joins them."""

    def __init__(
        self, work: Callable[[Sequence[T]], R], items: Sequence[T], jobs: int, *, start: str = ""
    ) -> None:
        parts = min(jobs * PARTS, MOST) if jobs > 1 else 1
        size = max(1, -(-len(items) // parts))
        self._take: Take[R] = partial(_take, work, items, size)
        self._tickets: Iterable[int] = [0]
        self._others: list[_Fork | _Spawn] = []
        if jobs <= 1:
            return
        begin = _forked if (start or method()) == "fork" else _spawned
        self._tickets, workers = begin(self._take, range(0, len(items), size), jobs - 1)
        try:
            with undisturbed():
                self._others.extend(workers)
        except BaseException:
            self.stop()
            raise

    def join(self) -> list[R]:
        """Work too, wait for the others, and return what ``spread`` returns."""
        try:
            done = self._take(self._tickets)
            for worker in self._others:
                result, error = worker.outcome()
                if error is not None:
                    raise error
                done |= result
        finally:
            self.stop()
        return [done[at] for at in sorted(done)]

    def stop(self) -> None:
        """End the others, whatever they are at."""
        for worker in self._others:
            worker.stop()
        self._others = []


def _take(
    work: Callable[[Sequence[T]], R], items: Sequence[T], size: int, tickets: Iterable[int]
) -> dict[int, R]:
    return {at: work(items[at : at + size]) for at in tickets}


def outcome_of(work: Callable[[], R]) -> tuple[R | None, BaseException | None]:
    """Return what comes out, and what was raised instead."""
    try:
        return work(), None
    except BaseException as error:  # noqa: BLE001 - told to the parent
        return None, error


def _ended() -> RuntimeError:
    return RuntimeError("a worker process ended before its work was done")


# --- fork -----------------------------------------------------------------------------------------


def _forked(
    take: Take[R], starts: Iterable[int], others: int
) -> tuple[Iterable[int], Iterator["_Fork | _Spawn"]]:
    receive, send = os.pipe()
    os.write(send, b"".join([at.to_bytes(TICKET, "little") for at in starts]))
    os.close(send)
    tickets = _tickets(receive)
    return tickets, (_Fork(partial(take, tickets)) for _ in range(others))


def _tickets(receive: int) -> Iterator[int]:
    """Tickets from a pipe that processes share: each read gets one whole."""
    with os.fdopen(receive, "rb", buffering=0) as pipe:
        while ticket := pipe.read(TICKET):
            yield int.from_bytes(ticket, "little")


class _Fork:
    """A forked process that does one thing. What comes out goes straight through a pipe: it may be big."""

    def __init__(self, work: Callable[[], dict[int, Any]]) -> None:
        receive, send = os.pipe()

        def tell() -> None:
            import pickle

            os.close(receive)
            with os.fdopen(send, "wb") as pipe:
                pickle.dump(outcome_of(work), pipe, pickle.HIGHEST_PROTOCOL)

        self._pid = fork(tell)
        os.close(send)
        self._pipe = os.fdopen(receive, "rb")

    def outcome(self) -> tuple[dict[int, Any], BaseException | None]:
        """Wait for what comes out. Raises RuntimeError if the process ended without a word."""
        import pickle

        try:
            with self._pipe as pipe:
                found = pickle.load(pipe)  # noqa: S301 - this program's own
        except (EOFError, pickle.UnpicklingError):
            raise _ended() from None
        os.waitpid(self._pid, 0)
        self._pid = 0
        return found  # type: ignore[no-any-return]

    def stop(self) -> None:
        """End the process."""
        if self._pid:
            self._pipe.close()
            end(self._pid)
            self._pid = 0


def fork(run: Callable[[], None]) -> int:
    """Return a new process that does one thing and ends, whatever happens in it."""
    pid = os.fork()
    if not pid:
        status = 1
        try:
            run()
            status = 0
        finally:
            os._exit(status)
    return pid


def end(pid: int) -> None:
    """End a process and wait for that."""
    import signal

    os.kill(pid, signal.SIGTERM)
    os.waitpid(pid, 0)


# --- spawn ----------------------------------------------------------------------------------------


def _spawned(
    take: Take[R], starts: Iterable[int], others: int
) -> tuple[Iterable[int], Iterator["_Fork | _Spawn"]]:
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    queue = context.SimpleQueue()
    for at in [*starts, *[DONE] * (others + 1)]:
        queue.put(at)
    return iter(queue.get, DONE), (_Spawn(context, take, queue) for _ in range(others))


class _Spawn:
    """A process that multiprocessing has started."""

    def __init__(self, context: Any, take: Take[R], queue: Any) -> None:
        self._queue = queue  # it ends with its last holder here
        self._pipe, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_run, args=(take, queue, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def outcome(self) -> tuple[dict[int, Any], BaseException | None]:
        """Wait for what comes out, as ``_Fork`` does."""
        try:
            return self._pipe.recv()  # type: ignore[no-any-return]
        except EOFError:
            raise _ended() from None

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.join()


def _run(take: Take[R], queue: Any, pipe: Any) -> None:
    """In the spawned process."""
    pipe.send(outcome_of(partial(take, iter(queue.get, DONE))))


# --- signals --------------------------------------------------------------------------------------


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold Ctrl-C back until what is begun here is done; processes started here never see it."""
    import signal
    import threading

    if threading.current_thread() is not threading.main_thread():  # only that one hears signals
        yield
        return
    held: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _: held.append(number))
    blocks = hasattr(
        signal, "pthread_sigmask"
    )  # not on Windows; a process started by spawn inherits it
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if blocks else set()
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
        if blocks:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    if held:
        raise KeyboardInterrupt
