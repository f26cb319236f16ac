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

SHARE = 8  # a part is this small a share of what would be left for each job
MOST = 1000  # parts in all: their tickets fit into a pipe that nobody reads yet
TICKET = 4  # bytes
DONE = -1

T = TypeVar("T")
R = TypeVar("R")
Take = Callable[[Iterable[int]], dict[int, R]]  # work on parts, by their numbers
Packed = Callable[[Iterable[int]], list[bytes]]  # that, ready to be sent


def method() -> str:
    """Return how processes start: "fork" on Linux; elsewhere it isn't safe or isn't there."""
    return "fork" if sys.platform == "linux" else "spawn"


def spread(
    work: Callable[[Sequence[T]], R], items: Sequence[T], jobs: int, *, start: str = ""
) -> list[R]:
    """Return ``work`` of each of some parts of ``items``, in the order of the items.

    One part with one job, done here with nothing started. Else parts that get smaller, which this
    process and the others take as they become free. An exception in a worker is raised here, once
    all have ended. ``start`` is a start method of multiprocessing.
    """
    return Spread(work, items, jobs, start=start).join()


class Spread(Generic[T, R]):
    """``spread`` in two steps: the others begin at once, this process takes part when it joins them."""

    def __init__(
        self, work: Callable[[Sequence[T]], R], items: Sequence[T], jobs: int, *, start: str = ""
    ) -> None:
        parts = list(_parts(len(items), jobs)) if jobs > 1 else [slice(None)]
        self._take: Take[R] = partial(_take, work, items, parts)
        self._tickets: Iterable[int] = [0]
        self._others: list[_Fork | _Spawn] = []
        if jobs <= 1:
            return
        begin = _forked if (start or method()) == "fork" else _spawned
        packed = partial(_packed, self._take)
        self._tickets, workers = begin(packed, len(parts), jobs - 1)
        try:
            with undisturbed():
                self._others.extend(workers)
        except BaseException:
            self.stop()
            raise

    def join(self) -> list[R]:
        """Work too, wait for the others, and return what ``spread`` returns."""
        import pickle

        try:
            done = self._take(self._tickets)
            for worker in self._others:
                results, error = worker.outcome()
                if error is not None:
                    raise error
                for result in results:
                    done |= pickle.loads(result)  # noqa: S301 - this program's own
        finally:
            self.stop()
        return [done[number] for number in sorted(done)]

    def stop(self) -> None:
        """End the others, whatever they are at."""
        for worker in self._others:
            worker.stop()
        self._others = []


def _parts(count: int, jobs: int) -> Iterator[slice]:
    """Cut a list into parts, the big ones first: few have to be taken, and all jobs end together.

    Guided self-scheduling (Polychronopoulos and Kuck, IEEE Transactions on Computers C-36, 1987).
    """
    begin, least = 0, count // MOST + 1
    while begin < count:
        end = begin + max(least, (count - begin) // (jobs * SHARE))
        yield slice(begin, end)
        begin = end


def _take(
    work: Callable[[Sequence[T]], R],
    items: Sequence[T],
    parts: Sequence[slice],
    tickets: Iterable[int],
) -> dict[int, R]:
    return {number: work(items[parts[number]]) for number in tickets}


def _packed(take: Take[R], tickets: Iterable[int]) -> list[bytes]:
    """Results ready to be sent: packed one by one, not all at the end, when others wait for them."""
    import pickle

    return [pickle.dumps(take([ticket]), pickle.HIGHEST_PROTOCOL) for ticket in tickets]


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
    take: Packed, parts: int, others: int
) -> tuple[Iterable[int], Iterator["_Fork | _Spawn"]]:
    receive, send = os.pipe()
    os.write(send, b"".join([number.to_bytes(TICKET, "little") for number in range(parts)]))
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

    def __init__(self, work: Callable[[], list[bytes]]) -> None:
        receive, send = os.pipe()

        def tell() -> None:
            import pickle

            os.close(receive)
            with os.fdopen(send, "wb") as pipe:
                pickle.dump(outcome_of(work), pipe, pickle.HIGHEST_PROTOCOL)

        self._pid = fork(tell)
        os.close(send)
        self._pipe = os.fdopen(receive, "rb")

    def outcome(self) -> tuple[list[bytes], BaseException | None]:
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
    take: Packed, parts: int, others: int
) -> tuple[Iterable[int], Iterator["_Fork | _Spawn"]]:
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    queue = context.SimpleQueue()
    for ticket in [*range(parts), *[DONE] * (others + 1)]:
        queue.put(ticket)
    return iter(queue.get, DONE), (_Spawn(context, take, queue) for _ in range(others))


class _Spawn:
    """A process that multiprocessing has started."""

    def __init__(self, context: Any, take: Packed, queue: Any) -> None:
        self._queue = queue  # it ends with its last holder here
        self._pipe, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_run, args=(take, queue, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def outcome(self) -> tuple[list[bytes], BaseException | None]:
        """Wait for what comes out, as ``_Fork`` does."""
        try:
            return self._pipe.recv()  # type: ignore[no-any-return]
        except EOFError:
            raise _ended() from None

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.join()


def _run(take: Packed, queue: Any, pipe: Any) -> None:
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
