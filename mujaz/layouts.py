"""layouts/ -> text. The only module that knows Jinja2."""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
from jinja2 import meta, nodes
from markupsafe import Markup

from mujaz.digest import SIZE
from mujaz.errors import LayoutError, MujazError, Place, gather
from mujaz.model import Page

Filters = Mapping[str, Callable[..., Any]]
GIVEN = frozenset({"url", "layout"})  # what every page has besides the fields of its data


class Known(NamedTuple):
    """What the text of one layout tells."""

    digest: bytes  # of it and of all that it extends, includes or imports
    wants: tuple[str, ...]  # names that a page must carry


class _Bytecode(jinja2.BytecodeCache):
    """Compiled layouts kept between builds, each behind a checksum: damaged ones are compiled anew."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load_bytecode(self, bucket: Any) -> None:
        try:
            data = (self.folder / bucket.key).read_bytes()
        except OSError:
            return
        if blake2b(data[SIZE:], digest_size=SIZE).digest() == data[:SIZE]:
            bucket.bytecode_from_string(data[SIZE:])

    def dump_bytecode(self, bucket: Any) -> None:
        data = bucket.bytecode_to_string()
        self.folder.mkdir(parents=True, exist_ok=True)
        whole = blake2b(data, digest_size=SIZE).digest() + data
        temporary = self.folder / f"{bucket.key}.{os.getpid()}"
        temporary.write_bytes(whole)
        os.replace(temporary, self.folder / bucket.key)


def _escapes(name: str | None) -> bool:
    return name is None or name.endswith((".html", ".xml"))


class Layouts:
    """The layouts of a project over those shipped, name by name."""

    def __init__(
        self, folders: Iterable[Path], cache: Path, filters: Filters, values: Mapping[str, Any]
    ) -> None:
        self.folders = tuple(folders)
        self.environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(self.folders),
            undefined=jinja2.StrictUndefined,
            autoescape=_escapes,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            bytecode_cache=_Bytecode(cache),
            cache_size=-1,
        )
        self.environment.filters.update(filters)
        self.environment.globals.update(values)
        self.environment.globals["once"] = _once()
        self.environment.policies["json.dumps_kwargs"] = {"sort_keys": False, "ensure_ascii": False}

    def names(self) -> list[str]:
        """Return the names of all layouts."""
        found: set[str] = set()
        for folder in self.folders:
            for where, _, files in os.walk(folder):
                inner = os.path.relpath(where, folder)
                found |= {
                    os.path.normpath(os.path.join(inner, f)).replace(os.sep, "/")
                    for f in files
                    if f[0] != "."
                }
        return sorted(found)

    def know(self) -> dict[str, Known]:
        """Return what each layout depends on and wants. Raises ExceptionGroup of LayoutError."""
        direct: dict[str, _Direct] = {}
        errors: list[MujazError] = []
        for name in self.names():
            try:
                direct[name] = self._direct(name)
            except MujazError as error:
                errors.append(error)
        gather(errors)
        return {name: _closure(name, direct) for name in direct}

    def _direct(self, name: str) -> "_Direct":
        try:
            source, _, _ = self.environment.loader.get_source(self.environment, name)  # type: ignore[union-attr]
            tree = self.environment.parse(source, name)
        except jinja2.TemplateSyntaxError as error:
            raise LayoutError(str(error.message), Place(f"layouts/{name}", error.lineno)) from None
        except UnicodeDecodeError:
            raise LayoutError("expected UTF-8", Place(f"layouts/{name}")) from None
        # find_undeclared_variables takes what is imported at the top for undeclared
        imported = {
            x if isinstance(x, str) else x[1]
            for n in tree.find_all(nodes.FromImport)
            for x in n.names
        }
        imported |= {n.target for n in tree.find_all(nodes.Import)}
        wants = (
            meta.find_undeclared_variables(tree)
            - imported
            - GIVEN
            - self.environment.globals.keys()
        )
        return _Direct(
            source,
            frozenset(x for x in meta.find_referenced_templates(tree) if x),
            frozenset(
                n.template.value
                for n in tree.find_all((nodes.Extends, nodes.Include))
                if isinstance(n.template, nodes.Const)
            ),
            frozenset(wants),
        )

    def render(self, page: Page) -> str:
        """Return a page's text. Raises LayoutError with the line of the layout at fault."""
        data = page.data
        values = {name: getattr(data, name) for name in data.__dataclass_fields__}
        try:
            return self.environment.get_template(page.layout).render(
                values, url=page.url, layout=page.layout
            )
        except MujazError:
            raise
        except jinja2.TemplateNotFound as error:
            raise LayoutError(
                f"no such layout: '{error.name}'", Place(f"layouts/{page.layout}")
            ) from None
        except jinja2.TemplateSyntaxError as error:
            raise LayoutError(
                str(error.message), Place(f"layouts/{error.name}", error.lineno)
            ) from None
        except Exception as error:
            raise LayoutError(_said(error), self._place(error, page)) from error

    def _place(self, error: BaseException, page: Page) -> Place:
        """Where in a layout an error arose: the innermost frame that is a layout's."""
        found = Place(f"layouts/{page.layout}")
        trace = error.__traceback__
        while trace:
            name = trace.tb_frame.f_code.co_filename
            for folder in self.folders:
                if name.startswith(f"{folder}{os.sep}"):
                    found = Place(
                        f"layouts/{os.path.relpath(name, folder)}".replace(os.sep, "/"),
                        trace.tb_lineno,
                    )
            trace = trace.tb_next
        return found

    def warm(self, names: Iterable[str]) -> None:
        """Load layouts before workers start, so that each is compiled once."""
        for name in names:
            try:
                self.environment.get_template(name)
            except jinja2.TemplateError:
                continue  # told when a page asks for it


class _Direct(NamedTuple):
    """One layout by itself."""

    source: str
    names: frozenset[str]  # layouts it extends, includes or imports
    sees: frozenset[str]  # of these, the ones that see its variables: not imported ones
    wants: frozenset[str]


def _closure(name: str, direct: Mapping[str, _Direct]) -> Known:
    """What a layout is with all that it names."""
    seen = _reached(name, lambda layout: direct[layout].names if layout in direct else ())
    spelled = b"\0".join(f"{x}\0{direct[x].source}".encode() for x in sorted(seen) if x in direct)
    sharing = _reached(name, lambda layout: direct[layout].sees if layout in direct else ())
    wants = frozenset[str]().union(*(direct[x].wants for x in sharing if x in direct))
    return Known(blake2b(spelled, digest_size=SIZE).digest(), tuple(sorted(wants)))


def _reached(start: str, following: Callable[[str], Iterable[str]]) -> set[str]:
    seen: set[str] = set()
    todo = [start]
    while todo:
        layout = todo.pop()
        if layout not in seen:
            seen.add(layout)
            todo += following(layout)
    return seen


def _once() -> Callable[[Any, Any], Markup]:
    """``once(macro, value)``: the macro's text, made once for each value. The macro must be pure."""
    made: dict[tuple[Any, Any], Markup] = {}

    def once(macro: Any, value: Any) -> Markup:
        key = (macro._func.__code__, value)  # noqa: SLF001 - a macro is made anew at each render, its code isn't
        got = made.get(key)
        if got is None:
            got = made[key] = macro(value)
        return got

    return once


def _said(error: Exception) -> str:
    if isinstance(error, jinja2.TemplateRuntimeError):
        return str(error.message)
    return f"{type(error).__name__}: {error}"


def json_text(value: object) -> Markup:
    """Return JSON that is safe in HTML and in a file of its own: < > & ' stand as \\u003c…"""
    from jinja2.utils import htmlsafe_json_dumps

    return htmlsafe_json_dumps(value, dumps=json.dumps, ensure_ascii=False)
