"""Address parts from headlines and tags: Unicode letters kept, length counted in bytes."""

import re
from functools import lru_cache

from mujaz.arabic.digits import ascii_digits
from mujaz.arabic.fold import bare

# words that are their own slug but for the spaces; held by a property test
_PLAIN = re.compile("[a-z0-9ء-غف-ي]+(?:[ -][a-z0-9ء-غف-ي]+)*")


def _slug_once(text: str) -> str:
    from slugify import slugify  # only builds that make an address pay for it

    return slugify(ascii_digits(bare(text)).casefold(), allow_unicode=True)


def _cut(text: str, limit: int) -> str:
    if len(text.encode()) <= limit:
        return text
    head = text.encode()[: limit + 1].decode(errors="ignore")
    if "-" in head:
        return head.rpartition("-")[0]
    return text.encode()[:limit].decode(errors="ignore")


@lru_cache(maxsize=65536)
def slug(text: str, limit: int = 180) -> str:
    """Return the slug of at most `limit` UTF-8 bytes, or "" when no letter or digit is left."""
    if not text or (len(text) * 2 <= limit and _PLAIN.fullmatch(text)):
        return text.replace(" ", "-")
    while (made := _slug_once(text)) != text:
        text = made
    return _cut(made, limit)
