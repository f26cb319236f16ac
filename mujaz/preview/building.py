"""The process that builds for the preview: an order a line in, an outcome a line out."""

import gc
import os
import signal
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from mujaz.assets import Asset, read_assets
from mujaz.commands.contract import DONE, SiteCode
from mujaz.config import read_config
from mujaz.errors import MujazError, gather
from mujaz.inputs import shipped
from mujaz.memory import Memory
from mujaz.model import Settings
from mujaz.options import Options
from mujaz.pipeline import build, forget
from mujaz.preview.exchange import Order, Outcome, Sheet, line_of, order_of
from mujaz.preview.faults import faults_of
from mujaz.report import Report
from mujaz.settings import SITE
from mujaz.speech import report_text

_PACKAGE = Path(__file__).resolve().parents[1]
LATER = "search "  # groups of the index: half of what an edit costs; they wait for a whole build
FOLDER = ".mujaz-preview"  # in the project; it ignores itself


def output(project: Path) -> Path:
    """Return the folder that the preview builds into."""
    return project / FOLDER / "site"


def work(project: Path, site: SiteCode, lang: str) -> int:
    """Build at each order from standard input, until it ends; Ctrl-C is the server's to hear.

    ``lang`` is what reports speak.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a site's own code prints isn't ours
    gc.disable()  # a build makes many small values and keeps them all
    _prepare(project)
    builder = Builder(project, site, lambda outcome: _send(answers, outcome), lang)
    for line in sys.stdin.buffer:
        order = order_of(line)
        builder.build(order)
        if order.whole:
            gc.collect()
    return DONE


def _send(answers: int, outcome: Outcome) -> None:
    rest = memoryview(line_of(outcome))
    while rest:
        rest = rest[os.write(answers, rest) :]


def _prepare(project: Path) -> None:
    folder = project / FOLDER
    folder.mkdir(exist_ok=True)
    (folder / ".gitignore").write_text("*\n", encoding="utf-8")


class Builder:
    """Builds a project for the preview, and knows the style sheets of the last build.

    It builds with the program that it began with. What another program must build is left to another
    process, and what may be of both is built from the start.
    """

    def __init__(
        self, project: Path, site: SiteCode, send: Callable[[Outcome], None], lang: str
    ) -> None:
        self.project = project
        self.site = site
        self.send = send
        self.lang = lang
        self.memory = Memory(self._published)
        self._program = _program(project)
        self._assets: Mapping[str, Asset] = {}
        self._options = Options(drafts=True, jobs=os.cpu_count() or 1)
        self._sheets: tuple[Sheet, ...] = ()

    def build(self, order: Order) -> None:
        """Build, and send what there is to tell; new style sheets at once, as all pages may hold them."""
        if _program(self.project) != self._program:
            self.send(self._stale())
            return
        self._sheets = self._changed_sheets(order.changed)
        if self._sheets:
            self.send(Outcome(ended=False, sheets=self._sheets))
        outcome = self._outcome(order)
        self.send(outcome if _program(self.project) == self._program else self._stale())

    def _published(self, written: Sequence[str], removed: int) -> None:
        """Tell that the site is there, before its state is saved."""
        if _program(self.project) == self._program:
            changed = removed > 0 or not all(map(_unseen, written))
            base = self._settings().base
            self.send(
                Outcome(
                    ended=False, published=True, changed=changed, base=base, sheets=self._sheets
                )
            )

    def _stale(self) -> Outcome:
        forget(self.project, output(self.project))
        return Outcome(stale=True)

    def _outcome(self, order: Order) -> Outcome:
        self.memory.changed = None if order.whole else order.changed
        options = self._options if order.whole else self._options._replace(leave=LATER)
        out = output(self.project)
        kinds, filters = self.site
        try:
            report = build(
                self.project, out, options, kinds=kinds, filters=filters, memory=self.memory
            )
            settings = self._settings()
        except Exception as error:  # noqa: BLE001 - told to the author; the preview goes on
            return Outcome(faults=faults_of(error, self.project))
        return _told(report, settings, self.lang)

    def _settings(self) -> Settings:
        return read_config(self.project, self._options, [], [], b"").settings

    def _read_assets(self, settings: Settings) -> Mapping[str, Asset]:
        folders = dict.fromkeys([(self.project / "assets").resolve(), shipped("assets").resolve()])
        errors: list[MujazError] = []
        found = read_assets(tuple(folders), settings.base, errors).named
        gather(errors)
        return found

    def _changed_sheets(self, changed: Collection[str]) -> tuple[Sheet, ...]:
        """The sheets that are others than at the last look, if nothing else has changed.

        None if they can't be read: the build tells why. They are read before the build, so that what
        is saved while it runs is new at the next order.
        """
        if self._assets and not any(path.startswith(("assets", SITE)) for path in changed):
            return ()
        try:
            now = self._read_assets(self._settings())
        except (ExceptionGroup, MujazError, OSError, UnicodeError):
            return ()
        before, self._assets = self._assets, now
        if not all(map(_is_sheet, changed)):
            return ()
        pairs = [(before[p], now[p]) for p in now if _is_sheet(f"assets/{p}") and p in before]
        return tuple(
            Sheet(old.data.decode(), new.data.decode(), old.address, new.address)
            for old, new in pairs
            if old.data != new.data
        )


def _program(project: Path) -> dict[str, tuple[int, int]]:
    """The files of Mujaz and of the site's program, with size and time."""
    found = {}
    for path in (*_PACKAGE.rglob("*.py"), *project.glob("*.py")):
        with suppress(OSError):  # gone since it was listed
            seen = path.stat()
            found[str(path)] = (seen.st_size, seen.st_mtime_ns)
    return found


def _unseen(path: str) -> bool:
    """Whether a file is one that no page shows before its reader asks: the search index."""
    return path.startswith("search/") and path.endswith(".txt")


def _is_sheet(path: str) -> bool:
    return path.startswith("assets/") and path.endswith(".css")


def _told(report: Report, settings: Settings, lang: str) -> Outcome:
    warnings, _, summary = report_text(report, lang).rpartition("\n")
    return Outcome(base=settings.base, warnings=warnings, summary=summary)
