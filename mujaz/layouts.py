"""layouts/ -> text. The only module that knows Jinja2."""

import marshal
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

import jinja2
from jinja2 import meta, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from mujaz.digest import SIZE
from mujaz.errors import LayoutError, MujazError, Place
from mujaz.memo import Memo
from mujaz.model import Page, carried

Filters = Mapping[str, Callable[..., Any]]

_GIVEN = frozenset({"url", "layout"})  # what every page has besides the fields of its data
# How compiled layouts ask for what isn't defined in them; `resolve` is Jinja2's name for it
_WANTED = re.compile(r"= resolve\('([^']+)'\)")
_SIGNS = re.compile("[&<>\"']")  # what must be escaped
_SHARING = (nodes.Extends, nodes.Include)  # what sees the same variables
_TELLING = (*_SHARING, nodes.FromImport, nodes.Import, nodes.Name)


class _Generator(CodeGenerator):
    """Never calls a filter while it compiles, as Jinja2 does for ``'/'|href``: compiled layouts are kept
    between builds, and what filters return depends on settings that may be others then."""

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """Most of what is put out is markup already, fifty times a page: it needn't be escaped."""
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and not finalize.src:
            self.write("environment.shown(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Environment(jinja2.Environment):
    code_generator_class = _Generator

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._ready: dict[object, jinja2.Template] = {}

    def get_template(
        self,
        name: Any,
        parent: str | None = None,
        globals: Any = None,  # noqa: A002 - Jinja2's name
    ) -> jinja2.Template:
        """Return a layout; asked four times a page, so what is ready goes past Jinja2's questions."""
        found = self._ready.get(name)
        if found is None:
            found = self._ready[name] = super().get_template(name, parent, globals)
        return found

    @staticmethod
    def shown(value: object) -> str:
        """Return a value as it stands in a page: escaped, unless it is markup."""
        kind = type(value)
        if kind is Markup or (kind is str and not _SIGNS.search(value)):  # type: ignore[call-overload]
            return value  # type: ignore[return-value]
        return escape(value)


class Compiled(NamedTuple):
    """One layout by itself."""

    digest: bytes  # of its text
    names: frozenset[str]  # layouts it extends, includes or imports
    sees: frozenset[str]  # of these, the ones that see its variables: not imported ones
    wants: frozenset[str]  # variables it takes
    code: CodeType  # holds its file's path, for tracebacks: no page depends on that


class Known(NamedTuple):
    """A layout with all that it extends, includes or imports."""

    digest: bytes
    wants: tuple[str, ...]  # names that a page must carry


class Layouts(jinja2.BaseLoader):
    """The layouts of a project over those shipped, name by name; compiled ones are kept in ``cache``."""

    def __init__(
        self,
        folders: Iterable[Path],
        cache: Path,
        filters: Filters,
        values: Mapping[str, Any],
        code: bytes,
    ) -> None:
        self.folders = tuple(folders)
        self.cache = cache
        self.code = code + sys.implementation.cache_tag.encode()  # another Mujaz compiles anew
        self._compiled: dict[str, Compiled] = {}
        self._known: dict[str, Known] = {}
        self.environment = _Environment(
            loader=self,
            undefined=jinja2.StrictUndefined,
            autoescape=_escapes,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            cache_size=-1,
            optimized=False,
        )
        memo = Memo()
        self.environment.filters.update({"once": memo.once, "each": memo.each, **filters})
        self.environment.globals.update(values)

    def known(self, name: str) -> Known:
        """Return what a layout depends on and wants. Raises LayoutError if it is missing or doesn't parse."""
        if name not in self._known:
            parts = self._reached(name, lambda layout: layout.names)
            spelled = b"".join([f"{x}\0".encode() + parts[x].digest for x in sorted(parts)])
            sharing = self._reached(name, lambda layout: layout.sees)
            wants = (
                frozenset[str]().union(*(x.wants for x in sharing.values()))
                - self.environment.globals.keys()
            )
            self._known[name] = Known(
                blake2b(spelled, digest_size=SIZE).digest(), tuple(sorted(wants))
            )
        return self._known[name]

    def parts(self, name: str) -> frozenset[str]:
        """Return a layout and all that it extends, includes or imports. Raises LayoutError."""
        return frozenset(self._reached(name, lambda layout: layout.names))

    def _reached(
        self, start: str, following: Callable[[Compiled], Iterable[str]]
    ) -> dict[str, Compiled]:
        seen: dict[str, Compiled] = {}
        todo = [start]
        while todo:
            name = todo.pop()
            if name not in seen:
                seen[name] = self.compiled(name)
                todo += following(seen[name])
        return seen

    def compiled(self, name: str) -> Compiled:
        """Return a layout, compiled once for all builds. Raises LayoutError."""
        if name not in self._compiled:
            file, text = self._text(name)
            mark = blake2b(text.encode() + self.code, digest_size=SIZE).digest()
            at = self.cache / blake2b(mark + file.encode(), digest_size=SIZE).hexdigest()
            self._compiled[name] = self._kept(at, mark) or self._compile(name, file, text, mark, at)
        return self._compiled[name]

    def _text(self, name: str) -> tuple[str, str]:
        for folder in self.folders:
            file = folder / name
            try:
                return str(file), file.read_bytes().decode()
            except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
                continue
            except UnicodeDecodeError:
                raise LayoutError("expected UTF-8", Place(f"layouts/{name}")) from None
        raise LayoutError("no such layout", Place(f"layouts/{name}"))

    def _kept(self, at: Path, mark: bytes) -> Compiled | None:
        """A layout compiled by an earlier build; what is damaged is compiled anew."""
        try:
            data = at.read_bytes()
        except OSError:
            return None
        if blake2b(data[SIZE:], digest_size=SIZE).digest() != data[:SIZE]:
            return None
        return Compiled(mark, *marshal.loads(data[SIZE:]))

    def _compile(self, name: str, file: str, text: str, mark: bytes, at: Path) -> Compiled:
        try:
            tree = self.environment.parse(text, name, file)
            source = self.environment.compile(tree, name, file, raw=True)
        except jinja2.TemplateSyntaxError as error:
            raise LayoutError(str(error.message), Place(f"layouts/{name}", error.lineno)) from None
        told: list[Any] = list(tree.find_all(_TELLING))
        made = Compiled(
            mark,
            frozenset(x for x in meta.find_referenced_templates(tree) if x),
            frozenset(
                node.template.value
                for node in told
                if isinstance(node, _SHARING) and isinstance(node.template, nodes.Const)
            ),
            frozenset(_WANTED.findall(source)) - {*_own(told)} - _GIVEN,
            compile(source, file, "exec"),
        )
        data = marshal.dumps(tuple(made)[1:])
        self.cache.mkdir(parents=True, exist_ok=True)
        temporary = at.with_suffix(f".{os.getpid()}")
        temporary.write_bytes(blake2b(data, digest_size=SIZE).digest() + data)
        os.replace(temporary, at)
        return made

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: Any = None,  # noqa: A002, ARG002 - Jinja2's name
    ) -> jinja2.Template:
        """Jinja2's way in: return the template of a layout.

        ``globals`` are the environment's in a ChainMap, which is slow to look into at each page.
        """
        return environment.template_class.from_code(
            environment, self.compiled(name).code, environment.globals
        )

    def open(self, folder: Path) -> None:
        """Compile a folder's layouts. What is wrong with one is told by the page that asks for it."""
        for name in sorted(os.listdir(folder)) if folder.is_dir() else ():
            with suppress(MujazError, jinja2.TemplateSyntaxError):
                self.environment.get_template(name)

    def render(self, page: Page) -> str:
        """Return a page's text. Raises LayoutError with the line of the layout at fault."""
        data = page.data
        given = {name: getattr(data, name) for name in carried(data)}
        try:
            return self.environment.get_template(page.layout).render(
                given, url=page.url, layout=page.layout
            )
        except MujazError:
            raise
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
            file = trace.tb_frame.f_code.co_filename
            for folder in self.folders:
                if file.startswith(f"{folder}{os.sep}"):
                    template = trace.tb_frame.f_globals.get("__jinja_template__")
                    line = (
                        template.get_corresponding_lineno(trace.tb_lineno)
                        if template
                        else trace.tb_lineno
                    )
                    found = Place(
                        f"layouts/{os.path.relpath(file, folder)}".replace(os.sep, "/"), line
                    )
            trace = trace.tb_next
        return found

    def found(self, name: str) -> Known | None:
        """Return what is known of a layout, or None; a page that asks for it tells what is wrong."""
        try:
            return self.known(name)
        except MujazError:
            return None


def _own(told: Iterable[Any]) -> Iterator[str]:
    """Names that a layout imports or sets: in a block or a branch it seems to ask for them too."""
    for node in told:
        match node:
            case nodes.FromImport():
                yield from (x if isinstance(x, str) else x[1] for x in node.names)
            case nodes.Import():
                yield node.target
            case nodes.Name(ctx="store"):
                yield node.name


def _escapes(name: str | None) -> bool:
    return name is None or name.endswith((".html", ".xml"))


def _said(error: Exception) -> str:
    if isinstance(error, jinja2.TemplateRuntimeError):
        return str(error.message)
    return f"{type(error).__name__}: {error}"
