"""Bodies of articles as people type them, and as they shouldn't: fragments, signs, words, marks."""

from hypothesis import strategies as st

from mujaz import marks

WORDS = st.sampled_from(
    [
        "قال",
        "الرئيس",
        "وزير الخارجية",
        "هُدْنَة",
        "ـتطويل",
        "2019",
        "٣",
        "Putin",
        "a",
        "x",
        "12.5%",
        "«نعم»",
        "\u201dلا\u201c",
        '"قوي"',
        "'ب'",
        "—",
        "...",
        "\u200f",
        "\u200cي",
        "e\u0301",
        "🎉",
        "AT&T",
        "&amp;",
        "&#60;",
        "&lt;b&gt;",
        "&copy",
        "؟",
        "،",
        "!",
    ]
)
SIGNS = st.sampled_from(
    [
        *"\\`*_[]<>&|!#+-=~:.(){}^\"'/@$%;,?0",
        "**",
        "__",
        "***",
        "``",
        "~~~",
        "```",
        "](",
        "[^",
        "]:",
        "![",
        "\\<",
        "\\*",
        "---",
        "===",
        "- ",
        "* ",
        "+ ",
        "1. ",
        "2) ",
        "٣. ",
        "10. ",
        "2019. ",
        "> ",
        "# ",
        "## ",
        "    ",
        "\t",
        "  ",
        " ",
        "\u00a0",
        ": ",
        "| ",
        "|---|",
        "<!--",
        "-->",
        "<b>",
        "</b>",
        "<br/>",
        "<?",
        "<script>",
        "{#id}",
        "{: .c}",
        "[1]: /x",
        "[^1]: ",
        "*[HTML]: ",
        "\x0b",
        "\x0c",
        "\x85",
        "\u2028",
        "\x1c",
        "\u3000",
    ]
)
MARKS = st.sampled_from(
    [
        "<فلاديمير بوتين>",
        "<بوتين>",
        "و<بوتين>",
        "<محمد علي|الملاكم>",
        "<Vladimir Putin>",
        "<A & B>",
        "<أ*ب>",
        "<_x_>",
        "<ا\nب>",
        "<ا\n> ب>",
        "<>",
        "< >",
        ">بوتين<",
        "<بوتين",
        "\\<بوتين>",
        "<https://a.example/?x=1&y=2>",
        "<a@b.example>",
        "`<بوتين>`",
    ]
)
PIECES = st.sampled_from(
    [
        "**قوي**",
        "*مائل*",
        "_مائل_",
        "__قوي__",
        "***كلاهما***",
        "`كود`",
        "**قوي** و**قوي**",
        "** لا **",
        "2*3*4",
        "[رابط](https://a.example/x)",
        "[رابط](https://a.example/x_y_z)",
        "[رابط](https://a.example/a?b=c&d=e)",
        "[r](/2019/05/24/)",
        "[r](b.md)",
        "[**قوي**](https://a.example)",
        "**[رابط](https://a.example)**",
        "![صورة](a.png)",
        "[![ص](a.png)](https://a.example)",
        "[رابط][1]",
        "[1]",
        "[x](javascript:alert(1))",
        "[x](<a b>)",
        '[x](a "عنوان")',
        "حاشية[^1]",
        "[ب] (ج)",
        "[أ](https://a.example/~x-y/)",
    ]
)
BREAKS = st.sampled_from(
    [
        "\n",
        "\n\n",
        "\n\n\n",
        " \n",
        "  \n",
        "\n ",
        "\n    ",
        "\n  ",
        "\n- ",
        "\n\n- ",
        "\n1. ",
        "\n\n1. ",
        "\n> ",
        "\n\n> ",
        "\n\n    ",
        "\n* ",
        "\n\n\t",
        "\n|",
        "\n:",
    ]
)
BLOCKS = st.sampled_from(
    [
        "- أول\n- ثان",
        "- أول\n  - فرع\n- ثان",
        "- أول\n\n- ثان",
        "1. أول\n2. ثان",
        "٣. ثالث\n٤. رابع",
        "> قول\n> تابع",
        "> قول\nتابع",
        "> - بند",
        "> قول\n>\n> ثان",
        "## عنوان",
        "# عنوان #",
        "عنوان\n=====",
        "عنوان\n---",
        "---",
        "* * *",
        "```\nكود <اسم>\n```",
        "    كود",
        "| أ | ب |\n|---|---|\n| ج | د |",
        "[^1]: حاشية.",
        "[1]: https://a.example/x",
        "[1]:\nhttps://a.example",
        "أبرز:\n- أول\n- ثان",
        "- بند\n\n    تابع",
        "- بند\n\nفقرة",
        "فقرة\nتابعة",
        "فقرة",
        "- **قوي**\n- <بوتين>",
    ]
)

INLINE = st.lists(
    st.one_of(WORDS, WORDS, SIGNS, MARKS, PIECES, st.just(" "), st.just(" ")),
    min_size=1,
    max_size=8,
).map("".join)
SPACED = st.lists(st.one_of(WORDS, WORDS, MARKS, PIECES), min_size=1, max_size=6).map(" ".join)
LINE = st.tuples(
    st.sampled_from(["", "", "", "- ", "> ", "1. ", "# ", "  - ", "    ", "  "]),
    st.one_of(INLINE, SPACED),
).map("".join)
BLOCK = st.one_of(st.lists(LINE, min_size=1, max_size=4).map("\n".join), BLOCKS, SPACED)
BODY = st.one_of(
    st.lists(BLOCK, min_size=1, max_size=5).map("\n\n".join),
    st.lists(
        st.one_of(WORDS, SIGNS, MARKS, PIECES, BREAKS, BREAKS, BLOCKS), min_size=1, max_size=14
    ).map("".join),
    st.lists(st.one_of(SPACED, BLOCKS), min_size=1, max_size=5).map("\n\n".join),
)


def marked(body: str) -> str:
    """A body as ``markup.convert`` gets it."""
    return marks.mark_names(marks.tidy(body)).text
