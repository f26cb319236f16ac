"""Digits: ASCII and Arabic-Indic (CLDR `latn` and `arab`)."""

_ARAB = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_ASCII = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_SEPARATORS = str.maketrans({",": "\u066c", ".": "\u066b"})


def localize(text: str, digits: str) -> str:
    """Return the text with ASCII digits in Arabic-Indic when `digits` is `arab`."""
    return text.translate(_ARAB) if digits == "arab" else text


def number(value: float, digits: str) -> str:
    """Return a grouped number, with the separators of the digit system."""
    text = f"{value:,}"
    return localize(text.translate(_SEPARATORS), digits) if digits == "arab" else text


def ascii_digits(text: str) -> str:
    """Return the text with Arabic-Indic and Persian digits as 0-9."""
    return text if text.isascii() else text.translate(_ASCII)
