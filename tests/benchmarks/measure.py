"""Run a command and say what it cost; edit a site between runs."""

import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import resource

SAMPLE_SECONDS = 0.05
ARTICLE = "khabar-000007.md"  # the one that is edited: on no special place in any list


class Cost(NamedTuple):
    """What one run took. Memory is that of the largest single process (wait4)."""

    wall: float  # seconds
    cpu: float  # seconds, of the process and of the children it waited for
    peak: float  # MiB
    output: str


def _start(
    command: Sequence[str], folder: Path, more: Mapping[str, str], out: int, err: int
) -> subprocess.Popen[bytes]:
    environment = {**os.environ, **more}
    return subprocess.Popen(
        command, cwd=folder, env=environment, stdout=out, stderr=err, start_new_session=True
    )


def run(command: Sequence[str], folder: Path, more: Mapping[str, str]) -> Cost:
    """Run a command to its end with ``more`` in its environment.

    Raises SystemExit with the end of what it said if it fails.
    """
    os.sync()  # so that no run pays for what the one before it wrote
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        process = _start(command, folder, more, out.fileno(), err.fileno())
        status, usage = _end(process)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        said = [_whole(out.fileno()), _whole(err.fileno())]
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} in {folder}:\n" + "\n".join(said)[-2000:])
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10  # macOS counts bytes, Linux KiB
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit, said[0])


def _end(process: subprocess.Popen[bytes]) -> tuple[int, "resource.struct_rusage"]:
    """Wait for a process; if we are stopped ourselves, stop it with all its children."""
    try:
        _, status, usage = os.wait4(process.pid, 0)
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    return status, usage


def _whole(descriptor: int) -> str:
    return os.pread(descriptor, os.fstat(descriptor).st_size, 0).decode(errors="replace")


def median(costs: Iterable[Cost]) -> Cost:
    """Return the median of each figure, and the output of the last run."""
    rows = list(costs)
    middle = statistics.median
    return Cost(
        middle(row.wall for row in rows),
        middle(row.cpu for row in rows),
        middle(row.peak for row in rows),
        rows[-1].output,
    )


def memory_in_all(command: Sequence[str], folder: Path, more: Mapping[str, str]) -> float | None:
    """Run a command and return the peak memory of all its processes together, in MiB.

    Shared pages are counted once (PSS), so the sum is what the machine must have. Looking costs
    time, so this is never a timed run. None where there is no /proc.
    """
    if not os.path.exists("/proc/self/smaps_rollup"):
        return None
    process = _start(command, folder, more, subprocess.DEVNULL, subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        own = [pid for pid in os.listdir("/proc") if pid.isdigit() and _session(pid) == process.pid]
        peak = max(peak, sum(map(_pss, own)))
        time.sleep(SAMPLE_SECONDS)
    return peak / 1024


def _session(pid: str) -> int:
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return int(file.read().rpartition(")")[2].split()[3])
    except OSError:  # it has ended
        return 0


def _pss(pid: str) -> int:
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="utf-8") as file:
            return sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
    except OSError:  # it has ended
        return 0


def tree(folder: Path) -> tuple[int, int]:
    """Return how many files a folder holds and their bytes, hidden folders left out."""
    files = size = 0
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += len(names)
        size += sum(os.lstat(os.path.join(where, name)).st_size for name in names)
    return files, size


def article(site: Path) -> Path:
    """Return the file of the article that is edited."""
    return next((site / "content").glob(f"*/*/*/{ARTICLE}"))


def edit_body(site: Path, mark: int) -> None:
    """Put a new word at the end of the first paragraph of one article."""
    _replace(article(site), r"( زمن\d+)?\.\n\n", f" زمن{mark}.\n\n")


def edit_headline(site: Path, mark: int) -> None:
    """Put a new word at the end of one article's headline (Mujaz's front matter)."""
    _replace(article(site), r"(headline: .*?)( زمن\d+)?\n", rf"\1 زمن{mark}\n")


def edit_layout(site: Path, mark: int) -> None:
    """Put another comment into the layout of articles."""
    _replace(site / "layouts/article.html", r"(<!--\d+-->)?</article>", f"<!--{mark}--></article>")


def _replace(path: Path, pattern: str, new: str) -> None:
    """Change the first match. Raises SystemExit if there is none: nothing would be measured."""
    text, count = re.subn(pattern, new, path.read_text(encoding="utf-8"), count=1)
    if not count:
        raise SystemExit(f"{path}: nothing to edit")
    path.write_text(text, encoding="utf-8", newline="\n")


def shows(out: Path, mark: int) -> bool:
    """Say whether the edited article's page holds the mark: whether the build did its work."""
    page = next(out.glob(f"*/*/*/{ARTICLE[:-3]}/index.html"))
    return f"زمن{mark}." in page.read_text(encoding="utf-8")
