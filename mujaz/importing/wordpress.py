"""A WordPress export (WXR 1.0 to 1.2): posts and pages; all else is named.

The format: https://wordpress.org/documentation/article/tools-export-screen/ and
wp-admin/includes/export.php, which writes it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from mujaz.errors import MujazError, Place
from mujaz.importing.elements import child_text, line_of, text_of
from mujaz.importing.fields import dated, headline, tagged
from mujaz.importing.found import Found, Link, Picture, Setting
from mujaz.importing.html_text import Html, beside, host_of, plain, to_markdown
from mujaz.importing.reading import shown

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_BLOCK = re.compile(
    r"\s*</?(?:address|article|aside|blockquote|dd|details|div|dl|dt|figure|figcaption|form|h[1-6]|hr|iframe"
    r"|li|ol|p|pre|section|table|tbody|td|th|thead|tr|ul|video)[\s/>]",
    re.IGNORECASE,
)
_PRE = re.compile(r"(<pre\b(?:(?!<pre\b).)*?</pre>)", re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"<!--(?:(?!<!--).)*?-->", re.DOTALL)
_SHORTCODE = re.compile(r"(?<!\[)\[(/?)([A-Za-z][\w-]*)((?:\s[^\[\]\n]*)?)\](?!\(|\])")
_ZERO = "0000-00-00"
_STATES = {"publish", "future", "draft", "pending", "private"}


class _Item(NamedTuple):
    """One <item>, and what the file tells of others."""

    element: "Element"
    place: Place
    namespace: str  # of the wp: elements
    attachments: Mapping[str, tuple[str, str]]  # id -> address, text for those who can't see it
    authors: Mapping[str, str]

    def of(self, name: str) -> str:
        """The text of a wp: element."""
        return child_text(self.element, f"{{{self.namespace}}}{name}")

    def meta(self) -> Mapping[str, list[str]]:
        """The post's custom fields."""
        found: dict[str, list[str]] = {}
        for row in self.element.findall(f"{{{self.namespace}}}postmeta"):
            key = child_text(row, f"{{{self.namespace}}}meta_key")
            found.setdefault(key, []).append(child_text(row, f"{{{self.namespace}}}meta_value"))
        return found


def read_wordpress(root: "Element", source: Path, setting: Setting) -> Sequence[Found]:
    """Return the posts and pages of an export; ``setting.told`` hears of all else."""
    found: list[Found] = []
    for item in _items(root, shown(source)):
        kind = item.of("post_type") or "post"
        title = plain(child_text(item.element, "title"))
        if kind not in {"post", "page"}:
            address = item.of("attachment_url")
            if kind != "attachment":
                setting.told.leave(item.place, f"{kind} '{title}' is no article")
            elif not beside(source.parent, address):
                setting.told.leave(item.place, f"the attachment {address}")
            continue
        state = item.of("status") or "publish"
        if state not in _STATES:
            setting.told.leave(item.place, f"'{title}' has the status {state}")
            continue
        try:
            found.append(_article(item, source.parent, setting))
        except MujazError as error:
            setting.told.faults.append(error)
    return found


def _items(root: "Element", path: str) -> Iterator[_Item]:
    exports = [str(uri) for uri in root.nsmap.values() if "wordpress.org/export/" in str(uri)]
    namespace = min(exports, key=len)  # the other is that of excerpts, below it
    wp = f"{{{namespace}}}"
    attachments = {
        child_text(item, f"{wp}post_id"): (
            child_text(item, f"{wp}attachment_url"),
            _alternative(item, wp) or plain(child_text(item, "title")),
        )
        for item in root.iter("item")
        if child_text(item, f"{wp}post_type") == "attachment"
    }
    authors = {
        child_text(row, f"{wp}author_login"): child_text(row, f"{wp}author_display_name")
        for row in root.iter(f"{wp}author")
    }
    for item in root.iter("item"):
        yield _Item(item, Place(path, line_of(item)), namespace, attachments, authors)


def _alternative(item: "Element", wp: str) -> str:
    """A picture's text for those who can't see it."""
    for row in item.findall(f"{wp}postmeta"):
        if child_text(row, f"{wp}meta_key") == "_wp_attachment_image_alt":
            return child_text(row, f"{wp}meta_value")
    return ""


def _article(item: _Item, folder: Path, setting: Setting) -> Found:
    page = item.of("post_type") == "page"
    title = plain(child_text(item.element, "title"))
    text = to_markdown(
        Html(
            _html(child_text(item.element, _CONTENT), item.place, setting),
            item.place,
            setting.told,
            folder,
        )
    )
    image, picture = _image(item, folder, setting)
    return Found(
        place=item.place,
        headline=headline(title, item.place, setting.told),
        moment="" if page else _published(item, setting.zone),
        body=text.markdown,
        name=unquote(item.of("post_name")),
        fields={**_fields(item, setting), **image},
        old=_old(item),
        page=page,
        pictures=(*text.pictures, *picture),
        links=tuple(_own(text.links, item.element)),
        keys=(f"wp:{item.of('post_id')}",),
    )


def _published(item: _Item, zone: ZoneInfo) -> str:
    """The post's moment: GMT if it is there (drafts have none), else the blog's civil time."""
    gmt, local = item.of("post_date_gmt"), item.of("post_date")
    if gmt and not gmt.startswith(_ZERO):
        return dated(f"{gmt} UTC", item.place, zone)
    if local and not local.startswith(_ZERO):
        return dated(local, item.place, zone)
    return dated(child_text(item.element, "pubDate"), item.place, zone)


def _fields(item: _Item, setting: Setting) -> dict[str, str | Sequence[str]]:
    tell, state = setting.told.leave, item.of("status")
    hidden = state == "private" or bool(item.of("post_password"))
    if hidden:
        tell(item.place, "it was private or had a password: imported as a draft")
    if comments := len(item.element.findall(f"{{{item.namespace}}}comment")):
        tell(item.place, f"comments: {comments}")
    custom = [key for key in item.meta() if not key.startswith("_")]
    if custom:
        tell(item.place, f"custom fields: {', '.join(sorted(custom))}")
    login = child_text(item.element, _CREATOR)
    excerpt = next(
        (text_of(e) for e in item.element if str(e.tag).endswith("/excerpt/}encoded")), ""
    )
    return {
        "tags": _tags(item, setting),
        "summary": plain(excerpt),
        "updated": _updated(item, setting),
        "author": item.authors.get(login) or login,
        "pin": "true" if item.of("is_sticky") == "1" and item.of("post_type") != "page" else "",
        "draft": "true" if hidden or state in {"draft", "pending"} else "",
    }


def _tags(item: _Item, setting: Setting) -> Sequence[str]:
    rows = item.element.findall("category")
    for row in rows:
        if (
            row.get("domain") not in {"category", "post_tag", None}
            and row.get("domain") != "post_format"
        ):
            setting.told.leave(item.place, f"{row.get('domain')} '{text_of(row)}' is no tag")
    return tagged(
        (
            plain(text_of(row))
            for row in rows
            if row.get("domain") in {"category", "post_tag", None}
            and row.get("nicename") != "uncategorized"
        ),
        item.place,
        setting.told,
    )


def _updated(item: _Item, setting: Setting) -> str:
    """The last change, if it was on a later day: WordPress counts every small one."""
    gmt = item.of("post_modified_gmt")
    if not gmt or gmt.startswith(_ZERO) or item.of("post_type") == "page":
        return ""
    from mujaz.importing.moments import written

    changed = dated(f"{gmt} UTC", item.place, setting.zone)
    return written(changed) if changed[:10] > _published(item, setting.zone)[:10] else ""


def _image(
    item: _Item, folder: Path, setting: Setting
) -> tuple[dict[str, str], tuple[Picture, ...]]:
    """The featured picture, if it lies beside the export (wp-content/uploads/…)."""
    for number in item.meta().get("_thumbnail_id", ()):
        address, alt = item.attachments.get(number, ("", ""))
        file = beside(folder, address) if address else None
        if file:
            return {"image": address, "image_alt": alt}, (Picture(file, address),)
        setting.told.leave(item.place, f"the featured picture {address or f'number {number}'}")
    return {}, ()


def _old(item: _Item) -> tuple[str, ...]:
    """The post's address, and those under its earlier slugs."""
    link = child_text(item.element, "link").strip()
    slug = item.of("post_name")
    earlier = [
        link.replace(f"/{slug}", f"/{old}")
        for old in item.meta().get("_wp_old_slug", ())
        if slug and f"/{slug}" in link
    ]
    unpublished = item.of("status") != "publish"  # its address is ?p=NUMBER
    return tuple(x for x in (link, *earlier) if x and not (unpublished and "?" in x))


def _own(links: Sequence[Link], item: "Element") -> Iterator[Link]:
    """Links to the old site itself, which may lead to imported articles."""
    host = host_of(child_text(item, "link").strip())
    for link in links:
        parts = urlsplit(link.key)
        if parts.hostname not in {host, None}:
            continue
        number = re.fullmatch(r"(?:p|page_id)=(\d+)", parts.query)
        yield link._replace(key=f"wp:{number[1]}") if number else link


def _html(content: str, place: Place, setting: Setting) -> str:
    """A post's text as HTML: WordPress keeps paragraphs as blank lines, and has shortcodes."""
    text = content.replace("\r\n", "\n")
    blocks = "<!-- wp:" in text
    for comment in _COMMENT.findall(text):
        if not re.match(r"<!--\s*(?:/?wp:|more|nextpage|noteaser)", comment):
            setting.told.leave(place, f"a comment in HTML: {comment[:80]}")
    text = _COMMENT.sub("", text)
    text = _shortcodes(text, content, place, setting)
    if blocks:
        return text
    return "".join(
        part if number % 2 else _paragraphs(part) for number, part in enumerate(_PRE.split(text))
    )


def _shortcodes(text: str, whole: str, place: Place, setting: Setting) -> str:
    """Captions and embeds lose their brackets; other shortcodes stay as text and are named."""

    def shortcode(found: re.Match[str]) -> str:
        name = found[2].lower()
        if name in {"caption", "wp_caption", "embed"}:
            return " " if name == "embed" else ""
        line = whole.count("\n", 0, max(whole.find(found[0]), 0))
        setting.told.leave(
            Place(place.path, place.line),
            f"the shortcode {found[0][:80]} (line {line + 1} of the text): left as text",
        )
        return found[0]

    return _SHORTCODE.sub(shortcode, text)


def _paragraphs(text: str) -> str:
    """What WordPress's wpautop makes of blank lines and line ends."""
    made = []
    for block in re.split(r"\n\s*\n", text):
        if not block.strip():
            continue
        inner = block.strip("\n")
        made.append(inner if _BLOCK.match(inner) else f"<p>{inner.replace(chr(10), '<br>')}</p>")
    return "\n".join(made)
