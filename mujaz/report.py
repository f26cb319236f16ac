"""What a build did: for people, as JSON, as annotations of a workflow."""

from collections import Counter
from typing import Any, NamedTuple

from mujaz.errors import Place, Problem
from mujaz.trace import Reason

LIMIT = 1_000_000_000  # bytes: GitHub Pages takes a site of 1 GB (docs.github.com, "GitHub Pages limits")
NEAR = 0.8


class Notes(NamedTuple):
    """What authors should know, whether or not anything was rendered."""

    problems: tuple[Problem, ...] = ()
    merged: tuple[tuple[str, ...], ...] = ()  # spellings that became one
    near: tuple[tuple[str, str], ...] = ()  # labels that may be the same
    held: tuple[tuple[str, str], ...] = ()  # path, moment from which it is published
    expired: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()

    def plain(self) -> tuple[object, ...]:
        """The same as plain tuples, for the state."""
        problems = tuple((p.place.path, p.place.line, p.message) for p in self.problems)
        return (problems, self.merged, self.near, self.held, self.expired, self.drafts)

    @classmethod
    def of(cls, plain: Any) -> "Notes":
        """What ``plain`` gave."""
        problems, merged, near, held, expired, drafts = plain
        found = tuple(Problem(Place(path, line), message) for path, line, message in problems)
        return cls(
            problems=found, merged=merged, near=near, held=held, expired=expired, drafts=drafts
        )


class Report(NamedTuple):
    """One build. ``pages`` counts by layout."""

    pages: dict[str, int] = {}  # noqa: RUF012 - never changed in place
    articles: int = 0
    parsed: int = 0
    rendered: dict[str, Reason] = {}  # noqa: RUF012 - by address
    written: tuple[str, ...] = ()  # files whose bytes changed
    removed: int = 0
    files: int = 0
    size: int = 0  # bytes
    next_change: str = ""
    notes: Notes = Notes()
    seconds: dict[str, float] = {}  # noqa: RUF012

    def text(self, *, explain: bool = False) -> str:
        """Return the report for people."""
        lines = (
            [f"{address}: {reason}" for address, reason in sorted(self.rendered.items())]
            if explain
            else []
        )
        lines += [f"warning: {problem}" for problem in sorted(self.notes.problems)]
        lines += [f"merged: {' = '.join(row)}" for row in self.notes.merged]
        lines += [f"the same? {one} / {other}" for one, other in self.notes.near]
        lines += [f"held back: {path} (until {moment})" for path, moment in self.notes.held]
        lines += [f"expired: {path}" for path in self.notes.expired]
        lines += [f"draft: {path}" for path in self.notes.drafts]
        if self.next_change:
            lines.append(f"next build due: {self.next_change}")
        if self.size > NEAR * LIMIT:
            lines.append(
                f"size: {self.size / 1e6:,.0f} MB; GitHub Pages takes {LIMIT / 1e6:,.0f} MB"
            )
        return "\n".join([*lines, self._summary()])

    def _summary(self) -> str:
        total = sum(self.seconds.values())
        reasons = ", ".join(f"{count} {reason}" for reason, count in self._reasons().items())
        done = f"{len(self.rendered)} of {sum(self.pages.values())} pages rendered" + (
            f" ({reasons})" if reasons else ""
        )
        return (
            f"{self.articles} articles: {done}; {len(self.written)} files written, {self.removed} removed; "
            f"{self.files} files, {self.size / 1e6:.1f} MB; {total:.2f} s"
        )

    def _reasons(self) -> dict[str, int]:
        counts = Counter(self.rendered.values())
        return {reason.value: counts[reason] for reason in Reason if counts[reason]}

    def as_json(self) -> str:
        """Return the report as JSON."""
        import json  # most builds don't ask for it

        problems = [
            {"path": p.place.path, "line": p.place.line, "message": p.message}
            for p in sorted(self.notes.problems)
        ]
        return json.dumps(
            {
                "articles": self.articles,
                "parsed": self.parsed,
                "pages": sum(self.pages.values()),
                "kinds": dict(sorted(self.pages.items())),
                "rendered": self._reasons(),
                "explain": {
                    address: reason.value for address, reason in sorted(self.rendered.items())
                },
                "written": len(self.written),
                "removed": self.removed,
                "files": self.files,
                "bytes": self.size,
                "warnings": problems,
                "merged": self.notes.merged,
                "suggestions": self.notes.near,
                "held": [{"path": path, "until": moment} for path, moment in self.notes.held],
                "expired": self.notes.expired,
                "drafts": self.notes.drafts,
                "next_change": self.next_change,
                "seconds": {phase: round(s, 4) for phase, s in self.seconds.items()},
            },
            ensure_ascii=False,
        )
