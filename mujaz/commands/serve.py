"""``serve``: preview the site while it is written."""

import argparse
import os
import sys
from pathlib import Path

from mujaz.commands.contract import DONE, USAGE, Commands, SiteCode

HOST, PORT = "127.0.0.1", 5500


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the command and its flags."""
    parser = commands.add_parser(
        "serve",
        help="preview the site, drafts too; every save shows at once",
        description="Preview the site on this machine, drafts too. Every save shows at once; a fault shows"
        " over the last good page, and goes when it is mended. Ctrl-C ends it. The site for"
        " publishing (build) is not touched: the preview has a folder of its own, .mujaz-preview/.",
    )
    flag = parser.add_argument
    flag(
        "--port",
        type=_port,
        default=PORT,
        metavar="N",
        help=f"port, or the next one that is free (default: {PORT})",
    )
    flag(
        "--host",
        default=HOST,
        metavar="H",
        help=f"address to serve on (default: {HOST}, this machine alone)",
    )
    flag("--open", action="store_true", help="open the site in the browser")
    parser.set_defaults(run=run)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"expected a number from 1 to 65535, found '{text}'")
    return int(text)


def run(project: Path, given: argparse.Namespace, site: SiteCode) -> int:
    """Serve until Ctrl-C; or build for the process that serves."""
    from mujaz.preview.process import BUILDS
    from mujaz.speech import language, message

    lang = given.lang or language(project)
    if os.environ.pop(BUILDS, ""):
        from mujaz.preview.building import work

        return work(project, site, lang)
    from mujaz import remarks
    from mujaz.preview.serving import loopback
    from mujaz.preview.session import free, serve

    try:
        sockets = free(given.host, given.port)
    except (OSError, UnicodeError) as error:
        why = message(getattr(error, "strerror", None) or str(error), lang)
        line = remarks.CANNOT_SERVE.said(lang, host=given.host, port=given.port, why=why)
        print(line, file=sys.stderr)
        return USAGE
    port = sockets[0].getsockname()[1]
    if port != given.port:
        print(remarks.PORT_TAKEN.said(lang, port=given.port, other=port), file=sys.stderr)
    if not loopback(given.host):
        print(remarks.OPEN_TO_ALL.said(lang, host=given.host), file=sys.stderr)
    serve(project, sockets, given.host, lang, browser=given.open)
    return DONE
