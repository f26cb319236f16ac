#!/usr/bin/env python3
"""Time Mujaz on made-up articles: what a build costs after each kind of edit, by phase.

    build.py [--n 1000 10000] [--runs 3] [--lean] [--work DIR]

Medians; phases, pages and reasons are those of the build's own report (build --json).
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # tests/, when run as a script

from benchmarks import common, corpus, measure, sites

Change = Callable[[sites.Site, int], object]


def add(site: sites.Site, story: corpus.Story) -> None:
    """Write one more article."""
    corpus.write(str(site.root), story, site.flavor)


CASES: dict[str, Change] = {
    "cold": lambda site, _: site.wipe(),
    "no change": lambda *_: None,
    "one body edit": lambda site, mark: measure.edit_body(site.root, mark),
    "one headline edit": lambda site, mark: measure.edit_headline(site.root, mark),
    "one new article": lambda site, mark: add(site, corpus.Corpus().news(mark)),
    "one belated article": lambda site, mark: add(site, corpus.Corpus().story(mark)),
    "one layout edit": lambda site, mark: measure.edit_layout(site.root, mark),
}


def measured(site: sites.Site, runs: int) -> dict[str, list[measure.Cost]]:
    """Run each case in turn, all of them several times.

    The new articles stay: each cold build but the first has one more than the one before.
    """
    costs: dict[str, list[measure.Cost]] = {case: [] for case in CASES}
    for _ in range(runs):
        for case, change in CASES.items():
            change(site, time.time_ns() // 1_000_000 % 1_000_000_000)
            costs[case].append(measure.run(site.command, site.root, site.environment))
    return costs


def row(case: str, costs: list[measure.Cost], phases: list[str]) -> str:
    """Return one line of the table."""
    reports = [json.loads(cost.output) for cost in costs]
    last = reports[-1]
    middle = measure.median(costs)
    seconds = [statistics.median(r["seconds"].get(phase, 0) for r in reports) for phase in phases]
    cells = (
        case,
        f"{middle.wall:.3f}",
        *(f"{value:.3f}" for value in seconds),
        reasons(last),
        last["written"],
        last["removed"],
        f"{last['pages']:,}",
        f"{last['files']:,}",
        f"{last['bytes'] / 1e6:.1f}",
        f"{middle.peak:.0f}",
    )
    return f"| {' | '.join(map(str, cells))} |"


def reasons(report: dict[str, Any]) -> str:
    """Return how many pages were rendered for each reason."""
    found = ", ".join(
        f"{count} {why}" for why, count in sorted(report["rendered"].items()) if count
    )
    return found or "none"


def table(site: sites.Site, runs: int) -> str:
    """Measure a site and return its table."""
    costs = measured(site, runs)
    phases = list(
        dict.fromkeys(p for c in costs.values() for p in json.loads(c[-1].output)["seconds"])
    )
    heads = (
        "case",
        "wall s",
        *phases,
        "rendered",
        "written",
        "removed",
        "pages",
        "files",
        "MB",
        "largest process MiB",
    )
    rows = [row(case, got, phases) for case, got in costs.items()]
    return "\n".join([f"| {' | '.join(heads)} |", "|" + "--|" * len(heads), *rows])


def main() -> None:
    """Measure and print a table for each number of articles."""
    parser = common.parser(__doc__, runs=3)
    common.sizes(parser, (1000, 10000))
    parser.add_argument("--lean", action="store_true", help="the benchmark's own small layouts")
    asked = parser.parse_args()
    with common.folder(asked.work) as base:
        for count in asked.n:
            made = table(sites.mujaz(base, count, lean=asked.lean), asked.runs)
            print(f"\n{count:,} articles, median of {asked.runs} runs\n\n{made}", flush=True)


if __name__ == "__main__":
    main()
