"""``new``: where a new article goes, and what stands in it. Pure."""

from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

from mujaz import frontmatter, marks
from mujaz.addresses import claim
from mujaz.arabic.slug import slug
from mujaz.desk.similar import near_days, similar_headlines
from mujaz.model import Article

LONGEST = 100  # bytes of a name: some eight words; longer addresses are cut when they are shared
_KEYS = ("tags", "summary", "source", "source_url", "dateline", "image", "image_alt", "story")


class Draft(NamedTuple):
    """A new article's file."""

    path: str
    url: str
    text: str


def draft(headline: str, day: str, time: str = "") -> Draft:
    """Return the article of a headline and a day ("2019-05-24"). Raises ValueError without a headline.

    The text reads back to the same headline, on one line.
    """
    plain = " ".join(marks.tidy(headline).split())
    if not marks.plain(plain):
        raise ValueError("expected a headline, found none")
    name = slug(marks.plain(plain), LONGEST) or blake2b(plain.encode(), digest_size=4).hexdigest()
    folder = day.replace("-", "/")
    written = f"{'/'.join(reversed(day.split('-')))} {time}".strip()
    fields = [("headline", plain), ("date", written), *((key, "") for key in _KEYS)]
    text = frontmatter.write(fields, "\n")
    return Draft(f"content/{folder}/{name}.md", f"/{folder}/{name}/", text)


def taken(made: Draft, articles: Iterable[Article]) -> str:
    """Return the path of an article that has the address already, or ""."""
    wanted = claim(made.url)
    return next((a.path for a in articles if claim(a.card.url) == wanted), "")


def similar(headline: str, day: str, articles: Iterable[Article]) -> list[Article]:
    """Return articles of the days around with nearly the same headline, the newest first."""
    found = [
        article
        for article in articles
        if article.card.published
        and near_days(article.card.day, day)
        and similar_headlines(headline, article.card.headline)
    ]
    return sorted(found, key=lambda a: (a.card.published, a.path), reverse=True)
