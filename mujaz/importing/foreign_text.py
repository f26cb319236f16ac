"""Markdown of other generators -> Markdown as Mujaz reads it: HTML, shortcodes, links and pictures."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import unquote

from mujaz.errors import Place
from mujaz.importing.escaping import arabic_names
from mujaz.importing.found import Link, Picture, Told
from mujaz.importing.html_text import Html, Text, beside, to_markdown
from mujaz.marks import CLOSE, OPEN, PIPE, tidy

_CODE = re.compile(
    r"^ {0,3}(?P<fence>`{3,}+|~{3,}+)[^\n]*+\n.*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<![`\\])(?P<ticks>`++)(?:(?!\n\n).){1,2000}?(?<!`)(?P=ticks)(?!`)"
    r"|(?:\A|(?<=\n\n))(?:(?: {4}|\t)[^\n]*(?:\n|\Z))+",
    re.DOTALL | re.MULTILINE,
)
# Lengths are bounded, so that no text can make a search from each of its signs go to its end
_SHORTCODE = re.compile(r"\{\{[<%].{0,500}?[%>]\}\}|\{%.{0,500}?%\}|\{\{.{0,500}?\}\}", re.DOTALL)
_HIGHLIGHT = re.compile(
    r"\{(?:%-?|\{[<%])\s*highlight\s+[\"']?([\w+#-]+)[^\n%>}]{0,200}?(?:-?%\}|[%>]\}\})[ \t]*+\n?"
    r"((?:(?!\{(?:%-?|\{[<%])\s*highlight).){0,5000}?)\n?"
    r"\{(?:%-?|\{[<%])\s*(?:endhighlight|/\s*highlight)\s*(?:-?%\}|[%>]\}\})",
    re.DOTALL,
)
_RAW = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
_ATTRIBUTES = re.compile(r"\{:[^{}\n]*\}")
_COMMENT = re.compile(r"<!--(?:(?!<!--).)*?-->", re.DOTALL)
_ELEMENTS = """
    a abbr article aside audio b big blockquote br button center cite code dd del details div dl dt em
    embed figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hr i iframe img input ins kbd li
    main mark nav noscript object ol p picture pre q s samp script section select small source span
    strike strong style sub summary sup svg table tbody td textarea tfoot th thead tr tt u ul var video
"""
_NAMES = "|".join(sorted(_ELEMENTS.split(), key=len, reverse=True))
_TAG = re.compile(rf"</?(?:{_NAMES})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_WHOLE = re.compile(
    r"<(script|style|iframe|object|video|audio|form|svg|table|figure|details|pre|noscript|textarea)\b[^<>]*>"
    r".{0,5000}?</\1\s*>|<(?:embed|img)\b[^<>]*>|<a\s[^<>]*>[^<>]*</a\s*>",
    re.DOTALL | re.IGNORECASE,
)
_BLOCK = re.compile(
    r"(?:\A|(?<=\n\n))[ ]{0,3}<(?:p|div|section|article|aside|center|blockquote|ul|ol|dl|h[1-6]"
    r"|header|footer|nav)\b[^\n]*(?:\n(?!\n)[^\n]*)*",
    re.IGNORECASE,
)
_SIMPLE = (
    (re.compile(r"<br\s*/?>[ \t]*\n?", re.IGNORECASE), "  \n"),
    (re.compile(r"</?(?:strong|b)>", re.IGNORECASE), "**"),
    (re.compile(r"</?(?:em|i)>", re.IGNORECASE), "*"),
)
_LESS = re.compile(r"(?<!\\)<(?!https?://[^<>\s]+>|[^<>\s@]+@[^<>\s@]+>)")
_TARGET = re.compile(
    r"(?P<bang>!?)\[(?P<label>[^\[\]\n]*)\]\(\s*(?:<(?P<angled>[^<>\n]*)>"
    r"|(?P<bare>(?:\{\{.{0,200}?\}\}|[^\s()<>]|\([^\s()]*\))++))(?P<title>\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)"
)
_DEFINITION = re.compile(r"^( {0,3}\[(?!\^)[^\]\n]+\]:\s*)<?(\S+?)>?(?=\s|$)", re.MULTILINE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_WEB = re.compile(r"(?:https?:)?//|mailto:|tel:", re.IGNORECASE)
_ROOTED = re.compile(
    r"\{\{\s*(?:site\.(?:baseurl|url)|[\"'](?P<path>[^\"']*)[\"']\s*\|[^{}]{0,200}?url[^{}]{0,200})\s*\}\}"
)
_PELICAN = re.compile(r"[{|](?:filename|static|attach)[}|]")
_UNSAFE = re.compile(r"[\s()<>\"\\`\[\]]")
_PICTURE = re.compile(r"(<img\b[^<>]*?\bsrc\s*=\s*[\"']?)([^\"'\s>]+)", re.IGNORECASE)
_HREF = re.compile(r"(<a\b[^<>]*?\bhref\s*=\s*[\"'])(?!\w+:|//|#)([^\"'<>]+)([\"'])", re.IGNORECASE)
_REFERENCE = re.compile(  # Hugo's ref, Jekyll's link and post_url
    r"\{\{[<%]\s*(?:rel)?ref\s{1,20}[\"']?([^\"'\s]{1,300})[\"']?\s*[%>]\}\}|\{%-?\s*(link|post_url)\s{1,20}(\S{1,300}?)\s*-?%\}"
)
_HELD = "\ufdd3"  # around the number of a piece that is done; ``tidy`` has taken it out of texts


class Around(NamedTuple):
    """What a body's links and reports go by."""

    path: str  # of the file, as messages show it
    line: int  # on which the body begins
    inner: str  # path of the file inside the folder that is imported
    root: Path  # that folder
    address: str  # of the article in the old site, or "/"
    told: Told


def convert(body: str, around: Around) -> Text:
    """Return a body as Mujaz's Markdown; what isn't carried over is told with its line."""
    text = tidy(_HIGHLIGHT.sub(lambda m: f"```{m[1]}\n{m[2]}\n```", body))
    work = _Body(around)
    parts = [piece if code else work.prose(piece, line) for piece, line, code in _pieces(text)]
    return Text("".join(parts).strip("\n"), tuple(work.links), tuple(work.pictures))


def _pieces(text: str) -> Iterator[tuple[str, int, bool]]:
    """A text's code and what is between, each with its line from 0."""
    at = 0
    lists = re.search(r"^\s*(?:[-+*]|\d+[.)])\s", text, re.MULTILINE)
    for found in _CODE.finditer(text):
        indented = found[0][:1] in {" ", "\t"} and not found["fence"]
        if indented and lists and lists.start() < found.start():
            continue
        yield text[at : found.start()], text.count("\n", 0, at), False
        yield found[0], text.count("\n", 0, found.start()), True
        at = found.end()
    yield text[at:], text.count("\n", 0, at), False


class _Body:
    """One body while it is converted."""

    def __init__(self, around: Around) -> None:
        self.around = around
        self.links: list[Link] = []
        self.pictures: list[Picture] = []
        self._made: list[str] = []  # what HTML has become: not looked at again

    def prose(self, text: str, line: int) -> str:
        """Text that isn't code."""
        text = _REFERENCE.sub(_referred, text)
        for found in _SHORTCODE.finditer(text):
            if not _RAW.fullmatch(found[0]) and not self._in_link(found[0]):
                self._tell(text, found, line, f"the shortcode {_short(found[0])}: left as text")
        text = _RAW.sub("", text)
        for found in _ATTRIBUTES.finditer(text):
            self._tell(text, found, line, f"the attributes {_short(found[0])}")
        text = _ATTRIBUTES.sub("", text)
        for found in _COMMENT.finditer(text):
            if not re.match(r"<!--\s*(?:more|TEASER_END|excerpt)", found[0], re.IGNORECASE):
                self._tell(text, found, line, f"a comment in HTML: {_short(found[0])}")
        text = _COMMENT.sub(lambda m: "\n" * m[0].count("\n"), text)
        text = self._without_html(text, line)
        text = _TARGET.sub(lambda m: self._target(m, text, line), text)
        text = _DEFINITION.sub(lambda m: self._definition(m, text, line), text)
        lifted = arabic_names(text)
        lifted = re.sub(r"(?<=\]\()<", "\0", lifted)
        lifted = _LESS.sub(r"\\<", lifted).replace("\0", "<")
        shown = lifted.replace(OPEN, "<").replace(CLOSE, ">").replace(PIPE, "|")
        return re.sub(f"{_HELD}(\\d+){_HELD}", lambda m: self._made[int(m[1])], shown)

    def _tell(self, text: str, found: re.Match[str], line: int, what: str) -> None:
        place = Place(
            self.around.path, self.around.line + line + text.count("\n", 0, found.start())
        )
        self.around.told.leave(place, what)

    @staticmethod
    def _in_link(shortcode: str) -> bool:
        return bool(_ROOTED.fullmatch(shortcode))

    def _without_html(self, text: str, line: int) -> str:
        if not _TAG.search(text):
            return text
        for pattern in (_WHOLE, _BLOCK):
            text = pattern.sub(self._html(text, line), text)
        for pattern, sign in _SIMPLE:
            text = pattern.sub(sign, text)
        for found in _TAG.finditer(text):
            self._tell(text, found, line, f"HTML {_short(found[0])}")
        return _TAG.sub("", text)

    def _html(self, text: str, line: int) -> Callable[[re.Match[str]], str]:
        """What replaces a piece of HTML that stands by itself."""

        def replace(found: re.Match[str]) -> str:
            at = self.around.line + line + text.count("\n", 0, found.start())
            place = Place(self.around.path, at)
            inner = _PICTURE.sub(self._rooted, found[0])
            inner = _HREF.sub(lambda m: f"{m[1]}{self._link(m[2], text, found, line)}{m[3]}", inner)
            made = to_markdown(Html(inner, place, self.around.told, self.around.root))
            self.links += made.links
            self.pictures += made.pictures
            self._made.append(made.markdown)
            return f"{_HELD}{len(self._made) - 1}{_HELD}"

        return replace

    def _rooted(self, found: re.Match[str]) -> str:
        """A picture in HTML, by its path in the imported folder if it is there."""
        file = self._picture(found[2])
        if not file:
            return found[0]
        return f"{found[1]}/{file.relative_to(self.around.root.resolve()).as_posix()}"

    def _target(self, found: re.Match[str], text: str, line: int) -> str:
        target = found["angled"] if found["angled"] is not None else found["bare"]
        label = found["label"]
        target = _ROOTED.sub(lambda m: m["path"] or "", target)
        if not found["bang"]:
            return f"[{label}]({self._link(target, text, found, line)})"
        file = self._picture(target)
        if file:
            safe = _safe(target)
            self.pictures.append(Picture(file, safe))
            return f"![{label}]({safe})"
        self._tell(text, found, line, f"the picture {target[:200]}")
        if re.match(r"https?://", target):
            return f"[{label or 'صورة'}]({_safe(target)})"
        return label

    def _definition(self, found: re.Match[str], text: str, line: int) -> str:
        return found[1] + self._link(_ROOTED.sub("", found[2]), text, found, line)

    def _link(self, target: str, text: str, found: re.Match[str], line: int) -> str:
        """A link's target: elsewhere, an imported file, or an address of the old site."""
        if _SCHEME.match(target) or target.startswith("#"):
            if not _WEB.match(target) and not target.startswith("#"):
                self._tell(text, found, line, f"the link {target[:80]}")
                return "#"
            self.links.append(Link(_safe(target), target))
            return _safe(target)
        file = self._file(target)
        bare, sign, fragment = target.partition("#")
        typed = _safe(target)
        if file and bare.lower().endswith((".md", ".markdown")):
            inner = file.relative_to(self.around.root.resolve()).as_posix()
            self.links.append(Link(typed, f"file:{inner}{sign}{fragment}", "/"))
            return typed
        if file and beside(file.parent, file.name):
            self.pictures.append(Picture(file, typed))
            return typed
        whole = normpath(join(self.around.address, _PELICAN.sub("", bare)))
        whole += "/" if bare.endswith("/") and whole != "/" else ""
        self.links.append(Link(_safe(whole) + sign + fragment, f"{whole}{sign}{fragment}"))
        return _safe(whole) + sign + fragment

    def _picture(self, target: str) -> Path | None:
        file = self._file(target)
        return file if file and beside(file.parent, file.name) else None

    def _file(self, target: str) -> Path | None:
        """The file inside the imported folder that a path means: beside the article, or of the site."""
        return file_of(_PELICAN.sub("", target), self.around)


def file_of(target: str, around: Around) -> Path | None:
    """Return the file that a path in an article means, never one outside the imported folder."""
    if _SCHEME.match(target):
        return None
    path = unquote(target.partition("#")[0].partition("?")[0])
    if "\0" in path or not path:
        return None
    root = around.root.resolve()
    places = [around.root / dirname(around.inner) / path.lstrip("/")]
    places += [
        around.root / folder / path.lstrip("/")
        for folder in ("", "static", "content", "assets", "files", "images", "src", "public")
    ]
    for place in places:
        try:
            file = place.resolve()
            if file.is_relative_to(root) and file.is_file():
                return file
        except (OSError, ValueError):
            continue
    return None


def _referred(found: re.Match[str]) -> str:
    """The file that a reference means."""
    if found[1]:
        return found[1] if "." in found[1] else f"{found[1]}.md"
    return f"/_posts/{found[3]}.md" if found[2] == "post_url" else f"/{found[3]}"


def _safe(target: str) -> str:
    return _UNSAFE.sub(lambda m: f"%{ord(m[0]):02X}" if m[0] < "\x80" else "%20", target)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[:80]}…" if len(line) > 80 else line
