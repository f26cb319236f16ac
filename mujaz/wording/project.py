"""What may be wrong with settings, layouts, assets and files. Rows for ``matching``.

The last table: a few rows fit many messages.
"""

from mujaz.wording.articles import LINK

LAYOUT = "راجع هذا السطر من القالب."
_ADDRESS = "غيّر الرابط (slug) أو اسم الملف في أحدهما."
_SETTING = 'صحّح القيمة في الملف واحفظه؛ النصوص بين علامتي " ".'
_AWAY = "انقل ما هناك إلى مكان آخر."

ROWS: tuple[tuple[str, str, str], ...] = (
    # --- settings and registries ---
    (
        r"base_url is missing: .*",
        "لا عنوان للموقع في الإعدادات (base_url)",
        "أضفه إلى content/site.toml.",
    ),
    (r"unknown setting '(.*?)'; did you mean '(.*)'\?", r"لا إعداد باسم «\1»", r"لعلّك تريد «\2»؟"),
    (r"unknown setting '(.*?)'.*", r"لا إعداد باسم «\1»", "راجع أسماء الإعدادات في README."),
    (r"unknown key '(.*?)'; expected one of (.*)", r"لا مفتاح باسم «\1»", r"المفاتيح: \2."),
    (r"not TOML: .*", "لا يمكن قراءة الملف: خطأ في كتابة هذا السطر أو ما قبله", _SETTING),
    (r"expected \[\[(.*)\]\] tables, found (.*)", r"لا يصلح \2 هنا", r"اكتب جداول [[\1]]."),
    (r"expected (\w+) = \"…\", found none", r"ينقص \1", r"أضف السطر \1 بقيمته."),
    (
        r"(\w+): expected a zone of the IANA list.*found '(.*?)'; did you mean '(.*)'\?",
        r"لا منطقة زمنية باسم «\2»",
        r"لعلّك تريد «\3»؟",
    ),
    (
        r"(\w+): expected a zone of the IANA list.*found '(.*?)'",
        r"لا منطقة زمنية باسم «\2»",
        "اكتب اسمها كما في قائمة IANA، مثل Asia/Beirut.",
    ),
    (
        r"base_url: expected an address such as (.*), found '(.*)'",
        r"لا يصلح «\2» عنوانًا للموقع",
        r"مثاله \1.",
    ),
    # --- layouts and assets ---
    (r"no such layout", "لا قالب بهذا الاسم", "صحّح الاسم، أو أنشئ القالب في layouts."),
    (r"asks for (.*); its page carries (.*)", r"القالب يطلب \1", r"ما عند صفحته: \2"),
    (r"'(.*)' is undefined", r"لا شيء باسم \1 في هذه الصفحة", LAYOUT),
    (r"url\((.*)\) names no file of assets/", r"لا ملف في assets باسم \1", LINK),
    (
        r"expected one file of this name, found two.*",
        "ملفان باسم واحد لا يختلف إلا ترميزه",
        "أبقِ واحدًا منهما.",
    ),
    (
        r"no such asset: .*found none at (.*)",
        r"لا ملف باسم \1",
        "صحّح الاسم في القالب، أو ضع الملف في مكانه.",
    ),
    # --- addresses ---
    (
        r"wants the address (\S+?),? and so does the page (.*)",
        r"يطلب العنوان \1، وهو عنوان الصفحة \2",
        _ADDRESS,
    ),
    (
        r"wants the address (\S+?),? and so does (.*)",
        r"يطلب العنوان \1، وقد طلبه أيضًا \2",
        _ADDRESS,
    ),
    (r"two pages want this address.*", "صفحتان تطلبان هذا العنوان", _ADDRESS),
    (r"wants the address (\S+), where Mujaz.*", r"العنوان \1 محجوز لموجز", _ADDRESS),
    # --- files and folders ---
    (
        r"expected a (?:file|folder), found a symbolic link.*",
        "رابط رمزي لا يُتبع",
        "ضع الملف نفسه مكانه.",
    ),
    (r"expected a folder, found a file.*", "هنا ملف أو رابط، والمطلوب مجلد", _AWAY),
    (r"expected an empty folder, found (.*) in it", r"المجلد ليس خاليًا: فيه \1", "اختر مجلدًا آخر."),
    (
        r"expected a folder apart from the sources",
        "مجلد الموقع بين ملفات المصدر",
        "اختر له مجلدًا آخر.",
    ),
    (r"expected a file of Mujaz's or none, found another.*", "هنا ملف لم يكتبه موجز", _AWAY),
    (
        r"changed while the site was being built: build again",
        "تغيّر الملف في أثناء البناء",
        "أعد البناء.",
    ),
    (r"expected seconds since 1970, found '(.*)'", r"لا يصلح «\1» وقتًا بالثواني منذ 1970", ""),
    (r"the process that builds has ended", "توقف البرنامج الذي يبني الموقع", ""),
    # --- what the system says ---
    (
        r"(?:can't be \w+: )?No such file or directory",
        "لا ملف ولا مجلد بهذا الاسم",
        "تحقّق من المسار.",
    ),
    (
        r"(?:can't be \w+: )?(?:Permission denied|Operation not permitted)",
        "لا صلاحية للقراءة أو الكتابة هنا",
        "تحقّق من صلاحيات الملف ومجلده.",
    ),
    (
        r"(?:.*: )?(?:No space left on device|Disk quota exceeded)",
        "لا مساحة على القرص",
        "أفرغ بعضها ثم أعد الأمر.",
    ),
    (r"(?:can't be \w+: )?Read-only file system", "القرص للقراءة وحدها", ""),
    (r"(?:can't be \w+: )?File name too long", "اسم الملف أطول مما يُقبل", "اختصره."),
    (r"(?:can't be \w+: )?Is a directory", "هنا مجلد، والمطلوب ملف", ""),
    (r"(?:can't be \w+: )?Not a directory", "هنا ملف، والمطلوب مجلد", ""),
    (r"(?:can't be \w+: )?File exists", "موجود من قبل", ""),
    (r"ports (\d+) to (\d+) are taken", r"المنافذ من \1 إلى \2 مشغولة", ""),
    (r"Address already in use", "المنفذ مشغول", ""),
    (r"Name or service not known", "لا جهاز بهذا الاسم", ""),
    (r"Cannot assign requested address", "ليس هذا عنوان هذا الجهاز", ""),
    (r"can't be read: (.*)", r"لا يمكن قراءة الملف (\1)", "تحقّق من وجوده ومن صلاحيات قراءته."),
    (r"can't be written: (.*)", r"لا يمكن الكتابة هنا (\1)", "تحقّق من الصلاحيات والمساحة."),
    # --- what fits many ---
    (
        r"(\w+): expected (?:true|false|a |an |\d).*found (.*)",
        r"لا تصلح \2 قيمةً للإعداد \1",
        _SETTING,
    ),
    (
        r"(\w+): expected (?P<either>.*), found (.*)",
        r"لا تصلح \3 قيمةً للإعداد \1",
        r"المتوقَّع: \2.",
    ),
)
