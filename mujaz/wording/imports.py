"""What an import leaves behind, and what it can't read. Rows for ``matching``."""

_SOURCE = "تحقّق من الملف الذي تنقل منه."
_UPDATED = r"(?:date: )?expected .*, found ['\"](.*?)['\"](?: \(.*\))?"

ROWS: tuple[tuple[str, str, str], ...] = (
    # --- the source as a whole ---
    (
        r"there is no such folder: run it where the site is",
        "لا مجلد بهذا الاسم هنا",
        "شغّل الأمر في مجلد الموقع.",
    ),
    (
        r"expected a source outside content/",
        "المصدر داخل content",
        "انقل من ملف أو مجلد خارجه.",
    ),
    (r"expected a file or a folder: download it first", "هذا عنوان على الشبكة", "نزّل الملف أولًا."),
    (
        r"expected text, found an? (.*) archive: unpack it first",
        r"هذا ملف مضغوط (\1)",
        "فُكّ ضغطه أولًا.",
    ),
    (
        r"expected text, found a PDF: unpack it first",
        "هذا ملف PDF",
        "حوّله إلى نص أولًا.",
    ),
    (r"expected a file", "ليس ملفًّا", _SOURCE),
    (r"expected at most (\d+) MB, found (\d+) MB", r"الملف كبير: \2 م.ب، والأكثر \1 م.ب", ""),
    (
        r"expected .*, found the byte 0x\w+; try --encoding (.*)",
        "ترميز النص ليس UTF-8",
        "جرّب \u2066--encoding \\1\u2069.",
    ),
    (
        r"expected (.*), found the byte 0x\w+; is it another encoding\?",
        r"ترميز النص ليس \1",
        "جرّب غيره مع \u2066--encoding\u2069.",
    ),
    (
        r"expected an encoding such as (.*), found '(.*)'",
        r"لا ترميز باسم «\2»",
        r"اكتب اسمه، مثل \1.",
    ),
    (
        r"expected text, found a NUL: .*",
        "ليس هذا نصًّا، أو ترميزه UTF-16",
        "احفظه نصًّا بترميز UTF-8.",
    ),
    (
        r"reading it needs more: run pip install (.*)",
        "قراءة هذا المصدر تحتاج إلى مكتبات أخرى",
        "شغّل: \u2066pip install \\1\u2069",
    ),
    # --- XML and HTML ---
    (
        r"expected a WordPress export, RSS or Atom, found <(.*)>",
        r"ليس الملف من ووردبريس ولا RSS ولا Atom، وأوله «\1»",
        "",
    ),
    (r"not XML: .*", "خطأ في كتابة XML في هذا السطر أو ما قبله", _SOURCE),
    (r"expected no entities of its own in an XML file", "في ملف XML تعريفات لا تُقبل", ""),
    (r"(\d+) signs that XML forbids", r"رموز تمنعها XML، عددها \1", ""),
    (r"(\d+) NUL bytes", r"بايتات خالية، عددها \1", ""),
    (r"HTML is nested too deeply to be read", "وسوم HTML متداخلة أكثر مما يُقرأ", ""),
    # --- headline, date and text of an article ---
    (r"expected the article's date, found none", "لا تاريخ للخبر", ""),
    (
        r"expected the date on a line of its own, dd/mm/yyyy, found none",
        "لا تاريخ في سطر وحده",
        "اكتبه هكذا: 24/05/2019.",
    ),
    (
        r"expected a headline before the date or after it, found none",
        "لا عنوان قبل التاريخ ولا بعده",
        "",
    ),
    (
        r"expected the article's text after date and headline, found none",
        "لا نص بعد التاريخ والعنوان",
        "",
    ),
    (r"expected a date(?: such as .*)?, found '(.*)'", r"ليس «\1» تاريخًا", ""),
    (r"expected a time zone, found '(.*)'", r"لا منطقة زمنية باسم «\1»", ""),
    (r"expected an offset such as (.*), found '(.*)'", r"فرق التوقيت خطأ في «\2»", r"مثاله \1."),
    (rf"updated: {_UPDATED}", r"تاريخ التحديث: ليس «\1» تاريخًا", ""),
    (rf"expires: {_UPDATED}", r"تاريخ الانتهاء: ليس «\1» تاريخًا", ""),
    (r"a headline: it has none", "العنوان: لا عنوان له، فكُتب «بلا عنوان»", ""),
    (
        r"the date: it has none, so the file's own was taken",
        "التاريخ: لا تاريخ له، فأُخذ تاريخ الملف",
        "",
    ),
    (r"text above the date: '(.*)'", r"نص فوق التاريخ: «\1»", ""),
    (r"the text at (.*)", r"النص الذي في \1", ""),
    # --- front matter of other generators ---
    (r"front matter: no (YAML|TOML|JSON)(?:: .*)?", r"خطأ في كتابة رأس الملف (\1)", _SOURCE),
    (r"front matter is nested too deeply", "رأس الملف متداخل أكثر مما يُقرأ", _SOURCE),
    (r"front matter can't be read", "لا يمكن قراءة رأس الملف", _SOURCE),
    (r"expected 'key: value' in the front matter", "رأس الملف ليس مفاتيح وقيمًا", _SOURCE),
    (r"front matter: (.*)", r"مفاتيح من رأس الملف: \1", ""),
    (r"it has no front matter", "ملف لا رأس له", ""),
    (r"it has no title", "ملف لا عنوان له", ""),
    (r"a list's own page", "صفحة قائمة", ""),
    # --- files of a folder ---
    (r"it isn't Markdown", "ملف ليس من نوع Markdown", ""),
    (r"a folder of the generator's own, or a link", "مجلد للبرنامج القديم، أو رابط", ""),
    (r"a symbolic link", "رابط رمزي", ""),
    (r"files that are no articles: (\d+)", r"ملفات ليست أخبارًا، عددها \1", ""),
    # --- WordPress and feeds ---
    (r"(\S+) '(.*)' is no article", r"ليس خبرًا: «\2» (\1)", ""),
    (r"(\S+) '(.*)' is no tag", r"ليس وسمًا: «\2» (\1)", ""),
    (r"'(.*)' has the status (.*)", r"«\1» وحالته (\2)", ""),
    (
        r"it was private or had a password: imported as a draft",
        "كان خاصًّا أو له كلمة سر، فنُقل مسودة",
        "",
    ),
    (r"comments: (\d+)", r"تعليقات القراء، عددها \1", ""),
    (r"custom fields: (.*)", r"حقول خاصة: \1", ""),
    (r"the attachment (.*)", r"المرفق \1", ""),
    (r"the attached file (.*)", r"الملف المرفق \1", ""),
    (r"the featured picture number (.*)", r"الصورة البارزة رقم \1", ""),
    (r"the featured picture (.*)", r"الصورة البارزة \1", ""),
    (r"elements: (.*)", r"عناصر: \1", ""),
    # --- what stood in a text ---
    (r"the tag '(.*)': it has no letter or digit", r"الوسم «\1»: لا حرف فيه ولا رقم", ""),
    (
        r"the shortcode (.*) \(line (\d+) of the text\): left as text",
        r"الرمز المختصر \1 (السطر \2 من النص)، وبقي نصًّا",
        "",
    ),
    (r"the shortcode (.*): left as text", r"الرمز المختصر \1، وبقي نصًّا", ""),
    (r"the attributes (.*)", r"الخصائص \1", ""),
    (r"a comment in HTML: (.*)", r"تعليق \1", ""),
    (r"formatting of (.*): its text is plain", r"تنسيق \1، وبقي نصّه", ""),
    (r"<(\w+)>: without an address", r"العنصر \1 بلا عنوان", ""),
    (r"<(\w+)>: empty", r"العنصر \1 وهو خالٍ", ""),
    (r"<(\w+)>: (.*)", r"العنصر \1: «\2»", ""),
    (r"HTML (</?\w.*)", r"الوسم \1", ""),
    (r"the picture without an address", "صورة بلا عنوان", ""),
    (r"the picture (.*)", r"الصورة \1", ""),
    (r"the link '(.*)': there is no such file", r"الرابط «\1»: لا ملف هناك", ""),
    (r"the link (.*)", r"الرابط \1", ""),
    # --- addresses in the old site ---
    (r"the address (.*): it is a pattern", r"العنوان \1: نمط لا عنوان", ""),
    (
        r"the old address (.*): a static site can't have it",
        r"العنوان القديم \1: لا يكون في موقع من ملفات",
        "",
    ),
    (r"the old address (.*): (.*) has it", r"العنوان القديم \1: أخذه \2", ""),
    (
        r"the old address (.*): Mujaz has a page of its own there",
        r"العنوان القديم \1: لموجز صفحة فيه",
        "",
    ),
    (
        r"the old address (.*): another address needs the same file or folder",
        r"العنوان القديم \1: ملفه أو مجلده لعنوان آخر",
        "",
    ),
    (r"is there already, and isn't overwritten", "موجود من قبل، ولا يُكتب فوقه", ""),
    (
        r"expected a folder of content/, found a symbolic link",
        "رابط رمزي يخرج من content",
        "ضع مجلدًا مكانه.",
    ),
)
