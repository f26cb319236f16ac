"""Pages that see the settings only."""

from collections.abc import Iterator

from mujaz.library import Library
from mujaz.model import Group, PlainPage
from mujaz.pages.groups import single

_PAGES = (
    ("/404.html", "404.html"),
    ("/robots.txt", "robots.txt"),
    ("/manifest.webmanifest", "manifest.webmanifest"),
    ("/opensearch.xml", "opensearch.xml"),
    ("/.nojekyll", "nojekyll.txt"),
)


def plain_pages(library: Library) -> Iterator[Group]:  # noqa: ARG001 - every kind takes the library
    """The error page, robots.txt, what browsers ask of a site's name and search, and Pages' .nojekyll."""
    for url, layout in _PAGES:
        yield single(url, layout, PlainPage())
