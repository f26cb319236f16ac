"""Edits of a site as an author, a script or a failing machine makes them, for Hypothesis to draw."""

import shutil
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from conftest import SiteFolder
from hypothesis import strategies as st
from PIL import Image

from mujaz import model
from mujaz.inputs import shipped
from mujaz.model import carried
from mujaz.search import SearchPage, SearchPart

# --- layouts that show all that their pages carry ---------------------------------------------------

_CARRIES: dict[str, type] = {
    "home.html": model.HomePage,
    "article.html": model.ArticlePage,
    "page.html": model.TextPage,
    "day.html": model.DayPage,
    "month.html": model.MonthPage,
    "year.html": model.YearPage,
    "archive.html": model.ArchivePage,
    "tag.html": model.TermPage,
    "name.html": model.TermPage,
    "tags.html": model.TermIndexPage,
    "names.html": model.TermIndexPage,
    "story.html": model.StoryPage,
    "corrections.html": model.CorrectionsPage,
    "feed.xml": model.FeedPage,
    "feed.json": model.FeedPage,
    "term-feed.xml": model.FeedPage,
    "bulletin.xml": model.BulletinFeedPage,
    "sitemap.xml": model.SitemapPage,
    "sitemap-index.xml": model.SitemapIndexPage,
    "news-sitemap.xml": model.NewsSitemapPage,
    "redirect.html": model.RedirectPage,
    "search.html": SearchPage,
    "search-part.txt": SearchPart,
}


def tiny_layouts() -> dict[str, str]:
    """A layout of one line for each one that Mujaz ships, showing every field of its page's data."""
    found = {}
    for file in sorted(shipped("layouts").rglob("*")):
        name = file.relative_to(shipped("layouts")).as_posix()
        if file.is_file():
            found[name] = (
                "".join(f"{{{{ {field} }}}}" for field in carried(_CARRIES[name]))
                if name in _CARRIES
                else "-"
            )
    found["article.html"] += "{% from 'part.html' import line %}{{ line(body|markdown) }}"
    found["feed.xml"] += "{% for item in items %}{{ item.body|markdown_absolute }}{% endfor %}"
    found["home.html"] += (
        "{{ '/'|href }} {{ site.title }} {{ asset('x.css') }} {{ '2019-05'|month }}"
    )
    found["part.html"] = "{% macro line(x) %}1 {{ x }}{% endmacro %}"
    return found


# --- a site, what is known of it, and the edits --------------------------------------------------------


class Workplace(NamedTuple):
    """A site with the front matter of its articles, so that an edit can change one field."""

    site: SiteFolder
    articles: dict[str, dict[str, str]]  # by name of the file under content/
    clock: list[int]  # the last one is the time
    flags: dict[str, bool]  # of the builds to come


class Edit(NamedTuple):
    """One edit; what it says in a failing example is its name and its values."""

    apply: Callable[..., None]
    values: tuple[object, ...]

    def __repr__(self) -> str:
        return f"{self.apply.__name__}{self.values!r}"

    def on(self, place: Workplace) -> None:
        """Do it; what it is about may be gone already."""
        self.apply(place, *self.values)


_FIELDS: Mapping[str, tuple[str, ...]] = {
    "headline": ("خبر", "نبأ", "خبر عن <بوتين>"),
    "date": (
        "23/05/2019",
        "24/05/2019",
        "24/05/2019 14:30",
        "01/06/2019",
        "24/11/2025",
        "25/11/2025",
        "لا تاريخ",
    ),
    "tags": ("روسيا", "روسيا، مال", "مال، روسيا", "رُوسيا", "مال", "اقتصاد", "مال، اقتصاد"),
    "summary": ("", "ملخص"),
    "story": ("", "ملف", "ملف آخر"),
    "pin": ("", "true", "until 24/11/2025"),
    "draft": ("", "true"),
    "expires": ("", "23/11/2025", "24/11/2025", "30/11/2025"),
    "slug": ("", "same", "other"),
    "aliases": ("", "/old/", "/a.b", "/a.b/", "/a.b/c/"),
    "updated": ("", "25/05/2019"),
    "corrections": ("", "25/05/2019: صواب"),
    "image": ("", "p.svg", "q.svg", "w.png", "w.gif"),
    "author": ("", "كاتبة"),
    "body": (
        "نص عن <فلاديمير بوتين> و<بوتين>.",
        "نص عن <فلاديمير لينين> و<لينين>.",
        "نص عن <بوتين> و<موسكو>.",
        "نص عن <لينين> و<موسكو>.",
        "[آخر](b.md) ![صورة](p.svg)",
        "لا شيء",
    ),
}
_NAMES = ("a", "b", "c", "d", "pages/about")
_START = {"a": "23/05/2019", "b": "24/05/2019", "c": "24/05/2019", "pages/about": ""}


def begin(root: Path) -> Workplace:
    """A small site that has a page of nearly every kind."""
    site = SiteFolder(root)
    for name, text in tiny_layouts().items():
        site.write(f"layouts/{name}", text)
    site.write("assets/x.css", "a{}")
    site.write("content/p.svg", "<svg/>")
    place = Workplace(site, {}, [0], {})
    for name, day in _START.items():
        place.articles[name] = {
            "headline": "خبر",
            "date": day,
            "tags": "روسيا، مال",
            "body": _FIELDS["body"][0],
        }
        _save(place, name)
    place.articles["b"]["aliases"] = "/old/"
    _save(place, "b")
    return place


def _save(place: Workplace, name: str) -> None:
    place.site.article(name, **{key: value for key, value in place.articles[name].items() if value})


def change(place: Workplace, name: str, key: str, value: str) -> None:
    article = place.articles.setdefault(name, {"headline": "جديد", "date": "24/05/2019"})
    article[key] = value
    _save(place, name)


def delete(place: Workplace, name: str) -> None:
    if place.articles.pop(name, None):
        (place.site.root / f"content/{name}.md").unlink()


def rename(place: Workplace, name: str, other: str) -> None:
    if name in place.articles and other not in place.articles:
        place.articles[other] = place.articles.pop(name)
        (place.site.root / f"content/{name}.md").rename(place.site.root / f"content/{other}.md")


def write(place: Workplace, path: str, text: str | bytes) -> None:
    place.site.write(path, text)


def lose(place: Workplace, path: str) -> None:
    (place.site.root / path).unlink(missing_ok=True)


def tick(place: Workplace, seconds: int) -> None:
    place.clock.append(seconds)


def flag(place: Workplace, name: str, value: str) -> None:
    place.flags[name] = bool(value)


def harm(place: Workplace, number: int, how: str) -> None:
    """Lose or alter one of the site's files, or fill a folder's place with a file."""
    files = [
        p for p in sorted(place.site.site.rglob("*")) if p.is_file() and ".mujaz" not in p.parts
    ]
    if not files:
        return
    file = files[number % len(files)]
    match how:
        case "lost":
            file.unlink()
        case "longer":
            file.write_bytes(file.read_bytes() + b"x")
        case "touched":
            file.write_bytes(file.read_bytes())
        case "folder":
            file.unlink()
            file.mkdir()
        case "tree":
            shutil.rmtree(
                place.site.site / file.relative_to(place.site.site).parts[0], ignore_errors=True
            )


def damage(place: Workplace, name: str, how: str) -> None:
    """Damage what Mujaz keeps of the last build. ``owned.copy`` is left: with both lists and the
    state gone, nothing tells a file of Mujaz's from anyone's, and it would have to be left alone."""
    file = place.site.site / ".mujaz" / name
    if not file.exists():
        return
    match how:
        case "lost":
            file.unlink()
        case "cut":
            file.write_bytes(file.read_bytes()[:-7])
        case "garbage":
            file.write_bytes(b"\xff garbage\n\n")


def leftovers(place: Workplace, name: str) -> None:
    """What a killed build leaves."""
    place.site.write(f"site/.mujaz/{name}", "of a killed build")


def spoil_cache(place: Workplace) -> None:
    for file in (place.site.site / ".mujaz").glob("layouts*"):
        for inner in [file] if file.is_file() else file.rglob("*"):
            if inner.is_file():
                inner.write_bytes(inner.read_bytes()[:-3] + b"???")


def picture(width: int, colour: str) -> bytes:
    """A picture, from some width on with narrower ones beside it in the site."""
    file = BytesIO()
    Image.new("RGB", (width, 2), colour).save(file, "png")
    return file.getvalue()


_SETTINGS = tuple(
    f'base_url = "https://example.org/{path}"\n{more}\n'
    for path in ("x", "y")
    for more in (
        "",
        "per_page = 1",
        "feed_items = 1",
        "noindex_below = 0",
        'title = "م"',
        'timezone = "Asia/Tokyo"',
        "perpage = 1",
    )
)
_REGISTRIES = {
    "content/names.toml": (
        "",
        '[[names]]\nname = "فلاديمير بوتين"\naliases = ["بوتين", "لينين"]\nkind = "person"\n',
        '[[names]]\nname = "فلاديمير لينين"\naliases = ["بوتين", "لينين"]\nrole = "ر"\n',
        '[[names]]\nname = "موسكو"\nslug = "moscow"\n',
    ),
    "content/tags.toml": (
        "",
        '[[tags]]\ntag = "مال"\nsynonyms = ["اقتصاد"]\n',
        '[[tags]]\ntag = "اقتصاد"\nsynonyms = ["مال"]\n',
        '[[tags]]\ntag = "روسيا"\nslug = "ru"\ndescription = "و"\n',
    ),
}
_FILES = {
    **_REGISTRIES,
    "content/site.toml": _SETTINGS,
    "content/p.svg": ("<svg/>", "<SVG/>"),
    "content/q.svg": ("<svg/>",),
    "content/w.png": (
        picture(600, "red"),
        picture(600, "blue"),
        picture(300, "red"),
        b"no picture",
    ),
    "content/w.gif": (picture(600, "red"),),
    "assets/root/q.svg": ("<svg/>",),
    "assets/x.css": ("a{}", "b{}"),
    "assets/root/CNAME": ("example.org", "example.com"),
    "assets/root/old": ("o",),
    "layouts/part.html": (
        "{% macro line(x) %}1 {{ x }}{% endmacro %}",
        "{% macro line(x) %}2 {{ x }}{% endmacro %}",
        "{% macro line(x) %}{{ broken",
    ),
    "layouts/tag.html": ("{{ term }}{{ total }}", "{{ cards }}", "{{ nothing_such }}"),
    "layouts/new.html": ("-",),
}
_LOSABLE = (
    "content/names.toml",
    "content/tags.toml",
    "content/q.svg",
    "content/w.png",
    "assets/root/q.svg",
    "assets/root/CNAME",
    "assets/root/old",
    "layouts/new.html",
)


def _edit(
    apply: Callable[..., None], *values: st.SearchStrategy[object]
) -> st.SearchStrategy[Edit]:
    return st.builds(Edit, st.just(apply), st.tuples(*values))


def _pairs(
    table: Mapping[str, tuple[str | bytes, ...]],
) -> st.SearchStrategy[tuple[str, str | bytes]]:
    return st.sampled_from([(key, value) for key, values in table.items() for value in values])


def edits() -> st.SearchStrategy[Edit]:
    """Any one edit."""
    names = st.sampled_from(_NAMES)
    fields_ = st.sampled_from(sorted(_FIELDS)).flatmap(
        lambda key: st.tuples(names, st.just(key), st.sampled_from(_FIELDS[key]))
    )
    changes = fields_.map(lambda values: Edit(change, values))
    return st.one_of(
        changes,
        changes,
        changes,
        _edit(delete, names),
        _edit(rename, names, names),
        _pairs(_FILES).map(lambda pair: Edit(write, pair)),
        _pairs(_FILES).map(lambda pair: Edit(write, pair)),
        _edit(lose, st.sampled_from(_LOSABLE)),
        _edit(tick, st.sampled_from([-90_000, 0, 30_000, 90_000, 700_000])),
        _edit(flag, st.sampled_from(["drafts", "future"]), st.sampled_from(["", "on"])),
        _edit(
            harm,
            st.integers(0, 200),
            st.sampled_from(["lost", "longer", "touched", "folder", "tree"]),
        ),
        _edit(
            damage, st.sampled_from(["state", "owned"]), st.sampled_from(["lost", "cut", "garbage"])
        ),
        _edit(
            leftovers,
            st.sampled_from(["stage/2019/x.html", "state.new", "owned.copy.new", "owned.new"]),
        ),
        _edit(spoil_cache),
    )


def runs() -> st.SearchStrategy[list[list[Edit]]]:
    """Edits in the order they are made; a build follows each inner list."""
    return st.lists(st.lists(edits(), min_size=1, max_size=4), min_size=1, max_size=3)
