"""The project as a build reads it: the same reading, library and pages, but nothing is rendered.

What a build calls a fault, or warns of, comes out here as it is.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize
from zoneinfo import ZoneInfo

from mujaz import claims, trace
from mujaz.assets import Assets, read_assets
from mujaz.config import Config, read_config
from mujaz.errors import MujazError, Problem
from mujaz.inputs import Inputs, code_digest, find_inputs
from mujaz.library import NEWS_DAYS, Clock, Library, assemble, due
from mujaz.model import Article, Group
from mujaz.names import Rules
from mujaz.options import Options, now
from mujaz.pictures import measure, pictures
from mujaz.reader import Earlier, Reading, warnings_of
from mujaz.rendering import Workshop, carries
from mujaz.targets import linked_files
from mujaz.texts import Texts
from mujaz.trace import GroupRecord, pages_of
from mujaz.workers import spread

if TYPE_CHECKING:
    from mujaz.commands.contract import SiteCode

_STRIDE = 64
MANY = 48  # groups of pages from which a second process pays


class Content(NamedTuple):
    """All of content/, read."""

    project: Path
    inputs: Inputs
    config: Config
    articles: dict[str, Article]
    errors: list[MujazError]
    problems: list[Problem]
    whole: bool  # whether all articles could be read
    last: trace.State  # of the last build into site/, if it had the same code and rules

    @property
    def rules(self) -> Rules:
        """What reading an article depends on."""
        return self.config.reading


class Site(NamedTuple):
    """What the articles make together."""

    library: Library
    layouts: Mapping[str, frozenset[str]]  # layout of a page -> layouts it is made of
    urls: frozenset[str]  # of pages and files


def read_content(project: Path, jobs: int) -> Content:
    """Read settings and articles; what the last build knows isn't read again. Faults are gathered."""
    errors: list[MujazError] = []
    problems: list[Problem] = []
    inputs = find_inputs(project)
    problems += inputs.problems
    config = read_config(project, Options(), problems, errors, code_digest(project))
    found: list[MujazError] = []
    last = _last(project, config)
    earlier = Earlier(last.stamps, last.articles.get)
    reading = Reading(project, inputs.stamps, earlier, config.reading, jobs)
    read = reading.read(last.articles, found)
    problems += warnings_of(read.articles)
    return Content(
        project, inputs, config, read.articles, errors + found, problems, not found, last
    )


def _last(project: Path, config: Config) -> trace.State:
    last = trace.load(project / "site")
    return last.whole() if last and last.state.rules == config.rules else trace.State()


def survey(content: Content, site: "SiteCode", jobs: int) -> Site | None:
    """Return what the articles make together, with drafts and articles still held back.

    Faults go to ``content.errors``; with some, whose articles, links or addresses can't be trusted,
    None is returned.
    """
    if not content.whole:
        return None
    project = content.project
    text = Texts(project, raw_html=content.config.settings.raw_html)
    library = library_of(content, text)
    faults: list[MujazError] = []
    assets = read_assets(content.inputs.assets, library.settings.base, faults)
    if faults:
        content.errors.extend(faults)
        return None
    with tempfile.TemporaryDirectory() as cache:
        shop = Workshop(
            project,
            Path(cache),
            library.settings,
            assets,
            content.inputs.layouts,
            site.filters,
            text,
            content.config.code,
        )
        return _planned(content, library, assets, shop, site, jobs)


def library_of(content: Content, text: Texts) -> Library:
    """Return the library of all that isn't expired; faults go to ``content.errors``."""
    config, files = content.config, content.inputs.stamps
    moment = now().astimezone(ZoneInfo(config.settings.timezone))
    clock = Clock(moment.isoformat(), (moment - timedelta(NEWS_DAYS)).isoformat())
    made = assemble(
        due(content.articles.values(), clock, drafts=True, future=True),
        config.settings,
        clock,
        name_entries=config.name_entries,
        tag_entries=config.tag_entries,
        everything=content.articles,
        files=files,
        text=text,
        errors=content.errors,
    )
    content.problems.extend(made.problems)
    linked = sorted(set(linked_files(made.library.everything, files)))
    return made.library.with_pictures(
        pictures(measure(content.project, linked, files, {}, content.errors))
    )


class _Row(NamedTuple):
    """A page as far as it is needed here."""

    url: str
    layout: str
    source: str
    group: str


def _rows(recorded: Mapping[str, GroupRecord], groups: Sequence[Group]) -> list[tuple[str, ...]]:
    """The pages of some groups; those planned by the last build from the same aren't planned again."""
    rows: list[tuple[str, ...]] = []
    for group in groups:
        record = recorded.get(group.name)
        if record and record[0] == group.digest:
            rows += [(url, layout, "", group.name) for url, (layout, _) in pages_of(record).items()]
        else:
            rows += [(page.url, page.layout, page.source, group.name) for page in group.pages()]
    return rows


def _planned(
    content: Content, library: Library, assets: Assets, shop: Workshop, site: "SiteCode", jobs: int
) -> Site:
    from mujaz.pages import KINDS
    from mujaz.pages.groups import expanded

    groups = [g for kind in site.kinds or KINDS for g in expanded(kind(library))]
    # Those that take longest stand together: give each process some of them
    groups = [group for first in range(_STRIDE) for group in groups[first::_STRIDE]]
    parts = spread(partial(_rows, content.last.groups), groups, jobs if len(groups) > MANY else 1)
    rows = [_Row(*row) for part in parts for row in part]
    wants = [claims.Want(url, path) for url, path in _files(content, library, assets)]
    wants += [claims.Want(row.url, row.source) for row in rows]
    try:
        claims.check(wants, lambda _: (), groups)
    except ExceptionGroup as group:
        content.errors.extend(leaves(group))
    layouts = _layouts(content, shop, {group.name: group for group in groups}, rows)
    return Site(library, layouts, frozenset(want.url for want in wants))


def _files(content: Content, library: Library, assets: Assets) -> Iterator[tuple[str, str]]:
    """Address and source of the files that are published as they are."""
    for asset in (*assets.named.values(), *assets.root.values()):
        yield asset.address, f"assets/{asset.path}"
    for path in set(linked_files(library.everything, content.inputs.stamps)):
        yield f"/{normalize('NFC', path.removeprefix('content/'))}", path


def _layouts(
    content: Content, shop: Workshop, groups: Mapping[str, Group], rows: Sequence[_Row]
) -> dict[str, frozenset[str]]:
    """The layouts that pages have, each tried on one page; faults go to ``content.errors``."""
    found: dict[str, frozenset[str]] = {}
    for row in rows:
        if row.layout in found:
            continue
        found[row.layout] = frozenset()
        page = next(page for page in groups[row.group].pages() if page.url == row.url)
        try:
            carries(shop.layouts.known(page.layout), page)
            shop.layouts.render(page)
            found[row.layout] = shop.layouts.parts(page.layout)
        except MujazError as error:
            content.errors.append(error)
    return found


def leaves(group: BaseExceptionGroup[Any]) -> list[Any]:
    """Return the exceptions of a group and of the groups in it."""
    found: list[Any] = []
    for error in group.exceptions:
        found += leaves(error) if isinstance(error, BaseExceptionGroup) else [error]
    return found
