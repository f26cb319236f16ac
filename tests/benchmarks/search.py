#!/usr/bin/env python3
"""Figures of search, beside Pagefind's on the same articles.

    search.py [N] [--pagefind PROGRAM] [--words WORD ...]

Prints processor time and size of the index, what one new article rewrites, and, in Chromium under
its "slow 4G" (562 ms, 1.44 Mbit/s) with the search page in the cache, what a reader waits for and
loads before the first result. Wants playwright and Chromium; Pagefind only if it is named.
"""

import argparse
import datetime as dt
import gzip
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the project, when run as a script
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # tests/

from search_site import SCRIPT, Served, article_page, index_files, search_page, serve

from benchmarks.corpus import Corpus, Story
from mujaz.search import Document

SLOW_4G = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 180_000,
    "uploadThroughput": 84_375,
}
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


def document(story: Story) -> Document:
    """An article of the corpus as search sees it."""
    text = story.body.replace("\x01", "").replace("\x02", "").replace("**", "").replace("](", " ")
    address = f"/{story.day:%Y/%m/%d}/{story.slug}/"
    lead = " ".join(text.split()[:40])
    return Document(
        address, story.day.isoformat(), story.headline, lead, story.names, story.tags, text
    )


def packed(texts: dict[str, bytes]) -> int:
    """Bytes of files, each gzipped by itself as a host does."""
    return sum(len(gzip.compress(text, 6)) for text in texts.values())


def index_figures(documents: list[Document]) -> dict[str, bytes]:
    """Print what the index costs, and what one more article of the newest day rewrites."""
    start = time.process_time()
    files = {name: text.encode() for name, text in index_files(documents).items()}
    spent = time.process_time() - start
    print(
        f"mujaz     {spent:6.2f} s of processor  {len(files):6} files  {packed(files) / 1e6:6.2f} MB gzipped"
    )
    newest = max(row.day for row in documents)
    again = documents[0]._replace(url=f"/{newest.replace('-', '/')}/zz-new/", day=newest)
    after = {name: text.encode() for name, text in index_files([*documents, again]).items()}
    changed = [name for name in after if after[name] != files.get(name)]
    print(
        f"          a new article rewrites {len(changed)} files of {len(after)}: {len(changed) / len(after):.1%}"
    )
    return files


def pagefind_figures(documents: list[Document], program: str) -> dict[str, bytes]:
    """Print the same of Pagefind, and return its files."""
    with tempfile.TemporaryDirectory() as folder:
        for row in documents:
            place = Path(folder) / row.url.strip("/")
            place.mkdir(parents=True)
            (place / "index.html").write_text(article_page(row), "utf-8")
        start = time.perf_counter()
        subprocess.run([program, "--site", folder, "--quiet"], check=True)
        spent = time.perf_counter() - start
        home = Path(folder) / "pagefind"
        files = {
            f"/pagefind/{path.relative_to(home)}": path.read_bytes()
            for path in home.rglob("*")
            if path.is_file()
        }
    index = {name: data for name, data in files.items() if ".pf_" in name}
    print(
        f"pagefind  {spent:6.2f} s on all cores     {len(files):6} files  {packed(index) / 1e6:6.2f} MB gzipped"
    )
    return files


def first_result(browser: Any, site: Served, address: str, word: str) -> tuple[float, int]:
    """Seconds from the last key to the first result, and bytes asked for by then.

    The page comes from the cache. Bytes are the server's, so they hold what is still on its way.
    """
    context = browser.new_context()
    context.new_page().goto(f"{site.url}{address}")
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


def reader_figures(sites: dict[str, tuple[Served, str]], words: list[str]) -> None:
    """Print each word's wait and bytes on each site."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name, (site, address) in sites.items():
            got = [first_result(chromium, site, address, word) for word in words]
            for word, (seconds, size) in zip(words, got, strict=True):
                print(f"{name:9} {word}: first result after {seconds:.2f} s, {size / 1000:.0f} kB")
            print(
                f"{name:9} median {statistics.median(s for s, _ in got):.2f} s, most {max(b for _, b in got) / 1000:.0f} kB"
            )
        chromium.close()


def main() -> None:
    """Read the command line, print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("n", type=int, nargs="?", default=10_000)
    parser.add_argument("--pagefind", default="")
    parser.add_argument(
        "--words", nargs="+", default=["الحكومة", "وزير", "اقتصاد", "بغداد", "خديجة", "المؤتمر"]
    )
    given = parser.parse_args()
    corpus = Corpus()
    documents = [document(corpus.story(i)) for i in range(given.n)]
    print(f"{given.n} articles, {dt.datetime.now(dt.UTC):%Y-%m-%d}")
    mujaz = index_figures(documents)
    mujaz["/search/index.html"] = search_page(documents, "").encode()
    mujaz["/search.js"] = SCRIPT.read_bytes()
    other = pagefind_figures(documents, given.pagefind) if given.pagefind else {}
    other["/p/index.html"] = PAGEFIND_PAGE.encode()
    with serve(mujaz, "") as ours, serve(other, "") as theirs:
        sites = {"mujaz": (ours, "/search/")} | (
            {"pagefind": (theirs, "/p/")} if given.pagefind else {}
        )
        reader_figures(sites, given.words)


if __name__ == "__main__":
    main()
