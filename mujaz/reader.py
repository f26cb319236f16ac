"""The project's files: what is there, and content/ as articles. All faults are gathered."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from mujaz.article import Faulty, Rules, content_digest, read_article
from mujaz.errors import ContentError, MujazError, Place, Problem
from mujaz.files import Stamp, read_file
from mujaz.model import Article, Card
from mujaz.workers import spread

CARD = Article._fields.index("card")
MANY = 400  # files from which a second process pays


class Read(NamedTuple):
    """Articles by path, and how many files had to be read."""

    articles: dict[str, Article]
    parsed: int


def read_articles(
    project: Path,
    stamps: Mapping[str, Stamp],
    known: Mapping[str, tuple[Stamp, Article]],
    rules: Rules,
    jobs: int,
) -> Read:
    """Return all articles and pages; those of ``known`` with the same stamp, or the same bytes, as they are.

    Raises ExceptionGroup of ContentError with every fault of every file.
    """
    articles: dict[str, Article] = {}
    changed: list[str] = []
    for path, stamp in stamps.items():
        if not path.endswith(".md") or not path.startswith("content/"):
            continue
        old = known.get(path)
        if old is not None and old[0] == stamp and stamp[1]:
            articles[path] = old[1]
        else:
            changed.append(path)
    work = partial(_parse, project, {p: known[p][1] for p in changed if p in known}, rules)
    errors: list[MujazError] = []
    for got, faults in spread(work, changed, jobs if len(changed) > MANY else 1):
        found = [as_article(row) for row in got]
        articles.update((article.path, article) for article in found)
        errors += faults
    if errors:
        raise ExceptionGroup("content", errors)
    return Read(articles, len(changed))


def _parse(
    project: Path, known: Mapping[str, Article], rules: Rules, paths: Sequence[str]
) -> tuple[list[tuple[object, ...]], list[MujazError]]:
    """Read and parse files; articles go back as plain tuples, cheap to send."""
    got: list[tuple[object, ...]] = []
    errors: list[MujazError] = []
    for path in paths:
        try:
            data = read_file(project, path)
            old = known.get(path)
            same = old is not None and old.content == content_digest(data)
            got.append(tuple(old if same and old else read_article(path, data, rules)))
        except Faulty as faulty:
            errors += [ContentError(message, Place(path, line)) for line, message in faulty.faults]
        except MujazError as error:
            errors.append(error)
    return got, errors


def as_row(article: Article) -> tuple[object, ...]:
    """Return an article as plain tuples, for the state."""
    return (*article[:CARD], tuple(article.card), *article[CARD + 1 :])


def as_article(row: Sequence[object]) -> Article:
    """Return an article from its plain tuple."""
    card = row[CARD]
    if type(card) is tuple:
        row = (*row[:CARD], Card._make(card), *row[CARD + 1 :])
    return Article._make(row)


def warnings_of(articles: Mapping[str, Article]) -> Iterator[Problem]:
    """Yield what articles' authors should know."""
    for path, article in articles.items():
        for line, message in article.warnings:
            yield Problem(Place(path, line), message)
