"""What GitHub Pages answers to an address: a file, a redirect, or nothing.

The rules are those of github.com/slorber/trailing-slash-guide: ``/file`` is ``file.html``, a folder
with an index is redirected to its slash, ``/file/`` is nothing. Besides: no dotfiles (the state of the
build among them), no symbolic links, nothing outside the folder.
"""

import os
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote


class Answer(NamedTuple):
    """``file`` relative to the output, or ``redirect``, an encoded address; or neither: 404."""

    file: str = ""
    redirect: str = ""


NOTHING = Answer()


def answer(out: Path, base: str, asked: str) -> Answer:
    """Return what there is under an address, as the browser sent it: encoded, without its query.

    ``base`` is the site's base path, decoded, without a final slash; ``/`` leads to it.
    """
    try:
        path = unquote(asked, errors="strict")
    except UnicodeDecodeError:
        return NOTHING
    if path in {"/", base} and base:
        return Answer(redirect=f"{asked.rstrip('/')}/" if path == base else f"{_encoded(base)}/")
    if not path.startswith(f"{base}/"):
        return NOTHING
    inner = path[len(base) + 1 :]
    folder = inner.endswith("/") or not inner
    parts = inner.rstrip("/").split("/") if inner else []
    if inner.endswith("//") or not all(map(_plain, parts)):
        return NOTHING
    return _found(out, "/".join(parts), asked, folder=folder)


def _encoded(base: str) -> str:
    from mujaz.addresses import site_address

    return site_address("", base)


def _plain(part: str) -> bool:
    """Whether a part of an address names a file in its folder, on any system."""
    return bool(part) and part[0] != "." and not any(c in part for c in "\\:\0")


def _found(out: Path, path: str, asked: str, *, folder: bool) -> Answer:
    index = f"{path}/index.html".lstrip("/")
    if folder:
        return Answer(index) if is_file(out, index) else NOTHING
    for file in (path, f"{path}.html"):
        if is_file(out, file):
            return Answer(file)
    return Answer(redirect=f"{asked}/") if is_file(out, index) else NOTHING


def is_file(out: Path, path: str) -> bool:
    """Return whether a path is a file of the output, reached by no symbolic link."""
    whole = os.path.join(os.path.realpath(out), *path.split("/"))
    try:
        return os.path.isfile(whole) and os.path.realpath(whole) == whole
    except (OSError, ValueError):
        return False
