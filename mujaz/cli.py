"""The command line: read the flags, run the command, print the author's faults, leave with a status."""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mujaz.commands.contract import FAULTS, Run, SiteCode

if TYPE_CHECKING:
    from mujaz.pages import Kind


def main(
    project: Path,
    arguments: Sequence[str] | None = None,
    *,
    kinds: "Sequence[Kind] | None" = None,
    filters: Mapping[str, Callable[..., Any]] | None = None,
) -> None:
    """Run a command on a project and leave: status 0 done, 1 the author's faults, 2 wrong usage.

    ``kinds`` replaces the kinds of pages (``(*KINDS, mine)``), ``filters`` adds filters for layouts.
    """
    if arguments is None and sys.getfilesystemencoding() != "utf-8":
        _start_again_in_utf8()
    given = list(sys.argv[1:] if arguments is None else arguments)
    _speak_plainly()
    if not given or (given[0].startswith("-") and given[0] not in {"-h", "--help"}):
        given.insert(0, "build")
    options = _parser(given[0]).parse_args(given)
    status = _run(options.run, project, options, SiteCode(kinds, filters or {}))
    sys.stdout.flush()
    sys.stderr.flush()
    _leave(status)


def run() -> None:
    """The command ``mujaz``: on the project in this folder."""
    main(Path.cwd())


def _start_again_in_utf8() -> None:
    """Arabic file names are no text to Python where the locale is C and its UTF-8 mode off (PEP 540)."""
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 - itself


def _leave(status: int) -> None:
    """End at once: tidying a big heap takes longer than a small build."""
    if "pytest" in sys.modules or "coverage" in sys.modules:
        raise SystemExit(status)
    os._exit(status)


def _speak_plainly() -> None:
    """Messages hold Arabic whatever the machine's encoding is; what it can't show is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _parser(command: str = "") -> argparse.ArgumentParser:
    from mujaz.commands import modules

    parser = argparse.ArgumentParser(
        prog="build.py", description="Mujaz (موجز): build an Arabic news digest."
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for module in modules(command):
        module.add(commands)
    for named in commands.choices.values():
        named.add_argument(
            "--lang",
            choices=("en", "ar"),
            help="what Mujaz speaks (default: lang in site.toml, or en)",
        )
    return parser


def _run(command: Run, project: Path, options: argparse.Namespace, site: SiteCode) -> int:
    """Run a command; the author's faults are printed, each once, sorted."""
    from mujaz.errors import MujazError

    try:
        return command(project, options, site)
    except* MujazError as group:
        from mujaz.speech import language, told

        print(told(_leaves(group), options.lang or language(project)), file=sys.stderr)
        return_status = FAULTS
    except* KeyboardInterrupt:
        from mujaz.remarks import INTERRUPTED
        from mujaz.speech import language

        print(INTERRUPTED.said(options.lang or language(project)), file=sys.stderr)
        return_status = 130
    except* OSError as group:
        from mujaz.speech import failed, language

        lang = options.lang or language(project)
        for error in _leaves(group):
            print(failed(error, project, lang), file=sys.stderr)
        return_status = FAULTS
    return return_status


def _leaves(group: BaseExceptionGroup[Any]) -> Iterable[Any]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error
