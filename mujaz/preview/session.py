"""A preview from start to Ctrl-C: watch, build, tell the browser."""

import asyncio
import contextlib
import errno
import signal
import socket
import sys
import time
import webbrowser
from pathlib import Path

from tornado.netutil import bind_sockets

from mujaz.addresses import site_address
from mujaz.errors import Place
from mujaz.preview.building import output
from mujaz.preview.exchange import Order, Outcome
from mujaz.preview.faults import Fault
from mujaz.preview.process import BuildProcess
from mujaz.preview.serving import Shown, Socket, loopback, server
from mujaz.preview.watching import SourceWatcher
from mujaz.remarks import PREVIEW, PREVIEW_ENDED
from mujaz.speech import message

TRIES = 20  # ports that are tried
IDLE = 2.0  # s without a change after which what a quick build left out is made
MANY = 50  # changes from which a build looks at everything


def free(host: str, port: int) -> list[socket.socket]:
    """Return sockets on the first free port from ``port`` on; OSError if there is none, or no such host."""
    for number in range(port, min(port + TRIES, 1 << 16)):
        try:
            return bind_sockets(number, host)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
    raise OSError(errno.EADDRINUSE, f"ports {port} to {number} are taken")


def serve(
    project: Path, sockets: list[socket.socket], host: str, lang: str, *, browser: bool
) -> None:
    """Preview a project on bound sockets until Ctrl-C; ``browser`` opens one, once there is a site."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(Preview(project, sockets, host, lang, browser=browser).run())


class Preview:
    """The server's side: one loop that builds when something has changed, and tells what came of it."""

    def __init__(
        self, project: Path, sockets: list[socket.socket], host: str, lang: str, *, browser: bool
    ) -> None:
        self.shown = Shown(output(project), host, lang)
        self.sockets = sockets
        self.lang = lang
        self.browser = browser
        self.process = BuildProcess()
        self.process.start()  # it gets ready while we do
        self.watcher = SourceWatcher(project, lang)
        self._warnings: frozenset[str] = frozenset()
        self._there = False  # whether we have said where

    async def run(self) -> None:
        """Serve until a signal says stop."""
        loop = asyncio.get_running_loop()
        server(self.shown).add_sockets(self.sockets)
        Socket.watcher = self.watcher
        Socket.start_tasks()
        building = asyncio.ensure_future(self._keep_built())
        with contextlib.suppress(NotImplementedError):  # Windows has KeyboardInterrupt alone
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, building.cancel)
        try:
            with contextlib.suppress(asyncio.CancelledError):
                await building
        finally:
            self.watcher.stop()
            self.process.stop()
            print(PREVIEW_ENDED.said(self.lang))

    async def _keep_built(self) -> None:
        """Build now and after each change; while one build runs, changes gather for the next.

        A save is built quickly; a whole build follows when the desk is quiet.
        """
        await self.watcher.ready.wait()
        order, told = Order(), True
        while True:
            outcome = await self._build(order)
            self._report(outcome, told=told)
            if not self._there:
                self._say_where()
            rest = None if order.whole or outcome.faults else IDLE
            try:
                # not wait_for, which forgets a signal that comes with a change
                async with asyncio.timeout(rest):
                    changed = await self.watcher.changes()
                order, told = Order(changed, whole=len(changed) > MANY), True
            except TimeoutError:
                order, told = Order(), False

    async def _build(self, order: Order) -> Outcome:
        loop = asyncio.get_running_loop()

        def ahead(outcome: Outcome) -> None:
            loop.call_soon_threadsafe(
                self._show if outcome.published else self._send_sheets, outcome
            )

        outcome = await asyncio.to_thread(self.process.build, order, ahead)
        self._show(outcome)
        return outcome

    def _send_sheets(self, outcome: Outcome, build: str = "") -> None:
        base = self.shown.base
        self.shown.sheets.update({base + sheet.new_address: sheet.new for sheet in outcome.sheets})
        Socket.send_sheets(outcome.sheets, build)

    def _show(self, outcome: Outcome) -> None:
        """Let the browser know; nothing new, nothing told."""
        before = (self.shown.build, self.shown.faults)
        self.shown.faults = outcome.faults
        if not outcome.faults:
            self.shown.base = outcome.base
        if not outcome.faults and (outcome.changed or not self.shown.build):
            self.shown.build = f"{time.time_ns():x}"
            if outcome.sheets:
                self._send_sheets(outcome, self.shown.build)
            self.shown.sheets.clear()
        if before != (self.shown.build, self.shown.faults):
            self.watcher.announce()

    def _report(self, outcome: Outcome, *, told: bool) -> None:
        """Print what the build has to say; of warnings only those that the last one didn't have."""
        if outcome.faults:
            print("\n".join(map(self._line, outcome.faults)), file=sys.stderr, flush=True)
            return
        warnings = outcome.warnings.splitlines()
        for line in warnings:
            if line not in self._warnings:
                print(line, file=sys.stderr)
        self._warnings = frozenset(warnings)
        if told:
            print(outcome.summary, flush=True)

    def _line(self, fault: Fault) -> str:
        """A fault for the terminal; a bug keeps its traceback."""
        place = Place(fault.path, fault.line)
        told = message(fault.message, self.lang, place)
        return f"{place}: {told}" if fault.path else told

    def _say_where(self) -> None:
        self._there = True
        address = self._address()
        print(PREVIEW.said(self.lang, address=address), flush=True)
        if self.browser:
            asyncio.get_running_loop().run_in_executor(None, webbrowser.open, address)

    def _address(self) -> str:
        """Where to look: the site's front page, from this machine."""
        host = self.shown.host
        if not loopback(host) and host in {"0.0.0.0", "::", ""}:  # noqa: S104 - compared, not bound
            host = "127.0.0.1"
        name = f"[{host}]" if ":" in host else host
        port = self.sockets[0].getsockname()[1]
        return f"http://{name}:{port}{site_address('/', self.shown.base)}"
