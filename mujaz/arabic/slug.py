"""Address parts from headlines and tags: Unicode letters kept, length counted in bytes."""

from mujaz.arabic.digits import ascii_digits
from mujaz.arabic.fold import bare


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


def slug(text: str, limit: int = 180) -> str:
    """Return the slug of at most `limit` UTF-8 bytes, or "" when no letter or digit is left."""
    while (made := _slug_once(text)) != text:
        text = made
    return _cut(made, limit)
