"""A site under ``serve``, as its author has it: the process, what it prints, what it answers."""

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import quote

from conftest import EPOCH, ROOT, SiteFolder

PATIENCE = 60.0  # seconds that anything may take on a busy machine


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: Mapping[str, str]
    text: str


def until(holds: Callable[[], object], what: str) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"still not: {what}"
        time.sleep(0.02)


class Preview:
    """A running ``serve``."""

    def __init__(self, site: SiteFolder, *arguments: str, port: int = 5700) -> None:
        if not (site.root / "build.py").exists():
            site.write("build.py", (ROOT / "build.py").read_text(encoding="utf-8"))
        self.site = site
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "build.py", "serve", "--port", str(port), *arguments],
            cwd=site.root,
            env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": str(EPOCH)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        until(lambda: self.address or not self.alive, "an address")

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    @property
    def said(self) -> str:
        """All that was printed."""
        return "\n".join(self.lines)

    @property
    def address(self) -> str:
        """Where it says it serves; "" as long as it doesn't."""
        found = re.search(r"^(?:preview|المعاينة): (\S+)", self.said, re.MULTILINE)
        return found[1] if found else ""

    @property
    def port(self) -> int:
        """The port that it serves on."""
        found = re.search(r":(\d+)/", self.address)
        assert found
        return int(found[1])

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self.process.poll() is None

    @property
    def builds(self) -> int:
        """How many builds have ended well."""
        return len(re.findall(r"^\d+ articles: ", self.said, re.MULTILINE))

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for an address; what isn't ASCII in it is encoded."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, quote(path, safe="/%?=\\:"), headers=named)
        found = connection.getresponse()
        text = found.read().decode("utf-8", "replace")
        connection.close()
        return Answer(found.status, {k.lower(): v for k, v in found.getheaders()}, text)

    def shows(self, path: str, text: str) -> None:
        """Wait until a page has a text."""
        until(lambda: text in self.get(path).text, f"{path} shows {text}")

    def says(self, text: str, times: int = 1) -> None:
        """Wait until something is printed."""
        until(lambda: self.said.count(text) >= times, f"said {text!r}:\n{self.said}")

    def quiet(self, seconds: float = 0.8) -> int:
        """Wait until no more builds end; return how many there were in all."""
        seen = -1
        while seen != self.builds:
            seen = self.builds
            time.sleep(seconds)
        return seen

    def end(self, number: int = signal.SIGINT) -> int:
        """Send a signal and return the exit status."""
        if self.alive:
            self.process.send_signal(number)
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        assert self.process.stdout
        self.process.stdout.close()
        return self.process.returncode


@contextmanager
def preview(site: SiteFolder, *arguments: str, port: int = 5700) -> Iterator[Preview]:
    """Serve a site as long as the test runs."""
    running = Preview(site, *arguments, port=port)
    try:
        yield running
    finally:
        running.end()
