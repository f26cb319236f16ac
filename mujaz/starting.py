"""The files of a new site: content with one article, settings, program, workflow, README."""

import json
import os
import re
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from zoneinfo import ZoneInfo

from mujaz import __version__
from mujaz.errors import MujazError, OutputError, Place, gather
from mujaz.options import now
from mujaz.settings import read_settings

_PACKAGE = Path(__file__).resolve().parent
_TEMPLATE = _PACKAGE / "site_template"
_WORKFLOW = ".github/workflows/pages.yml"
_HEAD = "# إعدادات الموقع\n"
_MONTHS = """
# أسماء الشهور: both (أيار/مايو) أو ar أو levant أو morocco أو maghreb أو mauritania
months = "both"
# الأرقام: latn (123) أو arab (١٢٣)
digits = "latn"
links = [["عن الموقع", "/about/"]]
"""


def settings_text(answers: Mapping[str, str]) -> str:
    """Return site.toml with some settings. Raises ExceptionGroup of SettingsError for wrong ones."""
    lines = [f"{key} = {_quoted(value)}\n" for key, value in answers.items() if value]
    if not answers.get("base_url"):
        lines.insert(0, '# base_url = "https://USER.github.io/REPOSITORY"\n')
    text = _HEAD + "".join(lines) + _MONTHS
    errors: list[MujazError] = []
    read_settings(text, errors, [])
    gather(errors)
    return text


def _quoted(value: str) -> str:
    """A text as TOML has it: JSON's escapes are TOML's (TOML 1.0, basic strings)."""
    return json.dumps(" ".join(value.split()), ensure_ascii=False).replace("\x7f", "")


def start(folder: Path, answers: Mapping[str, str], requirement: str = "") -> tuple[str, ...]:
    """Write a new site into a folder that is empty or not there; return the files' paths in it.

    ``answers`` are settings by name; ``requirement`` is what pip is to install. Raises OutputError
    if the folder holds anything but ``.git``, ExceptionGroup of SettingsError for wrong settings.
    """
    files = _files(answers, requirement or required())
    _refuse(folder)
    for path, text in files.items():
        target = folder / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with open(target, "x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except OSError as error:
            raise OutputError(
                f"can't be written: {error.strerror}", Place(target.as_posix())
            ) from None
    return tuple(files)


def _refuse(folder: Path) -> None:
    place = Place(folder.as_posix())
    if os.path.lexists(folder) and not folder.is_dir():
        raise OutputError("expected a folder, found a file", place)
    found = sorted(set(os.listdir(folder)) - {".git"}) if folder.is_dir() else []
    if found:
        raise OutputError(f"expected an empty folder, found {found[0]} in it", place)


def _files(answers: Mapping[str, str], requirement: str) -> dict[str, str]:
    settings = settings_text(answers)
    day = now().astimezone(ZoneInfo(answers.get("timezone") or "UTC"))
    flow = workflow()
    readme = _template("README.md").replace("TITLE", _title(answers))
    files = {
        "README.md": readme.replace(
            "WORKFLOW", _template("publishing.md").rstrip("\n") if flow else ""
        ),
        "build.py": _template("build.py.txt"),
        ".github/requirements.txt": f"{requirement}\n",
        ".gitignore": _template("gitignore.txt"),
        "content/site.toml": settings,
        "content/pages/about.md": _template("about.md"),
        f"content/{day:%Y/%m/%d}/library-evenings.md": _template("article.md").replace(
            "DATE", f"{day:%d/%m/%Y}", 1
        ),
    }
    return {**files, _WORKFLOW: flow} if flow else files


def _title(answers: Mapping[str, str]) -> str:
    """The title as Markdown shows it on one line."""
    title = " ".join((answers.get("title") or "موقعنا").split())
    return re.sub(r"([\\`*_<>\[\]])", r"\\\1", title)


def _template(name: str) -> str:
    return (_TEMPLATE / name).read_text(encoding="utf-8")


def workflow() -> str:
    """Return the workflow for GitHub Pages: in the wheel, or beside the package; "" if there is none."""
    for file in (_PACKAGE / "shipped/workflows/pages.yml", _PACKAGE.parent / _WORKFLOW):
        if file.is_file():
            return file.read_text(encoding="utf-8")
    return ""


def required() -> str:
    """Return what pip is to install: this Mujaz, from where it came if others can reach that (PEP 610)."""
    try:
        origin = json.loads(metadata.distribution("mujaz").read_text("direct_url.json") or "{}")
    except (metadata.PackageNotFoundError, ValueError):
        origin = {}
    url, source = origin.get("url", ""), origin.get("vcs_info", {})
    if source and url.startswith("https://"):
        return f"mujaz @ {source.get('vcs')}+{url}@{source.get('commit_id')}"
    return f"mujaz @ {url}" if url.startswith("https://") else f"mujaz=={__version__}"
