"""Texts of layouts' macros, made once for each value: one article stands in many lists."""

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup


class Memo:
    """Texts of macros, made once for each value. The macro must be pure: its value and globals only."""

    def __init__(self) -> None:
        # a macro is made anew at each render, its code isn't
        self._made: dict[Any, dict[object, Markup]] = {}

    def once(self, value: Any, macro: Any) -> Markup:
        """``{{ card|once(item) }}``: the macro's text for a value."""
        return self._texts((value,), macro)[0]

    def each(self, values: Iterable[Any], macro: Any) -> Markup:
        """``{{ cards|each(item) }}``: the macro's texts for some values, one after the other."""
        return Markup("".join(self._texts(values, macro)))  # noqa: S704 - escaped by the macro

    def _texts(self, values: Iterable[Any], macro: Any) -> list[Markup]:
        made = self._made.setdefault(macro._func.__code__, {})  # noqa: SLF001
        texts = []
        for value in values:
            key = getattr(value, "digest", None) or value  # a card stands for itself by its digest
            text = made.get(key)
            if text is None:
                text = made[key] = macro(value)
            texts.append(text)
        return texts
