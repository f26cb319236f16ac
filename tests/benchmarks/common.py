"""What the benchmarks' commands share: their flags, and the folder of their sites."""

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_SHM = "/dev/shm"


def parser(about: str | None, runs: int) -> argparse.ArgumentParser:
    """Return a command's parser with the flags that all have."""
    made = argparse.ArgumentParser(
        description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument("--runs", type=int, default=runs)
    made.add_argument(
        "--work",
        type=Path,
        metavar="DIR",
        help="keep the sites there (default: in memory, removed)",
    )
    return made


def sizes(made: argparse.ArgumentParser, default: Sequence[int]) -> None:
    """Add the flag for numbers of articles."""
    made.add_argument("--n", nargs="+", type=int, default=list(default))


@contextmanager
def folder(kept: Path | None) -> Iterator[Path]:
    """A folder for sites: the one given, or one in memory that is removed at the end."""
    if kept:
        yield kept
        return
    base = Path(tempfile.mkdtemp(dir=_SHM if os.path.isdir(_SHM) else None))
    try:
        yield base
    finally:
        shutil.rmtree(base)


@contextmanager
def chromium() -> Iterator["Browser"]:
    """Chromium, headless."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        try:
            yield browser
        finally:
            browser.close()
