"""``editor``: what VS Code and other editors need to complete and check what authors write."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mujaz.commands.contract import DONE, Commands, SiteCode

FOLDER = ".vscode"
_TERMS = "names-and-tags.code-snippets"  # of this site's articles: each machine makes its own


def add(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "editor", help="write what VS Code needs to complete keys, names and tags as you type"
    )
    parser.set_defaults(run=run)


def run(project: Path, _given: argparse.Namespace, _site: SiteCode) -> int:
    """Write the files and print their paths; settings that are there already stay as they are."""
    from mujaz.errors import OutputError, Place

    for path, text, renewed in _files(project):
        target = project / path
        if not renewed and target.exists():
            continue
        try:
            target.parent.mkdir(exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise OutputError(f"can't be written: {error.strerror}", Place(path)) from None
        print(path)
    return DONE


def _files(project: Path) -> Iterator[tuple[str, str, bool]]:
    """Path, text, and whether the file is written anew each time."""
    from mujaz.schemas import schemas
    from mujaz.snippets import of_keys

    for name, schema in schemas().items():
        yield f"{FOLDER}/{name}.schema.json", _json(schema), True
    yield f"{FOLDER}/front-matter.code-snippets", _json(of_keys()), True
    yield f"{FOLDER}/{_TERMS}", _json(_terms(project)), True
    yield f"{FOLDER}/.gitignore", f"{_TERMS}\n", False
    yield f"{FOLDER}/settings.json", _json(_SETTINGS), False
    yield f"{FOLDER}/extensions.json", _json(_EXTENSIONS), False
    yield ".taplo.toml", _TAPLO, False


def _terms(project: Path) -> dict[str, Any]:
    """Names and tags of all that could be read; what couldn't is for ``build`` and ``check`` to tell."""
    import os

    from mujaz.desk.survey import library_of, read_content
    from mujaz.snippets import of_terms
    from mujaz.texts import Texts

    content = read_content(project, os.cpu_count() or 1)
    text = Texts(project, raw_html=content.config.settings.raw_html)
    library = library_of(content, text)
    return of_terms(library.names.all, library.tags.all)


def _json(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


# Suggestions while one types are off in Markdown by default; words of the text aren't worth one
_SETTINGS = {
    "[markdown]": {
        "editor.quickSuggestions": {"other": True, "comments": False, "strings": True},
        "editor.snippetSuggestions": "top",
        "editor.wordBasedSuggestions": "off",
        "editor.wordWrap": "on",
    },
    "files.encoding": "utf8",
}
_EXTENSIONS = {"recommendations": ["tamasfe.even-better-toml"]}
# Even Better TOML finds schemas beside the project only through a file of Taplo's (tamasfe/taplo#479)
_TAPLO = "\n".join(
    f'[[rule]]\ninclude = ["content/{name}.toml"]\n[rule.schema]\npath = "{FOLDER}/{name}.schema.json"\n'
    for name in ("site", "names", "tags")
)
