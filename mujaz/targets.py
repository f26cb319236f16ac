"""Where the links inside articles lead: to other articles, to files beside them, elsewhere in the site."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from posixpath import splitext
from unicodedata import is_normalized, normalize
from urllib.parse import urljoin

from mujaz.addresses import beside
from mujaz.errors import ContentError, MujazError, Place, Problem
from mujaz.model import Article
from mujaz.nearest import meant

PICTURES = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})


def resolve_targets(
    shown: Sequence[Article],
    everything: Mapping[str, Article],
    files: Mapping[str, object],
    problems: list[Problem],
    errors: list[MujazError],
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return where each relative link of each article leads; faults for those that lead nowhere."""
    real = real_paths(files)
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    linking = [article for article in shown if article.targets or article.card.image]
    published = {article.path for article in shown} if linking else set()
    for article in linking:
        if article.card.image and real(article.card.image) not in files:
            errors.append(
                ContentError(
                    f"image: no such picture: '{article.card.image}'"
                    f"{_meant(article.card.image, files)}",
                    Place(article.path),
                )
            )
        rows = []
        for target, line in dict(article.targets).items():
            path = real(beside(article.path, target))
            place = Place(article.path, line)
            if path in published:
                rows.append((target, everything[path].card.url + _fragment(target)))
            elif path in everything or (path.endswith(".md") and path in files):
                rows.append((target, ""))
                problems.append(
                    Problem(place, f"the link '{target}' leads to an article that isn't published")
                )
            elif _beside_articles(path, files):
                rows.append((target, _file_address(path)))
            elif splitext(path)[1].lower() in {".md", *PICTURES}:
                errors.append(
                    ContentError(
                        f"the link '{target}' leads to no file: there is none at {path}"
                        f"{_meant(path, files)}",
                        place,
                    )
                )
            else:
                rows.append((target, urljoin(article.card.url, target)))
        if rows:
            found[article.path] = tuple(rows)
    return found


def real_paths(files: Collection[str]) -> Callable[[str], str]:
    """Return the function from a path in NFC to the one of ``files`` that is meant, or the path itself.

    Names that come from macOS, in an archive or on a disk of its own, are NFD.
    """

    @cache  # most sites never ask
    def odd() -> dict[str, str]:
        return {normalize("NFC", path): path for path in files if not is_normalized("NFC", path)}

    return lambda path: path if path in files else odd().get(path, path)


def _meant(path: str, files: Iterable[str]) -> str:
    """The end of a message that names the nearest file of the same kind."""
    kinds = {".md"} if path.endswith(".md") else PICTURES
    return meant(path, (x for x in files if x.startswith("content/") and splitext(x)[1] in kinds))


def _beside_articles(path: str, files: Mapping[str, object]) -> bool:
    """Whether a path is a file of content/ that can be copied to the site."""
    return path.startswith("content/") and path in files and not path.endswith((".md", ".toml"))


def _fragment(target: str) -> str:
    hash_sign, fragment = target.partition("#")[1:]
    return hash_sign + fragment


def _file_address(path: str) -> str:
    return "/" + normalize("NFC", path.removeprefix("content/"))


def linked_files(articles: Iterable[Article], files: Mapping[str, object]) -> Iterator[str]:
    """Yield the paths of the files beside articles that some of these show or link to."""
    real = real_paths(files)
    for article in articles:
        if article.card.image or article.targets:
            found = (beside(article.path, target) for target, _ in article.targets)
            for path in map(real, (article.card.image, *found)):
                if _beside_articles(path, files):
                    yield path
