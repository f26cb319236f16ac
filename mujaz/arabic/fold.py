"""Comparison keys and clean forms of Arabic text (Unicode NFKC, then the rules of this file)."""

import re
import unicodedata
from functools import lru_cache

MARKS = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0897-\u089f\u08ca-\u08e1\u08e3-\u08ff]",
)
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]",
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_TATWEEL = "\u0640"
_SPACE = re.compile(r"[\s_]+")
_QUOTES = "\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb\"'`،؛؟,;:.!?()[]{}<>#*/\\|\u2026\u2013\u2014-"
_LONG_VOWELS = dict.fromkeys(map(ord, "اويء"))
# words that are their own key; held by a property test
_PLAIN = re.compile("[ء-غف-ي]+(?: [ء-غف-ي]+)*")


def _table(*pairs: tuple[str, str]) -> dict[int, str]:
    return {ord(letter): target for letters, target in pairs for letter in letters}


_IDENTITY = _table(
    ("\u06cc\u06d2\ufbfc", "ي"),
    ("\u06a9\u06aa", "ك"),
    ("\u06c1\u06be\u06d5", "ه"),
    ("\u06c3", "ة"),
    ("\u0671", "ا"),
    ("\u0672", "أ"),
    ("\u0673", "إ"),
    *((chr(0x660 + i) + chr(0x6F0 + i), str(i)) for i in range(10)),
)
_SPELLING = _table(
    ("آأإ", "ا"),
    ("ى", "ي"),
    ("ة", "ه"),
    ("ؤئ", "ء"),
    ("پ", "ب"),
    ("چ", "ج"),
    ("\u06a4\u06a5", "ف"),
    ("گ", "ك"),
    ("ژ", "ز"),
)


def _identity_once(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    folded = INVISIBLE.sub("", MARKS.sub("", folded)).replace(_TATWEEL, "").translate(_IDENTITY)
    folded = _SPACE.sub(" ", folded.replace("-", " ")).strip(" " + _QUOTES)
    return folded.casefold()


@lru_cache(maxsize=65536)
def identity(text: str) -> str:
    """Return the key under which two tags or names are silently one (idempotent)."""
    if _PLAIN.fullmatch(text):
        return text
    while (folded := _identity_once(text)) != text:
        text = folded
    return folded


@lru_cache(maxsize=65536)
def spelling(text: str) -> str:
    """Return the key that also merges hamza, ى/ي and ة/ه spellings of one word."""
    return identity(identity(text).translate(_SPELLING))


def skeleton(text: str) -> str:
    """Return a key for suggestions only: article and inner long vowels dropped."""
    words = []
    for word in spelling(text).split():
        stem = word[2:] if word.startswith("ال") and len(word) > len("ال") + 2 else word
        words.append(stem[:1] + stem[1:].translate(_LONG_VOWELS))
    return " ".join(words)


def clean(text: str) -> str:
    """Return the display form: controls and direction marks out, white space squeezed."""
    if not text.isprintable():
        text = _CONTROLS.sub("", text)
    if not text.isascii():
        text = INVISIBLE.sub("", text)
    return " ".join(text.split())


def bare(text: str) -> str:
    """Return `clean` in NFC without vowel marks and tatweel; hamza and ة are kept."""
    composed = clean(unicodedata.normalize("NFC", text))
    plain = MARKS.sub("", composed).replace(_TATWEEL, "")
    return clean(unicodedata.normalize("NFC", plain))


def visibly_different(a: str, b: str) -> bool:
    """Tell whether two spellings differ in more than marks, tatweel, invisibles and white space."""
    return bare(a) != bare(b)
