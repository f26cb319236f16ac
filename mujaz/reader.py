"""The project's files: what is there, and content/ as articles. All faults are gathered."""

import marshal
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple, Self

from mujaz.assistant import Assistant
from mujaz.digest import content_digest
from mujaz.errors import ContentError, MujazError, Place, Problem
from mujaz.files import Stamp, read_file
from mujaz.model import Article, Card, Row
from mujaz.names import Rules
from mujaz.texts import Span, put
from mujaz.workers import Spread, spread

CONTENT = Article._fields.index("content")
CARD = Article._fields.index("card")
TAGS = Article._fields.index("tags")
NAMES = Article._fields.index("names")
MANY = 400  # files from which a second process always pays


def _none(path: str) -> None:
    """No article is known."""


class Earlier(NamedTuple):
    """What an earlier build, of the same rules, knew."""

    stamps: Mapping[str, Stamp] = {}
    row: Callable[[str], Row | None] = _none  # by path


class Read(NamedTuple):
    """Articles by path, and which files had to be read."""

    articles: dict[str, Article]
    changed: list[str]
    texts: dict[str, Span]  # of articles parsed just now


class Reading:
    """All articles and pages, while other processes read those that have changed."""

    def __init__(
        self,
        project: Path,
        stamps: Mapping[str, Stamp],
        earlier: Earlier,
        rules: Rules,
        jobs: int,
        start: str = "",
        assistant: Assistant | None = None,
        shelf: Path | None = None,
    ) -> None:
        """Let other processes begin, if they pay: an assistant with a few files, workers with many.

        ``start`` is how these start. ``shelf`` is a folder for texts, which else aren't kept.
        """
        self._paths = [p for p in stamps if p.endswith(".md") and p.startswith("content/")]
        same = earlier.stamps.get
        self._changed = [p for p in self._paths if same(p) != stamps[p] or not stamps[p][1]]
        self._work = partial(_parse, project, earlier.row, rules, shelf)
        few = len(self._changed) <= MANY
        self._spread: Spread[str, _Got] | None = None
        self._got: Callable[[], list[_Got]] = list
        if few and assistant and self._changed:
            self._got = assistant.ask(partial(spread, self._work, self._changed, 1))
        elif self._changed:
            self._spread = Spread(self._work, self._changed, 1 if few else jobs, start=start)
            self._got = self._spread.join

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End what has begun and isn't needed any more."""
        if self._spread:
            self._spread.stop()

    def read(self, rows: Mapping[str, Row], errors: list[MujazError]) -> Read:
        """Return all articles; those that haven't changed come from an earlier build's rows.

        Every fault of every file goes to ``errors``; a file with faults is no article.
        """
        articles: dict[str, Article] = {}
        changed, lost = set(self._changed), []
        for path in self._paths:
            if path not in changed:
                row = rows.get(path)
                if row is None:
                    lost.append(path)
                else:
                    articles[path] = as_article(row)
        texts: dict[str, Span] = {}
        for got in self._got() + ([self._work(lost)] if lost else []):
            articles.update((row[0], as_article(row)) for row in got.rows)
            texts |= got.texts
            errors += got.errors
        return Read(articles, self._changed + lost, texts)


class _Got(NamedTuple):
    """What a worker read."""

    rows: list[Row]
    texts: dict[str, Span]  # by path
    errors: list[MujazError]

    def __reduce__(self) -> tuple[Any, ...]:
        """Between processes: marshal takes half of pickle's time for what is small and many."""
        return _unpacked, (marshal.dumps((self.rows, self.texts)), self.errors)


def _unpacked(plain: bytes, errors: list[MujazError]) -> _Got:
    rows, texts = marshal.loads(plain)
    return _Got(rows, texts, errors)


def _parse(
    project: Path,
    known: Callable[[str], Row | None],
    rules: Rules,
    shelf: Path | None,
    paths: Sequence[str],
) -> _Got:
    # here, since a process that reads nothing needs none of it
    from mujaz.article import Faulty, read_article

    rows: list[Row] = []
    texts: dict[str, bytes] = {}
    errors: list[MujazError] = []
    for path in paths:
        try:
            data = read_file(project, path)
            old = known(path)
            if old is not None and old[CONTENT] == content_digest(data):
                rows.append(as_row(as_article(old)))
                continue
            article, text = read_article(path, data, rules)
            rows.append(as_row(article))
            if shelf:
                texts[path] = text.encode()
        except Faulty as faulty:
            errors += [ContentError(message, Place(path, line)) for line, message in faulty.faults]
        except MujazError as error:
            errors.append(error)
    return _Got(rows, put(shelf, texts) if shelf and texts else {}, errors)


def as_row(article: Article) -> list[object]:
    """Return an article as plain values, for the state.

    Its tags and names, which others share, become one string for all: marshal keeps it so.
    """
    row: list[object] = list(article)
    row[CARD] = tuple(article.card)
    row[TAGS] = tuple(map(intern, article.tags))
    row[NAMES] = tuple(map(intern, article.names))
    return row


def as_article(row: Row) -> Article:
    """Return an article from its row, which becomes part of it."""
    if type(row) is list:
        row[CARD] = Card._make(row[CARD])
    return Article._make(row)


def warnings_of(articles: Mapping[str, Article]) -> Iterator[Problem]:
    """Yield what articles' authors should know."""
    for path, article in articles.items():
        for line, message in article.warnings:
            yield Problem(Place(path, line), message)
