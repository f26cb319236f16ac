"""What Mujaz says to authors: in English, or in plain Arabic where a flag or the site asks for it."""

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from mujaz.arabic.count import count
from mujaz.errors import MujazError, Place, Problem
from mujaz.report import LIMIT, NEAR, Report
from mujaz.settings import SITE

LANGUAGES = ("en", "ar")
_NOWHERE = Place("")

_REASONS = {
    "new": "جديدة",
    "common": "لتغيّر الإعدادات أو البرنامج",
    "layout": "لتغيّر القالب",
    "data": "لتغيّر ما تعرضه",
    "output": "لتغيّر ملفها في الموقع",
}


def language(project: Path) -> str:
    """Return the site's ``lang`` setting, "en" without one; a faulty file is told by the build itself."""
    try:
        found = tomllib.loads((project / SITE).read_text("utf-8-sig")).get("lang")
    except (OSError, ValueError):  # TOML and UTF-8 that can't be read are ValueErrors
        return "en"
    return found if found in LANGUAGES else "en"


def told(errors: Iterable[MujazError], lang: str) -> str:
    """Return faults a line each, each once, sorted by place; in Arabic with what to do."""
    ordered = sorted(errors, key=lambda e: (e.place, e.message))
    return "\n".join(dict.fromkeys(_line(Problem(e.place, e.message), lang) for e in ordered))


def _line(problem: Problem, lang: str) -> str:
    return f"{problem.place}: {message(problem.message, lang, problem.place)}"


def message(text: str, lang: str, place: Place = _NOWHERE) -> str:
    """Return a message, as Mujaz made it or in Arabic with what to do; ``place`` is what it is about."""
    if lang != "ar":
        return text
    from mujaz.wording.matching import worded  # tables that English does without

    return str(worded(text, place.path, place.line))


def failed(error: OSError, project: Path, lang: str) -> str:
    """Return what the system has refused, with the file's path first."""
    path = getattr(error, "filename", None) or project
    return f"{path}: {message(getattr(error, 'strerror', None) or str(error), lang)}"


def report_text(report: Report, lang: str, *, explain: bool = False) -> str:
    """Return a build's report for people; its last line is the sum."""
    if lang != "ar":
        return report.text(explain=explain)
    return "\n".join([*_lines(report, explain=explain), _summary(report)])


def _lines(report: Report, *, explain: bool) -> Iterator[str]:
    notes = report.notes
    if explain:
        for address, reason in sorted(report.rendered.items()):
            yield f"{address}: {_REASONS[reason.value]}"
    yield from (f"تنبيه: {_line(problem, 'ar')}" for problem in sorted(notes.problems))
    yield from (f"صور لشيء واحد: {' = '.join(row)}" for row in notes.merged)
    yield from (f"أهما واحد؟ {one} / {other}" for one, other in notes.near)
    yield from (f"مؤجَّل: {path} (إلى {moment})" for path, moment in notes.held)
    yield from (f"انتهى عرضه: {path}" for path in notes.expired)
    yield from (f"مسودة: {path}" for path in notes.drafts)
    if report.next_change:
        yield f"موعد البناء التالي: {report.next_change}"
    if report.size > NEAR * LIMIT:
        yield f"الحجم: {report.size / 1e6:,.0f} م.ب من {LIMIT / 1e6:,.0f} تسعها GitHub Pages"


def _summary(report: Report) -> str:
    pages = f"بُنيت {len(report.rendered)} من {sum(report.pages.values())} من الصفحات"
    files = f"كُتب من الملفات {len(report.written)} وحُذف {report.removed}"
    size = f"في الموقع {report.files} من الملفات، {report.size / 1e6:.1f} م.ب"
    total = sum(report.seconds.values())
    return f"{count(report.articles, 'item')}: {pages}؛ {files}؛ {size}؛ {total:.2f} ث"
