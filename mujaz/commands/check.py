"""``check``: the linter. Faults of a build, mistakes of writing, links that lead nowhere."""

import argparse
import gc
import os
import sys
from pathlib import Path

from mujaz.commands.contract import DONE, FAULTS, Commands, SiteCode


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the command and its flags."""
    parser = commands.add_parser("check", help="look for mistakes; the site stays as it is")
    flag = parser.add_argument
    flag("--fix", action="store_true", help="mend what can't change meaning, and show the diff")
    flag(
        "--format",
        choices=("text", "json", "github"),
        default="text",
        metavar="FORMAT",
        help="text (the default), json, or github: annotations of a workflow",
    )
    parser.set_defaults(run=run)


def run(project: Path, given: argparse.Namespace, site: SiteCode) -> int:
    """Check, mend if asked to, and tell; FAULTS if an error or a warning is left."""
    from mujaz.desk import formats
    from mujaz.desk.checking import check
    from mujaz.desk.fixing import mend_files
    from mujaz.speech import language

    gc.disable()  # many small values, all kept
    jobs = os.cpu_count() or 1
    found = check(project, site, jobs)
    fixed = []
    if given.fix:
        paths = sorted({f.path for f in found.findings if f.edit})
        fixed = mend_files(project, paths, found.rules)
        diff = "".join(file.diff() for file in fixed)
        print(diff, end="", file=sys.stdout if given.format == "text" else sys.stderr)
        found = check(project, site, jobs) if fixed else found
    paths = [file.path for file in fixed]
    lang = given.lang or language(project)
    match given.format:
        case "json":
            print(formats.as_json(found.findings, found.articles, paths, lang))
        case "github":
            print(formats.as_github(found.findings, project, lang))
        case _:
            print(formats.as_text(found.findings, found.articles, paths, lang))
    return FAULTS if formats.failing(found.findings) else DONE
