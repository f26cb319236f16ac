"""A fault in the words of an Arabic desk: what is wrong, and what to do.

The one place through which the texts of the overlay go. A message that isn't known here is shown as
it is, in English.
"""

import re
from typing import NamedTuple

from mujaz.preview.faults import Fault


class Worded(NamedTuple):
    """What the overlay shows of a fault. ``said`` is in Arabic if ``arabic``, else as Mujaz wrote it."""

    place: str
    text: str  # the line itself
    said: str
    todo: str
    arabic: bool


_DATE = (
    "اكتب اليوم ثم الشهر ثم السنة بأربعة أرقام، مثل 24/05/2019، ومع الساعة: "
    "\u206624/05/2019 14:30\u2069."  # isolated, or the hour would stand before the day
)
_FRONT = "رأس الخبر بين سطرين فيهما --- وحدها، وكل سطر بينهما «مفتاح: قيمة»."
_UTF8 = "احفظ الملف بترميز UTF-8 من قائمة الحفظ في محرّرك."
_LAYOUT = "راجع هذا السطر من القالب."
_ADDRESS = "غيّر الرابط (slug) أو اسم الملف في أحدهما."
_SETTING = 'صحّح القيمة في الملف واحفظه؛ النصوص بين علامتي " ".'
_LINK = "صحّح المسار، أو ضع الملف في مكانه."

_GROUP, _ISOLATED = (
    re.compile(r"(\\\d)"),
    "\u2068\\1\u2069",
)  # UAX 9: what is quoted keeps its own order
_KEY = re.compile(r"^\w+: ")  # the field that a message begins with; its line is shown anyway
# What a message is, as an expression -> what is wrong (\1 and so on), what to do; the first that fits
_WORDS = tuple(
    (re.compile(pattern, re.DOTALL), _GROUP.sub(_ISOLATED, said), _GROUP.sub(_ISOLATED, todo))
    for pattern, said, todo in (
        (
            r"expected date: dd/mm/yyyy, found none",
            "لا تاريخ في الخبر",
            f"أضف سطر «التاريخ». {_DATE}",
        ),
        (r"expected dd/mm/yyyy, found '' *", "التاريخ خالٍ", _DATE),
        (
            r"expected dd/mm/yyyy, found ['\"](.*)['\"] \(month (\d+) .*did you mean (.*)\?\)",
            r"لا شهر رقمه \2 في «\1»",
            r"اليوم قبل الشهر: لعلّك تريد \3؟",
        ),
        (
            r"expected dd/mm/yyyy, found ['\"](.*)['\"] \(there is no such day\)",
            r"لا يوم كهذا: «\1»",
            _DATE,
        ),
        (r"expected dd/mm/yyyy, found ['\"](.*)['\"] \(.*\)", r"ليس «\1» تاريخًا", _DATE),
        (
            r"expected the article's headline, found none",
            "لا عنوان للخبر",
            "أضف سطر «العنوان» في رأس الخبر.",
        ),
        (
            r"expected '---' on the first line, found '(.*)'",
            "لا رأس للخبر: أول الملف ليس ---",
            _FRONT,
        ),
        (r"expected '---' on a line of its own.*", "رأس الخبر غير مغلق", _FRONT),
        (r"expected 'key: value', found '(.*)'", r"ليس «\1» مفتاحًا وقيمة بينهما نقطتان", _FRONT),
        (r"expected UTF-8.*", "ترميز الملف ليس UTF-8", _UTF8),
        (
            r"expected true or false .*found '(.*)'",
            r"لا معنى للقيمة «\1» هنا",
            "اكتب نعم أو لا.",
        ),
        (
            r"expected true, or until dd/mm/yyyy, found '(.*)'",
            r"لا معنى للقيمة «\1» هنا",
            "اكتب نعم، أو مثلًا: حتى 30/05/2019.",
        ),
        (
            r"expected 'dd/mm/yyyy: what was put right', found '(.*)'",
            r"التصويب «\1» بلا تاريخ أو بلا نص",
            "اكتب التاريخ ثم نقطتين ثم ما صُوِّب، مثل 25/05/2019: …",
        ),
        (
            r"expected letters, digits and hyphens, found '(.*)'",
            r"لا يصلح «\1» آخرَ جزء من الرابط",
            "اكتب حروفًا وأرقامًا بينها شرطات.",
        ),
        (
            r"expected letters or digits in a tag, found '(.*)'",
            r"الوسم «\1» بلا حروف",
            "اكتب كلمة أو احذفه.",
        ),
        (r"expected a file beside the article, found '(.*)'", r"ليس «\1» ملفًّا بجانب الخبر", _LINK),
        (r"image: no such picture: '([^']*)'.*", r"لا صورة باسم «\1»", _LINK),
        (r"the link '(.*)' leads to no file.*", r"الرابط «\1» لا يؤدي إلى ملف", _LINK),
        (
            r"expected an address that begins with https:// .*found '(.*)'",
            r"ليس «\1» عنوانًا على الشبكة",
            "اكتب العنوان كاملًا من https:// إلى آخره.",
        ),
        (
            r"expected an address of this site.*found '(.*)'",
            r"ليس «\1» عنوانًا من هذا الموقع",
            "اكتبه من أول شرطة مائلة، مثل /old/address/.",
        ),
        (
            r"not a picture that can be read.*",
            "لا يمكن قراءة هذه الصورة",
            "احفظها من جديد بصيغة JPEG أو PNG أو WebP.",
        ),
        (
            r"wants the address (\S+?),? and so does (.*)",
            r"يطلب العنوان \1، وقد طلبه أيضًا \2",
            _ADDRESS,
        ),
        (r"two pages want this address.*", "صفحتان تطلبان هذا العنوان", _ADDRESS),
        (r"wants the address (\S+), where Mujaz.*", r"العنوان \1 محجوز لموجز", _ADDRESS),
        (r"unknown setting '(.*?)'; did you mean '(.*)'\?", r"لا إعداد باسم \1", r"لعلّك تريد \2؟"),
        (r"unknown setting '(.*?)'.*", r"لا إعداد باسم \1", "راجع أسماء الإعدادات في README."),
        (r"unknown key '(.*?)'[;,] did you mean '(.*)'\?", r"لا مفتاح باسم \1", r"لعلّك تريد \2؟"),
        (r"unknown key '(.*?)'", r"لا مفتاح باسم \1", "راجع المفاتيح في README.ar.md."),
        (
            r"'(.*)' is already given on line (\d+)",
            r"المفتاح \1 مكرّر: سبق في السطر \2",
            "أبقِ واحدًا منهما.",
        ),
        (r"front matter is over 64 KB.*", "رأس الخبر أطول مما يُقبل", _FRONT),
        (
            r"expected '>' after the name, found '(.*)'",
            r"قوس الاسم غير مغلق: «\1»",
            "أغلقه بعد الاسم مباشرة.",
        ),
        (
            r"expected a name between the brackets, found '<>'",
            "قوسان لا اسم بينهما",
            "اكتب الاسم بينهما أو احذفهما.",
        ),
        (
            r"expected '<(.*)>', found '.*': the brackets are turned around",
            r"القوسان مقلوبان حول «\1»",
            "بدّل أحدهما بالآخر.",
        ),
        (
            r"expected a name without Markdown's signs, found '<(.*)>'",
            r"في الاسم «\1» علامات تنسيق",
            "ضع علامات التنسيق خارج القوسين.",
        ),
        (
            r"HTML is off: .*found '<(.*)>', which shows as text",
            r"وسم HTML «\1» يظهر نصًّا كما كُتب",
            "احذفه، أو اكتب ما تريده بعلامات Markdown.",
        ),
        (r"<(.*)> may be (.*): write (.*)", r"قد يعني «\1» أكثر من اسم: \2", "اكتب الاسم كاملًا."),
        (
            r"the link '(.*)' leads to an article that isn't published",
            r"الرابط «\1» يؤدي إلى خبر لم يُنشر",
            "يظهر نصّه بلا رابط حتى يُنشر ذلك الخبر.",
        ),
        (
            r"expected http, https, mailto or tel, found '(.*)': left out",
            r"لا يُقبل الرابط «\1»، فتُرك",
            "اكتب رابطًا يبدأ بـ https.",
        ),
        (
            r"expected image_alt with it.*",
            "للصورة حاجة إلى وصف لمن لا يراها",
            "أضف سطر «وصف الصورة».",
        ),
        (
            r"base_url is missing: .*",
            "لا عنوان للموقع في الإعدادات (base_url)",
            "أضفه إلى content/site.toml.",
        ),
        (
            r"expected a (?:file|folder), found a symbolic link.*",
            "رابط رمزي لا يُتبع",
            "ضع الملف نفسه مكانه.",
        ),
        (r"not TOML: .*", "لا يمكن قراءة الملف: خطأ في كتابة هذا السطر أو ما قبله", _SETTING),
        (
            r"(\w+): expected a zone of the IANA list.*found '(.*?)'.*",
            r"لا منطقة زمنية باسم \2",
            "اكتب اسمها كما في قائمة IANA، مثل Asia/Beirut.",
        ),
        (
            r"(\w+): expected (?:true|false|a |an |\d).*found (.*)",
            r"لا تصلح \2 قيمةً للإعداد \1",
            _SETTING,
        ),
        (r"(\w+): expected (.*), found (.*)", r"لا تصلح \3 قيمةً للإعداد \1", r"المتوقَّع: \2"),
        (r"no such layout", "لا قالب بهذا الاسم", "صحّح الاسم، أو أنشئ القالب في layouts."),
        (r"asks for (.*); its page carries (.*)", r"القالب يطلب \1", r"ما عند صفحته: \2"),
        (r"'(.*)' is undefined", r"لا شيء باسم \1 في هذه الصفحة", _LAYOUT),
        (r"url\((.*)\) names no file of assets/", r"لا ملف في assets باسم \1", _LINK),
        (
            r"no such asset: .*found none at (.*)",
            r"لا ملف باسم \1",
            "صحّح الاسم في القالب، أو ضع الملف في مكانه.",
        ),
        (r"can't be read: (.*)", r"لا يمكن قراءة الملف (\1)", "تحقّق من وجوده ومن صلاحيات قراءته."),
    )
)


def worded(fault: Fault) -> Worded:
    """Return what the overlay shows of a fault."""
    place = f"{fault.path}:{fault.line}" if fault.line else fault.path
    bare = _KEY.sub("", fault.message)
    for pattern, said, todo in _WORDS:
        found = pattern.fullmatch(fault.message) or pattern.fullmatch(bare)
        if found:
            return Worded(place, fault.text, found.expand(said), found.expand(todo), arabic=True)
    return Worded(place, fault.text, fault.message, _advice(fault), arabic=False)


def _advice(fault: Fault) -> str:
    """What to do about a message that isn't known here, by where it is."""
    if not fault.path:
        return "هذا خطأ في البرنامج لا في الأخبار: راجع النافذة التي شُغِّل فيها serve."
    if fault.path.startswith("layouts/"):
        return _LAYOUT
    return "صحّح هذا السطر واحفظ الملف." if fault.line else "صحّح هذا الملف واحفظه."


def heading(count: int) -> str:
    """Return the overlay's heading."""
    if count == 1:
        return "خطأ واحد يمنع بناء الموقع"
    if count == 2:
        return "خطآن يمنعان بناء الموقع"
    noun = "أخطاء" if 3 <= count % 100 <= 10 else "خطأً" if count % 100 > 10 else "خطأ"
    return f"{count} {noun} تمنع بناء الموقع"


NOTE = "ما وراء هذه اللوحة آخر نسخة سليمة من الموقع. تختفي اللوحة وحدها متى صُحِّح الخطأ."
CLOSE = "أخفِ اللوحة"
