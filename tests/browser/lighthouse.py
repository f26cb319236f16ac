"""Lighthouse's figures for a phone, by hand: ``python tests/browser/lighthouse.py [RUNS]``.

Prints a table of the best of RUNS (1) for a home, an article, a tag and a day page of the sample
digest, with the targets below it. Too noisy for the test run: the processor's speed is in it.
"""

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parents[2])]

import sample_site  # noqa: E402 - after the path
from search_site import Served, serve  # noqa: E402

LIGHTHOUSE = HERE.parents[2] / ".venv/node/node_modules/.bin/lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = {
    "home": "/",
    "article": "/2024/11/20/palm-festival/",
    "tag": sample_site.KINDS["tag"],
    "day": sample_site.KINDS["day"],
}
FLAGS = (
    "--headless=new --no-sandbox --disable-background-networking --disable-component-update"
    " --disable-sync --no-first-run"
)


def audit(url: str, report: Path) -> Any:
    """Run Lighthouse once on an address, as its mobile preset does; give its report."""
    subprocess.run(
        [
            LIGHTHOUSE,
            url,
            "--quiet",
            "--output=json",
            f"--output-path={report}",
            f"--chrome-flags={FLAGS}",
        ],
        check=True,
        env={**os.environ, "CHROME_PATH": shutil.which("chromium") or ""},
    )
    return json.loads(report.read_text(encoding="utf-8"))


def row(name: str, found: Any, html: bytes) -> str:
    """One line of the table."""
    scores = [round(100 * (found["categories"][key]["score"] or 0)) for key in CATEGORIES]
    value = {
        key: audit["numericValue"]
        for key, audit in found["audits"].items()
        if "numericValue" in audit
    }
    sent = value["total-byte-weight"] / 1024
    return (
        f"{name:8}" + "".join(f"{score:>15}" for score in scores) + f"{sent:>11.1f}"
        f"{len(gzip.compress(html, 6)) / 1024:>9.1f}{value['largest-contentful-paint'] / 1000:>7.2f}"
        f"{value['cumulative-layout-shift']:>7.3f}"
    )


def failed(found: Any) -> list[str]:
    """Audits that cost points, with what they say."""
    refs = [
        ref for key in CATEGORIES for ref in found["categories"][key]["auditRefs"] if ref["weight"]
    ]
    audits = [found["audits"][ref["id"]] for ref in refs]
    return [
        f"    {a['id']}: {a['title']} {a.get('displayValue', '')}"
        for a in audits
        if (a["score"] or 0) < 0.9 and a["scoreDisplayMode"] != "notApplicable"
    ]


def measure(site: Served, runs: int, work: Path) -> None:
    """Print the table's lines."""
    for name, address in PAGES.items():
        found = max(
            (audit(f"{site.url}{address}", work / "report.json") for _ in range(runs)),
            key=lambda report: report["categories"]["performance"]["score"] or 0,
        )
        print(
            row(name, found, site.files[f"{address}index.html"]),
            *failed(found),
            sep="\n",
            flush=True,
        )


def main(runs: int) -> None:
    """Build the sample for the address it is served at, and measure it."""
    print(
        f"{'':8}"
        + "".join(f"{key:>15}" for key in CATEGORIES)
        + f"{'sent KiB':>11}{'HTML':>9}{'LCP s':>7}{'CLS':>7}"
    )
    with tempfile.TemporaryDirectory() as work, serve({}, "/mujaz") as site:
        site.files.update(
            sample_site.files(sample_site.build_sample(Path(work) / "site", site.url))
        )
        measure(site, runs, Path(work))
    print(f"{'target':8}" + f"{100:>15}" * 4 + f"{45:>11}{14:>9}{1.0:>7}{0.02:>7}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
