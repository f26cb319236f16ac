"""What may be wrong with an article: front matter, names, links, pictures. Rows for ``matching``."""

_DATE = (
    "اكتب اليوم ثم الشهر ثم السنة بأربعة أرقام، مثل 24/05/2019، ومع الساعة: "
    "\u206624/05/2019 14:30\u2069."  # isolated, or the hour would stand before the day
)
_FRONT = "رأس الخبر بين سطرين فيهما --- وحدها، وكل سطر بينهما «مفتاح: قيمة»."
LINK = "صحّح المسار، أو ضع الملف في مكانه."

ROWS: tuple[tuple[str, str, str], ...] = (
    # --- front matter ---
    (
        r"expected '---' on the first line, found '(.*)'",
        "لا رأس للخبر: أول الملف ليس ---",
        _FRONT,
    ),
    (r"expected '---' on a line of its own.*", "رأس الخبر غير مغلق", _FRONT),
    (r"expected 'key: value', found '(.*)'", r"ليس «\1» مفتاحًا وقيمة بينهما نقطتان", _FRONT),
    (r"front matter is over 64 KB.*", "رأس الخبر أطول مما يُقبل", _FRONT),
    (
        r"'(.*)' is already given on line (\d+)",
        r"المفتاح «\1» مكرّر: سبق في السطر \2",
        "أبقِ واحدًا منهما.",
    ),
    (r"unknown key '(.*?)'[;,] did you mean '(.*)'\?", r"لا مفتاح باسم «\1»", r"لعلّك تريد «\2»؟"),
    (r"unknown key '(.*?)'", r"لا مفتاح باسم «\1»", "راجع المفاتيح في README.ar.md."),
    (
        r"expected UTF-8(?:, found .* \(offset \d+\))?",
        "ترميز الملف ليس UTF-8",
        "احفظ الملف بترميز UTF-8 من قائمة الحفظ في محرّرك.",
    ),
    # --- headline and dates ---
    (
        r"expected the article's headline, found none",
        "لا عنوان للخبر",
        "أضف سطر «العنوان» في رأس الخبر.",
    ),
    (
        r"expected a headline, found none",
        "لا حروف في العنوان",
        "اكتب العنوان بين علامتي اقتباس بعد new.",
    ),
    (r"expected date: dd/mm/yyyy, found none", "لا تاريخ في الخبر", f"أضف سطر «التاريخ». {_DATE}"),
    (r"expected dd/mm/yyyy, found '' *(?:\(empty\))?", "التاريخ خالٍ", _DATE),
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
    (
        r"expected dd/mm/yyyy, found ['\"](.*)['\"] \(leave out the offset (.*): .*\)",
        r"في «\1» فرق توقيت",
        r"احذف \2: الساعة بتوقيت الموقع.",
    ),
    (r"expected dd/mm/yyyy, found ['\"](.*)['\"] \(.*\)", r"ليس «\1» تاريخًا", _DATE),
    # --- other fields ---
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
    # --- pictures and links ---
    (
        r"expected a picture beside the article, found '(.*)': its description is shown instead",
        r"الصورة «\1» من موقع آخر، فيظهر وصفها مكانها",
        "انسخها إلى جانب الخبر.",
    ),
    (r"expected a file beside the article, found '(.*)'", r"ليس «\1» ملفًّا بجانب الخبر", LINK),
    (
        r"image: no such picture: '([^']*)'; did you mean '(.*)'\?",
        r"لا صورة باسم «\1»",
        r"لعلّك تريد «\2»؟",
    ),
    (r"image: no such picture: '([^']*)'", r"لا صورة باسم «\1»", LINK),
    (
        r"the link '(.*)' leads to no file: .*; did you mean '(.*)'\?",
        r"الرابط «\1» لا يؤدي إلى ملف",
        r"لعلّك تريد «\2»؟",
    ),
    (r"the link '(.*)' leads to no file.*", r"الرابط «\1» لا يؤدي إلى ملف", LINK),
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
        r"not a picture that can be read.*",
        "لا يمكن قراءة هذه الصورة",
        "احفظها من جديد بصيغة JPEG أو PNG أو WebP.",
    ),
    # --- names ---
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
    (
        r"<(.*)> may be (?P<either>.*): write .*",
        r"قد يعني «\1» أكثر من اسم: \2",
        "اكتب الاسم كاملًا.",
    ),
)
