"""Settings and registries of a project, and what of a build depends on them."""

from pathlib import Path
from typing import NamedTuple

from mujaz.digest import digest, quick_digest
from mujaz.errors import MujazError, Problem
from mujaz.files import text_or_none
from mujaz.model import Settings
from mujaz.names import Registry, Rules
from mujaz.options import Options
from mujaz.settings import (
    NAMES,
    SITE,
    TAGS,
    NameEntry,
    TagEntry,
    read_names,
    read_settings,
    read_tags,
)


class Config(NamedTuple):
    """Settings and registries, and what of the build depends on them."""

    settings: Settings
    name_entries: tuple[NameEntry, ...]
    tag_entries: tuple[TagEntry, ...]
    code: bytes  # digest of the code of Mujaz and of what it renders with

    @property
    def reading(self) -> Rules:
        """What reading an article depends on besides its file."""
        return Rules(self.settings, Registry(self.name_entries))

    @property
    def rules(self) -> bytes:
        """Digest of what reading an article depends on besides its file."""
        return quick_digest((self.code, digest(self.settings), self.name_entries))


def read_config(
    project: Path, options: Options, problems: list[Problem], errors: list[MujazError], code: bytes
) -> Config:
    """Return settings and registries. Every fault in them goes to ``errors``."""
    text = text_or_none(project, SITE, errors)
    if options.base_url:
        kept = [
            line for line in (text or "").splitlines() if not line.strip().startswith("base_url")
        ]
        text = "\n".join([f'base_url = "{options.base_url}"', *kept])
    settings = read_settings(text, errors, problems)
    names = read_names(text_or_none(project, NAMES, errors), errors)
    tags = read_tags(text_or_none(project, TAGS, errors), errors)
    return Config(settings, names, tags, code)
