"""Which generator a folder belongs to, and the addresses it gave its articles.

Sources of the rules: gohugo.io/content-management/urls, jekyllrb.com/docs/permalinks,
docs.getpelican.com/en/latest/settings.html#url-settings, getnikola.com/handbook.html (POSTS),
11ty.dev/docs/permalinks.
"""

import ast
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from posixpath import dirname
from typing import NamedTuple

from mujaz.importing.reading import MOST_OF_TEXT

_SETTINGS = (  # generator, its settings' names
    ("hugo", ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json")),
    ("jekyll", ("_config.yml", "_config.yaml", "_config.toml")),
    ("pelican", ("pelicanconf.py",)),
    ("nikola", ("conf.py",)),
    ("eleventy", (".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs")),
    ("hugo", ("config.toml", "config.yaml", "config.yml")),
)  # fmt: skip
_JEKYLL = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "none": "/:categories/:title.html",
}


class Old(NamedTuple):
    """A folder's generator. ``root`` is where its settings are."""

    kind: str = ""  # "": not known
    root: Path = Path()
    patterns: Mapping[str, str] = {}


class Post(NamedTuple):
    """What an address is made from."""

    file: Path
    name: str  # its slug, else its file's name
    slug: str  # as given, or ""
    moment: str
    categories: tuple[str, ...]
    page: bool


def detect(source: Path) -> Old:
    """Return the generator whose settings lie in a folder or up to two above it."""
    here = source.resolve()
    for folder in (here, *list(here.parents)[:2]):
        for kind, names in _SETTINGS:
            for name in names:
                text = _read(folder / name)
                if text and not (kind == "nikola" and "POSTS" not in text):
                    return Old(kind, folder, _patterns(kind, name, text))
    return Old()


def address(old: Old, post: Post) -> str:
    """Return the address that an article had by its generator's rules, "" if that isn't known."""
    try:
        inner = post.file.resolve().relative_to(old.root).as_posix()
    except ValueError:
        return ""
    match old.kind:
        case "hugo":
            return _hugo(inner, post, old.patterns)
        case "jekyll":
            return _jekyll(inner, post, old.patterns)
        case "pelican":
            return _pelican(post, old.patterns)
        case "nikola":
            return _nikola(inner, post, old.patterns)
        case "eleventy":
            return _eleventy(inner, post, old.patterns)
    return ""


def _read(file: Path) -> str:
    try:
        if file.is_file() and file.stat().st_size < MOST_OF_TEXT:
            return file.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        pass
    return ""


def _patterns(kind: str, name: str, text: str) -> dict[str, str]:
    match kind:
        case "hugo" | "jekyll":
            return _of_settings(kind, name, text)
        case "pelican" | "nikola":
            return _of_python(text)
    found = re.search(r"\binput\s*:\s*[\"']([^\"']+)", text)
    return {"input": found[1].strip("./") if found else ""}


def _of_settings(kind: str, name: str, text: str) -> dict[str, str]:
    """The patterns in Hugo's or Jekyll's settings."""
    values: object = None
    try:
        if name.endswith(".toml"):
            values = tomllib.loads(text)
        else:
            import yaml

            values = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - texts and lists only
    except (ValueError, RecursionError, ImportError):
        return {}
    except Exception as error:
        if type(error).__module__.startswith("yaml"):
            return {}
        raise
    table = values if isinstance(values, dict) else {}
    found = table.get("permalinks" if kind == "hugo" else "permalink")
    if isinstance(found, dict):
        found = found.get("page", found) if isinstance(found.get("page", found), dict) else found
        return {str(k): str(v) for k, v in found.items()}
    return {"": str(found)} if found else {}


def _of_python(text: str) -> dict[str, str]:
    """Settings that are texts, read without running them; Nikola's POSTS and PAGES as their folders."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    found: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            try:
                value = ast.literal_eval(node.value)
            except (ValueError, TypeError, RecursionError, MemoryError):
                continue
            name = node.targets[0].id
            if isinstance(value, str | bool):
                found[name] = str(value)
            elif name in {"POSTS", "PAGES"} and isinstance(value, tuple | list):
                found |= {
                    f"{name} {dirname(str(row[0]))}": str(row[1]) for row in value if len(row) > 1
                }
    return found


def _filled(pattern: str, post: Post, more: Mapping[str, str]) -> str:
    """A pattern of ``:year`` and the like, "" if it asks for what isn't known."""
    year, month, day = (post.moment[:10] or "--").split("-")
    parts = ("title", "slug", "name", "filename", "slugorfilename", "contentbasename")
    known = {
        **dict.fromkeys((*parts, "slugorcontentbasename"), post.name),
        "year": year,
        "month": month,
        "day": day,
        "short_year": year[2:],
        "i_month": month.lstrip("0"),
        "i_day": day.lstrip("0"),
        **more,
    }
    unknown = [key for key in re.findall(r":([a-z_]+)", pattern) if key not in known]
    made = re.sub(r":([a-z_]+)", lambda m: known.get(m[1], ""), pattern)
    return "" if unknown else re.sub("/{2,}", "/", f"/{made}")


def _part(text: str) -> str:
    """A part of an address as these generators make it: small letters, blanks as hyphens."""
    return re.sub(r"\s+", "-", text.strip()).lower()


def _hugo(inner: str, post: Post, patterns: Mapping[str, str]) -> str:
    folder = dirname(inner.removeprefix("content/"))
    if post.file.stem == "index":
        folder = dirname(folder)
    section = folder.partition("/")[0]
    more = {"section": section, "sections": folder}
    pattern = patterns.get(section) or f"/{folder}/:slug/"
    return _filled(pattern, post._replace(name=_part(post.slug or _stem(post.file))), more).lower()


def _jekyll(inner: str, post: Post, patterns: Mapping[str, str]) -> str:
    pattern = patterns.get("", "date")
    if post.page:
        ending = "/" if pattern == "pretty" or pattern.endswith("/") else ".html"
        return f"/{dirname(inner)}/{post.file.stem}{ending}".replace("//", "/")
    before = inner.partition("_posts/")[0].strip("/")
    categories = "/".join(_part(x) for x in (*([before] if before else []), *post.categories))
    pattern = _JEKYLL.get(pattern, pattern).replace(":output_ext", ".html")
    return _filled(pattern, post, {"categories": categories})


def _pelican(post: Post, patterns: Mapping[str, str]) -> str:
    if not post.slug:
        return ""  # made from the title by rules of its own
    pattern = patterns.get("PAGE_URL" if post.page else "ARTICLE_URL")
    pattern = pattern or ("pages/{slug}.html" if post.page else "{slug}.html")
    year, month, day = (post.moment[:10] or "--").split("-")
    known = {"slug": post.slug, "date:%Y": year, "date:%m": month, "date:%d": day}
    if post.categories:
        known["category"] = _part(post.categories[0])
    made = re.sub(r"\{([^{}]+)\}", lambda m: known.get(m[1], m[0]), pattern)
    return "" if "{" in made else f"/{made.lstrip('/')}"


def _nikola(inner: str, post: Post, patterns: Mapping[str, str]) -> str:
    for key, target in patterns.items():
        kind, _, folder = key.partition(" ")
        if kind in {"POSTS", "PAGES"} and (inner.startswith(f"{folder}/") or not folder):
            between = dirname(inner.removeprefix(f"{folder}/"))
            ending = "/" if patterns.get("PRETTY_URLS", "True") == "True" else ".html"
            return re.sub("/{2,}", "/", f"/{target}/{between}/{post.name}{ending}")
    return ""


def _eleventy(inner: str, post: Post, patterns: Mapping[str, str]) -> str:
    folder = dirname(
        inner.removeprefix(f"{patterns['input']}/") if patterns.get("input") else inner
    )
    stem = "" if post.file.stem == "index" else f"{_stem(post.file)}/"
    return re.sub("/{2,}", "/", f"/{folder}/{stem}")


def _stem(file: Path) -> str:
    """A file's name without ending and date; that of the folder for index.md."""
    stem = file.parent.name if file.stem == "index" else file.stem
    return re.sub(r"^\d{4}-\d{1,2}-\d{1,2}[-_]", "", stem)
