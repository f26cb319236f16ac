#!/usr/bin/env python3
"""Time the preview: from a save to the page loaded anew in Chromium, and a start on a site that is built.

    preview.py [--n 1000 10000] [--runs 9] [--lean] [--work DIR]

A save is an article's file replaced, as editors do it. One clock runs until the page's file is
replaced in the output, one until the new word is in the page and the page's load event is over.
Medians, with the slowest run beside them.
"""

import os
import re
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # tests/, when run as a script

from benchmarks import common, measure, sites
from mujaz.preview.building import output

LIMITS = {1000: 0.3, 10000: 0.6}  # seconds from a save to the page, by number of articles
OUTPUT = 0.3  # seconds from a save to the finished output
START = 2.0  # seconds of a start on an unchanged site


@contextmanager
def serving(site: sites.Site) -> Iterator[tuple[str, float]]:
    """The preview of a site: its address, and the seconds until it was there."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "build.py", "serve", "--port", "5600"],
        cwd=site.root,
        env={**os.environ, **site.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
    try:
        assert process.stdout
        found = next(m for line in process.stdout if (m := re.match(r"preview: (\S+)", line)))
        yield found[1], time.perf_counter() - begun
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate()


def saves(page: Any, site: sites.Site, address: str, runs: int) -> tuple[list[float], list[float]]:
    """Seconds from each of some saves to the output, and to the page loaded anew."""
    article = next(site.root.glob(f"content/**/{measure.ARTICLE}"))
    day = article.parent.relative_to(site.root / "content").as_posix()
    page.goto(f"{address}{day}/{article.stem}/")
    file = output(site.root) / day / article.stem / "index.html"
    written: list[float] = []
    loaded: list[float] = []
    for _ in range(runs):
        word = f"كلمة{time.time_ns()}"
        text = article.read_text(encoding="utf-8").rstrip() + f" {word}\n"
        temporary = article.with_suffix(".tmp~")
        time.sleep(0.7)  # as a writer who looks at the page
        temporary.write_text(text, encoding="utf-8")
        watch = threading.Thread(target=_replaced, args=(file, file.stat().st_ino, written))
        begun = time.perf_counter()
        watch.start()
        temporary.replace(article)
        page.wait_for_function(
            "word => document.readyState === 'complete' && document.body.innerText.includes(word)",
            arg=word,
            polling=5,
        )
        loaded.append(time.perf_counter() - begun)
        watch.join()
        written[-1] -= begun
    return sorted(written), sorted(loaded)


def _replaced(file: Path, node: int, moments: list[float]) -> None:
    """Add the moment when another file has taken a file's name."""
    while file.stat().st_ino == node:
        time.sleep(0.002)
    moments.append(time.perf_counter())


def measured(page: Any, work: Path, count: int, runs: int, *, lean: bool) -> str:
    """Measure a site of some articles and return its row."""
    site = sites.mujaz(work, count, lean=lean)
    page.goto("about:blank")  # or the page of the site before would find its server again
    with serving(site):
        pass
    with serving(site) as (address, start):
        written, loaded = saves(page, site, address, runs)
    limit = LIMITS.get(count)
    cells = (
        f"{count:,}",
        f"{statistics.median(written):.3f}",
        f"{written[-1]:.3f}",
        f"{OUTPUT:.1f}",
        f"{statistics.median(loaded):.3f}",
        f"{loaded[-1]:.3f}",
        f"{limit:.1f}" if limit else "",
        f"{start:.2f}",
        f"{START:.1f}",
    )
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Measure and print a table."""
    parser = common.parser(__doc__, runs=9)
    common.sizes(parser, (1000, 10000))
    parser.add_argument("--lean", action="store_true", help="the benchmark's own small layouts")
    asked = parser.parse_args()
    save = ("save to output s", "slowest", "limit", "save to page s", "slowest", "limit")
    heads = ("articles", *save, "start s", "limit")
    print(f"| {' | '.join(heads)} |\n|{'--|' * len(heads)}", flush=True)
    with common.folder(asked.work) as work, common.chromium() as browser:
        page = browser.new_page()
        for count in asked.n:
            print(measured(page, work, count, asked.runs, lean=asked.lean), flush=True)


if __name__ == "__main__":
    main()
