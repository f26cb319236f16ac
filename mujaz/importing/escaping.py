"""Text that is no Markdown -> Markdown that shows just that text; name marks may stay.

Held by a property test: what Mujaz's Markdown makes of the result shows the text again.
"""

import re

from mujaz.marks import CLOSE, NAME, OPEN, PIPE, mark_names, tidy

_ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3\u06fa-\u06ff]")
_ANYWHERE = re.compile(r"[\\`*<]|\[(?=\^)|\[(?=TOC\])|(?<!\w)_|_(?!\w)|(?<=\])\(")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_START = re.compile(r"([#>]|[-+](?=\s|$|-)|\d{1,3}(?=\.\s)|(?=[:| ]*+-)[-:| ]++$)")
_ENTITY_START = re.compile(r"=+\s*$|~~~|[:|][-:| ]*$")


def from_text(text: str) -> str:
    """Return plain text as Markdown, names in ``<…>`` kept: the digest's house style."""
    marked = mark_names(tidy(text)).text
    lines = [line.strip() for line in marked.split("\n")]
    return _typed("\n".join(line_start(_inline(line)) for line in lines))


def from_fragment(text: str) -> str:
    """Return a run of text inside a paragraph as Markdown; only Arabic ``<…>`` stay names."""
    made = _inline(arabic_names(text), brackets=True)
    bare = made.lstrip()
    return _typed(made[: len(made) - len(bare)] + line_start(bare))


def arabic_names(text: str) -> str:
    """Return text with its Arabic name marks lifted; other systems mean ``<T>`` as it stands."""
    marked = mark_names(text).text
    return NAME.sub(lambda m: m[0] if _ARABIC.search(m[1]) else _typed(m[0]), marked)


def _typed(marked: str) -> str:
    return marked.replace(OPEN, "<").replace(CLOSE, ">").replace(PIPE, "|")


def _inline(marked: str, *, brackets: bool = False) -> str:
    """Markdown's signs escaped wherever they stand, but in names."""
    parts = re.split(f"({OPEN}[^{OPEN}{CLOSE}]*{CLOSE})", marked)
    return "".join(
        part if number % 2 else _escaped(part, brackets=brackets)
        for number, part in enumerate(parts)
    )


def _escaped(text: str, *, brackets: bool) -> str:
    text = _ANYWHERE.sub(r"\\\g<0>", _ENTITY.sub("&amp;", text))
    if brackets:
        return re.sub(r"(?<!\\)([\[\]])", r"\\\1", text)
    if "]:" in text or "][" in text or r"]\(" in text:
        return re.sub(r"(?<!\\)\[", r"\\[", text)
    return text


def line_start(line: str) -> str:
    """Return a line that isn't taken for a heading, a list, a quotation, a rule or a table."""
    if _ENTITY_START.match(line):
        return f"&#{ord(line[0])};{line[1:]}"
    if found := _START.match(line):
        end = found.end() if found[1][:1].isdigit() else 0
        return f"{line[:end]}\\{line[end:]}"
    return line


def plain_headline(text: str) -> str:
    """Return a headline on one line; what Mujaz would take for a name though it is none is told apart."""
    line = " ".join(tidy(text).split())
    marked = mark_names(line).text
    return _typed(
        NAME.sub(
            lambda m: m[0] if _ARABIC.search(m[1]) else f"\u2039{m[1].replace(PIPE, '|')}\u203a",
            marked,
        )
    )
