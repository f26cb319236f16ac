"""The linter's run: each article by the text rules, all together by the site rules."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mujaz.article import Faulty
from mujaz.desk.advice import BUILD_WARNING, BY_NAME, FAULT
from mujaz.desk.finding import Finding, located
from mujaz.desk.links import links
from mujaz.desk.manuscript import Manuscript
from mujaz.desk.rules import SITE_RULES, TEXT_RULES
from mujaz.desk.similar import fingerprint
from mujaz.desk.site_rules import Sheet, Whole, unknown_rules
from mujaz.desk.survey import Content, read_content, survey
from mujaz.errors import MujazError
from mujaz.files import read_file
from mujaz.names import Rules
from mujaz.workers import spread

if TYPE_CHECKING:
    from mujaz.commands.contract import SiteCode

MANY = 200  # articles from which a second process pays


class Checked(NamedTuple):
    """What a run found, in order of its places, and what it read."""

    findings: tuple[Finding, ...]
    articles: int
    rules: Rules


def check(project: Path, site: "SiteCode", jobs: int) -> Checked:
    """Return what is wrong with a project: a build's faults and warnings, and what the rules find."""
    content = read_content(project, jobs)
    paths = [p for p in content.inputs.stamps if p.endswith(".md") and p.startswith("content/")]
    work = partial(_look_through, project, content.rules)
    looked = list(chain.from_iterable(spread(work, paths, jobs if len(paths) > MANY else 1)))
    sheets = {sheet.path: sheet for sheet, _ in looked}
    found = [finding for _, findings in looked for finding in findings]
    made = survey(content, site, jobs)
    told = {(f.path, f.line, f.message) for f in found}
    found += _of_build(content, told)
    if made:
        found += chain.from_iterable(
            look_at(Whole(content, made, sheets)) for look_at in SITE_RULES
        )
    found += unknown_rules(BY_NAME, content, sheets)
    off = frozenset(content.config.settings.check)
    kept = {f for f in found if not _is_off(f, off, sheets)}
    return Checked(tuple(sorted(kept, key=lambda f: f[:5])), len(content.articles), content.rules)


def _look_through(
    project: Path, rules: Rules, paths: Sequence[str]
) -> list[tuple[Sheet, list[Finding]]]:
    """What the text rules find in some articles; those that can't be read are the build's to tell."""
    done: list[tuple[Sheet, list[Finding]]] = []
    for path in paths:
        try:
            typed = Manuscript(path, read_file(project, path), rules)
        except (Faulty, MujazError):
            continue
        done.append((_sheet(typed), look(typed)))
    return done


def _sheet(typed: Manuscript) -> Sheet:
    lines = {key: field.line for key, field in typed.document.fields.items()}
    return Sheet(typed.path, lines, links(typed), fingerprint(typed.document.body), typed.off)


def look(typed: Manuscript) -> list[Finding]:
    """Return what the text rules find in one article, rules turned off included."""
    found: list[Finding] = []
    for name, function, signs in TEXT_RULES:
        if not signs or typed.holds(signs):
            found += located(typed.path, name, function(typed), typed.place)
    return found


def _of_build(content: Content, told: set[tuple[str, int, str]]) -> Iterator[Finding]:
    """A build's faults, and those of its warnings that no rule has told already."""
    for error in content.errors:
        yield Finding(error.place.path, error.place.line, 0, FAULT, error.message)
    for problem in content.problems:
        path, line = problem.place
        if (path, line, problem.message) not in told:
            yield Finding(path, line, 0, BUILD_WARNING, problem.message)


def _is_off(finding: Finding, off: frozenset[str], sheets: Mapping[str, Sheet]) -> bool:
    """Whether a finding's rule is turned off, everywhere or on its line. A build's faults never are."""
    if finding.rule == FAULT:
        return False
    sheet = sheets.get(finding.path)
    return finding.rule in off or (
        sheet is not None and finding.rule in sheet.off.get(finding.line, ())
    )
