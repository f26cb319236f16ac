"""``clean``: remove what builds have written."""

import argparse
from pathlib import Path

from mujaz.commands.contract import DONE, Commands, SiteCode


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the command and its flags."""
    parser = commands.add_parser("clean", help="remove what builds have written")
    parser.add_argument("--out", type=Path, metavar="DIR", help="output folder (default: site)")
    parser.set_defaults(run=run)


def run(project: Path, given: argparse.Namespace, _site: SiteCode) -> int:
    """Remove what builds have written, and name what is left."""
    from mujaz.pipeline import clean
    from mujaz.remarks import cleaned
    from mujaz.speech import language

    removed, left = clean(project, given.out or project / "site")
    print(cleaned(removed, left, given.lang or language(project)))
    return DONE
