"""What a build begins with: settings and registries, and articles while they are read."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from mujaz.assistant import Assistant
from mujaz.config import Config, read_config
from mujaz.errors import MujazError, Problem
from mujaz.inputs import Inputs, code_digest
from mujaz.model import Row
from mujaz.options import Options
from mujaz.reader import Earlier, Reading
from mujaz.trace import State


class Opening(NamedTuple):
    """A project as a build opens it, with all that was found wrong so far."""

    inputs: Inputs
    config: Config
    reading: Reading
    problems: list[Problem]
    errors: list[MujazError]


def open_project(
    project: Path,
    shelf: Path,
    inputs: Inputs,
    last: State,
    row: Callable[[str], Row | None],
    options: Options,
    assistant: Assistant | None = None,
) -> Opening:
    """Read settings and registries, and begin to read the articles that have changed.

    ``shelf`` is a folder for texts, ``row`` gives an article of the last build by its path. An
    ``assistant`` reads a few articles, if this process has other work meanwhile: in a fresh one all
    that a build needs is still to be imported.
    """
    problems: list[Problem] = list(inputs.problems)
    errors: list[MujazError] = []
    same = inputs.of_code() == inputs._replace(stamps=last.stamps).of_code()
    code = last.code if same or not last.code else code_digest(project)
    config = read_config(project, options, problems, errors, code)
    known = last.code and last.rules == config.rules
    earlier = Earlier(last.stamps, row) if known else Earlier()
    reading = Reading(
        project,
        inputs.stamps,
        earlier,
        config.reading,
        options.jobs,
        options.start,
        assistant,
        shelf,
    )
    if not code:
        config = config._replace(code=code_digest(project))
    return Opening(inputs, config, reading, problems, errors)
