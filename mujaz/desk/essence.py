"""What of an article a mend must leave as it is. Pure."""

import re
from typing import NamedTuple

from mujaz import marks, markup, names
from mujaz.arabic.fold import identity
from mujaz.arabic.slug import slug
from mujaz.article import Faulty, read_article
from mujaz.model import Article
from mujaz.names import Rules

_ANY = re.compile(r"<[^<>]*>")
_SIGNS = re.compile(r"[\W_]+")
_HREF = re.compile(r'(?:href|src|id)="[^"]*"')


class Essence(NamedTuple):
    """Two texts with one essence say the same, name the same, and lead to the same addresses."""

    words: str  # folded, without punctuation
    names: tuple[tuple[str, str], ...]  # key and address part
    tags: tuple[tuple[str, str], ...]
    links: tuple[str, ...]  # addresses and ids in the page's text
    structure: tuple[str, ...]  # the elements of the page's text
    rest: tuple[object, ...]  # dates, flags and addresses of the front matter
    warnings: int


def essence(path: str, data: bytes, rules: Rules) -> Essence | None:
    """Return what must not change; None for a file that the build refuses."""
    try:
        article, text = read_article(path, data, rules)
    except Faulty:
        return None
    html = markup.convert(text, raw_html=rules.settings.raw_html)
    said = "\n".join(
        (_ANY.sub(" ", marks.unmark(html)), article.card.headline, article.card.summary,
         article.card.source, article.card.dateline, article.card.image_alt, article.author,
         article.image_credit, article.story, *(note for _, note in article.corrections))
    )  # fmt: skip
    return Essence(
        words=folded(said),
        names=tuple((names.key(name), slug(name)) for name in article.names),
        tags=tuple((identity(tag), slug(tag)) for tag in article.tags),
        links=tuple(_HREF.findall(html)),
        structure=tuple(tag.split(" ")[0].rstrip(">") for tag in _ANY.findall(html)),
        rest=_rest(article),
        warnings=len(article.warnings),
    )


def folded(text: str) -> str:
    """Return a text's words: letters in one spelling, no punctuation, single spaces."""
    return _SIGNS.sub(" ", identity.__wrapped__(text)).strip()


def _rest(article: Article) -> tuple[object, ...]:
    card = article.card
    return (
        card.url, card.published, card.updated, card.image, article.source_url, article.aliases,
        article.pin, article.draft, article.expires, article.summarized, slug(article.story),
        tuple(moment for moment, _ in article.corrections),
    )  # fmt: skip
