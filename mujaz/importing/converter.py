"""markdownify, with what it doesn't know of Mujaz's Markdown."""

import re
from collections.abc import Callable
from typing import Any

from bs4 import Tag
from markdownify import MarkdownConverter

from mujaz.importing.escaping import from_fragment

_UNSAFE = re.compile(r"[\s()<>\"\\`\[\]|\x00-\x1f\x7f]")


def safe_address(address: str) -> str:
    """Return an address that stands safely in ``](…)``."""
    address = f"https:{address}" if address.startswith("//") else address
    return _UNSAFE.sub(lambda m: f"%{ord(m[0]):02X}" if m[0] < "\x80" else "%20", address.strip())


def attribute(element: Any, key: str) -> str:
    """Return an attribute's text, "" if it isn't there."""
    value = element.get(key) if isinstance(element, Tag) else None
    return value.strip() if isinstance(value, str) else ""


def _text(_self: object, _element: Tag, text: str, parent_tags: set[str]) -> str:
    del parent_tags  # markdownify gives it by this name
    return text


class Converter(MarkdownConverter):
    """Escapes as Mujaz's Markdown asks for; elements that it has no signs for are plain text."""

    def __init__(self) -> None:
        super().__init__(heading_style="ATX", bullets="-", autolinks=False)

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Text that shows as it stands; called by markdownify."""
        line = re.sub(r"[ \t\r\n]+", " ", text)
        made = from_fragment(line) if line.strip() else line
        return made.replace("|", r"\|") if parent_tags & {"td", "th"} else made

    def convert_img(self, element: Tag, text: str, parent_tags: set[str]) -> str:
        """A picture that will stand beside the article."""
        del text, parent_tags
        alt = from_fragment(" ".join(attribute(element, "alt").split()))
        return f"![{alt}]({safe_address(attribute(element, 'src'))})"

    def convert_hN(  # noqa: N802 - markdownify's name
        self, n: int, el: Tag, text: str, parent_tags: set[str]
    ) -> str:
        """A heading; a sign # at its end is text."""
        ending = re.sub(r"(?<!\\)#(?=\s*$)", r"\\#", text)
        return str(super().convert_hN(n, el, ending, parent_tags))  # type: ignore[misc]  # not in its stubs

    def convert_blockquote(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A quotation, a blank line before it: after a line of text it would be text."""
        made = str(super().convert_blockquote(el, text, parent_tags))  # type: ignore[misc]  # not in its stubs
        return f"\n{made}" if made.startswith("\n>") else made

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """An item; after one of several blocks a blank line, else the next one would be its text."""
        made = str(super().convert_li(el, text, parent_tags))  # type: ignore[misc]  # not in its stubs
        return f"{made}\n" if "\n\n" in made else made

    def convert_q(self, _element: Tag, text: str, parent_tags: set[str]) -> str:
        """A quotation in a line."""
        del parent_tags
        return f"”{text}“"

    def convert_dt(self, _element: Tag, text: str, parent_tags: set[str]) -> str:
        """A term is a bold paragraph."""
        return (
            f" {text} "
            if "_inline" in parent_tags
            else f"\n\n**{text.strip()}**\n\n"
            if text.strip()
            else ""
        )

    def convert_dd(self, _element: Tag, text: str, parent_tags: set[str]) -> str:
        """Its meaning is a paragraph."""
        return f" {text} " if "_inline" in parent_tags else f"\n\n{text.strip()}\n\n"

    def convert_pre(self, _element: Tag, text: str, parent_tags: set[str]) -> str:
        """A fence longer than any in it."""
        del parent_tags
        if not text.strip():
            return ""
        longest = max((len(run) for run in re.findall("`+", text)), default=0)
        fence = "`" * max(3, longest + 1)
        inner = text.strip("\n")
        return f"\n\n{fence}\n{inner}\n{fence}\n\n"

    convert_del: Callable[..., str] = _text
    convert_s: Callable[..., str] = _text
    convert_sub: Callable[..., str] = _text
    convert_sup: Callable[..., str] = _text
    convert_kbd: Callable[..., str] = _text
    convert_samp: Callable[..., str] = _text
