"""Work spread over processes: the same function over parts of a list.

Started by fork where the system has it, so that workers see all that was read; elsewhere by spawn,
which sends it to them. Nothing else differs.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

PARTS = 16  # for each job: small enough that all end together, big enough that taking them costs nothing
DONE = -1

T = TypeVar("T")
R = TypeVar("R")


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
    if jobs <= 1:
        return [work(items)]
    import multiprocessing

    context = multiprocessing.get_context(start or method())
    size = max(1, -(-len(items) // (jobs * PARTS)))
    tickets = context.SimpleQueue()
    for at in [*range(0, len(items), size), *[DONE] * jobs]:
        tickets.put(at)
    processes, pipes = [], []
    try:
        for _ in range(1, jobs):
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(  # type: ignore[attr-defined]
                target=_run, args=(work, items, size, tickets, theirs), daemon=True
            )
            with undisturbed():
                process.start()
                processes.append(process)
            theirs.close()
            pipes.append(ours)
        done = _take(work, items, size, tickets)
        for pipe in pipes:
            done |= _receive(pipe)
    finally:
        for process in processes:
            process.terminate()
            process.join()
    return [done[at] for at in sorted(done)]


def _take(
    work: Callable[[Sequence[T]], R], items: Sequence[T], size: int, tickets: Any
) -> dict[int, R]:
    """Work on parts, by their first item, until there are no more."""
    done = {}
    while (at := tickets.get()) != DONE:
        done[at] = work(items[at : at + size])
    return done


def _run(
    work: Callable[[Sequence[T]], R], items: Sequence[T], size: int, tickets: Any, pipe: Any
) -> None:
    """In the worker: send what comes out, or the exception."""
    try:
        outcome: tuple[dict[int, R], BaseException | None] = (
            _take(work, items, size, tickets),
            None,
        )
    except BaseException as error:  # noqa: BLE001 - told to the parent
        outcome = ({}, error)
    pipe.send(outcome)


def _receive(pipe: Any) -> dict[int, R]:
    try:
        result, error = pipe.recv()
    except EOFError:
        raise RuntimeError("a worker process ended before its work was done") from None
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]


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


def background(work: Callable[[], R], *, apart: bool) -> Callable[[], R]:
    """Start ``work`` in a forked process and return the function that waits for what comes out.

    What comes out must be plain values (marshal). With ``apart`` False it is done when asked for.
    """
    import marshal
    import os

    if not apart or method() != "fork":
        return work
    receive, send = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            os.close(receive)
            with os.fdopen(send, "wb") as pipe:
                plain: Any = work()
                pipe.write(marshal.dumps(plain))
            status = 0
        finally:
            os._exit(status)
    os.close(send)

    def result() -> R:
        with os.fdopen(receive, "rb") as pipe:
            data = pipe.read()
        os.waitpid(child, 0)
        return marshal.loads(data) if data else work()

    return result
