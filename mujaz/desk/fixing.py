"""``--fix``: the mends of an article that can't change what it says, as text and as a diff."""

import os
import re
import shutil
from collections.abc import Iterable, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from mujaz.article import Faulty, decode
from mujaz.desk.checking import look
from mujaz.desk.essence import essence
from mujaz.desk.finding import Edit
from mujaz.desk.manuscript import Manuscript, plain_lines
from mujaz.errors import ContentError, Place
from mujaz.files import read_file
from mujaz.names import Rules

_ENDS = re.compile(r"\r\n|\r|\n")
_ROUNDS = 5  # one mend may uncover another; more than two rounds haven't been seen


class Mended(NamedTuple):
    """A file before and after."""

    path: str
    before: bytes
    after: bytes

    def diff(self) -> str:
        """Return the unified diff."""
        old, new = (
            plain_lines(data.decode()).splitlines(keepends=True)
            for data in (self.before, self.after)
        )
        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in unified_diff(old, new, self.path, self.path)
        )


def mend(path: str, data: bytes, rules: Rules) -> bytes:
    """Return a file with all safe mends made; as it is where one would change more than it should.

    Rules turned off, in the settings or on a line, mend nothing. Mending twice is mending once.
    """
    for _ in range(_ROUNDS):
        try:
            edits = _edits(Manuscript(path, data, rules))
        except Faulty:
            return data
        mended = _apply(data, edits)
        if mended == data:
            break
        if essence(path, mended, rules) != essence(path, data, rules):
            mended = _one_by_one(path, data, edits, rules)
            if mended == data:
                break
        data = mended
    return data


def _edits(typed: Manuscript) -> list[Edit]:
    """The mends of an article, from its beginning, none over another."""
    off = frozenset(typed.rules.settings.check)
    wanted = [
        found.edit
        for found in look(typed)
        if found.edit and found.rule not in off and found.rule not in typed.off.get(found.line, ())
    ]
    kept: list[Edit] = []
    for edit in sorted(set(wanted)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _one_by_one(path: str, data: bytes, edits: Sequence[Edit], rules: Rules) -> bytes:
    """A file with those mends only that change nothing else, the last first so that places hold."""
    wanted = essence(path, data, rules)
    for edit in reversed(edits):
        mended = _apply(data, [edit])
        if essence(path, mended, rules) == wanted:
            data = mended
    return data


def _apply(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Bytes with edits made in the text; its byte order mark and line ends stay as they are."""
    text = decode(data)
    plain = plain_lines(text)
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += (plain[at : edit.start], edit.text)
        at = edit.end
    lines = "".join([*parts, plain[at:]]).split("\n")
    ends = [*_ENDS.findall(text), ""]
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    return (mark + "".join(map("".join, zip(lines, ends, strict=True)))).encode()


def mend_files(project: Path, paths: Iterable[str], rules: Rules) -> list[Mended]:
    """Mend some files, each written in one step, and return those that changed."""
    done: list[Mended] = []
    for path in paths:
        before = read_file(project, path)
        after = mend(path, before, rules)
        if after != before:
            _replace(project, path, before, after)
            done.append(Mended(path, before, after))
    return done


def _replace(project: Path, path: str, before: bytes, after: bytes) -> None:
    """Write a file in one step. Raises ContentError if it was changed meanwhile, or can't be written."""
    file = project / path
    temporary = file.with_name(f".{file.name[:40]}.{os.getpid()}.mending")
    try:
        temporary.write_bytes(after)
        shutil.copymode(file, temporary)
        if file.read_bytes() != before:
            raise ContentError("changed while it was being mended: check again", Place(path))
        os.replace(temporary, file)
    except OSError as error:
        raise ContentError(f"can't be written: {error.strerror}", Place(path)) from None
    finally:
        temporary.unlink(missing_ok=True)
