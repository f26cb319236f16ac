"""What commands say besides reports and faults: hints, last lines; both languages side by side."""

from collections.abc import Sequence
from typing import NamedTuple

from mujaz.arabic.count import count


class Remark(NamedTuple):
    """A line with places for values, in both languages."""

    english: str
    arabic: str

    def said(self, lang: str, **values: object) -> str:
        """Return the line with its values, in "en" or "ar"."""
        return (self.arabic if lang == "ar" else self.english).format(**values)


INTERRUPTED = Remark(
    "interrupted: the site is as the last whole build left it",
    "أُوقف الأمر: الموقع كما تركه آخر بناء تام",
)

# --- new ---
NOTHING_WRITTEN = Remark(
    "{path}: is there already; nothing was written",
    "{path}: موجود من قبل، ولم يُكتب شيء",
)
SIMILAR = Remark("similar: {path}: {headline}", "خبر مشابه: {path}: {headline}")

# --- import ---
ALREADY_THERE = Remark("{place}: already there: {path}", "{place}: موجود من قبل: {path}")
NOT_CARRIED = Remark("{place}: not carried over: {what}", "{place}: لم يُنقل: {what}")

# --- init ---
WRONG_ANSWER = Remark("build.py init: error: {why}", "build.py init: خطأ: {why}")
NO_ADDRESS = Remark(
    "base_url isn't set: write it into content/site.toml before you publish",
    "لا عنوان للموقع بعد: اكتبه في content/site.toml قبل النشر (base_url)",
)
BY_VERSION = Remark(
    ".github/requirements.txt names this Mujaz by its version: change it if pip can't find that",
    ".github/requirements.txt يسمّي موجز برقم إصداره: غيّره إن لم يجده pip",
)
NO_WORKFLOW = Remark(
    "this Mujaz came without a workflow for GitHub Pages",
    "ليس في هذه النسخة من موجز ملف للنشر على GitHub Pages",
)
NEXT = Remark(
    "next: cd {folder} && python build.py serve --open",
    "التالي: \u2066cd {folder} && python build.py serve --open\u2069",
)

# --- serve ---
CANNOT_SERVE = Remark(
    "can't serve on {host}, port {port}: {why}",
    "لا يمكن فتح المعاينة على {host} بالمنفذ {port}: {why}",
)
PORT_TAKEN = Remark(
    "port {port} is taken: serving on {other}", "المنفذ {port} مشغول: المعاينة على {other}"
)
OPEN_TO_ALL = Remark(
    "warning: --host {host}: whoever reaches this machine can read the drafts",
    "تنبيه: \u2066--host {host}\u2069: من يصل إلى هذا الجهاز يقرأ المسودات",
)
PREVIEW = Remark("preview: {address} (Ctrl-C ends it)", "المعاينة: {address} (لإنهائها Ctrl-C)")
PREVIEW_ENDED = Remark("preview stopped", "انتهت المعاينة")
POLLING = Remark(
    "no notice of changes from the system ({why}): looking at all files",
    "لا يخبر النظام بالتغييرات ({why}): تُفحص الملفات كلها",
)


def cleaned(removed: int, left: Sequence[str], lang: str) -> str:
    """Return the last line of ``clean``: how many files it removed, and what isn't Mujaz's."""
    names = ", ".join(left)
    if lang != "ar":
        return f"{removed} files removed" + (f"; left, not Mujaz's: {names}" if left else "")
    gone = f"حُذف {count(removed, 'file')}" if removed else "لم يُحذف شيء"
    return f"{gone}؛ بقي ما ليس لموجز: {names}" if left else gone


def imported(written: int, there: int, left: int, faults: int, lang: str) -> str:
    """Return the last line of ``import``: articles written and there already, what is left, faults."""
    if lang != "ar":
        return (
            f"{written} imported, {there} already there,"
            f" {left} things not carried over, {faults} faults"
        )
    return (
        f"ما نُقل: {count(written, 'item')}؛ ما وُجد من قبل: {count(there, 'item')}؛"
        f" ما تُرك: {count(left, 'thing')}؛ {count(faults, 'error')}"
    )
