"""An article as its author typed it, with what the rules ask of it. Pure."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import cached_property

from mujaz import frontmatter, marks
from mujaz.article import Faulty, decode
from mujaz.desk.masking import mask
from mujaz.names import Rules

_OFF = re.compile(r"<!--[ \t]*check:([^<>\n]*)-->|^[ \t]*#[ \t]*check:(.*)$", re.MULTILINE)
_ARABIC = re.compile(
    "[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdfb\ufe70-\ufefc]"
)
_TERMS = frozenset({"tags", "story"})
_BETWEEN = re.compile(r"[\s,،؛]+")


class Manuscript:
    """One file under content/. Raises Faulty for what the build refuses to read."""

    def __init__(self, path: str, data: bytes, rules: Rules) -> None:
        self.path = path
        self.rules = rules
        self.text = plain_lines(decode(data))
        try:
            self.document = frontmatter.parse(self.text)
        except frontmatter.FrontMatterError as error:
            raise Faulty(list(error.faults)) from None
        self.body_at = len(self.text) - len(self.document.body)

    @cached_property
    def prose(self) -> str:
        """As long as the text; what isn't prose is blank."""
        return mask(self.text, self.document)

    def holds(self, signs: Iterable[str]) -> bool:
        """Return whether the prose holds one of some signs: a rule whose signs aren't there need not look."""
        return any(sign in self.prose for sign in signs)

    @cached_property
    def marked(self) -> marks.Marked:
        """The text with its name marks lifted out."""
        return marks.mark_names(
            marks.tidy(self.document.body), raw_html=self.rules.settings.raw_html
        )

    @cached_property
    def starts(self) -> list[int]:
        """Where each line begins."""
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    def place(self, at: int) -> tuple[int, int]:
        """Return an offset's line and column, both from 1."""
        line = bisect_right(self.starts, at)
        return line, at - self.starts[line - 1] + 1

    def field_at(self, key: str) -> int:
        """Return where a key's line begins; the file's beginning if it isn't there."""
        field = self.document.fields.get(key)
        return self.starts[field.line - 1] if field else 0

    def field(self, key: str) -> str:
        """Return a field's text on one line, as the build reads it."""
        field = self.document.fields.get(key)
        if field is None:
            return ""
        return " ".join((field.text if field.items is None else "، ".join(field.items)).split())

    def gives_address(self, at: int) -> bool:
        """Return whether an address comes from the spelling here: of a tag, a name, a story, a heading."""
        line = self.place(at)[0]
        if at < self.body_at:
            above = [(field.line, key) for key, field in self.document.fields.items()]
            return max((pair for pair in above if pair[0] <= line), default=(0, ""))[1] in _TERMS
        start = self.starts[line - 1]
        typed, _, following = self.text[start:].partition("\n")
        underlined = following.partition("\n")[0].strip()
        before = self.text[start:at]
        return (
            typed.lstrip(" >").startswith("#")
            or (underlined != "" and not underlined.strip("=-"))
            or before.rfind("<") > before.rfind(">")
        )

    @cached_property
    def off(self) -> Mapping[int, frozenset[str]]:
        """Rules turned off, by line: in the text on the comment's own, in front matter on the next."""
        if "check:" not in self.text:
            return {}
        found: dict[int, frozenset[str]] = {}
        for comment in _OFF.finditer(self.text):
            header = comment.start() < self.body_at
            if header == (comment[2] is not None):
                line = self.place(comment.start())[0] + header
                names = _BETWEEN.split((comment[1] or comment[2] or "").strip())
                found[line] = found.get(line, frozenset()) | frozenset(filter(None, names))
        return found


def plain_lines(text: str) -> str:
    """Return a text with line ends "\\n" and without a byte order mark, as the build reads it."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def arabic(text: str) -> bool:
    """Return whether a text holds an Arabic letter."""
    return _ARABIC.search(text) is not None
