"""``init``: begin a site."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from mujaz.commands.contract import DONE, USAGE, Commands, SiteCode

_QUESTIONS = {  # setting -> question in English and in Arabic
    "title": ("Name of the site", "اسم الموقع"),
    "description": ("What it is, in a sentence", "ما هو، في جملة"),
    "base_url": (
        "Address, such as https://USER.github.io/REPOSITORY",
        "عنوانه على الشبكة، مثل https://USER.github.io/REPOSITORY",
    ),
    "timezone": ("Time zone, such as Asia/Beirut", "المنطقة الزمنية، مثل Asia/Beirut"),
    "publisher": ("Publisher", "الناشر"),
}
_DEFAULTS = {"title": "موجز", "timezone": "UTC"}


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the command and its flags."""
    parser = commands.add_parser(
        "init", help="begin a site in an empty folder; on a terminal it asks for what isn't given"
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="where, such as my-site")
    for setting, (question, _) in _QUESTIONS.items():
        flag = f"--{setting.replace('_', '-')}"
        parser.add_argument(flag, dest=setting, metavar="TEXT", help=question.lower())
    parser.add_argument(
        "--requirement", default="", metavar="TEXT", help="what pip installs (default: this Mujaz)"
    )
    parser.set_defaults(run=run)


def run(project: Path, given: argparse.Namespace, _site: SiteCode) -> int:
    """Ask, write the files, and say what to do next."""
    from mujaz.errors import SettingsError
    from mujaz.remarks import WRONG_ANSWER
    from mujaz.speech import language, message
    from mujaz.starting import start, workflow

    lang = given.lang or language(project)
    answers = {key: getattr(given, key) for key in _QUESTIONS}
    if sys.stdin.isatty() and sys.stdout.isatty():
        answers = _asked(answers, lang)
    known = {key: value or _DEFAULTS.get(key, "") for key, value in answers.items()}
    known["lang"] = given.lang or "ar"  # whoever writes news in Arabic reads it
    try:
        written = start(given.folder, known, given.requirement)
    except* SettingsError as group:
        for error in group.exceptions:
            why = message(getattr(error, "message", str(error)), lang)
            print(WRONG_ANSWER.said(lang, why=why), file=sys.stderr)
        return_status = USAGE
    else:
        print("\n".join((given.folder / path).as_posix() for path in written))
        local = not given.requirement
        _say_next(given.folder, known, lang, local=local, workflow=bool(workflow()))
        return_status = DONE
    return return_status


def _asked(given: Mapping[str, str | None], lang: str) -> dict[str, str | None]:
    """Answers from the terminal to what no flag has answered; a wrong one is asked again."""
    from mujaz.errors import SettingsError
    from mujaz.speech import message
    from mujaz.starting import settings_text

    answers = dict(given)
    for key, (english, arabic) in _QUESTIONS.items():
        question = arabic if lang == "ar" else english
        while answers[key] is None:
            default = _DEFAULTS.get(key, "")
            typed = input(f"{question}{f' [{default}]' if default else ''}: ").strip() or default
            try:
                settings_text({key: typed})
            except* SettingsError as group:
                print(message(getattr(group.exceptions[0], "message", str(group)), lang))
            else:
                answers[key] = typed
    return answers


def _say_next(
    folder: Path, answers: Mapping[str, str], lang: str, *, local: bool, workflow: bool
) -> None:
    from mujaz.remarks import BY_VERSION, NEXT, NO_ADDRESS, NO_WORKFLOW
    from mujaz.starting import required

    if not answers["base_url"]:
        print(NO_ADDRESS.said(lang), file=sys.stderr)
    if local and "@" not in required():
        print(BY_VERSION.said(lang), file=sys.stderr)
    if not workflow:
        print(NO_WORKFLOW.said(lang), file=sys.stderr)
    print(NEXT.said(lang, folder=folder.as_posix()))
