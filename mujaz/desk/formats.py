"""What a check tells: for people, as JSON, as annotations of a GitHub workflow."""

import json
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from mujaz.arabic.count import count
from mujaz.desk.advice import BY_NAME, RULES
from mujaz.desk.finding import Finding, Rule, Severity
from mujaz.errors import Place
from mujaz.speech import message

_ORDER = tuple(Severity)
_WEIGHTS = {Severity.ERROR: "خطأ", Severity.WARNING: "تنبيه", Severity.NOTICE: "ملاحظة"}


def failing(findings: Sequence[Finding]) -> bool:
    """Return whether one of the findings is an error or a warning."""
    return any(BY_NAME[f.rule].severity != Severity.NOTICE for f in findings)


def as_text(
    findings: Sequence[Finding], articles: int, fixed: Sequence[str], lang: str = "en"
) -> str:
    """Return a line a finding, then what to do about each rule once, then the sum."""
    lines = [f"{_place(f)}: {_weight(f, lang)}: {_said(f, lang)} [{f.rule}]" for f in findings]
    used = [rule for rule in RULES if any(f.rule == rule.name for f in findings)]
    if used:
        lines += ["", *(f"{rule.name}: {_advice(rule, lang)}." for rule in used), ""]
    summary = _arabic_summary if lang == "ar" else _summary
    return "\n".join([*lines, summary(findings, articles, fixed)])


def _place(found: Finding) -> str:
    parts = [found.path, *(str(n) for n in (found.line, found.column) if n)]
    return ":".join(parts)


def _weight(found: Finding, lang: str) -> str:
    severity = BY_NAME[found.rule].severity
    return _WEIGHTS[severity] if lang == "ar" else severity


def _said(found: Finding, lang: str) -> str:
    return message(found.message, lang, Place(found.path, found.line))


def _advice(rule: Rule, lang: str) -> str:
    return rule.advice.arabic if lang == "ar" else rule.advice.english


def _summary(findings: Sequence[Finding], articles: int, fixed: Sequence[str]) -> str:
    counts = _counts(findings)
    told = ", ".join(f"{n} {name}s" if n != 1 else f"1 {name}" for name, n in counts.items() if n)
    mended = f"; {len(fixed)} files mended" if fixed else ""
    able = sum(f.edit is not None for f in findings)
    hint = f"; --fix mends {able}" if able and not fixed else ""
    return f"{articles} articles: {told or 'nothing found'}{mended}{hint}"


def _arabic_summary(findings: Sequence[Finding], articles: int, fixed: Sequence[str]) -> str:
    told = "، ".join(count(n, name) for name, n in _counts(findings).items() if n)
    mended = f"؛ أُصلح {count(len(fixed), 'file')}" if fixed else ""
    able = sum(f.edit is not None for f in findings)
    hint = f"؛ يصلح \u2066--fix\u2069 منها {able}" if able and not fixed else ""
    return f"{count(articles, 'item')}: {told or 'لم يُعثر على أخطاء'}{mended}{hint}"


def _counts(findings: Sequence[Finding]) -> dict[str, int]:
    counted = Counter(BY_NAME[f.rule].severity for f in findings)
    return {severity.value: counted[severity] for severity in _ORDER}


def as_json(
    findings: Sequence[Finding], articles: int, fixed: Sequence[str], lang: str = "en"
) -> str:
    """Return all of it as one JSON object; messages in the language asked for, advice in both."""
    return json.dumps(
        {
            "articles": articles,
            "counts": _counts(findings),
            "fixed": list(fixed),
            "findings": [
                {
                    "path": f.path,
                    "line": f.line,
                    "column": f.column,
                    "rule": f.rule,
                    "severity": BY_NAME[f.rule].severity,
                    "message": _said(f, lang),
                    "mendable": f.edit is not None,
                }
                for f in findings
            ],
            "rules": {
                name: {"en": BY_NAME[name].advice.english, "ar": BY_NAME[name].advice.arabic}
                for name in sorted({f.rule for f in findings})
            },
        },
        ensure_ascii=False,
    )


def as_github(findings: Sequence[Finding], project: Path, lang: str = "en") -> str:
    """Return workflow commands, errors first: GitHub shows ten of each weight in a step.

    Escaped as @actions/core does (toolkit, packages/core/src/command.ts).
    """
    ordered = sorted(findings, key=lambda f: _ORDER.index(BY_NAME[f.rule].severity))
    root = _root(project)
    return "\n".join(_command(f, BY_NAME[f.rule], root, lang) for f in ordered)


def _root(project: Path) -> str:
    """The project's folder as seen from the repository's: annotations want paths from there."""
    workspace = os.environ.get("GITHUB_WORKSPACE", "")
    if not workspace:
        return ""
    found = os.path.relpath(project.resolve(), Path(workspace).resolve()).replace(os.sep, "/")
    return "" if found == "." or found.startswith("..") else f"{found}/"


def _command(found: Finding, rule: Rule, root: str, lang: str) -> str:
    fields = [("file", root + found.path)]
    fields += [("line", str(found.line))] if found.line else []
    fields += [("col", str(found.column))] if found.column else []
    fields.append(("title", rule.name))
    told = ",".join(f"{key}={_property(value)}" for key, value in fields)
    said = _said(found, lang)
    text = f"{said}{'' if said.endswith(('.', '؟')) else '.'} {_advice(rule, lang)}."
    return f"::{rule.severity} {told}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
