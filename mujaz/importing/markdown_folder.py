"""A folder of Markdown of Hugo, Jekyll, Pelican, Nikola or Eleventy -> articles and pages."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from mujaz.errors import MujazError, Place, SourceError
from mujaz.importing import old_addresses
from mujaz.importing.found import Found, Setting
from mujaz.importing.libraries import needed
from mujaz.importing.markdown_article import read_article_of
from mujaz.importing.old_addresses import Old
from mujaz.importing.plain_text import read_text
from mujaz.importing.reading import decode, read, shown

MARKDOWN = {".md", ".markdown", ".mkd", ".mkdn", ".mdown"}
_TEXTS = {".rst", ".html", ".htm", ".adoc", ".org", ".ipynb", ".textile", ".pandoc"}
_PASSED = frozenset(
    """
    node_modules _site _includes _layouts _sass layouts themes archetypes templates vendor output public
    resources
    """.split()  # noqa: SIM905 - a list reads better as words
)


def read_folder(source: Path, setting: Setting) -> Sequence[Found]:
    """Return the articles and pages of a folder; plain texts (``.txt``) too. What else is there is named."""
    needed(("yaml", "markdownify"), Place(shown(source)))
    old = old_addresses.detect(source)
    found: list[Found] = []
    rest: Counter[str] = Counter()
    for file in _files(source, setting):
        kind = file.suffix.lower()
        try:
            if kind in MARKDOWN:
                found += read_article_of(file, source, old, setting)
            elif kind == ".txt" and file.name.lower() not in {"robots.txt", "requirements.txt"}:
                found += _text(file, old, setting)
            elif kind in _TEXTS:
                setting.told.leave(Place(shown(file)), "it isn't Markdown")
            else:
                rest[shown(file.parent)] += 1
        except MujazError as error:
            setting.told.faults.append(error)
    used = Counter(
        shown(file) for file in {p.file.parent / p.file.name for one in found for p in one.pictures}
    )
    _tell_rest(rest, used, source, setting)
    return found


def _text(file: Path, old: Old, setting: Setting) -> list[Found]:
    """A plain text as an article; among a generator's files one that is none is no fault."""
    place = Place(shown(file))
    try:
        return [read_text(decode(read(file), setting.encoding, place), place, setting)]
    except SourceError as error:
        if not old.kind:
            raise
        setting.told.leave(error.place, error.message)
        return []


def read_one(file: Path, setting: Setting) -> Sequence[Found]:
    """Return the article of one Markdown file; its pictures are looked for beside it."""
    needed(("yaml", "markdownify"), Place(shown(file)))
    try:
        return read_article_of(file, file.parent, old_addresses.detect(file.parent), setting)
    except MujazError as error:
        setting.told.faults.append(error)
        return ()


def _files(source: Path, setting: Setting) -> Iterator[Path]:
    """Files in order of their paths; links aren't followed, a generator's own folders are passed over."""
    for folder, folders, names in os.walk(source):
        for name in [n for n in folders if n in _PASSED or (Path(folder) / n).is_symlink()]:
            folders.remove(name)
            setting.told.leave(
                Place(shown(Path(folder) / name)), "a folder of the generator's own, or a link"
            )
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder) / name
            if file.is_symlink():
                setting.told.leave(Place(shown(file)), "a symbolic link")
            elif not name.startswith(".") and file.suffix != ".meta":
                yield file


def _tell_rest(rest: Counter[str], used: Counter[str], source: Path, setting: Setting) -> None:
    root = shown(source.resolve())
    for path in used:
        folder = Path(path.replace(root, shown(source), 1)).parent.as_posix()
        rest[folder] -= 1
    for folder, number in sorted(rest.items()):
        if number > 0:
            setting.told.leave(Place(folder), f"files that are no articles: {number}")
