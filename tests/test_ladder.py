"""The order of modules: each imports only from those above it; what computes doesn't touch the machine."""

import ast
from collections.abc import Iterator
from functools import cache

import pytest
from conftest import ROOT

PACKAGE = ROOT / "mujaz"

# The reading order: first what knows nothing of the rest.
LADDER = (  # noqa: SIM905 - reads as a list of rungs
    "__init__ errors digest model addresses "
    "arabic.__init__ arabic.digits arabic.fold arabic.count arabic.dates arabic.order arabic.slug "
    "frontmatter_scalars frontmatter markdown_setup marks markup settings names article terms nearest targets library "
    "plurals search_keys search "
    "pages.groups pages.coverage pages.articles pages.days pages.lists pages.feeds pages.searching pages.single pages.__init__ "
    "workers assistant files texts inputs reader assets pictures memo layouts filters "
    "folders owned records trace planning writer claims rendering report options config memory opening output rebuild pipeline "
    "wording.__init__ wording.articles wording.findings wording.imports wording.project wording.matching speech remarks "
    "preview.__init__ preview.faults preview.wording commands.contract commands.build commands.clean "
    "importing.__init__ importing.found importing.libraries importing.elements importing.reading importing.moments "
    "importing.escaping importing.fields importing.creating importing.copying importing.plain_text importing.converter importing.html_text "
    "importing.wordpress importing.feed importing.xml_source importing.foreign_fields importing.foreign_text "
    "importing.old_addresses importing.markdown_article importing.markdown_folder importing.sources importing.shelf "
    "importing.writing importing.bringing commands.import_ starting commands.init "
    "desk.__init__ desk.finding desk.advice desk.masking desk.manuscript desk.letters desk.typography desk.writing desk.similar "
    "desk.survey desk.links desk.site_rules desk.rules desk.checking desk.essence desk.fixing desk.formats "
    "desk.drafting commands.check commands.new schemas snippets commands.editor "
    "preview.paths preview.script preview.exchange preview.process "
    "preview.building preview.serving preview.watching preview.session commands.serve commands.__init__ cli __main__ "
).split()

# What computes: strings and values in, values out.
PURE = LADDER[LADDER.index("errors") : LADDER.index("workers")]
MACHINE = {
    "asyncio", "fcntl", "getpass", "glob", "io", "locale", "mmap", "multiprocessing", "os", "pathlib", "platform",
    "random", "secrets", "shutil", "signal", "socket", "subprocess", "sys", "tempfile", "threading", "time", "uuid",
}  # fmt: skip
CALLS = {"open", "input", "print", "eval", "exec", "__import__"}
CLOCKS = {"now", "today", "utcnow", "environ", "getenv"}


@cache
def modules() -> dict[str, ast.Module]:
    """All modules of the package, parsed, by name: "pages.lists", "pages.__init__"."""
    return {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts): ast.parse(path.read_bytes())
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def imported(tree: ast.AST) -> Iterator[str]:
    """Full names of what a module imports, at its top or in a function, but for types only."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                continue
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom():
                assert not node.level, "imports name the package"
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            case _:
                yield from imported(node)


def rungs(name: str) -> set[str]:
    """The modules of the package that a module imports."""
    found = set()
    for target in imported(modules()[name]):
        if not f"{target}.".startswith("mujaz."):
            continue
        inner = target.removeprefix("mujaz").removeprefix(".")
        parts = inner.split(".") if inner else []
        while (
            parts
            and ".".join(parts) not in modules()
            and ".".join([*parts, "__init__"]) not in modules()
        ):
            parts.pop()
        here = ".".join(parts)
        found.add(here if here in modules() else ".".join([*parts, "__init__"]))
    return found


def test_the_ladder_names_every_module_once() -> None:
    assert sorted(LADDER) == sorted(modules())


@pytest.mark.parametrize("name", LADDER)
def test_a_module_imports_only_from_those_above_it(name: str) -> None:
    above = set(LADDER[: LADDER.index(name)])
    assert rungs(name) <= above


@pytest.mark.parametrize("name", PURE)
def test_what_computes_never_touches_files_clock_environment_or_chance(name: str) -> None:
    tree = modules()[name]
    assert not {target.split(".")[0] for target in imported(tree)} & MACHINE
    calls = {
        n.func.id
        for n in ast.walk(tree)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
    }
    assert not calls & CALLS
    clocks = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS and not _is_clock_value(node)
    }
    assert not clocks


def _is_clock_value(node: ast.Attribute) -> bool:
    """``clock.now`` is the moment that was handed in."""
    match node.value:
        case ast.Name(id="clock") | ast.Attribute(attr="clock"):
            return True
    return False


def test_only_one_module_knows_jinja_and_only_two_know_markdown() -> None:
    users: dict[str, set[str]] = {}
    for name, tree in modules().items():
        for target in imported(tree):
            users.setdefault(target.split(".")[0], set()).add(name)
    assert users["jinja2"] == {"layouts"}
    assert users["markdown"] <= {"markdown_setup", "markup"}


# Longer than a file should be: one thing each, that would be harder to follow in two files.
LONG = {"article", "model"}
LONGEST = 460


@pytest.mark.parametrize("name", LADDER)
def test_modules_are_short(name: str) -> None:
    text = (PACKAGE / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8")
    assert len(text.splitlines()) < (LONGEST if name in LONG else 300)


@pytest.mark.parametrize("name", LADDER)
def test_functions_are_short(name: str) -> None:
    """By statements, since the formatter spreads one call with many arguments over as many lines."""
    for node in ast.walk(modules()[name]):
        if isinstance(node, ast.FunctionDef):
            assert statements(node) <= 30, node.name


def statements(function: ast.FunctionDef) -> int:
    """How many statements a function has: a call that the formatter spreads over lines is one."""
    inner = [n for n in ast.walk(function) if isinstance(n, ast.stmt) and n is not function]
    return len(inner) - (ast.get_docstring(function) is not None)


def test_no_module_has_state_but_constants() -> None:
    for name, tree in modules().items():
        assert not [n for n in ast.walk(tree) if isinstance(n, ast.Global)], name


def test_nothing_in_the_package_is_named_for_nothing() -> None:
    for name in modules():
        assert not {"utils", "helpers", "base", "manager", "common", "misc"} & set(
            name.split(".")
        ), name
