"""Every regular expression of the package takes time in proportion to the text: none goes back over and over.

Each is found by looking, not from a list, and gets the texts that are worst for it, made from its
own parts: what brings it to a repeat, what the repeat takes, over and over, and what spoils the end.
"""

import ast
import os
import pkgutil
import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import ROOT

import mujaz

PARTS: Any = import_module("re._parser")  # how ``re`` itself reads a pattern
REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}
ENDLESS = 100  # times a part may come, from which on it is a repeat
LETTERS = 6 if "GROWTH" not in os.environ else 12  # of a pattern, from which pairs are made
SHORT, LONG, TIMES = 8_000, 100_000, 4
ALLOWED = 1.0  # seconds for LONG signs
MOST = 2.5 * TIMES  # how much longer four times the text may take: a square would take 16 times
SPOILER = "\x01"  # what hardly a pattern takes
HANGS = 10  # seconds
BY = {  # looked with by another name
    "mujaz.importing.foreign_fields._YAML": "match",
    "mujaz.importing.foreign_fields._TOML": "match",
}
# What never sees an author's text: the site's own code, and HTML made from such texts, in which each
# "<" begins a tag and each element closes. tests/fuzz and tests/test_growth.py go through these whole.
OWN = {
    "mujaz.assets._URL", "mujaz.preview.script._POLICY", "mujaz.preview.script._PLACES",
    "mujaz.markup._PIECE", "mujaz.markup._ANCHOR", "mujaz.markup._TAG_WITH_MARK", "mujaz.markup._CODE",
    "mujaz.markup._PARAGRAPH", "mujaz.desk.writing._CODE", "<img [^>]*>",
}  # fmt: skip


class Used(NamedTuple):
    """A pattern and how the package looks with it."""

    where: str
    pattern: re.Pattern[Any]
    ways: frozenset[str]


# --- the package's patterns -----------------------------------------------------------------------


def of_modules() -> Iterator[Used]:
    """The patterns that are constants of modules, in tuples and mappings too."""
    sources = {path: path.read_text(encoding="utf-8") for path in (ROOT / "mujaz").rglob("*.py")}
    whole = "\n".join(sources.values())
    for module in pkgutil.walk_packages(mujaz.__path__, "mujaz."):
        if module.name == "mujaz.__main__":
            continue
        made = import_module(module.name)
        own = sources[Path(str(made.__file__))]
        for name, value in vars(made).items():
            ways = re.findall(
                rf"\b{name}(?:\[[^\]]*\])?\.(match|fullmatch|search|sub|subn|split|findall|finditer)\b",
                own if name.startswith("_") else whole,
            )
            where = f"{module.name}.{name}"
            for pattern in patterns(value):
                yield Used(where, pattern, frozenset(ways or [BY.get(where, "search")]))


def patterns(value: object) -> Iterator[re.Pattern[Any]]:
    """The patterns in a constant."""
    match value:
        case re.Pattern():
            yield value
        case tuple() | list() | frozenset():
            for one in value:
                yield from patterns(one)
        case dict():
            yield from patterns((*value, *value.values()))


def inline() -> Iterator[Used]:
    """The patterns that stand in calls of ``re``."""
    for path in sorted((ROOT / "mujaz").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="re"), attr=way),
                    args=[ast.Constant(value=str() | bytes() as text), *_],
                ) if way != "compile":
                    flags = re.MULTILINE if "MULTILINE" in ast.unparse(node) else re.NOFLAG
                    where = f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
                    yield Used(where, re.compile(text, flags), frozenset([way]))


def every() -> dict[str, Used]:
    """Each pattern once, under a name of its own."""
    found: dict[tuple[object, ...], Used] = {}
    for used in (*of_modules(), *inline()):
        if not {used.where, used.pattern.pattern} & OWN:
            found.setdefault((used.pattern, used.ways), used)
    return {f"{used.where} {at}": used for at, used in enumerate(found.values())}


USED = every()


# --- texts that are worst for a pattern -----------------------------------------------------------


def sign(op: str, arg: Any) -> str:
    """A sign that a part of one sign takes."""
    match op:
        case "LITERAL":
            return chr(arg)
        case "NOT_LITERAL":
            return next(c for c in "ا a" if ord(c) != arg)
        case "IN":
            return next(iter(signs(op, arg)))
        case "CATEGORY":
            kinds = {"DIGIT": "1", "SPACE": " ", "WORD": "ا"}
            name = str(arg).removeprefix("CATEGORY_")
            return kinds.get(name, "-" if name == "NOT_WORD" else "ا")
    return "ا"


def signs(op: str, arg: Any) -> list[str]:
    """The signs that a part of one sign takes, or some that stand for them."""
    if op != "IN":
        return [sign(op, arg)] if op in {"LITERAL", "NOT_LITERAL", "ANY", "CATEGORY"} else []
    given: list[str] = []
    for kind, value in arg:
        if str(kind) == "RANGE":
            given += [chr(value[0]), chr(value[1])]
        elif str(kind) != "NEGATE":
            given.append(sign(str(kind), value))
    if str(arg[0][0]) != "NEGATE":
        return given
    taken = re.compile("[^" + "".join(map(re.escape, given)) + "]")
    return [c for c in "اa 1\n<>[]()*-" if taken.match(c)] or ["\u4e00"]


def inner(op: str, arg: Any) -> list[Any]:
    """The sequences of parts inside a part."""
    if op in REPEATS:
        return [arg[2]]
    match op:
        case "BRANCH":
            return list(arg[1])
        case "SUBPATTERN":
            return [arg[3]]
        case "ASSERT" | "ASSERT_NOT":
            return [arg[1]]
        case "ATOMIC_GROUP":
            return [arg]
    return []


def example(parts: Iterable[Any]) -> str:
    """A text that the parts take, with each repeat once."""
    made = ""
    for op, arg in parts:
        held = inner(str(op), arg)
        if held and not str(op).startswith("ASSERT"):
            made += example(held[0]) * (max(arg[0], 1) if str(op) in REPEATS else 1)
        elif not held:
            made += "".join(signs(str(op), arg)[:1])
    return made


def letters(parts: Iterable[Any]) -> list[str]:
    """All signs that the parts are about."""
    found: list[str] = []
    for op, arg in parts:
        found += signs(str(op), arg)
        for held in inner(str(op), arg):
            found += letters(held)
    return list(dict.fromkeys(found))


def pumps(parts: Iterable[Any], before: str = "") -> Iterator[tuple[str, str]]:
    """What leads to each repeat without an end, and what it takes."""
    for op, arg in parts:
        name = str(op)
        if name in REPEATS and arg[1] >= ENDLESS:
            for taken in (example(arg[2]), *letters(arg[2])[:LETTERS]):
                yield before, taken
        for held in inner(name, arg):
            yield from pumps(held, before)
        before += example([(op, arg)])


def worst(pattern: re.Pattern[Any]) -> list[tuple[str, str]]:
    """Beginnings, and what to repeat after them."""
    parts = PARTS.parse(
        pattern.pattern,
        pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags,
    )
    found = list(pumps(parts))
    found += [("", before + taken) for before, taken in found]
    found += [("", before) for before, _ in found if before]
    some = letters(parts)[:LETTERS]
    found += [("", a + b if a != b else a) for a, b in product(some, repeat=2)]
    return [pair for pair in dict.fromkeys(found) if pair[1]]


# --- how long it takes ----------------------------------------------------------------------------


def looking(used: Used) -> Callable[[Any], object]:
    """Look through a text as the package does."""
    if used.ways <= {"match", "fullmatch"}:
        return used.pattern.fullmatch if used.ways == {"fullmatch"} else used.pattern.match
    return lambda text: sum(1 for _ in used.pattern.finditer(text))


def text_of(used: Used, begin: str, taken: str, size: int) -> Any:
    made = begin + taken * (size // len(taken)) + SPOILER
    return made.encode("utf-8", "replace") if isinstance(used.pattern.pattern, bytes) else made


def seconds(look: Callable[[Any], object], text: Any, times: int = 1) -> float:
    """The least of some runs' processor time."""
    took = []
    for _ in range(times):
        before = time.process_time()
        look(text)
        took.append(time.process_time() - before)
    return min(took)


@contextmanager
def no_hanging(what: str) -> Iterator[None]:
    """Fail instead of going back without end."""

    def hung(*_: object) -> None:
        raise AssertionError(f"no end within {HANGS} s: {what}")

    before = signal.signal(signal.SIGVTALRM, hung)
    signal.setitimer(signal.ITIMER_VIRTUAL, HANGS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def slow(used: Used) -> Iterator[str]:
    """The texts for which a pattern takes longer than it may.

    What takes SHORT signs in so little time that even a square would keep LONG signs within what is
    allowed needs no second look.
    """
    look = looking(used)
    for begin, taken in worst(used.pattern):
        told = f"{used.where}: {begin[:60]!r}, then {taken[:60]!r} over and over"
        with no_hanging(told):
            if seconds(look, text_of(used, begin, taken, SHORT)) < ALLOWED * (SHORT / LONG) ** 2:
                continue
            short = seconds(look, text_of(used, begin, taken, LONG // TIMES), 2)
            long = seconds(look, text_of(used, begin, taken, LONG))
            if long > MOST * max(short, 0.01):  # once more, should the machine have been busy
                long = min(long, seconds(look, text_of(used, begin, taken, LONG)))
            if long > ALLOWED or long > MOST * max(short, 0.01):
                yield f"{told}: {short:.2f} s, then {long:.2f} s"


@pytest.mark.parametrize("name", USED)
def test_a_pattern_grows_evenly(name: str) -> None:
    assert next(slow(USED[name]), None) is None


def test_the_packages_patterns_are_found() -> None:
    found = {used.where for used in USED.values()}
    assert {"mujaz.marks._MARK", "mujaz.markup._LINK", "mujaz.arabic.dates._DATE"} <= found
    assert len(USED) > 150


@pytest.mark.parametrize(
    "pattern", [r"(a+)+$", r"\s+$", r"\[.*\]:", "(?:a|ab?)+c", r"x(?=[^y]*z)", r"(?s)<!--.*?-->"]
)
def test_a_pattern_that_goes_back_would_be_seen(pattern: str) -> None:
    used = Used("here", re.compile(pattern), frozenset(["search"]))
    with pytest.raises(AssertionError, match="over and over"):
        assert next(slow(used), None) is None
