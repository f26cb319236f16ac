"""Texts of layouts' macros, made once for each value: one article stands in many lists."""

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup


class Memo:
    """Texts of macros, made once for each value. The macro must be pure: its value and globals only."""

    def __init__(self) -> None:
        self._made: dict[tuple[Any, object], Markup] = {}

    def once(self, value: Any, macro: Any) -> Markup:
        """``{{ card|once(item) }}``: the macro's text for a value."""
        # a macro is made anew at each render, its code isn't; a card stands for itself by its digest
        key = (macro._func.__code__, getattr(value, "digest", None) or value)  # noqa: SLF001
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = macro(value)
        return made

    def each(self, values: Iterable[Any], macro: Any) -> Markup:
        """``{{ cards|each(item) }}``: the macro's texts for some values, one after the other."""
        return Markup("".join([self.once(value, macro) for value in values]))  # noqa: S704 - escaped by the macro
