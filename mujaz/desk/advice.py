"""The rules by name: what each weighs, and what to do about it in a sentence, in both languages."""

from mujaz.desk.finding import Advice, Rule, Severity

ERROR, WARNING, NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE

FAULT, BUILD_WARNING, UNKNOWN_RULE = "fault", "build-warning", "unknown-rule"

RULES: tuple[Rule, ...] = (
    Rule(
        FAULT,
        ERROR,
        Advice("Mend it: the site can't be built so", "أصلحه: لا يمكن بناء الموقع قبل ذلك"),
    ),
    Rule(
        BUILD_WARNING,
        WARNING,
        Advice("See to it: a build tells it too", "راجعه: ينبّه إليه بناء الموقع أيضًا"),
    ),
    Rule(
        "latin-punctuation",
        WARNING,
        Advice("In Arabic write ، ؛ ؟ instead of , ; ?", "اكتب ، ؛ ؟ في النص العربي بدل , ; ?"),
        mends=True,
    ),
    Rule(
        "straight-quotes",
        WARNING,
        Advice(
            "Write quotations in ”…“ or «…», not in straight marks",
            "ضع الاقتباس بين ”…“ أو «…» لا بين علامتين مستقيمتين",
        ),
        mends=True,
    ),
    Rule(
        "turned-quotes",
        NOTICE,
        Advice(
            "Arabic opens a quotation with ” and closes it with “",
            "افتح الاقتباس بالعلامة ” وأغلقه بالعلامة “",
        ),
        mends=True,
    ),
    Rule(
        "unbalanced-quotes",
        WARNING,
        Advice(
            "Close each quotation in the paragraph where it opens",
            "أغلق كل علامة اقتباس في الفقرة التي فُتحت فيها",
        ),
    ),
    Rule(
        "space-before-punctuation",
        WARNING,
        Advice(
            "Write punctuation right after the word, with the space behind it",
            "ألصق علامة الترقيم بالكلمة التي قبلها، والمسافة بعدها",
        ),
        mends=True,
    ),
    Rule(
        "tatweel",
        WARNING,
        Advice(
            "Write the word without stretching it; for emphasis use **…**",
            "اكتب الكلمة بلا تطويل، وللتوكيد استعمل **…**",
        ),
        mends=True,
    ),
    Rule(
        "persian-letters",
        WARNING,
        Advice(
            "Type the Arabic letter: searches don't find words with Persian ones",
            "استعمل الحرف العربي بدل الفارسي، فهو يظهر مثله ولا يجده البحث",
        ),
        mends=True,
    ),
    Rule(
        "presentation-forms",
        WARNING,
        Advice(
            "Type the word anew: these letters were copied from a PDF or an old program",
            "اكتب الكلمة من جديد، فحروفها منسوخة من ملف PDF أو برنامج قديم",
        ),
        mends=True,
    ),
    Rule(
        "mixed-digits",
        WARNING,
        Advice(
            "Use one system of digits throughout an article",
            "استعمل نوعًا واحدًا من الأرقام في الخبر كله",
        ),
    ),
    Rule(
        "invisible",
        NOTICE,
        Advice(
            "Take out the invisible sign: the page sets directions by itself",
            "احذف الرمز غير المرئي، فالصفحة تضبط الاتجاه وحدها",
        ),
        mends=True,
    ),
    Rule(
        "unbalanced-bidi",
        WARNING,
        Advice(
            "Take out the control that begins a direction and doesn't end it",
            "احذف رمز الاتجاه الذي يبدأ ولا ينتهي، فهو يقلب ما بعده",
        ),
    ),
    Rule(
        "emphasis",
        WARNING,
        Advice(
            "Write **…** with no space inside, or take the signs out: they show on the page",
            "اكتب **…** بلا مسافة داخلها، أو احذف العلامات لأنها تظهر في الصفحة كما هي",
        ),
    ),
    Rule(
        "name-mark",
        WARNING,
        Advice("Write a name as <الاسم>, on one line", "اكتب الاسم هكذا: <الاسم>، في سطر واحد"),
    ),
    Rule(
        "name-spelling",
        WARNING,
        Advice(
            "Spell a name one way; two that differ go to distinct in names.toml",
            "اكتب الاسم بصورة واحدة، وإن كانا شخصين فاذكرهما في «distinct» من names.toml",
        ),
    ),
    Rule(
        "headline-length",
        NOTICE,
        Advice("Write a headline of two words to 110 signs", "اجعل العنوان من كلمتين إلى 110 حروف"),
    ),
    Rule(
        "missing-source",
        NOTICE,
        Advice("Say whom the news is from, in source", "اذكر مصدر الخبر في سطر «المصدر»"),
    ),
    Rule(
        "missing-alt",
        WARNING,
        Advice(
            "Put the picture in words, in image_alt or between ![ and ]",
            "صف الصورة بكلمات في سطر «وصف الصورة» أو بين ![ و]",
        ),
    ),
    Rule(
        "date-in-path",
        WARNING,
        Advice(
            "Move the article to the folder of its date, or put its date right",
            "انقل الخبر إلى مجلد تاريخه، أو صحّح التاريخ",
        ),
    ),
    Rule(
        "unknown-key",
        WARNING,
        Advice("Use a key that README lists", "استعمل مفتاحًا من المفاتيح المذكورة في README"),
    ),
    Rule(
        "broken-link",
        ERROR,
        Advice("Link to an address that is there", "صحّح الرابط: لا صفحة بهذا العنوان"),
    ),
    Rule(
        "broken-anchor",
        WARNING,
        Advice(
            "Link to a heading that is there, or leave out what follows #",
            "صحّح ما بعد # في الرابط: لا عنوان فرعي بهذا الاسم",
        ),
    ),
    Rule(
        "tag-once",
        NOTICE,
        Advice(
            "Use a tag that other articles have, or leave it out",
            "استعمل وسمًا مشتركًا مع أخبار أخرى، أو احذفه",
        ),
    ),
    Rule(
        "near-duplicate",
        WARNING,
        Advice(
            "Tell a story once: amend the earlier article, with updated or corrections",
            "انشر الخبر مرة واحدة: حدّث الخبر السابق بدل تكراره",
        ),
    ),
    Rule(
        "layout-unused",
        NOTICE,
        Advice("Remove the layout, or name it in build.py", "احذف القالب، أو استعمله في build.py"),
    ),
    Rule(
        UNKNOWN_RULE,
        WARNING,
        Advice("Turn off rules by the names of this list", "صحّح اسم القاعدة المعطلة"),
    ),
)
BY_NAME = {rule.name: rule for rule in RULES}
