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
    from mujaz.remarks import ALREADY_THERE, NOT_CARRIED, imported
    from mujaz.speech import language, message

    lang = given.lang or language(project)
    brought, told = bring_in(project, given.source, given.encoding)
    for path in brought.written:
        print(path)
    for place, path in brought.there:
        print(ALREADY_THERE.said(lang, place=place, path=path), file=sys.stderr)
    left = sorted(set(told.left))
    for place, what in left:
        line = NOT_CARRIED.said(lang, place=place, what=message(what, lang))
        print(line, file=sys.stderr)
    print(imported(len(brought.written), len(brought.there), len(left), len(told.faults), lang))
    gather(told.faults)
    return DONE
