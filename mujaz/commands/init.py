"""``init``: begin a site."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from mujaz.commands.contract import DONE, USAGE, Commands, SiteCode

_QUESTIONS = {  # setting -> question
    "title": "Name of the site",
    "description": "What it is, in a sentence",
    "base_url": "Address, such as https://USER.github.io/REPOSITORY",
    "timezone": "Time zone, such as Asia/Beirut",
    "publisher": "Publisher",
}
_DEFAULTS = {"title": "موجز", "timezone": "UTC"}


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the command and its flags."""
    parser = commands.add_parser(
        "init", help="begin a site in an empty folder; on a terminal it asks for what isn't given"
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="where, such as my-site")
    for setting, question in _QUESTIONS.items():
        flag = f"--{setting.replace('_', '-')}"
        parser.add_argument(flag, dest=setting, metavar="TEXT", help=question.lower())
    parser.add_argument(
        "--requirement", default="", metavar="TEXT", help="what pip installs (default: this Mujaz)"
    )
    parser.set_defaults(run=run)


def run(_project: Path, given: argparse.Namespace, _site: SiteCode) -> int:
    """Ask, write the files, and say what to do next."""
    from mujaz.errors import SettingsError
    from mujaz.starting import start, workflow

    answers = {key: getattr(given, key) for key in _QUESTIONS}
    if sys.stdin.isatty() and sys.stdout.isatty():
        answers = _asked(answers)
    known = {key: value or _DEFAULTS.get(key, "") for key, value in answers.items()}
    try:
        written = start(given.folder, known, given.requirement)
    except* SettingsError as group:
        for error in group.exceptions:
            print(f"build.py init: error: {getattr(error, 'message', error)}", file=sys.stderr)
        return_status = USAGE
    else:
        print("\n".join((given.folder / path).as_posix() for path in written))
        _say_next(given.folder, known, local=not given.requirement, workflow=bool(workflow()))
        return_status = DONE
    return return_status


def _asked(given: Mapping[str, str | None]) -> dict[str, str | None]:
    """Answers from the terminal to what no flag has answered; a wrong one is asked again."""
    from mujaz.errors import SettingsError
    from mujaz.starting import settings_text

    answers = dict(given)
    for key, question in _QUESTIONS.items():
        while answers[key] is None:
            default = _DEFAULTS.get(key, "")
            typed = input(f"{question}{f' [{default}]' if default else ''}: ").strip() or default
            try:
                settings_text({key: typed})
            except* SettingsError as group:
                print(getattr(group.exceptions[0], "message", group))
            else:
                answers[key] = typed
    return answers


def _say_next(folder: Path, answers: Mapping[str, str], *, local: bool, workflow: bool) -> None:
    from mujaz.starting import required

    if not answers["base_url"]:
        print(
            "base_url isn't set: write it into content/site.toml before you publish",
            file=sys.stderr,
        )
    if local and "@" not in required():
        print(
            ".github/requirements.txt names this Mujaz by its version: change it if pip can't find that",
            file=sys.stderr,
        )
    if not workflow:
        print("this Mujaz came without a workflow for GitHub Pages", file=sys.stderr)
    print(f"next: cd {folder.as_posix()} && python build.py serve --open")
