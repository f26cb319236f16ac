"""bring_in(): import a source into a project. The table of contents of an import."""

from pathlib import Path
from zoneinfo import ZoneInfo

from mujaz.config import read_config
from mujaz.errors import MujazError, OutputError, Place, Problem, SourceError, gather
from mujaz.files import scan
from mujaz.importing.found import Setting, Told
from mujaz.importing.sources import find
from mujaz.importing.writing import Brought, bring
from mujaz.options import Options
from mujaz.reader import Earlier, Reading


def bring_in(project: Path, source: Path, encoding: str = "") -> tuple[Brought, Told]:
    """Import the articles of a source that content/ doesn't hold yet.

    Raises ExceptionGroup of the faults of settings and articles that are there: they must be mended
    first, as nothing could be compared with them; SourceError if the source can't be read at all.
    """
    errors: list[MujazError] = []
    problems: list[Problem] = []
    config = read_config(project, Options(), problems, errors, b"")
    gather(errors)
    if not (project / "content").is_dir():
        raise OutputError("there is no such folder: run it where the site is", Place("content"))
    if _inside(source, project):
        raise SourceError("expected a source outside content/", Place(source.as_posix()))
    stamps = scan(project, ("content",)).files
    articles = Reading(project, stamps, Earlier(), config.reading, 1).read({}, errors).articles
    gather(errors)
    told = Told()
    setting = Setting(ZoneInfo(config.settings.timezone), encoding, told)
    return bring(project, find(source, setting), articles, config.reading, setting), told


def _inside(source: Path, project: Path) -> bool:
    return source.resolve().is_relative_to((project / "content").resolve())
