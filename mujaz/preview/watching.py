"""Tells when the sources change, however they do: saved, replaced, renamed, removed, checked out.

A ``Watcher`` of livereload's, on watchfiles (inotify, FSEvents, ReadDirectoryChangesW) instead of its
polling; it takes part in a reload only by the seam that livereload has for it.
"""

import asyncio
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from livereload.watcher import Watcher
from watchfiles import Change, watch
from watchfiles.main import FileChange

from mujaz.remarks import POLLING

FOLDERS = ("content", "layouts", "assets")
STEP = 10  # ms without a change that end a batch: a file that is saved changes once or twice
IDLE = 100  # ms after which a watch without changes gives a sign of life
LONGEST = 2000  # ms that a batch lasts at most
MANY = 4  # paths from which a batch is no save, but a copy or a checkout
QUIET = 0.15  # s without a change that end a copy or a checkout
AGAIN = 0.2  # s until folders are looked for again, if one went away while its watch began


class SourceWatcher(Watcher):  # type: ignore[misc]  # livereload has no types
    """Watches the folders of a project, and the files in it that Mujaz reads."""

    def __init__(self, project: Path, lang: str) -> None:
        super().__init__()
        self.project = project
        self.lang = lang  # of what is told on the terminal
        self.watch(str(project))  # else livereload would watch the folder we are in
        self._found: set[str] = set()
        self._changed = asyncio.Event()
        self.ready = asyncio.Event()  # from now on no change escapes
        self._polling = False
        self._stop = threading.Event()
        self._folders_changed = threading.Event()
        package = Path(__file__).resolve().parents[1]
        own = (package.name,) if package.parent == project.resolve() else ()
        self._folders = (*FOLDERS, *own)

    # --- what livereload asks for -----------------------------------------------------------------

    def start(self, callback: Callable[[], None]) -> bool:
        """Start watching; ``callback`` is called when there is something to tell the browser."""
        self._callback = callback
        self._loop = asyncio.get_running_loop()
        for target in (self._watch_folders, self._watch_project):
            threading.Thread(target=target, daemon=True).start()
        return True

    def examine(self) -> tuple[str, None]:
        """What is to be reloaded: by the name that livereload never passes over (others: 3 s apart)."""
        return "__livereload__", None

    def announce(self) -> None:
        """Let livereload tell the browser."""
        self._callback()

    # --- what has changed -------------------------------------------------------------------------

    async def changes(self) -> frozenset[str]:
        """Wait for changes; return their paths relative to the project, those of a checkout at once."""
        await self._changed.wait()
        seen = 0
        while MANY <= len(self._found) != seen:
            seen = len(self._found)
            await asyncio.sleep(QUIET)
        found = frozenset(self._found)
        self._found.clear()
        self._changed.clear()
        return found

    def stop(self) -> None:
        """Let the threads end."""
        self._stop.set()
        self._folders_changed.set()

    def _note(self, paths: Iterable[str]) -> None:
        self._found.update(paths)
        self._changed.set()

    def _watching(self, missed: frozenset[str]) -> None:
        self.ready.set()
        if missed:
            self._note(missed)

    def _tell(self, batch: Iterable[FileChange]) -> set[str]:
        paths = {self._relative(path) for _, path in batch}
        if paths:
            self._loop.call_soon_threadsafe(self._note, paths)
        return paths

    def _relative(self, path: str) -> str:
        return os.path.relpath(path, self.project).replace(os.sep, "/")

    # --- the two threads --------------------------------------------------------------------------

    def _watch_folders(self) -> None:
        """All that is in the folders; from the start again when one of them comes or goes."""
        first = True
        while not self._stop.is_set():
            self._folders_changed.clear()
            there = [str(self.project / name) for name in self._folders if self._is_folder(name)]
            if there:
                self._follow(there, () if first else self._folders)
            else:
                self._loop.call_soon_threadsafe(self.ready.set)
                self._folders_changed.wait()
            first = False

    def _follow(self, folders: Iterable[str], missed: Iterable[str]) -> None:
        """Tell what changes in some folders, until they are to be looked for again.

        ``missed`` is told once the watch is there: it may have changed before.
        """
        watching = False
        try:
            for batch in self._watch(folders, self._folders_changed, self._concerns):
                if not watching:
                    watching = True
                    self._loop.call_soon_threadsafe(self._watching, frozenset(missed))
                self._tell(batch)
        except FileNotFoundError:  # gone since we looked
            time.sleep(AGAIN)
        except (
            OSError,
            RuntimeError,
        ) as error:  # as a rule, more folders than the system lets watch
            print(POLLING.said(self.lang, why=error), file=sys.stderr)
            self._polling = True

    def _watch_project(self) -> None:
        """The project folder itself: build.py, and folders that come and go."""
        for batch in self._watch(
            [str(self.project)], self._stop, self._concerns_project, deep=False
        ):
            if self._tell(batch) & set(self._folders):
                self._folders_changed.set()

    def _watch(
        self,
        paths: Iterable[str],
        stop: threading.Event,
        concerns: Callable[[Change, str], bool],
        *,
        deep: bool = True,
    ) -> Iterator[set[FileChange]]:
        """Batches of changes; empty ones too, the first as soon as nothing escapes any more."""
        return watch(
            *paths,
            watch_filter=concerns,
            debounce=LONGEST,
            step=STEP,
            stop_event=stop,
            rust_timeout=IDLE,
            yield_on_timeout=True,
            recursive=deep,
            force_polling=self._polling or None,
        )

    def _is_folder(self, name: str) -> bool:
        path = self.project / name
        return path.is_dir() and not path.is_symlink()

    def _concerns(self, _: Change, path: str) -> bool:
        """Whether a build looks at a path: it passes hidden files and editors' backups over."""
        parts = self._relative(path).split("/")
        return not any(part[0] == "." or part[-1] == "~" for part in parts) and not (
            "__pycache__" in parts or path.endswith(".pyc")
        )

    def _concerns_project(self, change: Change, path: str) -> bool:
        name = self._relative(path)
        return (name in self._folders and change != Change.modified) or name.endswith(".py")
