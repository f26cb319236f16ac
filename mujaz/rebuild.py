"""What build() does when something has changed: read, assemble, render, publish, remember."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import chain, takewhile
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from mujaz import claims
from mujaz.assets import read_assets
from mujaz.config import Config
from mujaz.errors import ContentError, MujazError, Problem, gather
from mujaz.inputs import Inputs
from mujaz.library import NEWS_DAYS, Clock, Due, Library, assemble, due
from mujaz.memory import Memory
from mujaz.model import Article, Bundle, Group, Settings
from mujaz.opening import Opening
from mujaz.options import Options, Phases, now
from mujaz.output import Copies, Made, Output
from mujaz.pages import KINDS, Kind
from mujaz.pictures import Measured, measure, pictures
from mujaz.reader import warnings_of
from mujaz.records import FileRecord
from mujaz.rendering import Workshop
from mujaz.report import Notes, Report
from mujaz.targets import linked_files
from mujaz.texts import Texts
from mujaz.trace import Reason, State
from mujaz.workers import undisturbed


def rebuild(
    project: Path,
    out: Path,
    options: Options,
    opening: Opening,
    last: State,
    altered: Mapping[str, FileRecord | None],
    phases: Phases,
    kinds: Sequence[Kind] | None,
    own_filters: Mapping[str, Callable[..., Any]],
    memory: Memory,
) -> Report:
    """Bring the output up to date; see ``pipeline.build``."""
    inputs, config, reading, problems, errors = opening
    text = Texts(project, raw_html=config.settings.raw_html)
    assets = read_assets(inputs.assets, config.settings.base, errors)
    workshop = Workshop(
        project, out, config.settings, assets, inputs.layouts, own_filters, text, config.code
    )
    if not last.groups and options.jobs > 1:
        workshop.prepare()  # while others read
    everything, changed, kept = reading.read(last.articles, errors)
    text.keep(kept)
    phases.end("read")
    clock = _clock(config.settings)
    shown = due(everything.values(), clock, drafts=options.drafts, future=options.future)
    library, linked, measured = _library(
        project, inputs, last, config, everything, shown, clock, text, problems, errors
    )
    gather(errors)
    notes = _notes(library, shown, everything, problems, strict=options.strict)
    phases.end("assemble")
    output = Output(out, options, last, inputs, altered, workshop, config)
    planned = [one for kind in kinds or KINDS for one in kind(library)]
    phases.end("plan")
    made = output.render(planned)
    copies = output.copy(assets, linked, library.pictures.values())
    _check(output, planned, made, copies)
    phases.end("render")
    with undisturbed():
        result = memory.told(output.publish(made, copies))
        phases.end("publish")
        state = output.state(
            made, result, everything, changed, measured, copies, notes, _next_change(shown, library)
        )
        memory.save(out, inputs, state, everything, (library, planned, output, made))
        phases.end("save")
    return Report(
        pages=state.counts,
        articles=len(everything),
        parsed=len(changed),
        rendered=made.reasons,
        written=result.written,
        removed=result.removed,
        files=len(result.files),
        size=result.files.size,
        next_change=state.next_change,
        notes=notes,
        seconds=phases.seconds,
    )


def _clock(settings: Settings) -> Clock:
    moment = now().astimezone(ZoneInfo(settings.timezone))
    return Clock(moment.isoformat(), (moment - timedelta(NEWS_DAYS)).isoformat())


def _library(
    project: Path,
    inputs: Inputs,
    last: State,
    config: Config,
    everything: Mapping[str, Article],
    shown: Due,
    clock: Clock,
    text: Texts,
    problems: list[Problem],
    errors: list[MujazError],
) -> tuple[Library, list[str], dict[str, Measured]]:
    """The library, the files that its articles show or link to, and the pictures among these, measured."""
    made = assemble(
        shown,
        config.settings,
        clock,
        name_entries=config.name_entries,
        tag_entries=config.tag_entries,
        everything=everything,
        files=inputs.stamps,
        text=text,
        errors=errors,
    )
    problems += made.problems
    linked = sorted(set(linked_files(made.library.everything, inputs.stamps)))
    measured = measure(project, linked, inputs.stamps, last.pictures, errors)
    return made.library.with_pictures(pictures(measured)), linked, measured


def _notes(
    library: Library,
    shown: Due,
    everything: Mapping[str, Article],
    problems: Iterable[Problem],
    *,
    strict: bool,
) -> Notes:
    """What the report tells; with ``strict`` the problems are faults."""
    found = tuple(sorted({*problems, *warnings_of(everything)}))
    if strict:
        gather([ContentError(problem.message, problem.place) for problem in found])
    return Notes(
        problems=found,
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
    published = (a.card.published for a in library.articles)
    fresh = list(takewhile(library.clock.news_since.__le__, published))
    moments += [_instant(min(fresh), zone) + timedelta(NEWS_DAYS, seconds=1)] if fresh else []
    return min(moments).isoformat() if moments else ""


def _instant(moment: str, zone: ZoneInfo) -> datetime:
    found = datetime.fromisoformat(moment)
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _check(output: Output, planned: Sequence[Group | Bundle], made: Made, copies: Copies) -> None:
    """Refuse addresses that two sources want. Only new pages and files can bring such about."""
    known = output.last.copies
    wanted = [claims.Want(f"/{path}", c[0], path not in known) for path, c in copies.items()]
    wanted += [claims.Want(row.url, row.source, row.reason == Reason.NEW) for row in made.rows]
    twice = len({row.url for row in made.rows}) < len(made.rows) or len(made.groups) < made.named
    if not twice and not any(want.new for want in wanted):
        return
    try:
        claims.check(wanted, partial(output.kept, made, whole=twice), planned)
    except ExceptionGroup:
        output.stage.discard()
        raise
