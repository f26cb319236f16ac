"""What the linter finds, rule by rule in the order of the table of rules. Rows for ``matching``.

What to do about a rule is told once, by its advice; here is only what one finding alone can say.
"""

_MEANT = "لعلّك تريد"

ROWS: tuple[tuple[str, str, str], ...] = (
    # --- typography ---
    (r"expected '(\S)', found '(\S)'", r"وردت العلامة \2 والصواب \1", ""),
    (r"expected '(\S)', found '(\S)' again", r"تكررت العلامة \2 والصواب \1", ""),
    (r"found '(\S)', which closes nothing", r"العلامة \1 تغلق ما لم يُفتح", ""),
    (r"'(\S)' is not closed in its paragraph", r"العلامة \1 لم تُغلق في فقرتها", ""),
    (
        r"expected '(\S)' right after the word, found a space before it",
        r"قبل العلامة \1 مسافة لا لزوم لها",
        "",
    ),
    # --- letters ---
    (
        r"expected '(.*)', found '(.*)', stretched by tatweel",
        r"في «\2» تطويل، والصواب «\1»",
        "",
    ),
    (
        r"expected (?P<either>.*), found (U\+\w+) in '(.*)'",
        r"في «\3» حرف غير عربي (\2)، والصواب \1",
        "",
    ),
    (
        r"expected '(.*)', found '(.*)' in presentation forms",
        r"«\2» مكتوبة بأشكال الحروف القديمة، والصواب «\1»",
        "",
    ),
    (
        r"expected digits of one system, found '(.*)' \((.*)\)",
        r"في العدد «\1» (\2) نوعان من الأرقام",
        "",
    ),
    (
        r"expected \w+ \((.*)\) digits as before, found \w+ \((.*)\) in '(.*)'",
        r"الأرقام في «\3» من نوع \2، وما قبلها من نوع \1",
        "",
    ),
    (r"expected visible signs only, found (.*)", r"رمز غير مرئي: \1", ""),
    (
        r"found (U\+\w+), which ends nothing on this line",
        r"رمز الاتجاه \1 ينهي ما لم يبدأ في سطره",
        "",
    ),
    (
        r"expected (U\+\w+) on the same line, found none after (U\+\w+)",
        r"رمز الاتجاه \2 لا ينتهي في سطره بالرمز \1",
        "",
    ),
    # --- writing ---
    (
        r"expected emphasis, found '(.*)', which Markdown leaves as it is.*",
        r"علامة التوكيد \1 تظهر في الصفحة كما هي",
        "",
    ),
    (r"expected one spelling, found '(.*)' and '(.*)'", r"اسم واحد بصورتين: «\1» و«\2»", ""),
    (
        r"expected at most (\d+) signs, found (\d+): search results cut it",
        r"العنوان طويل: عدد حروفه \2، ونتائج البحث تقطعه بعد \1",
        "",
    ),
    (r"expected a sentence, found '(.*)'", r"العنوان كلمة واحدة: «\1»", ""),
    (r"expected source: whom the news is from, found none", "الخبر بلا مصدر", ""),
    (r"expected the picture in words, found !\[\]", "صورة بلا وصف", ""),
    (
        r"expected a date in (.*) as the folder says, found (.*)",
        r"الخبر في مجلد \1، وتاريخه \2",
        "",
    ),
    # --- the site ---
    (
        r"the link '(.*)' leads nowhere: no page has the address (.*); did you mean '(.*)'\?",
        r"الرابط «\1» لا يؤدي إلى صفحة: لا شيء في العنوان \2",
        rf"{_MEANT} «\3»؟",
    ),
    (
        r"the link '(.*)' leads nowhere: no page has the address (.*)",
        r"الرابط «\1» لا يؤدي إلى صفحة: لا شيء في العنوان \2",
        "",
    ),
    (
        r"the link '(.*)' leads to no part of (.*); did you mean '(.*)'\?",
        r"الرابط «\1» لا يؤدي إلى جزء من \2",
        rf"{_MEANT} «\3»؟",
    ),
    (r"the link '(.*)' leads to no part of (.*)", r"الرابط «\1» لا يؤدي إلى جزء من \2", ""),
    (r"only this article has the tag '(.*)'", r"الوسم «\1» في هذا الخبر وحده", ""),
    (
        r"nearly the same text as (.*): (\d+%) of the wording",
        r"نص شبيه بنص \1: نسبة التطابق \2",
        "",
    ),
    (r"no page is made of this layout", "لا تُبنى أي صفحة بهذا القالب", ""),
    (
        r"there is no rule '(.*)'; did you mean '(.*)'\?",
        r"لا قاعدة باسم «\1»",
        rf"{_MEANT} «\2»؟",
    ),
    (r"there is no rule '(.*)'; expected one of (.*)", r"لا قاعدة باسم «\1»", r"القواعد: \2."),
    (
        r"changed while it was being mended: check again",
        "تغيّر الملف في أثناء إصلاحه",
        "أعد التدقيق.",
    ),
)
