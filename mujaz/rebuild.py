"""What build() does when something has changed: read, assemble, render, publish, remember."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from mujaz import trace
from mujaz.addresses import claim, file_of
from mujaz.article import Rules
from mujaz.assets import Assets, read_assets
from mujaz.digest import digest, quick_digest
from mujaz.errors import ContentError, MujazError, Place, PlanError, Problem, gather
from mujaz.files import read_file
from mujaz.inputs import Inputs, code_digest
from mujaz.layouts import Known
from mujaz.library import NEWS_DAYS, Clock, Due, Library, assemble, due, linked_files
from mujaz.model import Article, Group, Settings
from mujaz.names import Registry
from mujaz.pages import KINDS, Kind
from mujaz.pictures import Measured, measure, pictures
from mujaz.reader import as_article, read_articles, text_or_none, warnings_of
from mujaz.rendering import Job, Outcome, Rendered, Workshop, render
from mujaz.report import Notes, Report
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
from mujaz.trace import FOLDER, FileRecord, GroupRecord, Reason, State
from mujaz.workers import spread
from mujaz.writer import Stage, parents, prune, publish

if TYPE_CHECKING:
    from mujaz.pipeline import Options, Phases

MANY = 48  # groups from which a second process pays


class Config(NamedTuple):
    """Settings and registries, and what of the build depends on them."""

    settings: Settings
    name_entries: tuple[NameEntry, ...]
    tag_entries: tuple[TagEntry, ...]
    code: bytes  # digest of Mujaz's code and versions

    @property
    def rules(self) -> bytes:
        """Of what reading an article depends on besides its file."""
        return quick_digest((self.code, digest(self.settings), self.name_entries))


def rebuild(
    project: Path,
    out: Path,
    options: "Options",
    inputs: Inputs,
    last: State | None,
    altered: Mapping[str, FileRecord | None],
    phases: "Phases",
    kinds: Sequence[Kind] | None,
    own_filters: Mapping[str, Callable[..., Any]],
) -> Report:
    """Bring the output up to date; see ``pipeline.build``."""
    problems = list(inputs.problems)
    config = read_config(project, options, problems)
    everything = _articles(project, inputs, last, config, options)
    phases.end("read")
    clock = _clock(config.settings)
    shown = due(everything.values(), clock, drafts=options.drafts, future=options.future)
    library, measured = _library(project, inputs, last, config, everything, shown, clock, problems)
    notes = _notes(library, shown, everything, problems)
    if options.strict:
        gather([ContentError(problem.message, problem.place) for problem in notes.problems])
    phases.end("assemble")
    assets = read_assets(inputs.assets, config.settings.base)
    workshop = Workshop(project, out, config.settings, assets, inputs.layouts, own_filters)
    work = _Work(out, options, last or State(), inputs, altered, workshop, config)
    groups = [group for kind in kinds or KINDS for group in kind(library)]
    phases.end("plan")
    made = work.render(groups)
    copies = work.copy(assets, set(linked_files(library, inputs.stamps)))
    work.check(groups, made, copies)
    phases.end("render")
    result = work.publish(made, copies)
    phases.end("publish")
    state = work.state(
        made, result, everything, measured, copies, notes, _next_change(shown, library)
    )
    trace.save(out, state)
    phases.end("save")
    return Report(
        pages=state.counts,
        articles=len(everything),
        parsed=0,
        rendered=made.reasons,
        written=result.written,
        removed=result.removed,
        files=len(result.files),
        size=sum([r[0] for r in result.files.values()]),
        next_change=state.next_change,
        notes=notes,
        seconds=phases.seconds,
    )


def read_config(project: Path, options: "Options", problems: list[Problem]) -> Config:
    """Return settings and registries. Raises ExceptionGroup with every fault in them."""
    errors: list[MujazError] = []
    text = text_or_none(project, SITE, errors)
    if options.base_url:
        kept = [
            line for line in (text or "").splitlines() if not line.strip().startswith("base_url")
        ]
        text = "\n".join([f'base_url = "{options.base_url}"', *kept])
    settings = read_settings(text, errors, problems)
    names = read_names(text_or_none(project, NAMES, errors), errors)
    tags = read_tags(text_or_none(project, TAGS, errors), errors)
    gather(errors)
    return Config(settings, names, tags, code_digest(project))


def _articles(
    project: Path, inputs: Inputs, last: State | None, config: Config, options: "Options"
) -> dict[str, Article]:
    known = {}
    if last and last.rules == config.rules:
        known = {
            path: (last.stamps[path], as_article(row))
            for path, row in last.articles.items()
            if path in last.stamps
        }
    rules = Rules(config.settings, Registry(config.name_entries))
    return read_articles(project, inputs.stamps, known, rules, options.jobs).articles


def _clock(settings: Settings) -> Clock:
    from mujaz.pipeline import now

    moment = now().astimezone(ZoneInfo(settings.timezone))
    return Clock(moment.isoformat(), (moment - timedelta(NEWS_DAYS)).isoformat())


def _library(
    project: Path,
    inputs: Inputs,
    last: State | None,
    config: Config,
    everything: Mapping[str, Article],
    shown: Due,
    clock: Clock,
    problems: list[Problem],
) -> tuple[Library, dict[str, Measured]]:
    """The library, with the pictures of its articles measured."""
    made = assemble(
        shown,
        config.settings,
        clock,
        name_entries=config.name_entries,
        tag_entries=config.tag_entries,
        everything=everything,
        files=inputs.stamps,
        pictures={},
    )
    problems += made.problems
    known = last.pictures if last else {}
    measured = measure(
        project, sorted(set(linked_files(made.library, inputs.stamps))), inputs.stamps, known
    )
    return made.library.with_pictures(pictures(measured)), measured


def _notes(
    library: Library, shown: Due, everything: Mapping[str, Article], problems: Iterable[Problem]
) -> Notes:
    return Notes(
        problems=tuple(sorted({*problems, *warnings_of(everything)})),
        merged=tuple(
            chain.from_iterable(t.merged for t in (library.tags, library.names, library.stories))
        ),
        near=library.tags.near + library.names.near,
        held=tuple((a.path, a.card.published) for a in shown.held),
        expired=tuple(a.path for a in shown.expired),
        drafts=tuple(a.path for a in shown.drafts),
    )


def _next_change(shown: Due, library: Library) -> str:
    """The next instant from which the same sources give another site, with its offset; or ""."""
    zone = ZoneInfo(library.settings.timezone)
    moments = [_instant(shown.next_change, zone)] if shown.next_change else []
    fresh = [
        a.card.published for a in library.articles if a.card.published >= library.clock.news_since
    ]
    moments += [_instant(min(fresh), zone) + timedelta(NEWS_DAYS, seconds=1)] if fresh else []
    return min(moments).isoformat() if moments else ""


def _instant(moment: str, zone: ZoneInfo) -> datetime:
    found = datetime.fromisoformat(moment)
    return found if found.tzinfo else found.replace(tzinfo=zone)


class Made(NamedTuple):
    """All groups after rendering."""

    groups: dict[str, GroupRecord]
    kept: frozenset[str]  # groups that weren't planned again
    rows: list[Rendered]  # pages of the others
    reasons: dict[str, Reason]


class Result(NamedTuple):
    """The output folder after publishing."""

    files: dict[str, FileRecord]
    written: tuple[str, ...]
    removed: int


Claims = dict[str, tuple[str, str]]  # path that two may want -> address, source
Copies = dict[
    str, tuple[str, tuple[int, int], FileRecord, bool]
]  # file -> source, stamp, record, staged


class _Work:
    """The part of a build that concerns the output folder."""

    def __init__(
        self,
        out: Path,
        options: "Options",
        last: State,
        inputs: Inputs,
        altered: Mapping[str, FileRecord | None],
        workshop: Workshop,
        config: Config,
    ) -> None:
        self.out = out
        self.options = options
        self.last = last
        self.inputs = inputs
        self.workshop = workshop
        self.config = config
        self.touched = {
            path: record for path, record in altered.items() if record
        }  # same bytes, other time
        self.altered = {path: None for path, record in altered.items() if not record}
        self.intact = trace.intact(out)
        self.owned = (
            set(last.files) if last.files and self.intact else trace.owned(out) | set(last.files)
        )
        fresh = not self.owned and not any(e != FOLDER for e in _entries(out))
        self.stage = Stage(out, self.owned, fresh=fresh)
        self.known = self._layouts()
        self.common = quick_digest(
            (
                config.code,
                digest(config.settings),
                options.digest(),
                tuple(sorted((a.path, a.address, a.data) for a in workshop.assets.named.values())),
            )
        )

    def _layouts(self) -> dict[str, Known]:
        """What is known of each layout that pages have; read again only if a layout file has changed."""
        same = self._layout_stamps(self.last.stamps) == self._layout_stamps(self.inputs.stamps)
        if same and self.last.code == self.config.code:
            return {name: Known(*row) for name, row in self.last.layouts.items()}
        layouts = self.workshop.layouts
        return {name: known for name in self.last.layouts if (known := layouts.found(name))}

    @staticmethod
    def _layout_stamps(stamps: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
        return {
            path: stamp
            for path, stamp in stamps.items()
            if path.startswith(("layouts/", "//layouts/"))
        }

    def render(self, groups: Sequence[Group]) -> Made:
        """Render what must be; groups with the digest that was recorded keep their pages."""
        stale = frozenset(
            n
            for n, k in self.known.items()
            if n not in self.last.layouts or self.last.layouts[n][0] != k.digest
        )
        common = self.last.common != self.common
        hurt = (
            {
                name
                for name, (_, pages) in self.last.groups.items()
                if any(file_of(u) in self.altered for u in pages)
            }
            if self.altered
            else ()
        )
        kept, todo = {}, []
        for group in groups:
            recorded = self.last.groups.get(group.name)
            if (
                recorded
                and recorded[0] == group.digest
                and not common
                and group.name not in hurt
                and self._fresh(recorded, stale)
            ):
                kept[group.name] = recorded
            else:
                todo.append(group)
        self.stage.discard()
        job = Job(self.workshop, self.last, common, stale, self.altered, self.stage)
        jobs = self.options.jobs if len(todo) > MANY else 1
        outcomes = spread(partial(render, job), todo, jobs, start=self.options.start)
        self._gather(outcomes)
        for outcome in outcomes:
            self.known |= outcome.layouts
        return self._made(groups, kept, outcomes)

    @staticmethod
    def _fresh(recorded: GroupRecord, stale: frozenset[str]) -> bool:
        return not stale or not any(layout in stale for layout, _ in recorded[1].values())

    def _gather(self, outcomes: Iterable[Outcome]) -> None:
        errors = [error for outcome in outcomes for error in outcome.errors]
        if errors:
            self.stage.discard()
        gather(errors)

    @staticmethod
    def _made(
        groups: Sequence[Group], kept: Mapping[str, GroupRecord], outcomes: Iterable[Outcome]
    ) -> Made:
        rows: list[Rendered] = []
        records = dict(kept)
        for outcome in outcomes:
            for name, mark, pages in outcome.groups:
                records[name] = (mark, {row.url: (row.layout, row.data) for row in pages})
                rows += pages
        reasons = {row.url: Reason(row.reason) for row in rows if row.reason}
        return Made(
            {group.name: records[group.name] for group in groups}, frozenset(kept), rows, reasons
        )

    def copy(self, assets: Assets, linked: Iterable[str]) -> Copies:
        """Stage assets, and the files beside articles that articles show."""
        copies: Copies = {}
        for asset in (*assets.named.values(), *assets.root.values()):
            path = asset.address[1:]
            copies[path] = (f"assets/{asset.path}", (0, 0), *self.stage.put(path, asset.data))
        for source in sorted(linked):
            path = source.removeprefix("content/")
            stamp = self.inputs.stamps[source]
            record = self.last.files.get(path)
            if (
                record
                and stamp[1]
                and self.last.copies.get(path) == stamp
                and path not in self.altered
            ):
                copies[path] = (source, stamp, self.touched.get(path, record), False)
            else:
                copies[path] = (
                    source,
                    stamp,
                    *self.stage.put(path, read_file(self.workshop.project, source)),
                )
        return copies

    def check(self, groups: Sequence[Group], made: Made, copies: Copies) -> None:
        """Raise PlanError for each address that two sources want. Nothing of the site is touched yet."""
        once = len({g.name for g in groups}) == len(groups) and len(
            {r.url for r in made.rows}
        ) == len(made.rows)
        if (
            once
            and not any(row.reason == Reason.NEW for row in made.rows)
            and copies.keys() <= self.last.copies.keys()
        ):
            return
        wanted = [(f"/{path}", copy[0]) for path, copy in copies.items()]
        wanted += [(row.url, row.source) for row in made.rows]
        wanted += [
            (url, "") for g in groups if g.name in made.kept for url in made.groups[g.name][1]
        ]
        claims: Claims = {}
        errors: list[MujazError] = []
        for want in wanted:
            first = claims.setdefault(claim(want[0]), want)
            if first is not want:
                errors.append(_conflict(first, want, groups))
        new = [row.url for row in made.rows if row.reason == Reason.NEW]
        new += [f"/{path}" for path in copies.keys() - self.last.copies.keys()]
        errors += [
            _conflict(*pair, groups) for url in new for pair in self._nested(claim(url), claims)
        ]
        errors += [
            PlanError(f"wants the address {url}, where Mujaz keeps its state", Place(source))
            for key, (url, source) in claims.items()
            if key.startswith(f"{FOLDER}/")
        ]
        if errors:
            self.stage.discard()
        gather(errors)

    def _nested(
        self, key: str, claims: Claims
    ) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
        """Pairs of claims that want one path, one as a file and the other as a folder."""
        for parent in parents(key):
            if parent in claims:
                yield claims[parent], claims[key]
        if not key.endswith("/index.html") and (self.out / key).is_dir():
            for inner in claims:
                if inner.startswith(f"{key}/"):
                    yield claims[key], claims[inner]

    def publish(self, made: Made, copies: Copies) -> Result:
        """Remove what is no longer part of the site, and move what was staged into place."""
        records = {file_of(row.url): row for row in made.rows}
        files: dict[str, FileRecord] = {path: copy[2] for path, copy in copies.items()}
        for _, pages in made.groups.values():
            for url in pages:
                path = file_of(url)
                row = records.get(path)
                files[path] = (
                    row.record
                    if row and row.record
                    else self.touched.get(path) or self.last.files[path]
                )
        written = [path for path, row in records.items() if row.staged]
        written += [path for path, copy in copies.items() if copy[3]]
        gone = self.owned - files.keys()
        fresh = [path for path in written if path not in self.owned]
        if written or gone:
            trace.begin(self.out)
        if fresh:
            trace.own(self.out, fresh, more=True)
        removed = prune(self.out, gone)
        publish(self.out, self.out / FOLDER / "stage")
        if gone or not self.intact:
            trace.own(self.out, files, more=False)
        return Result(files, tuple(sorted(written)), removed)

    def state(
        self,
        made: Made,
        result: Result,
        everything: Mapping[str, Article],
        measured: dict[str, Measured],
        copies: Copies,
        notes: Notes,
        next_change: str,
    ) -> State:
        """What the next build should know."""
        from mujaz.pipeline import now

        counts = Counter(
            layout for _, pages in made.groups.values() for layout, _ in pages.values()
        )
        return State(
            options=self.options.digest(),
            common=self.common,
            code=self.config.code,
            rules=self.config.rules,
            moment=now().isoformat(),
            next_change=next_change,
            stamps=self.inputs.stamps,
            articles={path: (*a[:3], tuple(a.card), *a[4:]) for path, a in everything.items()},
            layouts={name: tuple(k) for name, k in self.known.items()},
            groups=made.groups,
            files=result.files,
            pictures=measured,
            copies={path: copy[1] for path, copy in copies.items()},
            counts=dict(counts),
            notes=notes.plain(),
        )


def _entries(folder: Path) -> list[str]:
    import os

    return os.listdir(folder)


def _conflict(
    first: tuple[str, str], second: tuple[str, str], groups: Sequence[Group]
) -> PlanError:
    """Tell of two sources that want one address."""
    sources = [source or _source_of(url, groups) for url, source in (first, second)]
    one, other = sorted(sources, key=lambda source: (not source.startswith("the page"), source))
    return PlanError(f"wants the address {second[0]}, and so does {one}", Place(other))


def _source_of(url: str, groups: Sequence[Group]) -> str:
    """The source of a page of a group that wasn't planned again."""
    return next(
        (
            page.source
            for group in groups
            for page in group.pages()
            if page.url == url and page.source
        ),
        f"the page {url}",
    )
