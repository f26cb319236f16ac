"""Index order: CLDR `ar` primary order with the article ignored, as printed Arabic indexes do."""

from mujaz.arabic.fold import identity

_NO_ARTICLE = frozenset(
    ["الله", "المانيا", "البانيا", "الكساندر", "اليزابيث", "الياس", "الفريد", "البرت", "الهام"]
)
_ORDER = str.maketrans(dict.fromkeys("ءأإؤئ\u0671", "ا") | {"آ": "اا", "ة": "ت", "ى": "ي"})
_SHORTEST = 4


def _without_article(word: str) -> str:
    drop = word.startswith("ال") and len(word) >= _SHORTEST and word not in _NO_ARTICLE
    return word[2:] if drop else word


def sort_key(text: str, *, article: bool = True) -> tuple[int, str, str, str]:
    """Return a key: digits, Arabic, then the rest; `article` ignores a leading ال of each word."""
    key = identity(text)
    words = [_without_article(word) for word in key.split(" ")] if article else [key]
    primary = " ".join(words).translate(_ORDER)
    first = primary[:1]
    group = 0 if first.isdigit() else 1 if "\u0620" <= first <= "\u06ff" else 2
    return (group, primary, key, text)


def heading(key: tuple[int, str, str, str]) -> str:
    """Return the heading that a text with such a ``sort_key`` stands under: its letter, or `#`
    for digits and nothing."""
    group, primary, _, _ = key
    return "#" if group == 0 or not primary else primary[0].upper()
