#!/usr/bin/env python3
"""Figures of search on a site that Mujaz has built, beside Pagefind's on the same pages.

    search.py [N] [--runs 3] [--words WORD …] [--tools DIR] [--work DIR]

Prints what the index adds to a cold build, its size, what one new article rewrites, and, in Chromium
under its "slow 4G" (562 ms, 1.44 Mbit/s) with the search page in the cache, what a reader waits for
and loads before the first result. Wants playwright and Chromium.
"""

import gzip
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # tests/, when run as a script

from search_site import Served, serve

from benchmarks import common, corpus, measure, sites, tools

SLOW_4G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 180_000,
    "uploadThroughput": 84_375,
}
WITHOUT = '''"""The site without search."""
from pathlib import Path

from mujaz import cli


def others(library):
    from mujaz import pages

    for kind in pages.KINDS:
        if kind not in {pages.search_index, pages.search_page}:
            yield from kind(library)


if __name__ == "__main__":
    cli.main(Path(__file__).resolve().parent, kinds=(others,))
'''
PAGEFIND_PAGE = """<!DOCTYPE html><html lang="ar"><meta charset="utf-8"><title>p</title>
<input id="q"><ol id="search-results"></ol><script type="module">
const box = document.querySelector("#q");
box.addEventListener("input", async () => {
  const pagefind = await import("/pagefind/pagefind.js");
  const found = (await pagefind.search(box.value)).results;
  const first = found.length ? await found[0].data() : null;
  const item = document.querySelector("ol").appendChild(document.createElement("li"));
  const link = item.appendChild(document.createElement("a"));
  link.textContent = first?.meta.title ?? "-";
});
</script>"""


def cost_figures(site: sites.Site, runs: int) -> None:
    """Print cold builds with and without the index, in turn; the site is left built with it."""
    (site.root / "without.py").write_text(WITHOUT, encoding="utf-8")
    bare = site._replace(command=(sys.executable, "without.py", "build", "--json"))
    costs: dict[str, list[measure.Cost]] = {"without": [], "with": []}
    for _ in range(runs):
        for name, made in (("without", bare), ("with", site)):
            made.wipe()
            costs[name].append(measure.run(made.command, made.root, made.environment))
    without, whole = measure.median(costs["without"]), measure.median(costs["with"])
    for name, cost in (("without", without), ("with", whole)):
        print(f"cold build {name} the index: {cost.wall:.2f} s, {cost.cpu:.2f} s of processor")
    print(
        f"the index adds {whole.wall / without.wall - 1:.0%} ({whole.cpu / without.cpu - 1:.0%} of processor)"
    )


def files_under(folder: Path, root: Path) -> dict[str, bytes]:
    """Return a folder's files by their address below ``root``."""
    return {f"/{p.relative_to(root)}": p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def packed(texts: Mapping[str, bytes]) -> float:
    """Megabytes of files, each gzipped by itself as a host does."""
    return sum(len(gzip.compress(text, 6)) for text in texts.values()) / 1e6


def index_of(site: sites.Site) -> dict[str, bytes]:
    """The files of Mujaz's index."""
    found = files_under(site.out / "search", site.out)
    return {name: data for name, data in found.items() if name.endswith(".txt")}


def index_figures(site: sites.Site) -> None:
    """Print the index's size, and what one more article rewrites of it."""
    before = index_of(site)
    print(f"mujaz: {len(before)} files, {packed(before):.2f} MB gzipped")
    story = corpus.Corpus().news(time.time_ns() // 1_000_000 % 1_000_000_000)
    corpus.write(str(site.root), story, site.flavor)
    measure.run(site.command, site.root, site.environment)
    after = index_of(site)
    changed = [name for name in after if after[name] != before.get(name)]
    print(f"a new article rewrites {len(changed)} of {len(after)}: {len(changed) / len(after):.1%}")


def pagefind_figures(site: sites.Site, tool: tools.Tool) -> dict[str, bytes]:
    """Index the same articles with Pagefind, print its figures, return its files."""
    with tempfile.TemporaryDirectory() as folder:
        asked = ("--site", str(site.out), "--output-path", f"{folder}/pagefind")
        only = ("--root-selector", "main", "--glob", "[0-9]*/*/*/?*/index.html", "--quiet")
        start = time.perf_counter()
        subprocess.run([*tool.command, *asked, *only], check=True)
        spent = time.perf_counter() - start
        files = files_under(Path(folder), Path(folder))
    index = {name: data for name, data in files.items() if ".pf_" in name}
    print(f"pagefind: {spent:.2f} s, {len(index)} files, {packed(index):.2f} MB gzipped")
    return files


def first_result(browser: Any, site: Served, address: str, word: str) -> tuple[float, int]:
    """Seconds from the last key to the first result, and bytes asked for by then.

    The page comes from the cache. Bytes are the server's, so they hold what is still on its way.
    """
    context = browser.new_context()
    context.new_page().goto(f"{site.url}{address}", wait_until="networkidle")
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW_4G)
    page.goto(f"{site.url}{address}")
    site.asked.clear()
    start = time.perf_counter()
    page.fill("#q", word)
    page.locator("#search-results a").first.wait_for()
    seconds, size = time.perf_counter() - start, sum(size for _, size in site.asked)
    context.close()
    return seconds, size


def reader_figures(served: dict[str, tuple[Served, str]], words: list[str]) -> None:
    """Print each word's wait and bytes on each site."""
    with common.chromium() as browser:
        for name, (site, address) in served.items():
            got = [first_result(browser, site, address, word) for word in words]
            for word, (seconds, size) in zip(words, got, strict=True):
                print(f"{name}: {word}: first result after {seconds:.2f} s, {size / 1000:.0f} kB")
            middle, most = statistics.median(s for s, _ in got), max(b for _, b in got)
            print(f"{name}: median {middle:.2f} s, most {most / 1000:.0f} kB")


def main() -> None:
    """Read the command line, print the figures."""
    parser = common.parser(__doc__, runs=3)
    flag = parser.add_argument
    flag("n", type=int, nargs="?", default=10_000)
    flag("--words", nargs="+", default=["الحكومة", "وزير", "اقتصاد", "بغداد", "خديجة", "المؤتمر"])
    flag("--tools", type=Path, default=tools.PLACE)
    asked = parser.parse_args()
    tool = tools.pagefind(asked.tools)
    print(f"{asked.n:,} articles; {tool.note}")
    with common.folder(asked.work) as base:
        site = sites.mujaz(base, asked.n, lean=False)
        cost_figures(site, asked.runs)
        index_figures(site)
        other = pagefind_figures(site, tool) if tool.command else {}
        other["/p/index.html"] = PAGEFIND_PAGE.encode()
        ours = files_under(site.out / "search", site.out)
        ours |= files_under(site.out / "assets", site.out)
        with serve(ours, "") as mujaz, serve(other, "") as pagefind:
            served = {"mujaz": (mujaz, "/search/")}
            served |= {"pagefind": (pagefind, "/p/")} if tool.command else {}
            reader_figures(served, asked.words)


if __name__ == "__main__":
    main()
