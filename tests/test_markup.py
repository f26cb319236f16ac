"""Name marks, Markdown's fast way against Python-Markdown, and what no text may become."""

import time
from html import escape

import html5lib
import pytest
from fragments import BODY, marked
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz import marks, markup
from mujaz.addresses import encoded
from mujaz.markdown_setup import converter, mend_lists

ELEMENTS = {
    "p", "strong", "em", "a", "code", "pre", "ul", "ol", "li", "blockquote", "h2", "h3",
    "h4", "h5", "h6", "hr", "br", "img", "table", "thead", "tbody", "tr", "th", "td",
    "div", "sup", "span",
}  # fmt: skip
ATTRIBUTES = {
    "href", "class", "id", "start", "src", "alt", "title", "role", "tabindex", "aria-label", "style",
}  # fmt: skip


def finished(body: str, *, guillemets: bool = False, raw_html: bool = False) -> str:
    """A body's HTML as a page has it, with a link for each name."""
    text = marks.mark_names(marks.tidy(body), raw_html=raw_html)
    names = {name: f"/names/{at}/" for at, name in enumerate(dict.fromkeys(text.names))}
    before, after = ("«", "»") if guillemets else ("", "")
    linker = markup.Linker(names, lambda target: escape(encoded(target, "")), image, before, after)
    return markup.finish(markup.convert(text.text, raw_html=raw_html), linker)


def image(target: str, alt: str) -> str:
    """A picture as the page's filter makes it, without its size."""
    return f'<img src="{escape(encoded(target, ""))}" alt="{escape(alt)}">'


# --- properties -----------------------------------------------------------------------------------


@settings(max_examples=400)
@given(BODY)
def test_the_fast_way_gives_what_python_markdown_gives(body: str) -> None:
    text = marked(body)
    assert markup.convert(text) == converter(False)(text.strip("\n"))


@settings(max_examples=400)
@given(BODY)
def test_names_are_linked_alike_with_and_without_code_on_the_page(body: str) -> None:
    text = marks.mark_names(marks.tidy(body)).text
    html, code = markup.convert(text), "<code>a</code>"
    linker = markup.Linker({"فهد": "/names/1/"}, lambda target: target, image)
    assert markup.finish(html + code, linker) == markup.finish(html, linker) + code


@settings(max_examples=200)
@given(BODY)
def test_any_body_gives_sound_html_of_known_elements_only(body: str) -> None:
    html = finished(body)
    assert not set(html) & set("\ufdd0\ufdd1\ufdd2\x02\x03")
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parseFragment(html)
    harmless = {"invalid-codepoint", "expected-named-entity"}  # U+0085 and "&T;" stay as typed
    assert [error for error in parser.errors if error[1] not in harmless] == []
    for element in tree.iter():
        assert element.tag in ELEMENTS | {"DOCUMENT_FRAGMENT"}
        assert set(element.keys()) <= ATTRIBUTES
        assert "javascript:" not in element.get("href", "")


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(["*", "**", "***", "أ", "ب ج", " ", ".", "`c`", "&", "\n"]),
        min_size=1,
        max_size=12,
    ).map("".join)
)
def test_emphasis_loses_no_text(body: str) -> None:
    text = "".join(html5lib.parseFragment(converter(False)(f"س{body}")).itertext())
    assert bare(text) == bare(f"س{body}")


def test_tangled_emphasis_stays_as_typed() -> None:
    html = converter(False)("_\\**قوي**[رابط](https://a.example/x)**قوي**")
    assert html == '<p>_**قوي**<a href="https://a.example/x">رابط</a>**قوي**</p>'


def bare(text: str) -> str:
    """Letters and signs that emphasis and code don't take away."""
    return "".join(c for c in text if c not in "*`" and not c.isspace())


@given(st.text(st.sampled_from("أب <>|\n>`\\*_-#"), max_size=40))
def test_marks_and_brackets_are_all_that_marking_changes(body: str) -> None:
    text = marks.mark_names(marks.tidy(body)).text
    assert text.replace(marks.OPEN, "<").replace(marks.CLOSE, ">").replace(
        marks.PIPE, "|"
    ) == marks.tidy(body)


# --- name marks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("التقى <فلاديمير بوتين> و<أنور السادات>", ("فلاديمير بوتين", "أنور السادات")),
        ("لـ<بوتين> و<بوتين>", ("بوتين", "بوتين")),
        ("<فلاديمير\nبوتين>", ("فلاديمير بوتين",)),
        ("> قال <فلاديمير\n> بوتين>", ("فلاديمير بوتين",)),
        ("<فلاديمير  بوتين >", ("فلاديمير بوتين",)),
        ("<محمد علي|الملاكم>", ("محمد علي|الملاكم",)),
        (
            "<Vladimir Putin> <AT&T> <Al-Sisi> <د. محمد> <3M>",
            ("Vladimir Putin", "AT&T", "Al-Sisi", "د. محمد", "3M"),
        ),
        ("<Section Control> <Center>", ("Section Control", "Center")),  # elements are lower-case
        ("\\\\<بوتين>", ("بوتين",)),
        ("\\<بوتين> \\\\\\<بوتين>", ()),
        ("<https://a.example/?x=1> <a@b.example> <mailto:a@b.example>", ()),
        ("5 < 7 و9 > 8 و<12>", ()),
    ],
)
def test_a_name_is_what_stands_in_brackets(body: str, names: tuple[str, ...]) -> None:
    found = marks.mark_names(body)
    assert found.names == names
    assert found.problems == ()


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("نص\n\nقوس <> فارغ", 3, "expected a name between the brackets, found '<>'"),
        ("نص <فلاديمير بوتين ونص", 1, "expected '>' after the name, found '<فلاديمير بوتين ونص'"),
        ("نص\nو>بوتين< نص", 2, None),
        (
            "نص\nقال >بوتين< نص",
            2,
            "expected '<بوتين>', found '>بوتين<': the brackets are turned around",
        ),
        (
            "نص <b>قوي</b>",
            1,
            "HTML is off: expected a name or text, found '<b>', which shows as text",
        ),
        ('<a href="x">', 1, "HTML is off"),
        ("<!-- تعليق -->", 1, "HTML is off"),
        ("<بوتين\n\nبوتين>", 1, "expected '>' after the name, found '<بوتين'"),
        ("<**بوتين**>", 1, "expected a name without Markdown's signs"),
        ("<اسم\n> في اقتباس>", 1, "expected '>' after the name, found '<اسم'"),
        ("# عنوان <اسم\nآخر>", 1, "expected '>' after the name, found '<اسم'"),
    ],
)
def test_what_is_no_name_is_told_with_its_line(body: str, line: int, message: str | None) -> None:
    found = marks.mark_names(body)
    assert found.names == ()
    if message is None:  # a sign of comparison, glued to a word
        assert found.problems == ()
    else:
        assert [at for at, told in found.problems if told.startswith(message)][:1] == [line]


@pytest.mark.parametrize(
    "body",
    [
        "`<>` و`<بوتين`",
        "```\n<>\n<بوتين\n```",
        "    <بوتين",
        "a<b وc<d",
        "عدد < 5\nعدد > 3",
        "> قول\n> آخر",
    ],
)
def test_code_quotations_and_comparisons_are_no_faults(body: str) -> None:
    assert marks.mark_names(body).problems == ()


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("و<بوتين> قال", '<p>و<a class="name" href="/names/0/">بوتين</a> قال</p>'),
        ("**<بوتين>**", '<p><strong><a class="name" href="/names/0/">بوتين</a></strong></p>'),
        ("- <بوتين>", '<ul>\n<li><a class="name" href="/names/0/">بوتين</a></li>\n</ul>'),
        ("## عن <بوتين>", '<h2 id="عن-بوتين">عن <a class="name" href="/names/0/">بوتين</a></h2>'),
        ("<محمد علي|الملاكم>", '<p><a class="name" href="/names/0/">محمد علي</a></p>'),
        ("<A & B>", '<p><a class="name" href="/names/0/">A &amp; B</a></p>'),
        ("<A &amp; B>", '<p><a class="name" href="/names/0/">A &amp; B</a></p>'),
        ("`<بوتين>` \\<بوتين>", "<p><code>&lt;بوتين&gt;</code> &lt;بوتين&gt;</p>"),
        ("[خبر <بوتين>](https://a.example/)", '<p><a href="https://a.example/">خبر بوتين</a></p>'),
        ("![صورة <بوتين|أ>](/a.png)", '<p><img src="/a.png" alt="صورة بوتين"></p>'),
        (
            "<https://a.example/?x=1&y=2>",
            '<p><a href="https://a.example/?x=1&amp;y=2">https://a.example/?x=1&amp;y=2</a></p>',
        ),
        (
            "<b>نص</b> & <script>alert(1)</script>",
            "<p>&lt;b&gt;نص&lt;/b&gt; &amp; &lt;script&gt;alert(1)&lt;/script&gt;</p>",
        ),
        ("# عنوان", '<h2 id="عنوان">عنوان</h2>'),
        ("1. أ\n2. ب", "<ol>\n<li>أ</li>\n<li>ب</li>\n</ol>"),
        ("2019. كان عامًا", "<p>2019. كان عامًا</p>"),
    ],
)
def test_markdown_and_names_become_html(body: str, html: str) -> None:
    assert finished(body) == html


def test_names_may_be_shown_in_guillemets() -> None:
    assert (
        finished("و<بوتين>", guillemets=True)
        == '<p>و<a class="name" href="/names/0/">«بوتين»</a></p>'
    )


def test_a_name_without_a_page_is_plain_text() -> None:
    linker = markup.Linker({}, str, image)
    assert (
        markup.finish(markup.convert(marked("و<محمد علي|الملاكم>")), linker) == "<p>ومحمد علي</p>"
    )


def test_tables_can_be_scrolled_by_keyboard() -> None:
    html = finished("| أ | ب |\n|---|---|\n| <بوتين> | د |")
    assert html.startswith('<div class="table" tabindex="0" ')
    assert html.endswith("</table></div>")
    assert '<td><a class="name" href="/names/0/">بوتين</a></td>' in html


def test_footnotes_link_both_ways() -> None:
    html = finished("نص[^1]\n\n[^1]: حاشية عن <بوتين>.")
    assert 'href="#fn:1"' in html
    assert 'href="#fnref:1"' in html
    assert ">بوتين</a>" in html


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "javascript&colon;alert(1)",
        "&#x6A;avascript:alert(1)",
        "java\tscript:alert(1)",
        "\u200fjavascript:alert(1)",
        "\u00a0javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "<javascript:alert(1)>",
        "file:///etc/passwd",
    ],
)
@pytest.mark.parametrize("form", ["[رابط]({})", "![رابط]({})", "[رابط][1]\n\n[1]: {}", "<{}>"])
def test_no_text_becomes_a_link_that_runs(form: str, target: str) -> None:
    for element in html5lib.parseFragment(
        finished(form.format(target)), namespaceHTMLElements=False
    ).iter():
        for key in ("href", "src"):
            assert (
                element.get(key, "#").startswith(("#", "/", "https://", "http://", "mailto:"))
                or element.get(key) == ""
            )


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        (
            "نص <b>قوي</b> و<بوتين>",
            '<p>نص <b>قوي</b> و<a class="name" href="/names/0/">بوتين</a></p>',
        ),
        ("نص <script>alert(1)</script>", "<p>نص </p>"),
        ('<p onclick="alert(1)" style="x" dir="ltr">نص</p>', '<p dir="ltr">نص</p>'),
        ("<a href='javascript:alert(1)'>نص</a>", "<p><a>نص</a></p>"),
        (
            "<a href='data:x' title='> <script>alert(1)</script>'>نص</a>",
            "<p><a>نص</a></p>",
        ),
        (
            "<img src='/a.png' alt='> <script>alert(1)</script>'>",
            '<p><img src="/a.png" alt="&gt; &lt;script&gt;alert(1)&lt;/script&gt;"></p>',
        ),
        ("`<بوتين>`", "<p><code>&lt;بوتين&gt;</code></p>"),
    ],
)
def test_html_goes_through_an_allow_list_where_it_is_on(typed: str, html: str) -> None:
    assert finished(typed, raw_html=True) == html


# --- lists as people type them ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("أبرز:\n- أول\n- ثان", "أبرز:\n\n- أول\n- ثان"),
        ("- أول\n  - فرع\n    - فرع الفرع\n- ثان", "- أول\n    - فرع\n        - فرع الفرع\n- ثان"),
        ("1. أول\n   - فرع", "1. أول\n    - فرع"),
        ("كان ذلك عام\n2019. ثم", "كان ذلك عام\n2019. ثم"),
        ("نص\n2. ليس بندًا", "نص\n2. ليس بندًا"),
        ("* * *", "* * *"),
    ],
)
def test_lists_are_brought_to_four_spaces_a_level(typed: str, mended: str) -> None:
    assert "\n".join(mend_lists(typed.split("\n"))) == mended


# --- what a card and the links need ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "lead"),
    [
        ("قال <بوتين> **نعم** [هنا](https://a.example/x) اليوم\n\nفقرة", "قال بوتين نعم هنا اليوم"),
        (
            "## عنوان\n\n- بند\n\nالفقرة `<كود>` الأولى & <محمد علي|الملاكم>",
            "الفقرة <كود> الأولى & محمد علي",
        ),
        (
            "واحد اثنان ثلاثة أربعة خمسة ستة سبعة، ثمانية تسعة",
            "واحد اثنان ثلاثة أربعة خمسة ستة سبعة…",
        ),
        ("![صورة](a.png)\n\nنص", "نص"),
        ("- بند", ""),
        ("", ""),
    ],
)
def test_the_lead_is_the_first_paragraph_as_plain_text(body: str, lead: str) -> None:
    assert markup.lead(marked(body), 7) == lead


def test_targets_are_told_with_their_lines() -> None:
    body = "[أ](/x/)\n\n![ب](a.png) و[ج](<b.md>)\n\n[1]: c&amp;d.md"
    assert list(markup.targets(body)) == [("/x/", 1), ("a.png", 3), ("b.md", 3), ("c&d.md", 5)]


def test_only_what_is_really_linked_counts() -> None:
    assert markup.linked("`[أ](x.md)` [ب](y.md) ![ج](z.png)") == {"y.md", "z.png"}


def test_names_in_code_are_no_names() -> None:
    text = marks.mark_names("`<أحمد>` و<سعد>\n\n    <كود>")
    assert markup.shown_names(text) == ("سعد",)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("لقاء <بوتين>", "لقاء بوتين"),
        ("<محمد علي|الملاكم> يعود", "محمد علي يعود"),
        ("5 < 7", "5 < 7"),
        ("<b> نص", "<b> نص"),
    ],
)
def test_a_headline_is_shown_without_brackets(text: str, plain: str) -> None:
    assert marks.plain(text) == plain


@pytest.mark.parametrize(
    "sign", ["\x00", "\x02", "\x03", "\x0b", "\x1f", "\x7f", "\ufdd0", "\ufffe"]
)
def test_what_xml_forbids_is_dropped(sign: str) -> None:
    assert marks.tidy(f"أ{sign}ب") == "أب"


@pytest.mark.parametrize(
    "sign", ["\u200f", "\u200c", "\u200d", "\u2067", "\u00a0", "\ufeff", "\u0640"]
)
def test_what_authors_may_type_stays(sign: str) -> None:
    assert marks.tidy(f"أ{sign}ب") == f"أ{sign}ب"


# --- time -------------------------------------------------------------------------------------------------

HOSTILE = [
    "<",
    ">",
    "<ا ",
    "<ا\n",
    "<a@",
    "<b>\n",
    "<>\n",
    "[",
    "](",
    "[a](x)\n",
    "[a]: x\n",
    "*",
    "`",
    "\\",
    "\\<ا>",
    "\n",
    " ",
    "|",
]


@pytest.mark.parametrize("sign", HOSTILE)
def test_marks_and_targets_of_hostile_text_take_no_time(sign: str) -> None:
    body = sign * (300_000 // len(sign))
    start = time.process_time()
    text = marks.mark_names(marks.tidy(body)).text
    assert len(list(markup.targets(text))) <= len(body)
    assert time.process_time() - start < 3


@pytest.mark.parametrize("sign", ["[", "![", "[a](", "[a][", "``a`", '[x](y "', "**a", "> ", "<"])
def test_hostile_markdown_takes_no_minutes(sign: str) -> None:
    body = marked(sign * (6_000 // len(sign)))
    start = time.process_time()
    markup.convert(body)
    assert time.process_time() - start < 8
