"""Groups of pages -> staged files and records. Runs in as many processes as there are jobs."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from mujaz.addresses import file_of
from mujaz.assets import Assets
from mujaz.digest import digest
from mujaz.errors import LayoutError, MujazError, Place
from mujaz.filters import filters, values
from mujaz.folders import FOLDER
from mujaz.layouts import Known, Layouts
from mujaz.model import Body, Group, Page, Settings, carried
from mujaz.records import FileRecord
from mujaz.trace import GroupRecord, PageRecord, Reason, State, packed, pages_of
from mujaz.writer import Stage


class Rendered(NamedTuple):
    """One page after its worker has seen it."""

    url: str
    layout: str
    source: str
    reason: str  # "" if it was left as it is
    record: FileRecord | None  # None if it was left as it is
    staged: bool


class Outcome(NamedTuple):
    """What a worker sends back."""

    groups: list[tuple[str, GroupRecord, list[Rendered]]]
    layouts: dict[str, Known]  # those rendered with
    errors: list[MujazError]


class Workshop:
    """What a worker needs to render; layouts are opened in each process, once."""

    def __init__(
        self,
        project: Path,
        out: Path,
        settings: Settings,
        assets: Assets,
        folders: tuple[Path, ...],
        own_filters: Mapping[str, Callable[..., Any]],
        text: Callable[[Body], str],
        code: bytes,
    ) -> None:
        self.project = project
        self.out = out
        self.settings = settings
        self.assets = assets
        self.folders = folders
        self.own_filters = own_filters
        self.text = text
        self.code = code
        self._layouts: Layouts | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_layouts": None}

    @property
    def layouts(self) -> Layouts:
        """The opened layouts."""
        if self._layouts is None:
            given = {**filters(self.settings, self.text), **self.own_filters}
            shown = {**values(self.settings), **self.assets.globals()}
            cache = self.out / FOLDER / "layouts"
            self._layouts = Layouts(self.folders, cache, given, shown, self.code)
        return self._layouts

    def prepare(self) -> None:
        """Do once, for workers that are forked later, what each would have to do."""
        self.layouts.open(self.folders[0])


class Job(NamedTuple):
    """What all workers share."""

    workshop: Workshop
    state: State  # of the last build
    common: bool  # whether what all pages depend on has changed
    stale: frozenset[str]  # layouts that have changed
    altered: Mapping[str, object]  # files that aren't as they were left
    stage: Stage


def render(job: Job, groups: Sequence[Group]) -> Outcome:
    """Plan the pages of some groups, render and stage those that aren't as recorded."""
    done: list[tuple[str, GroupRecord, list[Rendered]]] = []
    errors: list[MujazError] = []
    for group in groups:
        recorded = pages_of(job.state.groups.get(group.name))
        records: dict[str, PageRecord] = {}
        rows: list[Rendered] = []
        for page in group.pages():
            try:
                data = digest(page.data)
                rows.append(_page(job, page, data, recorded))
                records[page.url] = page.layout, data
            except MujazError as error:
                errors.append(error)
        done.append((group.name, (group.digest, packed(records)), rows))
    layouts = {row.layout for _, _, rows in done for row in rows if row.reason}
    return Outcome(done, {name: job.workshop.layouts.known(name) for name in layouts}, errors)


def _page(job: Job, page: Page, data: bytes, recorded: Mapping[str, PageRecord]) -> Rendered:
    reason = page_reason(
        page, data, recorded, job.altered, common=job.common, layout=page.layout in job.stale
    )
    if reason is None:
        return Rendered(page.url, page.layout, page.source, "", None, staged=False)
    carries(job.workshop.layouts.known(page.layout), page)
    text = job.workshop.layouts.render(page)
    record, staged = job.stage.put(file_of(page.url), text.encode("utf-8", "replace"))
    return Rendered(page.url, page.layout, page.source, reason.value, record, staged)


def page_reason(
    page: Page,
    data: bytes,
    recorded: Mapping[str, PageRecord],
    altered: Mapping[str, object],
    *,
    common: bool,
    layout: bool,
) -> Reason | None:
    """Return why a page must be rendered, or None.

    ``common`` and ``layout`` tell whether these have changed since the record was made.
    """
    record = recorded.get(page.url)
    if record is None:
        return Reason.NEW
    if common:
        return Reason.COMMON
    if layout or record[0] != page.layout:
        return Reason.LAYOUT
    if record[1] != data:
        return Reason.DATA
    return Reason.OUTPUT if file_of(page.url) in altered else None


def carries(layout: Known, page: Page) -> None:
    """Raise LayoutError if a layout asks for a name that its page doesn't carry."""
    has = carried(page.data)
    missing = [name for name in layout.wants if name not in has]
    if missing:
        raise LayoutError(
            f"asks for {', '.join(missing)}; its page carries {', '.join(has) or 'nothing'}",
            Place(f"layouts/{page.layout}"),
        )
