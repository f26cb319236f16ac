"""Counted nouns by CLDR plural category (`ar`)."""

from mujaz.arabic.digits import localize

# noun: zero, one, two, few (3-10), many (11-99), other (100...)
_NOUNS = {
    "article": ("لا أخبار", "خبر واحد", "خبران", "أخبار", "خبرًا", "خبر"),
    "item": ("لا مقالات", "مقال واحد", "مقالان", "مقالات", "مقالًا", "مقال"),
    "tag": ("لا وسوم", "وسم واحد", "وسمان", "وسوم", "وسمًا", "وسم"),
    "name": ("لا أسماء", "اسم واحد", "اسمان", "أسماء", "اسمًا", "اسم"),
    "result": ("لا نتائج", "نتيجة واحدة", "نتيجتان", "نتائج", "نتيجة", "نتيجة"),
    "minute": ("أقل من دقيقة", "دقيقة واحدة", "دقيقتان", "دقائق", "دقيقة", "دقيقة"),
    "day": ("لا أيام", "يوم واحد", "يومان", "أيام", "يومًا", "يوم"),
    "person": ("لا أشخاص", "شخص واحد", "شخصان", "أشخاص", "شخصًا", "شخص"),
    "story": ("لا ملفات", "ملف واحد", "ملفان", "ملفات", "ملفًا", "ملف"),
    "correction": ("لا تصويبات", "تصويب واحد", "تصويبان", "تصويبات", "تصويبًا", "تصويب"),
    "month": ("لا أشهر", "شهر واحد", "شهران", "أشهر", "شهرًا", "شهر"),
    "year": ("لا سنوات", "سنة واحدة", "سنتان", "سنوات", "سنة", "سنة"),
    "error": ("لا أخطاء", "خطأ واحد", "خطآن", "أخطاء", "خطأً", "خطأ"),
    "warning": ("لا تنبيهات", "تنبيه واحد", "تنبيهان", "تنبيهات", "تنبيهًا", "تنبيه"),
    "notice": ("لا ملاحظات", "ملاحظة واحدة", "ملاحظتان", "ملاحظات", "ملاحظة", "ملاحظة"),
    "file": ("لا ملفات", "ملف واحد", "ملفان", "ملفات", "ملفًا", "ملف"),
    "thing": ("لا شيء", "شيء واحد", "شيئان", "أشياء", "شيئًا", "شيء"),
    "mention": ("لا مرات", "مرة واحدة", "مرتان", "مرات", "مرة", "مرة"),
}
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")
_FEW = range(3, 11)
_MANY = range(11, 100)
_WORDS = 3  # the first three categories are written without a figure


def category(n: int) -> str:
    """Return the CLDR plural category of a whole number."""
    if 0 <= n < _WORDS:
        return _CATEGORIES[n]
    return "few" if n % 100 in _FEW else "many" if n % 100 in _MANY else "other"


def count(n: int, noun: str, digits: str = "latn") -> str:
    """Return the counted noun, such as `3 أخبار`; an unknown noun is a KeyError."""
    place = _CATEGORIES.index(category(n))
    form = _NOUNS[noun][place]
    return form if place < _WORDS else f"{localize(str(n), digits)} {form}"
