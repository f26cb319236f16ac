"""build(): bring an output folder up to date with a project. The table of contents of a build."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mujaz import owned, trace, writer
from mujaz.assistant import Assistant
from mujaz.errors import OutputError, Place
from mujaz.folders import FOLDER
from mujaz.inputs import Inputs, find_inputs
from mujaz.memory import Memory
from mujaz.options import Options, Phases, now
from mujaz.records import FileRecord, Records
from mujaz.report import Notes, Report
from mujaz.texts import shelf
from mujaz.trace import Rows, State

if TYPE_CHECKING:
    from mujaz.model import Row
    from mujaz.pages import Kind

APART = 500_000  # bytes of state (3,000 files) from which looking at the output is worth a process


def build(
    project: Path,
    out: Path,
    options: Options | None = None,
    *,
    kinds: "Sequence[Kind] | None" = None,
    filters: Mapping[str, Callable[..., Any]] | None = None,
    memory: Memory | None = None,
) -> Report:
    """Bring an output folder up to date with a project.

    Leaves, byte for byte, what a build into an empty folder would leave. Raises ExceptionGroup of
    MujazError with all faults found, before anything of the site is touched. A process that builds
    again and again may bring its ``memory``, which saves the looking round.
    """
    options, memory = options or Options(), memory or Memory()
    phases = Phases()
    _refuse(project, out)
    forks = options.jobs > 1 and options.start != "spawn"
    with (
        _locked(out),
        shelf(out / FOLDER / "texts") as texts,
        Assistant(at_hand=forks) as assistant,
    ):
        known, last = memory.recall(project, out), None
        if known:
            inputs, past = known
            row: Callable[[str], Row | None] = past.articles.get
            look: Callable[[], Mapping[str, FileRecord | None]] = dict
        else:
            apart = assistant.at_hand and trace.size(out) > APART
            ahead = assistant.ask(partial(_altered, out)) if apart else None
            last = trace.load(out)
            phases.end("state")
            past = last.state if last else State()
            row = Rows(out, past.parts).row
            look = ahead or cache(partial(writer.altered, out, Records(past.files)))
            inputs = find_inputs(project)
            phases.end("scan")
            if last and _current(past, inputs, options, out) and not look():
                phases.end("output")
                return _unchanged(past, phases)
        from mujaz.opening import open_project  # a build with nothing to do needs none of it

        reader = None if known else assistant
        opening = open_project(project, texts, inputs, past, row, options, reader)
        with opening.reading:
            past, altered = last.whole() if last else past, look()
            from mujaz.rebuild import rebuild  # while other processes read

            return rebuild(
                project, out, options, opening, past, altered, phases, kinds, filters or {}, memory
            )


def _altered(out: Path) -> dict[str, FileRecord | None]:
    """The files that aren't as the last build left them, in a process that has loaded nothing yet."""
    last = trace.load(out)
    return writer.altered(out, Records(last.state.files)) if last else {}


def _current(last: State, inputs: Inputs, options: Options, out: Path) -> bool:
    """Whether nothing that the site is made from has changed, and no build was cut short since."""
    if last.options != options.digest() or last.stamps != inputs.stamps:
        return False
    if not trace.intact(out, last):
        return False
    moment = now()
    return moment >= datetime.fromisoformat(last.moment) and not (
        last.next_change and moment >= datetime.fromisoformat(last.next_change)
    )


def _unchanged(last: State, phases: Phases) -> Report:
    files = Records(last.files)
    return Report(
        pages=last.counts,
        articles=last.total,
        files=len(files),
        size=files.size,
        next_change=last.next_change,
        notes=Notes.of(last.notes),
        seconds=phases.seconds,
    )


def _refuse(project: Path, out: Path) -> None:
    """An output folder must not hold, or lie in, what the site is made from."""
    root, target = project.resolve(), out.resolve()
    inside = [root / name for name in ("content", "layouts", "assets")]
    if (
        target == root
        or target in root.parents
        or any(f == target or f in target.parents for f in inside)
    ):
        raise OutputError("expected a folder apart from the sources", Place(str(out)))
    if (out / FOLDER).is_symlink():
        raise OutputError("expected a folder, found a symbolic link", Place(f"{out}/{FOLDER}"))
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise OutputError("expected a folder, found a file or a symbolic link", Place(str(out)))


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """One build at a time in an output folder: a second one waits."""
    try:
        handle = _lock(out)
    except OSError as error:
        raise OutputError(f"can't be written: {error.strerror}", Place(str(out))) from None
    try:
        yield
    finally:
        os.close(handle)


def _lock(out: Path) -> int:
    """Open the lock and wait for it; one that was removed meanwhile (clean) is no lock."""
    while True:
        os.makedirs(out / FOLDER, exist_ok=True)
        trace.heal(out)
        handle = os.open(out / FOLDER / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            import fcntl
        except ImportError:  # Windows: an open file can't be replaced, so a second build fails
            return handle
        fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return handle
        os.close(handle)


def forget(project: Path, out: Path) -> None:
    """Let the next build render everything, as if it were the first; till it ends, the site stays."""
    _refuse(project, out)
    if out.is_dir():
        with _locked(out):
            trace.forget(out)


def clean(project: Path, out: Path) -> tuple[int, list[str]]:
    """Remove what builds have written; return how many files, and what else is still there."""
    import shutil

    _refuse(project, out)
    if not out.is_dir():
        return 0, []
    with _locked(out):
        last = trace.load(out)
        removed = writer.prune(
            out, owned.files(out) | set(Records(last.state.files) if last else ())
        )
        shutil.rmtree(out / FOLDER)
    left = sorted(os.listdir(out))
    if not left:
        out.rmdir()
    return removed, left
