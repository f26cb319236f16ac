"""``build``: bring the site up to date."""

import argparse
import gc
import os
import sys
from pathlib import Path

from mujaz.commands.contract import DONE, Commands, SiteCode


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the command and its flags."""
    parser = commands.add_parser("build", help="bring the site up to date (the default)")
    flag = parser.add_argument
    flag("--drafts", action="store_true", help="publish drafts too, marked noindex")
    flag("--future", action="store_true", help="publish articles dated in the future too")
    flag("--base-url", default="", metavar="URL", help="instead of base_url in content/site.toml")
    flag("--out", type=Path, metavar="DIR", help="output folder (default: site)")
    flag("--jobs", type=_jobs, metavar="N", help="processes (default: the machine's cores)")
    flag("--explain", action="store_true", help="tell for each page why it was rendered")
    flag("--strict", action="store_true", help="warnings are errors")
    flag("--clean", action="store_true", help="build as if for the first time")
    flag("--json", action="store_true", help="print the report as JSON")
    parser.set_defaults(run=run)


def _jobs(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"expected a number from 1 to 256, found '{text}'")
    return int(text)


def run(project: Path, given: argparse.Namespace, site: SiteCode) -> int:
    """Build and print the report."""
    from mujaz.memory import Memory
    from mujaz.options import Options
    from mujaz.pipeline import build, forget

    gc.disable()  # a build makes many small values and keeps them all
    out = given.out or project / "site"
    if given.clean:
        forget(project, out)
    options = Options(
        drafts=given.drafts,
        future=given.future,
        base_url=given.base_url,
        strict=given.strict,
        jobs=given.jobs or os.cpu_count() or 1,
    )
    given.memory = Memory(last=True)  # held till the process ends: freeing all takes longer
    report = build(
        project, out, options, kinds=site.kinds, filters=site.filters, memory=given.memory
    )
    if given.json:
        print(report.as_json())
        return DONE
    from mujaz.speech import language, report_text

    text = report_text(report, given.lang or language(project), explain=given.explain)
    warnings, _, summary = text.rpartition("\n")
    if warnings:
        print(warnings, file=sys.stderr)
    print(summary)
    return DONE
