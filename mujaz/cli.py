"""The commands. Each sets options and calls what does the work; nothing is imported that it doesn't use."""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mujaz.pages import Kind

DONE, FAULTS, USAGE = 0, 1, 2
Filters = Mapping[str, Callable[..., Any]]


def main(
    project: Path,
    arguments: Sequence[str] | None = None,
    *,
    kinds: "Sequence[Kind] | None" = None,
    filters: Filters | None = None,
) -> None:
    """Run a command on a project and leave: status 0 done, 1 the author's faults, 2 wrong usage.

    ``kinds`` replaces the kinds of pages (``(*KINDS, mine)``), ``filters`` adds filters for layouts.
    """
    if arguments is None and sys.getfilesystemencoding() != "utf-8":
        _start_again_in_utf8()
    given = list(sys.argv[1:] if arguments is None else arguments)
    _speak_plainly()
    parser = _parser()
    if not given or (given[0].startswith("-") and given[0] not in {"-h", "--help"}):
        given.insert(0, "build")
    options = parser.parse_args(given)
    status = _run(options.command, project, options, kinds, filters or {})
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py", description="Mujaz (موجز): build an Arabic news digest."
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    build = commands.add_parser("build", help="bring the site up to date (the default)")
    build.add_argument("--drafts", action="store_true", help="publish drafts too, marked noindex")
    build.add_argument(
        "--future", action="store_true", help="publish articles dated in the future too"
    )
    build.add_argument(
        "--base-url", default="", metavar="URL", help="instead of base_url in content/site.toml"
    )
    build.add_argument("--out", type=Path, metavar="DIR", help="output folder (default: site)")
    build.add_argument(
        "--jobs",
        type=_jobs,
        default=0,
        metavar="N",
        help="processes (default: the machine's cores)",
    )
    build.add_argument(
        "--explain", action="store_true", help="tell for each page why it was rendered"
    )
    build.add_argument("--strict", action="store_true", help="warnings are errors")
    build.add_argument("--clean", action="store_true", help="build as if for the first time")
    build.add_argument("--json", action="store_true", help="print the report as JSON")
    build.set_defaults(command=_build)
    clean = commands.add_parser("clean", help="remove what builds have written")
    clean.add_argument("--out", type=Path, metavar="DIR", help="output folder (default: site)")
    clean.set_defaults(command=_clean)
    return parser


def _jobs(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"expected a number from 1 to 256, found '{text}'")
    return int(text)


Command = Callable[[Path, argparse.Namespace, "Sequence[Kind] | None", Filters], int]


def _run(
    command: Command,
    project: Path,
    options: argparse.Namespace,
    kinds: "Sequence[Kind] | None",
    filters: Filters,
) -> int:
    """Run a command; the author's faults are printed, each once, sorted."""
    from mujaz.errors import MujazError

    try:
        return command(project, options, kinds, filters)
    except* MujazError as group:
        print(
            "\n".join(
                dict.fromkeys(
                    str(e) for e in sorted(_leaves(group), key=lambda e: (e.place, e.message))
                )
            ),
            file=sys.stderr,
        )
        return_status = FAULTS
    except* KeyboardInterrupt:
        print("interrupted: the site is as the last whole build left it", file=sys.stderr)
        return_status = 130
    except* OSError as group:
        for error in _leaves(group):
            print(
                f"{getattr(error, 'filename', None) or project}: {getattr(error, 'strerror', None) or error}",
                file=sys.stderr,
            )
        return_status = FAULTS
    return return_status


def _leaves(group: BaseExceptionGroup[Any]) -> Iterable[Any]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error


def _build(
    project: Path, options: argparse.Namespace, kinds: "Sequence[Kind] | None", filters: Filters
) -> int:
    from mujaz.options import Options
    from mujaz.pipeline import build, forget

    gc.disable()  # a build makes many small values and keeps them all
    out = options.out or project / "site"
    if options.clean:
        forget(project, out)
    flags = Options(
        drafts=options.drafts,
        future=options.future,
        base_url=options.base_url,
        strict=options.strict,
        jobs=options.jobs or os.cpu_count() or 1,
    )
    report = build(project, out, flags, kinds=kinds, filters=filters)
    if options.json:
        print(report.as_json())
        return DONE
    text = report.text(explain=options.explain)
    warnings, _, summary = text.rpartition("\n")
    if warnings:
        print(warnings, file=sys.stderr)
    print(summary)
    return DONE


def _clean(
    project: Path, options: argparse.Namespace, _kinds: "Sequence[Kind] | None", _filters: Filters
) -> int:
    from mujaz.pipeline import clean

    removed, left = clean(project, options.out or project / "site")
    print(f"{removed} files removed" + (f"; left, not Mujaz's: {', '.join(left)}" if left else ""))
    return DONE
