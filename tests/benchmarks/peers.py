#!/usr/bin/env python3
"""Time Mujaz, Hugo and Zola on the same articles and the same pages.

    peers.py [--n 100 1000 10000 100000] [--runs 5] [--sites mujaz hugo …] [--tools DIR] [--work DIR]

Each case is run by all generators in turn, then the next; the table shows medians. Wall and CPU
seconds and the largest process are the kernel's figures (wait4); the memory of all processes is
sampled in a cold run of its own that isn't timed.
"""

import argparse
import itertools
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # tests/, when run as a script

from benchmarks import common, corpus, counts, measure, sites, tools

SITES = ("mujaz", "full", "hugo", "zola")
CASES = ("cold", "no change", "one body edit", "one new article")
HEAD = (
    "| N | case | generator | wall s (min to max) | to Hugo | CPU s | largest process MiB "
    "| all processes MiB | files | MB |"
)


class Row(NamedTuple):
    """All runs of one case by one generator."""

    case: str
    site: sites.Site
    costs: list[measure.Cost]
    files: int
    size: int
    together: float | None  # MiB of all processes; measured for cold builds


def chosen(names: list[str], folder: Path) -> dict[str, Callable[[Path, int], sites.Site]]:
    """Return how to make each generator's site; say which tools there are."""
    made: dict[str, Callable[[Path, int], sites.Site]] = {
        "mujaz": lambda work, count: sites.mujaz(work, count, lean=True),
        "full": lambda work, count: sites.mujaz(work, count, lean=False),
    }
    for name, install in (("hugo", tools.hugo), ("zola", tools.zola)):
        if name in names:
            tool = install(folder)
            print(f"{name}: {tool.note}")
            if tool.command:
                made[name] = _peer(name, tool.command)
    return {name: made[name] for name in names if name in made}


def _peer(name: str, command: tuple[str, ...]) -> Callable[[Path, int], sites.Site]:
    return lambda work, count: sites.peer(work, count, name, command)


def once(case: str, site: sites.Site, count: int, turn: int) -> measure.Cost:
    """Bring a site into a case's state and build it. Raises SystemExit if an edit isn't in the output."""
    mark = time.time_ns() // 1_000_000 % 1_000_000_000
    if case == "cold":
        site.wipe()
    elif case == "one body edit":
        measure.edit_body(site.root, mark)
    elif case == "one new article":
        corpus.write(str(site.root), corpus.Corpus().news(count + turn), site.flavor)
    cost = measure.run(site.command, site.root, site.environment)
    if case == "one body edit" and not measure.shows(site.out, mark):
        raise SystemExit(f"{site.name}: the edit isn't in the output")
    return cost


def forget(site: sites.Site, count: int, turn: int) -> None:
    """Take the new article away again, so that every cold build has the same articles."""
    story = corpus.Corpus().news(count + turn)
    folder = site.root / f"content/{story.day:%Y/%m/%d}"
    (folder / f"{story.slug}.md").unlink()
    while not any(path.name != "_index.md" for path in folder.iterdir()):
        shutil.rmtree(folder)
        folder = folder.parent


def measured(all_sites: list[sites.Site], count: int, runs: int) -> list[Row]:
    """Run every case by every generator, in turns, and check what the cold builds made."""
    both = list(itertools.product(CASES, all_sites))
    rows = {(case, site.name): Row(case, site, [], 0, 0, None) for case, site in both}
    known = counts.facts(count)
    for turn in range(runs):
        for case, site in both:
            row = rows[case, site.name]
            row.costs.append(once(case, site, count, turn))
            if not turn:
                rows[case, site.name] = first(row, known)
            print(f"{count} {case} {site.name} {row.costs[-1].wall:.3f}", file=sys.stderr)
        for site in all_sites:
            forget(site, count, turn)
    for site in all_sites:
        site.wipe()
        together = measure.memory_in_all(site.command, site.root, site.environment)
        rows["cold", site.name] = rows["cold", site.name]._replace(together=together)
    return list(rows.values())


def first(row: Row, known: counts.Facts) -> Row:
    """Return the row with the size of the output after its first run.

    Raises SystemExit if the pages of a cold build are not those that the generator must make.
    """
    site = row.site
    wrong = counts.check(site.out, known, site.name.partition(",")[0])
    if wrong and row.case == "cold":
        raise SystemExit("\n".join(wrong))
    files, size = measure.tree(site.out)
    return row._replace(files=files, size=size)


def table(count: int, rows: list[Row]) -> list[str]:
    """Return the lines of one N."""
    base = {row.case: measure.median(row.costs).wall for row in rows if row.site.name == "hugo"}
    return [line(count, row, base.get(row.case)) for row in rows]


def line(count: int, row: Row, base: float | None) -> str:
    """Return one line of the table; ``base`` is Hugo's wall time in this case."""
    cost, walls = measure.median(row.costs), [each.wall for each in row.costs]
    cells = (
        f"{count:,}",
        row.case,
        row.site.name,
        f"{cost.wall:.3f} ({min(walls):.3f} to {max(walls):.3f})",
        f"{cost.wall / base:.3f}" if base else "–",
        f"{cost.cpu:.2f}",
        f"{cost.peak:.0f}",
        f"{row.together:.0f}" if row.together else "–",
        f"{row.files:,}",
        f"{row.size / 1e6:.1f}",
    )
    return f"| {' | '.join(cells)} |"


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = common.parser(__doc__, runs=5)
    common.sizes(parser, (100, 1000, 10000))
    parser.add_argument("--sites", nargs="+", choices=SITES, default=list(SITES))
    parser.add_argument("--tools", type=Path, default=tools.PLACE)
    return parser.parse_args()


def main() -> None:
    """Measure and print one table."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that the sites are removed
    asked = arguments()
    makers = chosen(asked.sites, asked.tools)
    lines: list[str] = []
    with common.folder(asked.work) as base:
        for count in asked.n:
            made = [make(base, count) for make in makers.values()]
            lines += table(count, measured(made, count, asked.runs))
            if not asked.work:
                for site in made:
                    shutil.rmtree(site.root)
    print(f"{os.cpu_count()} cores, median of {asked.runs} runs in turns\n")
    print("\n".join([HEAD, "|" + "--|" * 10, *lines]))
    for name in filter(counts.CANNOT.__contains__, makers):
        print(f"\nWhat {name} does otherwise:", *counts.CANNOT[name], sep="\n- ")


if __name__ == "__main__":
    main()
