"""The output folder while a build runs: what is rendered, copied, published and remembered."""

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from mujaz import owned, trace
from mujaz.addresses import file_of
from mujaz.assets import Assets
from mujaz.config import Config
from mujaz.digest import digest, quick_digest
from mujaz.errors import ContentError, MujazError, Place, PlanError, gather
from mujaz.files import read_file
from mujaz.folders import FOLDER
from mujaz.inputs import Inputs
from mujaz.layouts import Known
from mujaz.model import Article, Bundle, Group, Picture
from mujaz.options import Options, now
from mujaz.pictures import Measured, variant
from mujaz.planning import Plan, plan
from mujaz.reader import as_row
from mujaz.records import FileRecord, Records
from mujaz.rendering import Job, Outcome, Rendered, Workshop, render
from mujaz.report import Notes
from mujaz.targets import real_paths
from mujaz.trace import (
    BundleRecord,
    GroupRecord,
    PageRecord,
    Reason,
    State,
    pages_of,
    part_of,
)
from mujaz.workers import spread
from mujaz.writer import Stage, prune, publish

MANY = 48  # groups from which a second process pays


class Made(NamedTuple):
    """All groups after rendering."""

    groups: dict[str, GroupRecord]
    bundles: dict[str, BundleRecord]
    kept: frozenset[str]  # groups that weren't planned again
    rows: list[Rendered]  # pages of the others
    files: list[str]  # of these
    reasons: dict[str, Reason]
    named: int  # groups: more than ``groups`` has if two have one name


class Result(NamedTuple):
    """The output folder after publishing."""

    files: Records
    written: tuple[str, ...]
    removed: int


Copy = tuple[str, tuple[int, int], FileRecord, bool]  # source, its stamp, record, staged
Copies = dict[str, Copy]  # by file


class Output:
    """The part of a build that concerns the output folder."""

    def __init__(
        self,
        out: Path,
        options: Options,
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
        self.intact = trace.intact(out, last)
        self.files = Records(last.files)
        self.owned: Collection[str] = self.files
        if not self.intact:
            self.owned = {*owned.files(out), *self.files}
        fresh = not self.owned and not any(e != FOLDER for e in os.listdir(out))
        self.stage = Stage(out, self.owned, fresh=fresh)
        self.known = self._layouts()
        self.common = quick_digest(
            (
                config.code,
                digest(config.settings),
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

    def render(self, planned: Iterable[Group | Bundle]) -> Made:
        """Render what must be; groups with the digest that was recorded keep their pages."""
        stale = frozenset(
            name
            for name, (mark, _) in self.last.layouts.items()
            if name not in self.known or self.known[name].digest != mark
        )
        common = self.last.common != self.common
        chosen = plan(planned, self.last, stale, self.altered, self.options.leave, common=common)
        self.stage.discard()
        job = Job(self.workshop, self.last, common, stale, self.altered, self.stage)
        jobs = self.options.jobs if len(chosen.todo) > MANY else 1
        outcomes = spread(partial(render, job), chosen.todo, jobs, start=self.options.start)
        self._gather(outcomes)
        for outcome in outcomes:
            self.known |= outcome.layouts
        return self._made(chosen, outcomes)

    def _gather(self, outcomes: Iterable[Outcome]) -> None:
        errors = [error for outcome in outcomes for error in outcome.errors]
        if errors:
            self.stage.discard()
        gather(errors)

    @staticmethod
    def _made(chosen: Plan, outcomes: Iterable[Outcome]) -> Made:
        rows: list[Rendered] = []
        records = chosen.kept.copy()
        for outcome in outcomes:
            for name, record, pages in outcome.groups:
                records[name] = record
                rows += pages
        reasons = {row.url: Reason(row.reason) for row in rows if row.reason}
        files = [file_of(row.url) for row in rows]
        kept, names = frozenset(chosen.kept), chosen.names
        groups = {name: records[name] for name in names}
        return Made(groups, chosen.bundles, kept, rows, files, reasons, len(names))

    def copy(self, assets: Assets, linked: Iterable[str], pictures: Iterable[Picture]) -> Copies:
        """Stage assets, the files beside articles that articles show, and narrower pictures."""
        copies: Copies = {}
        errors: list[MujazError] = []
        for asset in (*assets.named.values(), *assets.root.values()):
            path = asset.address[1:]
            copy = f"assets/{asset.path}", (0, 0), *self.stage.put(path, asset.data)
            _add(copies, path, copy)
        project = self.workshop.project
        for source in linked:
            path = normalize("NFC", source.removeprefix("content/"))
            _add(copies, path, self._copy(source, path, partial(read_file, project, source)))
        real = real_paths(self.inputs.stamps)
        for picture in (p._replace(source=real(p.source)) for p in pictures):
            for media, address, width in picture.variants:
                kept = self.out / FOLDER / "pictures"
                make = partial(variant, project, picture, media, width, kept)
                try:
                    _add(copies, address[1:], self._copy(picture.source, address[1:], make))
                except ContentError as error:
                    errors.append(error)
        if errors:
            self.stage.discard()
        gather(errors)
        return copies

    def _copy(self, source: str, path: str, data: Callable[[], bytes]) -> Copy:
        """Stage a file unless it was made from the same source and is as it was left."""
        stamp = self.inputs.stamps[source]
        record = self.files.get(path)
        same = (
            stamp[1] and self.last.copies.get(path) == stamp and self.last.code == self.config.code
        )
        if record and same and path not in self.altered:
            return source, stamp, self.touched.get(path, record), False
        return source, stamp, *self.stage.put(path, data())

    def publish(self, made: Made, copies: Copies) -> Result:
        """Remove what is no longer part of the site, and move what was staged into place."""
        former = self._made_anew(made).difference(made.files, copies)
        files = self.files.changed(former, self._records(made, copies, former))
        written = [path for path, row in zip(made.files, made.rows, strict=True) if row.staged]
        written += [path for path, copy in copies.items() if copy[3]]
        gone = self.stage.gone(former if self.intact else self.owned, files, set(written))
        fresh = [path for path in written if path not in self.owned]
        if fresh:
            owned.add(self.out, fresh)
        removed = prune(self.out, gone)
        publish(self.out, self.out / FOLDER / "stage")
        listed = self.intact or len(fresh) == len(files)  # all new: just these have been added
        if gone or not listed:
            owned.put(self.out, files)
        return Result(files, tuple(sorted(written)), removed)

    def _records(
        self, made: Made, copies: Copies, former: AbstractSet[str]
    ) -> dict[str, FileRecord]:
        """The records of all files that this build rendered, copied or found with another time."""
        found = {path: record for path, record in self.touched.items() if path not in former}
        rows = zip(made.files, made.rows, strict=True)
        found |= {path: row.record for path, row in rows if row.record}
        return found | {path: copy[2] for path, copy in copies.items()}

    def kept(self, made: Made, claimed: Sequence[str], *, whole: bool) -> Iterator[list[str]]:
        """The files of the last build that neither a group planned anew nor a source had made.

        In parts; but for ``whole``, only those near what is claimed anew: see ``Records.near``.
        """
        others = self._made_anew(made)
        parts = self.files.parts() if whole else self.files.near(claimed)
        return ([path for path in part if path not in others] for part in parts)

    def _made_anew(self, made: Made) -> set[str]:
        return {*map(file_of, chain.from_iterable(self._planned_anew(made))), *self.last.copies}

    def _planned_anew(self, made: Made) -> list[dict[str, PageRecord]]:
        """The pages that the last build recorded of the groups that haven't been kept."""
        groups = self.last.groups.items()
        return [pages_of(recorded) for name, recorded in groups if name not in made.kept]

    def _counts(self, made: Made) -> dict[str, int]:
        """Pages by layout: the last build's, but for those of groups planned anew."""
        counts = Counter(self.last.counts)
        counts.subtract(layout for p in self._planned_anew(made) for layout, _ in p.values())
        counts.update(row.layout for row in made.rows)
        return dict(+counts)

    def state(
        self,
        made: Made,
        result: Result,
        everything: Mapping[str, Article],
        changed: Iterable[str],
        measured: dict[str, Measured],
        copies: Copies,
        notes: Notes,
        next_change: str,
    ) -> State:
        """What the next build should know."""
        parts = self._same_parts(everything, changed)
        return State(
            options=self.options.digest(),
            common=self.common,
            code=self.config.code,
            rules=self.config.rules,
            moment=now().isoformat(),
            next_change=next_change,
            stamps=self.inputs.stamps,
            articles={p: as_row(a) for p, a in everything.items() if part_of(p) not in parts},
            parts=parts,
            layouts={name: (k.digest, k.wants) for name, k in self.known.items()},
            groups=made.groups,
            bundles=made.bundles,
            listed=owned.stamps(self.out),
            files=result.files.plain,
            pictures=measured,
            copies={path: copy[1] for path, copy in copies.items()},
            total=len(everything),
            counts=self._counts(made),
            notes=notes.plain(),
        )

    def _same_parts(
        self, everything: Mapping[str, Article], changed: Iterable[str]
    ) -> dict[int, str]:
        """The parts of the last state whose articles are all as they were."""
        touched = {*changed, *(everything.keys() ^ self.last.articles.keys())}
        numbers = set(map(part_of, touched))
        return {part: name for part, name in self.last.parts.items() if part not in numbers}


def _add(copies: Copies, path: str, copy: Copy) -> None:
    """Add a file. Raises PlanError if another source has that address."""
    first = copies.setdefault(path, copy)
    if first[0] != copy[0]:
        raise PlanError(f"wants the address /{path}, and so does {first[0]}", Place(copy[0]))
