"""One file's text -> Article: front matter checked, names resolved, card made. Pure."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from posixpath import basename, dirname
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from mujaz import frontmatter, marks, markup, names
from mujaz.addresses import beside
from mujaz.arabic.dates import read_date
from mujaz.arabic.fold import clean, identity
from mujaz.arabic.slug import slug
from mujaz.digest import NUMBER, SIZE, content_digest, quick_digest
from mujaz.model import Article, Card

_YES = frozenset(map(identity, ("true", "yes", "1", "نعم", "صح")))
_NO = frozenset(map(identity, ("false", "no", "0", "لا", "خطأ", "")))
_UNTIL = re.compile(r"(?:until|حتى|إلى)\s+", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_ALLOWED = re.compile(r"(?:https?|mailto|tel):|//", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]")
_CORRECTION = re.compile(r"([^:\s]+(?:\s+\d{1,2}:\d{2})?)\s*:\s*(.+)", re.DOTALL)


Corrections = tuple[tuple[str, str], ...]  # moment, text; newest first


class Faulty(Exception):  # noqa: N818 - carries what is wrong to the reader, which names the file
    """All that is wrong with one file: line and message."""

    def __init__(self, faults: list[tuple[int, str]]) -> None:
        super().__init__(faults)
        self.faults = faults


def decode(data: bytes) -> str:
    """Return a file's text. Raises Faulty with the line of the first byte that isn't UTF-8."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = re.split(rb"\r\n|\r|\n", data[: error.start]).__len__()
        raise Faulty(
            [
                (
                    line,
                    f"expected UTF-8, found the byte 0x{data[error.start]:02X} (offset {error.start})",
                )
            ]
        ) from None


def split(data: bytes) -> frontmatter.Document:
    """Return a file's front matter and tidy body. Raises Faulty."""
    try:
        document = frontmatter.parse(decode(data))
    except frontmatter.FrontMatterError as error:
        raise Faulty(list(error.faults)) from None
    return document._replace(body=marks.tidy(document.body))


class Parsed(NamedTuple):
    """An article and its text, names marked."""

    article: Article
    text: str


def read_article(path: str, data: bytes, rules: names.Rules) -> Parsed:
    """Return the article in a file under content/. Raises Faulty with all that is wrong with it."""
    return _Reading(path, split(data), rules).parsed(content_digest(data))


class _Reading:
    """One article while it is read: the fields asked for, the faults and warnings met."""

    def __init__(self, path: str, document: frontmatter.Document, rules: names.Rules) -> None:
        self.path = path
        self.document = document
        self.rules = rules
        self.page = path.startswith("content/pages/")
        self.faults: list[tuple[int, str]] = []
        self.warnings: list[tuple[int, str]] = list(document.problems)

    def parsed(self, content: bytes) -> Parsed:
        marked = marks.mark_names(self.document.body, raw_html=self.rules.settings.raw_html)
        shift = self.document.body_line - 1
        self.warnings += [(line + shift, message) for line, message in marked.problems]
        resolved = self._resolve(marked)
        targets = tuple(
            (target, line + shift) for target, line in self._targets(marked.text, shift)
        )
        self.warnings += self._strange_pictures(marked.text)
        corrections = self._corrections()
        card, tags = self._card(marked.text, corrections), self._tags()
        odd = tuple([pair for pair in resolved.marks if pair[0] != pair[1]])
        made = Article(
            path=self.path,
            content=content,
            digest=_digest(self.path, content, resolved.names, odd),
            number=_number(self.path, card, tags, resolved.names),
            card=card,
            tags=tags,
            names=resolved.names,
            marks=odd,
            targets=targets,
            author=self.line("author"),
            source_url=self._source_url(),
            image_credit=self.line("image_credit"),
            story=self.line("story"),
            corrections=corrections,
            aliases=self._aliases(),
            pin=self._pin(),
            draft=self._flag("draft"),
            summarized=bool(self.line("summary")),
            expires=self._end("expires", self.line("expires")),
            warnings=tuple(self.warnings),
        )
        if self.faults:
            raise Faulty(self.faults)
        return Parsed(made, marked.text)

    def line(self, key: str) -> str:
        """A field's text on one line, without what XML forbids; "" if it isn't there."""
        field = self.document.fields.get(key)
        if field is None:
            return ""
        text = field.text if field.items is None else "، ".join(field.items)
        return " ".join(marks.tidy(text).split())

    def at(self, key: str) -> int:
        field = self.document.fields.get(key)
        return field.line if field else 1

    def fault(self, key: str, message: str) -> None:
        self.faults.append((self.at(key), f"{key}: {message}"))

    # --- names, links

    def _resolve(self, marked: marks.Marked) -> names.Resolved:
        typed = markup.shown_names(marked, raw_html=self.rules.settings.raw_html)
        if "<" in (headline := self.line("headline")):
            typed += marks.mark_names(headline).names
        if not typed:
            return names.Resolved((), (), ())
        resolved = names.resolve(typed, self.rules.registry)
        for mark, message in resolved.problems:
            line = self.document.body.count("\n", 0, max(self.document.body.find(f"<{mark}>"), 0))
            self.warnings.append((line + self.document.body_line, message))
        return resolved

    def _strange_pictures(self, text: str) -> Iterator[tuple[int, str]]:
        """No page asks for anything from another host: the reader gets the picture's text."""
        settings = self.rules.settings
        if "//" not in text or not ("![" in text or settings.raw_html):
            return
        for target in sorted(markup.linked(text, raw_html=settings.raw_html, tags="img")):
            if _ALLOWED.match(target) and not target.startswith(f"{settings.base_url}/"):
                line = text.count("\n", 0, max(text.find(target), 0)) + self.document.body_line
                found = f"found '{target[:50]}': its description is shown instead"
                yield line, f"expected a picture beside the article, {found}"

    def _targets(self, text: str, shift: int) -> list[tuple[str, int]]:
        if "](" not in text and "]:" not in text:
            return []
        found: list[tuple[str, int]] = []
        for target, line in markup.targets(text):
            if _SCHEME.match(target):
                if not _ALLOWED.match(target):
                    self.warnings.append(
                        (
                            line + shift,
                            f"expected http, https, mailto or tel, found '{target[:50]}': left out",
                        )
                    )
            elif target[0] not in "#/?":
                found.append((target, line))
        if found and markup.holds_code(text):
            linked = markup.linked(text, raw_html=self.rules.settings.raw_html)
            return [(target, line) for target, line in found if target in linked]
        return found

    # --- front matter

    def _card(self, text: str, corrections: Corrections) -> Card:
        headline = marks.plain(self.line("headline"))
        if not headline:
            self.fault("headline", "expected the article's headline, found none")
        published = self._published()
        summary = marks.plain(self.line("summary")) or markup.lead(
            text, self.rules.settings.summary_words
        )
        image = self.line("image")
        rest = (
            self._url(published),
            headline,
            summary,
            published,
            max([self._moment("updated"), *(moment for moment, _ in corrections)]),
            self.line("dateline"),
            self.line("source"),
            self._image(image) if image else "",
            self.line("image_alt"),
        )
        if image and not rest[8]:
            self.warnings.append(
                (
                    self.at("image"),
                    "image: expected image_alt with it, for those who can't see the picture",
                )
            )
        return Card(*rest, digest=quick_digest(rest))

    def _published(self) -> str:
        if self.page:
            return ""
        if "date" not in self.document.fields:
            self.fault("date", "expected date: dd/mm/yyyy, found none")
            return ""
        return self._moment("date") or self._missing_date()

    def _missing_date(self) -> str:
        if not any(message.startswith("date:") for _, message in self.faults):
            self.fault("date", "expected dd/mm/yyyy, found ''")
        return ""

    def _moment(self, key: str) -> str:
        text = self.line(key)
        if not text:
            return ""
        return self._read(key, text)

    def _read(self, key: str, text: str) -> str:
        """An author's date as ISO 8601: the day, or with a time the instant in the site's zone."""
        try:
            day, time = read_date(text)
        except ValueError as error:
            self.fault(key, str(error))
            return ""
        if not time:
            return day
        return (
            datetime.fromisoformat(f"{day}T{time}")
            .replace(tzinfo=ZoneInfo(self.rules.settings.timezone))
            .isoformat()
        )

    def _end(self, key: str, text: str) -> str:
        """A last day counts whole: the moment after which it is over."""
        moment = self._read(key, text) if text else ""
        if len(moment) == len("2019-05-24"):
            return (date.fromisoformat(moment) + timedelta(1)).isoformat()
        return moment

    def _url(self, published: str) -> str:
        given = clean(self.line("slug"))
        part = slug(given)
        if given and (not part or re.search(r"[/\\%]|\.\.", given)):
            self.fault("slug", f"expected letters, digits and hyphens, found '{given}'")
        if not given:
            stem = basename(self.path).removesuffix(".md")
            stem = basename(dirname(self.path)) if stem in {"index", "_index"} else stem
            part = slug(stem) or content_digest(normalize("NFC", stem).encode()).hex()[:8]
        return f"/{part}/" if self.page else f"/{published[:10].replace('-', '/')}/{part}/"

    def _image(self, target: str) -> str:
        if _SCHEME.match(target) or target.startswith("/"):
            self.fault("image", f"expected a file beside the article, found '{target}'")
        return beside(self.path, target)

    def _tags(self) -> tuple[str, ...]:
        field = self.document.fields.get("tags")
        if field is None:
            return ()
        kept: dict[str, str] = {}
        for item in frontmatter.items(field):
            tag = _tag(item)
            if not _WORD.search(tag):
                if tag:
                    self.fault("tags", f"expected letters or digits in a tag, found '{tag}'")
            else:
                kept.setdefault(identity(tag), tag)
        return tuple(kept.values())

    def _source_url(self) -> str:
        url = self.line("source_url")
        if url and not (re.match(r"https?://[^/\s]", url) and _is_url(url)):
            self.fault(
                "source_url",
                f"expected an address that begins with https:// or http://, found '{url}'",
            )
        return url

    def _flag(self, key: str) -> bool:
        text = self.line(key)
        if identity(text) in _YES:
            return True
        if identity(text) not in _NO:
            self.fault(key, f"expected true or false (نعم or لا), found '{text}'")
        return False

    def _pin(self) -> str:
        text = self.line("pin")
        if until := _UNTIL.match(text):
            return self._end("pin", text[until.end() :])
        if identity(text) in _YES:
            return "always"
        if identity(text) not in _NO:
            self.fault("pin", f"expected true, or until dd/mm/yyyy, found '{text}'")
        return ""

    def _corrections(self) -> Corrections:
        field = self.document.fields.get("corrections")
        if field is None:
            return ()
        found: list[tuple[str, str]] = []
        for item in (field.text,) if field.items is None and field.text else field.items or ():
            parts = _CORRECTION.match(" ".join(marks.tidy(item).split()))
            if not parts:
                self.fault(
                    "corrections", f"expected 'dd/mm/yyyy: what was put right', found '{item}'"
                )
            elif moment := self._read("corrections", parts[1]):
                found.append((moment, marks.plain(parts[2])))
        return tuple(sorted(found, key=lambda pair: pair[0], reverse=True))

    def _aliases(self) -> tuple[tuple[str, int], ...]:
        field = self.document.fields.get("aliases")
        found: list[tuple[str, int]] = []
        for item in frontmatter.items(field) if field else ():
            address = normalize("NFC", unquote(clean(item)))
            parts = address.strip("/").split("/")
            if not address.startswith("/") or any(
                p in {"", ".", ".."} or re.search(r'[\\<>:"|?*#%]', p) for p in parts
            ):
                self.fault(
                    "aliases",
                    f"expected an address of this site such as /old/address/, found '{item}'",
                )
                continue
            whole = address if "." in parts[-1] or address.endswith("/") else f"{address}/"
            found.append((whole, self.at("aliases")))
        return tuple(found)


@lru_cache(1 << 14)
def _tag(typed: str) -> str:
    return clean(marks.plain(marks.tidy(typed)))


def _digest(
    path: str, content: bytes, names: Iterable[str], marks: Iterable[tuple[str, str]]
) -> bytes:
    """Of what all fields come from, besides the settings: place, bytes, and whom names stand for."""
    typed = [text for pair in marks for text in pair]
    known = "\0".join((path, *names, "", *typed)).encode("utf-8", "surrogateescape")
    return blake2b(content + known, digest_size=SIZE).digest()


def _number(path: str, card: Card, tags: Iterable[str], names: Iterable[str]) -> int:
    """Of what lists may show: the card, the place among articles of one moment, tags and names."""
    shown = "\0".join((normalize("NFC", path), *tags, "", *names))
    made = blake2b(card.digest + shown.encode("utf-8", "surrogateescape"), digest_size=NUMBER)
    return int.from_bytes(made.digest(), "big")


def _is_url(text: str) -> bool:
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False
