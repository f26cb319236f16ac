"""``new``: begin an article."""

import argparse
import os
import sys
from pathlib import Path

from mujaz.commands.contract import DONE, FAULTS, USAGE, Commands, SiteCode


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the command and its flags."""
    parser = commands.add_parser("new", help="begin an article, and print where it is")
    parser.add_argument("headline", metavar="HEADLINE", help="the headline, in quotes")
    parser.add_argument(
        "--date",
        default="",
        metavar="D",
        help="dd/mm/yyyy, with hh:mm if you like (default: today)",
    )
    parser.set_defaults(run=run)


def run(project: Path, given: argparse.Namespace, _site: SiteCode) -> int:
    """Write the article's file and print its path; tell of articles that may be the same story."""
    from mujaz.arabic.dates import read_date
    from mujaz.desk.drafting import draft, similar, taken
    from mujaz.desk.survey import read_content
    from mujaz.errors import SettingsError, gather
    from mujaz.remarks import NOTHING_WRITTEN, SIMILAR
    from mujaz.speech import language, message

    lang = given.lang or language(project)
    content = read_content(project, os.cpu_count() or 1)
    gather([error for error in content.errors if isinstance(error, SettingsError)])
    try:
        day, time = (
            read_date(given.date) if given.date else (_today(content.config.settings.timezone), "")
        )
        made = draft(given.headline, day, time)
    except ValueError as error:
        print(message(str(error), lang), file=sys.stderr)
        return USAGE
    articles = content.articles.values()
    if (project / made.path).exists() or (other := taken(made, articles)):
        path = made.path if (project / made.path).exists() else other
        print(NOTHING_WRITTEN.said(lang, path=path), file=sys.stderr)
        return FAULTS
    for article in similar(given.headline, day, articles):
        line = SIMILAR.said(lang, path=article.path, headline=article.card.headline)
        print(line, file=sys.stderr)
    _write(project / made.path, made.text)
    print(made.path)
    return DONE


def _today(timezone: str) -> str:
    """The day in the site's zone."""
    from zoneinfo import ZoneInfo

    from mujaz.options import now

    return now().astimezone(ZoneInfo(timezone)).date().isoformat()


def _write(file: Path, text: str) -> None:
    """Write a file that isn't there. Raises FileExistsError if it has come meanwhile."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(file, "x", encoding="utf-8", newline="\n") as new:
        new.write(text)
