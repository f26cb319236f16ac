"""``import``: articles of other systems into content/."""

import argparse
import sys
from pathlib import Path

from mujaz.commands.contract import DONE, Commands, SiteCode


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the command and its flags."""
    parser = commands.add_parser(
        "import", help="bring in articles: text, WordPress, RSS, Atom, Markdown of other generators"
    )
    parser.add_argument("source", type=Path, metavar="SOURCE", help="a file or a folder")
    parser.add_argument(
        "--encoding", default="", metavar="NAME", help="of texts that aren't UTF-8: windows-1256"
    )
    parser.set_defaults(run=run)


def run(project: Path, given: argparse.Namespace, _site: SiteCode) -> int:
    """Import and tell: new files on standard output, all else before the last line on standard error."""
    from mujaz.errors import gather
    from mujaz.importing.bringing import bring_in

    brought, told = bring_in(project, given.source, given.encoding)
    for path in brought.written:
        print(path)
    for place, path in brought.there:
        print(f"{place}: already there: {path}", file=sys.stderr)
    for problem in sorted(set(told.left)):
        print(f"{problem.place}: not carried over: {problem.message}", file=sys.stderr)
    print(
        f"{len(brought.written)} imported, {len(brought.there)} already there,"
        f" {len(set(told.left))} things not carried over, {len(told.faults)} faults"
    )
    gather(told.faults)
    return DONE
