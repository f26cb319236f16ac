"""One Markdown file of another generator -> an article or a page."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from posixpath import join, normpath
from typing import NamedTuple

from mujaz.errors import Place, SourceError
from mujaz.importing import old_addresses
from mujaz.importing.escaping import plain_headline
from mujaz.importing.fields import dated, tagged
from mujaz.importing.foreign_fields import Document, Value, parse
from mujaz.importing.foreign_text import Around, convert, file_of
from mujaz.importing.found import Found, Picture, Setting
from mujaz.importing.html_text import plain
from mujaz.importing.moments import written
from mujaz.importing.old_addresses import Old, Post
from mujaz.importing.reading import decode, read, shown

_DATED = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[-_](.+)")
_KEYS = {  # ours -> theirs, the first that is there
    "headline": ("title", "headline"),
    "date": ("date", "publishdate", "pubdate", "published_at", "created"),
    "updated": ("lastmod", "updated", "modified", "last_modified_at", "last_modified"),
    "summary": ("summary", "description", "excerpt"),
    "author": ("author", "authors"),
    "image": ("image", "cover_image", "image_src", "image_path", "cover", "thumbnail",
              "featured_image", "previewimage", "hero", "images"),
    "image_alt": ("image_alt", "cover_alt", "featured_image_alt"),
    "image_credit": ("image_credit", "cover_caption", "image_caption"),
    "expires": ("expirydate",),
    "slug": ("slug",),
}  # fmt: skip
_LISTS = ("tags", "categories", "category", "tag")
_STATE = ("draft", "published", "status")
_OLD = ("url", "permalink", "aliases", "alias", "redirect_from")


class _Read(NamedTuple):
    """One file while it is read."""

    file: Path
    place: Place
    inner: str  # its path inside the folder
    document: Document
    setting: Setting

    def text(self, key: str) -> str:
        """The first of a key's foreign names that has a value, on one line."""
        for name in _KEYS[key]:
            if value := self.document.fields.get(name):
                joined = (
                    value
                    if isinstance(value, str)
                    else (value[0] if key == "image" else "، ".join(value))
                )
                return " ".join(joined.split())
        return ""

    def list(self, *names: str) -> list[str]:
        """The items of some keys."""
        found: list[str] = []
        for name in names:
            value: Value = self.document.fields.get(name, ())
            found += (
                (re.split(r"[,،;؛]", value) if name != "category" else [value])
                if isinstance(value, str)
                else value
            )
        return [item.strip() for item in found if item.strip()]


def read_article_of(file: Path, source: Path, old: Old, setting: Setting) -> list[Found]:
    """Return the article in a file; none if it is no article, which is told. Raises SourceError."""
    place = Place(shown(file))
    text = decode(read(file), setting.encoding, place)
    document = parse(text, file, place, setting.encoding)
    one = _Read(file, place, file.relative_to(source).as_posix(), document, setting)
    if not document.fields:
        setting.told.leave(place, "it has no front matter")
        return []
    if file.stem == "_index" or not one.text("headline"):
        setting.told.leave(
            place, "a list's own page" if file.stem == "_index" else "it has no title"
        )
        return []
    return [_found(one, source, old)]


def _found(one: _Read, source: Path, old: Old) -> Found:
    moment = _moment(one, old)
    named = _DATED.fullmatch(one.file.parent.name if one.file.stem == "index" else one.file.stem)
    slug = one.text("slug")
    stem = one.file.parent.name if one.file.stem == "index" else one.file.stem
    name = slug or (named[2] if named else stem)
    post = Post(one.file, name, slug, moment, tuple(one.list("categories", "category")), not moment)
    addresses = _addresses(one, old_addresses.address(old, post))
    around = Around(
        one.place.path,
        one.document.line,
        one.inner,
        source,
        next(iter(addresses), "/"),
        one.setting.told,
    )
    text = convert(one.document.body, around)
    image, picture = _image(one, around)
    _tell_keys(one)
    return Found(
        place=one.place,
        headline=plain_headline(plain(one.text("headline"))),
        moment=moment,
        body=text.markdown,
        name=name,
        fields={**_fields(one, moment), **image},
        old=tuple(addresses),
        page=not moment,
        pictures=(*text.pictures, *picture),
        links=text.links,
        keys=(f"file:{one.inner}",),
    )


def _moment(one: _Read, old: Old) -> str:
    """When it was published, "" for a page. Raises SourceError for an article without a date."""
    text = one.text("date")
    named = _DATED.match(one.file.parent.name if one.file.stem == "index" else one.file.stem)
    if _is_page(one, text, old):
        return ""
    if text:
        return dated(text, one.place, one.setting.zone)
    if named:
        return dated(named[1], one.place, one.setting.zone)
    if _draft(one):
        one.setting.told.leave(one.place, "the date: it has none, so the file's own was taken")
        changed = datetime.fromtimestamp(one.file.stat().st_mtime, one.setting.zone)
        return changed.strftime("%Y-%m-%d")
    raise SourceError("expected the article's date, found none", one.place)


def _is_page(one: _Read, date: str, old: Old) -> bool:
    """Whether it is a page (about, contact): by type, by folder, or without a date at the top.

    To Jekyll all that isn't under _posts or _drafts is one, if it has no date.
    """
    kinds = {one.document.fields.get(key) for key in ("layout", "type")}
    folders = one.inner.split("/")[:-1]
    if kinds & {"page"} or "pages" in folders or "_pages" in folders:
        return True
    posts = "_posts" in folders or "_drafts" in folders
    top = not folders or folders == ["content"] or (old.kind == "jekyll" and not posts)
    return top and not date and not _DATED.match(one.file.stem) and not _draft(one)


def _draft(one: _Read) -> bool:
    fields = one.document.fields
    return (
        fields.get("draft") in {"true", "yes", "True"}
        or fields.get("published") in {"false", "no", "False"}
        or str(fields.get("status", "")).lower() in {"draft", "private", "hidden", "skip"}
        or "_drafts" in one.inner.split("/")
        or "draft" in one.list("tags")
    )


def _fields(one: _Read, moment: str) -> dict[str, str | Sequence[str]]:
    tags = [tag for tag in one.list(*_LISTS) if tag not in {"draft", "mathjax", "posts", "post"}]
    fields: dict[str, str | Sequence[str]] = {
        "tags": tagged(tags, one.place, one.setting.told),
        "summary": plain(one.text("summary")),
        "author": one.text("author"),
        "draft": "true" if _draft(one) else "",
    }
    for key in ("updated", "expires"):
        if text := one.text(key):
            try:
                changed = dated(text, one.place, one.setting.zone)
            except SourceError as error:
                one.setting.told.leave(one.place, f"{key}: {error.message}")
                continue
            if key == "expires" or changed[:10] > moment[:10] > "":
                fields[key] = written(changed)
    return fields


def _image(one: _Read, around: Around) -> tuple[dict[str, str], tuple[Picture, ...]]:
    target = one.text("image")
    if not target:
        return {}, ()
    file = file_of(re.sub(r"^\{[^}]*\}", "", target), around)
    if not file:
        one.setting.told.leave(one.place, f"the picture {target[:200]}")
        return {}, ()
    more = {key: one.text(key) for key in ("image_alt", "image_credit")}
    return {"image": target, **more}, (Picture(file, target),)


def _addresses(one: _Read, usual: str) -> list[str]:
    """Addresses in the old site: those given, else by its generator's rules; then earlier ones."""
    given = [x for x in one.list("url", "permalink") if x not in {"false", "true"}]
    rows = [
        *given,
        *([] if given else [usual] if usual else []),
        *one.list("aliases", "alias", "redirect_from"),
    ]
    found: list[str] = []
    for row in rows:
        if re.search(r"[{}]|:[a-z]", row):
            one.setting.told.leave(one.place, f"the address {row}: it is a pattern")
        else:
            found.append(
                row
                if row.startswith(("/", "http"))
                else normpath(join("/", row)) + "/" * row.endswith("/")
            )
    return found


def _tell_keys(one: _Read) -> None:
    used = {*_LISTS, *_STATE, *_OLD, *(name for names in _KEYS.values() for name in names)}
    left = [key for key in one.document.fields if key not in used]
    left += one.document.other
    if left:
        one.setting.told.leave(one.place, f"front matter: {', '.join(left)}")
