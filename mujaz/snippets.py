"""Snippets for VS Code: an article to begin with, its keys, and the site's names and tags.

A snippet is offered for what one types of its prefix. The form is VS Code's (User guide, Snippets):
``$``, ``}`` and ``\\`` are escaped in a body, ``$1`` is where one goes on typing.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from mujaz.frontmatter import KEYS
from mujaz.model import Term
from mujaz.schemas import FIELDS

Snippets = dict[str, dict[str, Any]]

_DAY = "$CURRENT_DATE/$CURRENT_MONTH/$CURRENT_YEAR"


def of_keys() -> Snippets:
    """Return a snippet for a whole article, and one for each key, under both of its names."""
    article = ["---", "headline: $1", f"date: {_DAY}", "tags: $2", "---", "$0"]
    found = {"article": _snippet(("خبر", "article"), article, "خبر جديد")}
    for key, arabic in KEYS.items():
        value = _DAY if key in {"date", "updated"} else "$0"
        found[key] = _snippet((key,), [f"{key}: {value}"], FIELDS[key])
        found[arabic] = _snippet((arabic,), [f"{arabic}: {value}"], FIELDS[key])
    return found


def of_terms(names: Iterable[Term], tags: Iterable[Term]) -> Snippets:
    """Return a snippet for each name, as a mark, and for each tag, offered under all its spellings."""
    names = tuple(names)
    bearers = Counter(term.label for term in names)
    found: Snippets = {}
    for term in names:
        note = f"|{term.note}" if term.note and bearers[term.label] > 1 else ""
        mark = f"<{term.label}{note}>"
        told = "، ".join(filter(None, ("اسم", term.role)))
        found[mark] = _snippet(_prefixes(term), [_plain(mark)], told)
    for term in tags:
        found[f"#{term.label}"] = _snippet(_prefixes(term), [_plain(term.label)], "وسم")
    return dict(sorted(found.items()))


def _prefixes(term: Term) -> tuple[str, ...]:
    spellings = (text.partition("|")[0] for text in (term.label, *term.spellings))
    return tuple(dict.fromkeys(spellings))


def _snippet(prefixes: tuple[str, ...], body: list[str], told: str) -> dict[str, Any]:
    return {"scope": "markdown", "prefix": list(prefixes), "body": body, "description": told}


def _plain(text: str) -> str:
    """A text that a body shows as it stands."""
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
