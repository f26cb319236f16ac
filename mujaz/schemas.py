"""JSON Schemas of front matter, site.toml, names.toml and tags.toml, made from what reads them.

For editors: they complete keys, show what each is for and mark wrong values while one types. What
is in words here is in Arabic, for authors. Draft 7, which all of them read.
"""

from collections.abc import Mapping
from typing import Any

from mujaz.desk.advice import BY_NAME
from mujaz.frontmatter import KEYS
from mujaz.model import Settings
from mujaz.settings import CHOICES, DERIVED, KINDS, LEAST, NameEntry, TagEntry

Schema = dict[str, Any]

# What each key of front matter is for
FIELDS = {
    "headline": "عنوان الخبر، نصًا كما تكتبه. لا بدّ منه.",
    "date": "يوم النشر: يوم/شهر/سنة، ومعه الساعة إن شئت. لا بدّ منه. التاريخ الآتي يؤخّر النشر.",
    "tags": "الوسوم، بينها فواصل: مياه، شؤون عربية",
    "summary": "جملة أو جملتان للقوائم والخلاصات. بدونه تؤخذ الفقرة الأولى.",
    "updated": "تاريخ آخر تعديل يستحق الذكر.",
    "author": "كاتب الخبر. بدونه كاتب الموقع.",
    "source": "الجهة التي أخذ عنها الخبر.",
    "source_url": "رابط المصدر، ويبدأ بـ https:// أو http://",
    "dateline": "المكان الذي ورد منه الخبر.",
    "image": "صورة قرب ملف الخبر، تظهر فوق النص.",
    "image_alt": "وصف الصورة لمن لا يراها.",
    "image_credit": "صاحب الصورة.",
    "story": "الملف المتابَع الذي ينتمي إليه الخبر.",
    "pin": "true يثبّت الخبر في أول الموقع، و«حتى 30/05/2019» إلى آخر ذلك اليوم.",
    "draft": "true أو نعم: مسودة لا تُنشر.",
    "expires": "آخر يوم يبقى فيه الخبر منشورًا.",
    "slug": "آخر عنوان الصفحة. بدونه اسم الملف.",
    "aliases": "عناوين سابقة في هذا الموقع، مثل /old/address/؛ يحوَّل كل منها إلى الخبر.",
    "corrections": "تصويبات، كل منها: 25/05/2019: ما صُحّح.",
}

# What each setting of site.toml is for
SETTINGS = {
    "title": "اسم الموقع.",
    "description": "ما الموقع، في جملة.",
    "base_url": "عنوان الصفحة الأولى، مثل https://USER.github.io/REPOSITORY",
    "timezone": "المنطقة الزمنية لكل التواريخ، مثل Asia/Beirut",
    "publisher": "ناشر الموقع.",
    "author": "كاتب الأخبار التي لا تسمّي كاتبًا.",
    "logo": "شعار الناشر: مساره تحت assets/",
    "share_image": "صورة الروابط المشاركة للأخبار التي بلا صورة: مسارها تحت assets/",
    "links": 'روابط في رأس الصفحة وذيلها: [["عن الموقع", "/about/"]]',
    "months": "أسماء الشهور: both تعني «أيار/مايو».",
    "digits": "الأرقام: latn (123) أو arab (١٢٣).",
    "hijri": "التاريخ الهجري (أم القرى) مع الميلادي.",
    "week_start": "أول أيام الأسبوع في التقويم.",
    "per_page": "عدد الأخبار في صفحة القائمة.",
    "summary_words": "أطول ملخص يؤخذ من النص، بالكلمات.",
    "feed_items": "عدد الأخبار في الخلاصة.",
    "name_marks": "guillemets تُظهر الأسماء بين «…».",
    "raw_html": "السماح بقائمة من وسوم HTML في الأخبار.",
    "short_links": "عنوان قصير لكل خبر، بأحرف لاتينية.",
    "index_article": "إهمال «ال» في ترتيب الفهارس.",
    "noindex_below": "صفحات الوسوم والأسماء التي أخبارها أقل من هذا لا تُفهرس في محركات البحث.",
    "lang": "لغة التقارير والرسائل: en أو ar.",
    "check": "قواعد المدقّق التي لا تُطبّق.",
}

# What each key of names.toml and tags.toml is for
ENTRIES = {
    "name": "الاسم كما يظهر. لا بدّ منه.",
    "aliases": "كتابات أخرى للاسم وصيغه القصيرة.",
    "kind": "person شخص، organization هيئة، place مكان.",
    "role": "الصفة، تظهر تحت الاسم.",
    "note": "يميّز بين اثنين باسم واحد: <محمد علي|الملاكم>",
    "slug": "آخر عنوان الصفحة.",
    "distinct": "كتابات تشبه الاسم وليست هو.",
    "tag": "الوسم كما يظهر. لا بدّ منه.",
    "synonyms": "وسوم تُجمع تحت هذا الوسم.",
    "label": "ما يظهر بدل الوسم.",
    "description": "وصف يظهر في صفحة الوسم.",
}

_HEAD = {"$schema": "http://json-schema.org/draft-07/schema#"}
_TEXT: Schema = {"type": "string"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_LIST: Schema = {"type": ["string", "array"], "items": _TEXT}
_FLAG: Schema = {"type": ["boolean", "string"]}
# In a line of front matter all is text; what else YAML sees in a value is what editors hand over
_LINE: Schema = {"type": ["string", "number", "boolean", "null"]}
_FORMS: Mapping[str, Schema] = {
    "tags": _LIST,
    "aliases": _LIST,
    "corrections": _LIST,
    "pin": _FLAG,
    "draft": _FLAG,
    "source_url": {"type": "string", "pattern": "^https?://"},
    "image": {"type": "string", "pattern": r"^(?![a-z][a-z0-9+.-]*:|/)"},
}


def schemas() -> dict[str, Schema]:
    """Return the four schemas by the name of what they are for."""
    return {
        "front-matter": front_matter(),
        "site": site(),
        "names": _registry("names", NameEntry),
        "tags": _registry("tags", TagEntry),
    }


def front_matter() -> Schema:
    """Return the schema of an article's fields, under their English or Arabic keys."""
    properties: dict[str, Schema] = {}
    for key, arabic in KEYS.items():
        field = {"description": FIELDS[key], **_FORMS.get(key, _LINE)}
        properties |= {key: field, arabic: field}
    needed = [{"anyOf": [{"required": [k]} for k in (x, KEYS[x])]} for x in ("headline", "date")]
    return {**_HEAD, "title": "خبر", **_table(properties), "allOf": needed}


def site() -> Schema:
    """Return the schema of content/site.toml."""
    defaults = Settings()._asdict()
    properties = {key: _setting(key, defaults[key]) for key in defaults if key not in DERIVED}
    return {**_HEAD, "title": "إعدادات الموقع", **_table(properties)}


def _setting(key: str, default: object) -> Schema:
    shown = list(default) if isinstance(default, tuple) else default
    return {"description": SETTINGS[key], "default": shown, **_form(key, default)}


def _form(key: str, default: object) -> Schema:
    """What a setting may be: as its default is, of its choices, not below its least."""
    match key, default:
        case "links", _:
            pair = {"type": "array", "items": _TEXT, "minItems": 2, "maxItems": 2}
            return {"type": ["array", "object"], "items": pair, "additionalProperties": _TEXT}
        case "check", _:
            return {"type": "array", "items": {"enum": [x for x in BY_NAME if x != "fault"]}}
        case "base_url", _:
            return {"type": "string", "pattern": "^\\s*https?://[^?#]+$"}
        case _, bool():
            return {"type": "boolean"}
        case _, int():
            return {"type": "integer", "minimum": LEAST[key]}
        case _, tuple():
            return _TEXTS
        case _ if key in CHOICES:
            return {"enum": list(CHOICES[key])}
    return _TEXT


def _registry(table: str, entry: type[NameEntry] | type[TagEntry]) -> Schema:
    """The schema of a registry: a list of tables, whose first key is required."""
    properties: dict[str, Schema] = {}
    for key in entry._fields:
        form = _TEXTS if isinstance(entry._field_defaults.get(key, ""), tuple) else _TEXT
        form = {"enum": list(KINDS)} if key == "kind" else form
        properties[key] = {"description": ENTRIES[key], **form}
    first = entry._fields[0]
    properties[first] |= {"pattern": "\\S"}
    row = {**_table(properties), "required": [first]}
    return {**_HEAD, **_table({table: {"type": "array", "items": row}})}


def _table(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}
