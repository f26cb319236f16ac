"""Words -> the keys under which search finds them.

Readers type without hamza, marks and ال, and Arabic writes و ف ب ك ل س and ال onto the word. Index
and query go through the same functions, so two words match if they share a key. assets/js/search.js
is a port of this file; tests/search_vectors.json holds both to the same answers.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import normalize

from mujaz.arabic.fold import INVISIBLE, MARKS
from mujaz.plurals import PLURALS

SHORTEST = 3  # letters that stay when something is taken off
WORD = re.compile("[0-9A-Za-z\u00c0-\u024f\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06fa-\u06ff]+")

_ACCENTS = re.compile("[\u0300-\u036f]")
_TATWEEL = "\u0640"
_SUFFIXES = ("هما", "كما", "ات", "ون", "ين", "ان", "يه", "ها", "هم", "هن", "كم", "نا", "ه", "ي")
_PRONOUN = re.compile("(?:هما|ها|هم|هن|كم|نا|ه)$")
_HAMZA = re.compile("[ؤئء]")
_HAMZA_YEH = re.compile("اي$")
# Keyboards and encodings of one letter, then spellings of one word. Presentation forms are NFKC's.
_LETTERS = str.maketrans(
    "\u06cc\u06d2\u06a9\u06aa\u06c1\u06be\u06d5\u06c3\u0671\u0672\u0673"
    "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669"
    "\u06f0\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9",
    "ييككهههةاأإ01234567890123456789",
)
_SPELLING = ("آأإىةپچ\u06a4\u06a5گژ", "ااايهبجففكز")
_CARRIER = str.maketrans(_SPELLING[0] + "ؤئ", _SPELLING[1] + "وي", "ء")  # as typed in a hurry
_NO_HAMZA = str.maketrans(*_SPELLING, "ؤئء")  # مسؤول and مسئول


def tokens(text: str) -> list[str]:
    """Return a text's words in order, without marks, in one spelling of each letter and digit."""
    plain = normalize("NFKC", text)
    plain = INVISIBLE.sub("", MARKS.sub("", plain)).replace(_TATWEEL, "").translate(_LETTERS)
    return [_cased(word) for word in WORD.findall(plain)]


def _cased(word: str) -> str:
    """Latin words lose case and accents."""
    if "\u0620" <= word[0] <= "\u06ff":
        return word.casefold()
    return _ACCENTS.sub("", normalize("NFKD", word)).casefold()


def base_form(token: str) -> str:
    """Return the form that counts as exact: spelling folded, the article ال off."""
    return _bare(token.translate(_CARRIER))


def _bare(word: str) -> str:
    """Without ال, as often as it stands there: الألعاب and ألعاب lose as much."""
    while word.startswith("ال") and len(word) >= SHORTEST + 2:
        word = word[2:]
    return word


@lru_cache(maxsize=1 << 18)
def index_forms(token: str) -> frozenset[str]:
    """Return the forms under which a word of ``tokens`` is indexed: prefixes off, endings on.

    A word with ال has the forms of the word without. Both spellings of hamza, as typed in a hurry
    and left out; a broken plural is indexed under its singular, too.
    """
    forms: set[str] = set()
    singulars = _singulars()
    for table in (_CARRIER, _NO_HAMZA) if _HAMZA.search(token) else (_CARRIER,):
        for form in _without_prefixes(token.translate(table)):
            forms.add(_bare(form))
            forms.update(singulars[x] for x in (form, _without_pronoun(form)) if x in singulars)
    return frozenset(forms)


@lru_cache(maxsize=1 << 16)
def search_keys(token: str) -> frozenset[str]:
    """Return the stems of all forms of a word of ``tokens``: words that share one match.

    Light stemming as Lucene's, and beyond it single ب ك ل ف, the س of the future, hamza in two
    spellings, and a table of broken plurals. Only forms are indexed; a stem begins like its form,
    so the browser finds it in the form's own shard.
    """
    return frozenset().union(*map(stems, index_forms(token)))


def _without_prefixes(word: str) -> set[str]:
    """The word, and it without [و ف] [ب ك ل س] [ال]; لل stands for ل and ال."""
    forms = {word}
    for rest in (word, word[1:]) if word[:1] in {"و", "ف"} else (word,):
        for form in _without_preposition(rest):
            forms.add(form)
            forms.add(_bare(form))
    return {form for form in forms if len(form) >= SHORTEST or form == word}


def _without_preposition(word: str) -> Iterable[str]:
    yield word
    if len(word) <= SHORTEST:
        return
    if word[0] in "بكل":
        yield word[1:]
    if word.startswith("لل") and len(word) > SHORTEST + 1:
        yield "ا" + word[1:]
    if word[0] == "س" and word[1] in "يتنا" and len(word) > SHORTEST + 1:
        yield word[1:]


def stems(word: str) -> set[str]:
    """Return a form, and it without one and two suffixes; ة turned ت before a suffix goes too."""
    found = {word}
    for _ in range(2):
        fitting = (s for s in _SUFFIXES if word.endswith(s) and len(word) - len(s) >= SHORTEST)
        suffix = next(fitting, "")
        if not suffix:
            break
        word = word.removesuffix(suffix)
        found.add(word)
        if word.endswith("ت") and len(word) > SHORTEST:
            found.add(word[:-1])
    return found


def _without_pronoun(word: str) -> str:
    """For plurals alone, where ي may not go: مدني is no city. رؤسائهم keeps its hamza as ي."""
    return _HAMZA_YEH.sub("ا", _PRONOUN.sub("", word))


@lru_cache(maxsize=1)
def _singulars() -> dict[str, str]:
    """Folded plural -> folded singular."""
    found: dict[str, str] = {}
    for line in PLURALS.split("\n"):
        singular, *plurals = line.split() or [""]
        for plural in plurals:
            for table in (_CARRIER, _NO_HAMZA):
                found[_bare(plural.translate(table))] = base_form(singular)
    return found
