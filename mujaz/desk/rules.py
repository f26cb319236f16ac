"""The table of rules: the function of each, and the signs without which it need not look."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from mujaz.desk import letters, site_rules, typography, writing
from mujaz.desk.finding import Finding, Hit
from mujaz.desk.manuscript import Manuscript
from mujaz.desk.site_rules import Whole


class TextRule(NamedTuple):
    """A rule on one article's text; ``signs`` are those of which the prose must hold one."""

    name: str
    look: Callable[[Manuscript], Iterator[Hit]]
    signs: frozenset[str] = frozenset()


TEXT_RULES: tuple[TextRule, ...] = (
    TextRule("latin-punctuation", typography.latin_punctuation, frozenset(",;?")),
    TextRule("straight-quotes", typography.straight_quotes, frozenset('"')),
    TextRule("turned-quotes", typography.turned_quotes, frozenset("“")),
    TextRule("unbalanced-quotes", typography.unbalanced_quotes, typography.QUOTES),
    TextRule("space-before-punctuation", typography.space_before_punctuation, frozenset("،؛؟.!:")),
    TextRule("tatweel", letters.tatweel, frozenset("\u0640")),
    TextRule(
        "persian-letters",
        letters.persian_letters,
        frozenset("\u06a9\u06aa\u06c1\u06be\u06c3\u06cc\u06d2\u06d5"),
    ),
    TextRule("presentation-forms", letters.presentation_forms),
    TextRule("mixed-digits", letters.mixed_digits, letters.ARAB | letters.PERSIAN),
    TextRule("invisible", letters.invisible, letters.INVISIBLE),
    TextRule("unbalanced-bidi", letters.unbalanced_bidi, letters.BIDI),
    TextRule("emphasis", writing.emphasis, frozenset("*_~")),
    TextRule("name-mark", writing.name_marks),
    TextRule("name-spelling", writing.name_spelling, frozenset("<")),
    TextRule("headline-length", writing.headline_length),
    TextRule("missing-source", writing.missing_source),
    TextRule("missing-alt", writing.missing_alt),
    TextRule("date-in-path", writing.date_in_path),
    TextRule("unknown-key", writing.unknown_key),
)

# On all articles together; each may tell by several names
SITE_RULES: tuple[Callable[[Whole], Iterator[Finding]], ...] = (
    site_rules.broken_links,
    site_rules.tags_once,
    site_rules.near_duplicates,
    site_rules.unused_layouts,
)
