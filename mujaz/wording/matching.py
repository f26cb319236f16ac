"""A message of Mujaz's -> what is wrong and what to do, in Arabic.

The one place through which messages go on their way to an Arabic desk. One that isn't known here stays
as it is, in English. Nothing of this is imported where English is spoken.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from mujaz.wording import articles, findings, imports, project

# Each row: what a message is, as an expression; what is wrong, what to do (\1 and so on). The first that
# fits counts, so those that fit many stand at the end.
_TABLES = (articles.ROWS, findings.ROWS, imports.ROWS, project.ROWS)
_GROUP = re.compile(r"\\(\d)")
_KEY = re.compile(r"^\w+: ")  # the field that a message begins with; its line is shown anyway
_EITHER = "either"  # a group of this name is a list of choices
_BY_FIRST, _RIGHT_TO_LEFT, _END = "\u2068", "\u2067", "\u2069"  # isolates (UAX 9)


class Said(NamedTuple):
    """What is wrong and what to do; ``said`` is in Arabic if ``arabic``, else as Mujaz made it."""

    said: str
    todo: str  # "" if nothing needs to be said
    arabic: bool

    def __str__(self) -> str:
        return f"{self.said}. {self.todo}" if self.todo else self.said


def worded(message: str, path: str = "", line: int = 0) -> Said:
    """Return a message in Arabic; ``path`` and ``line`` tell what it is about, if that is a file."""
    return _known(message) or _unknown(message, path, line)


@lru_cache(1 << 12)
def _known(message: str) -> Said | None:
    texts = dict.fromkeys((message, _KEY.sub("", message)))
    for number in range(len(_TABLES)):
        for pattern, said, todo in _compiled(number):
            if found := next(filter(None, map(pattern.fullmatch, texts)), None):
                return Said(_filled(said, found), _filled(todo, found), arabic=True)
    return None


@cache
def _compiled(number: int) -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """One of the tables; those further down are compiled only if a message isn't found before."""
    return tuple((re.compile(row[0], re.DOTALL), row[1], row[2]) for row in _TABLES[number])


def _filled(template: str, found: re.Match[str]) -> str:
    """A row's words with what the message quotes."""
    choices = found.re.groupindex.get(_EITHER, 0)

    def quoted(sign: re.Match[str]) -> str:
        number = int(sign[1])
        text = found[number] or ""
        return _isolated(text.replace(" or ", " أو ") if number == choices else text)

    return _GROUP.sub(quoted, template)


def _isolated(text: str) -> str:
    """What is quoted keeps its own order; signs alone look as they do in an Arabic text: « opens."""
    alone = not any(sign.isalnum() for sign in text)
    return f"{_RIGHT_TO_LEFT if alone else _BY_FIRST}{text}{_END}"


def _unknown(message: str, path: str, line: int) -> Said:
    """A message of a library, or one that no table has; what to do is told by where it is."""
    if path.startswith("layouts/"):
        said = f"خطأ في كتابة القالب: «{_isolated(message)}»"
        return Said(said, project.LAYOUT, arabic=True)
    todo = "صحّح هذا السطر واحفظ الملف." if line else "صحّح هذا الملف واحفظه." if path else ""
    return Said(message, todo, arabic=False)
