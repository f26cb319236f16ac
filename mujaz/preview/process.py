"""The building process as the server sees it."""

import contextlib
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from typing import IO

from mujaz.preview.exchange import Order, Outcome, line_of_order, outcome_of
from mujaz.preview.faults import Fault

BUILDS = "MUJAZ_BUILDS_FOR_PREVIEW"  # set in the environment of the process that builds
_SAID = 40  # lines of what a process said that are kept, to tell why it ended
_PATIENCE = 5.0  # seconds that a process is given to end by itself


class _Running(subprocess.Popen[bytes]):
    """A process that was started with three pipes."""

    stdin: IO[bytes]
    stdout: IO[bytes]
    stderr: IO[bytes]


class BuildProcess:
    """A process of the site's own program that builds when told to; started anew when it has ended.

    It is the command line of this process again, so ``build.py`` is read as it is now, with all that
    it brings.
    """

    def __init__(self) -> None:
        self._process: _Running | None = None
        self._said: deque[str] = deque(maxlen=_SAID)
        self._ear: threading.Thread | None = None

    def start(self) -> "_Running":
        """Start the process, if there is none, and return it."""
        if self._process:
            return self._process
        self._said.clear()
        self._process = _Running(
            [sys.executable, *sys.orig_argv[1:]],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, BUILDS: "1"},
            start_new_session=True,  # Ctrl-C is ours to hear
        )
        self._ear = threading.Thread(target=self._listen, args=(self._process,), daemon=True)
        self._ear.start()
        return self._process

    def _listen(self, process: "_Running") -> None:
        """Pass on what the process says, and keep the end of it."""
        for line in process.stderr:
            text = line.decode("utf-8", "replace")
            self._said.append(text)
            sys.stderr.write(text)

    def build(self, order: Order, ahead: Callable[[Outcome], None]) -> Outcome:
        """Build once and return what came of it; what is known before the end goes to ``ahead``."""
        outcome = self._ask(order, ahead)
        while outcome.stale:
            self.stop()
            outcome = self._ask(order, ahead)
        return outcome

    def _ask(self, order: Order, ahead: Callable[[Outcome], None]) -> Outcome:
        process = self.start()
        try:
            process.stdin.write(line_of_order(order))
            process.stdin.flush()
        except OSError:
            return self._ended()
        for line in process.stdout:
            outcome = outcome_of(line)
            if outcome is None:
                sys.stdout.write(line.decode("utf-8", "replace"))
            elif outcome.ended:
                return outcome
            else:
                ahead(outcome)
        return self._ended()

    def _ended(self) -> Outcome:
        """The process has ended without an answer: what it said last tells why."""
        self.stop()
        if self._ear:
            self._ear.join(_PATIENCE)
        why = "".join(self._said).strip() or "the process that builds has ended"
        return Outcome(faults=(Fault("", 0, why),))

    def stop(self) -> None:
        """End the process; a build that is under way is begun anew by the next one."""
        process, self._process = self._process, None
        if not process:
            return
        with contextlib.suppress(OSError):  # it has ended already
            process.stdin.close()
        try:
            process.wait(_PATIENCE / 10)
        except subprocess.TimeoutExpired:
            _kill(process)
            process.wait()


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process with those that it started: they are a session of their own."""
    if hasattr(os, "killpg"):
        import signal

        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
