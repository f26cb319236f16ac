"""What the overlay shows: faults in the language that is asked for, with what to do."""

from typing import NamedTuple

from mujaz.arabic.count import count
from mujaz.preview.faults import Fault
from mujaz.remarks import Remark

_BUG = Remark(
    "This is a fault of the program, not of the articles: see the window in which serve runs.",
    "هذا خطأ في البرنامج لا في الأخبار: راجع النافذة التي شُغِّل فيها serve.",
)
NOTE = Remark(
    "Behind this panel is the last good version of the site. It goes when the fault is mended.",
    "ما وراء هذه اللوحة آخر نسخة سليمة من الموقع. تختفي اللوحة وحدها متى صُحِّح الخطأ.",
)
CLOSE = Remark("Hide this panel", "أخفِ اللوحة")


class Worded(NamedTuple):
    """What the overlay shows of a fault."""

    place: str
    text: str  # the line itself
    said: str
    todo: str  # "" if nothing needs to be said; English messages tell what is expected themselves
    lang: str  # of ``said``


def worded(fault: Fault, lang: str) -> Worded:
    """Return what the overlay shows of a fault, in "en" or "ar"; what no table has stays English."""
    place = f"{fault.path}:{fault.line}" if fault.line else fault.path
    if lang != "ar":
        todo = "" if fault.path else _BUG.english
        return Worded(place, fault.text, fault.message, todo, "en")
    from mujaz.wording import matching

    found = matching.worded(fault.message, fault.path, fault.line)
    todo = found.todo if fault.path or found.arabic else _BUG.arabic
    return Worded(place, fault.text, found.said, todo, "ar" if found.arabic else "en")


def heading(number: int, lang: str) -> str:
    """Return the overlay's heading."""
    if lang != "ar":
        return (
            f"{number} fault{'s' if number > 1 else ''} stop{'' if number > 1 else 's'} the build"
        )
    stops = {1: "يمنع", 2: "يمنعان"}.get(number, "تمنع")
    return f"{count(number, 'error')} {stops} بناء الموقع"
