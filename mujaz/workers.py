"""Work spread over processes: the same function over parts of a list.

Started by fork where the system has it, so that workers see all that was read; elsewhere by spawn,
which sends it to them. Nothing else differs.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")


def method() -> str:
    """Return how processes start: "fork" on Linux; elsewhere it isn't safe or isn't there."""
    return "fork" if sys.platform == "linux" else "spawn"


def spread(
    work: Callable[[Sequence[T]], R], items: Sequence[T], jobs: int, *, start: str = ""
) -> list[R]:
    """Return ``work`` of each of ``jobs`` interleaved parts of ``items``, in order of the parts.

    The first part is done here. With one job nothing is started. An exception in a worker is
    raised here, once all have ended. ``start`` is a start method of multiprocessing.
    """
    if jobs <= 1:
        return [work(items)]
    import multiprocessing

    context = multiprocessing.get_context(start or method())
    processes, pipes = [], []
    try:
        for part in range(1, jobs):
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(  # type: ignore[attr-defined]
                target=_run, args=(work, items[part::jobs], theirs), daemon=True
            )
            with undisturbed():
                process.start()
                processes.append(process)
            theirs.close()
            pipes.append(ours)
        results: list[R] = [work(items[::jobs])]
        results += [_receive(pipe) for pipe in pipes]
    finally:
        for process in processes:
            process.terminate()
            process.join()
    return results


def _run(work: Callable[[Sequence[T]], R], items: Sequence[T], pipe: object) -> None:
    """In the worker: send what comes out, or the exception."""
    try:
        outcome: tuple[R | None, BaseException | None] = (work(items), None)
    except BaseException as error:  # noqa: BLE001 - told to the parent
        outcome = (None, error)
    pipe.send(outcome)  # type: ignore[attr-defined]


def _receive(pipe: object) -> R:  # type: ignore[type-var]
    try:
        result, error = pipe.recv()  # type: ignore[attr-defined]
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
