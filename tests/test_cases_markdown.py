"""Cases from the field: what becomes of an article's text."""

import json
import re

import pytest
import seen
from conftest import ROOT, SiteFolder

ARTICLE = "/2019/05/24/a/"


def test_template_braces_are_text_everywhere(site: SiteFolder) -> None:
    """B32: braces are executed."""
    text = "نص {{ 7*7 }} و{% include 'x' %} و{# تعليق #}\n\n`{{ config }}`\n\n    {% raw %}"
    site.article("a", text, headline="قالب {{ 7*7 }}")
    site.build()
    shown = seen.text(seen.body(site, ARTICLE))
    pieces = ("{{ 7*7 }}", "{% include 'x' %}", "{# تعليق #}", "{{ config }}", "{% raw %}")
    assert all(piece in shown for piece in pieces)
    assert "49" not in seen.text(seen.page(site, ARTICLE))
    ((title, content),) = seen.items(site)
    (item,) = seen.feed_json(site)["items"]
    assert title == item["title"] == seen.heading(site, ARTICLE) == "قالب {{ 7*7 }}"
    assert all(piece in seen.text(content) for piece in pieces)
    assert all(piece in seen.text(seen.parse(item["content_html"])) for piece in pieces)


NAMES = """\
التقى <فلاديمير بوتين> مع <Vladimir Putin> و<Recep Tayyip Erdoğan> و<J. R. Example> و<Al-Sisi> و<د. محمد الفلاني>.

موقع <https://example.org/?a=1&b=2> وبريد <desk@example.org>.

قال إن 5 < 7 و 9 > 8، و a<b. كود: `<Vladimir Putin>`.

    <كتلة كود>

قوس فارغ <> وقوس بلا إغلاق <فلاديمير بوتين
"""


def test_names_in_brackets_are_no_html_and_do_not_disappear(site: SiteFolder) -> None:
    """B33: text in angle brackets is taken for a tag."""
    site.article("a", NAMES, headline="لقاء <فلاديمير بوتين> في القمة")
    report = site.build()
    assert [p.place.line for p in report.notes.problems] == [13, 13]
    article = seen.body(site, ARTICLE)
    shown = seen.text(article)
    names = [
        "فلاديمير بوتين",
        "Vladimir Putin",
        "Recep Tayyip Erdoğan",
        "J. R. Example",
        "Al-Sisi",
        "د. محمد الفلاني",
    ]
    assert [seen.text(a) for a in seen.every(next(article.iter("p")), "a", "name")] == names
    assert [seen.text(code) for code in article.iter("code")] == ["<Vladimir Putin>", "<كتلة كود>"]
    assert not [a for code in article.iter("code") for a in code.iter("a")]
    assert [a.get("href") for a in article.iter("a") if a.get("class") != "name"] == [
        "https://example.org/?a=1&b=2",
        "mailto:desk@example.org",
    ]
    assert all(
        piece in shown
        for piece in ("5 < 7", "9 > 8", "a<b", "قوس فارغ <>", "بلا إغلاق <فلاديمير بوتين")
    )
    page = seen.page(site, ARTICLE)
    assert {e.tag for e in page.iter()} <= KNOWN
    plain = "لقاء فلاديمير بوتين في القمة"
    assert seen.heading(site, ARTICLE) == seen.items(site)[0][0] == plain
    assert seen.text(seen.one(page, "title")).startswith(plain)
    assert [
        m.get("content", "").startswith(plain)
        for m in page.iter("meta")
        if m.get("property") == "og:title"
    ] == [True]


KNOWN = {
    "html", "head", "body", "meta", "title", "link", "style", "script", "header", "nav", "main", "article",
    "footer", "aside", "section", "form", "label", "input", "button", "div", "p", "h1", "h2", "h3", "ul", "ol", "li", "a",
    "span", "bdi", "time", "code", "pre", "small", "figure", "figcaption", "svg", "line", "rect", "details",
    "summary", "table", "caption", "thead", "tbody", "tr", "th", "td", "em", "strong",
}  # fmt: skip

DELEGATION = """\
التقى و<فلاديمير بوتين> ول<فلاديمير بوتين> بـ<فلاديمير  بوتين>، ثم <فلاديمير
بوتين>.

**<فلاديمير بوتين>** و*قال <فلاديمير بوتين>* و[خبر <فلاديمير بوتين>](https://example.org/x)

## كلمة <فلاديمير بوتين>

- بند <فلاديمير بوتين>

| الاسم | الدور |
|---|---|
| <فلاديمير بوتين> | ضيف |

> <فلاديمير بوتين>: «نعم»

حاشية[^1] و<فْلاديمير بوتين>

[^1]: عن <فلاديمير بوتين>.
"""


def test_names_are_marked_wherever_text_stands_and_stay_joined(site: SiteFolder) -> None:
    """B35: names with prefixes, over two lines, in emphasis, tables, links; variants of one person."""
    site.article("a", DELEGATION)
    site.build()
    article = seen.body(site, ARTICLE)
    shown = seen.text(article)
    assert "<" not in shown
    assert "&lt;" not in site.text(ARTICLE)
    assert "وفلاديمير بوتين" in shown
    assert "لفلاديمير بوتين" in shown
    names = [seen.text(a) for a in seen.every(article, "a", "name")]
    assert names == [*["فلاديمير بوتين"] * 10, "فْلاديمير بوتين", "فلاديمير بوتين"]
    assert seen.index(site, "/names/") == {"فلاديمير بوتين": 1}


def test_a_name_has_no_box_of_its_own() -> None:
    """B35: what parts a prefix from its name."""
    sheets = [file.read_text(encoding="utf-8") for file in (ROOT / "assets/css").rglob("*.css")]
    rules = re.findall(r"(?:^|[},\s])a?\.name\s*\{([^}]*)\}", "\n".join(sheets))
    assert rules
    for rule in rules:
        assert not re.search(
            r"inline-block|letter-spacing|font-weight|font-style|(?:margin|padding)[\w-]*:(?!\s*0)",
            rule,
        )


def test_lists_numbered_with_arabic_digits_are_lists(site: SiteFolder) -> None:
    """B37: start="٣" is no number."""
    site.article(
        "a", "المحاور:\n\n١. أول\n٢. ثان\n\nثم:\n\n۱. یک\n۲. دو\n\nتابع:\n\n٣. ثالث\n٤. رابع"
    )
    site.build()
    lists = list(seen.body(site, ARTICLE).iter("ol"))
    assert [(len(ol), ol.get("start")) for ol in lists] == [(2, None), (2, None), (2, "3")]


def test_lists_as_people_type_them_are_lists(site: SiteFolder) -> None:
    """B39: nesting by two spaces, a list right under its lead-in line."""
    site.article(
        "a",
        "أبرز النقاط:\n- أول\n  - فرع\n  - فرع آخر\n- ثان\n\nثم:\n\n1. واحد\n   - تفصيل\n2. اثنان",
    )
    site.build()
    article = seen.body(site, ARTICLE)
    first, ordered = (e for e in article if e.tag in {"ul", "ol"})
    assert [len(li.findall("ul/li")) for li in first] == [2, 0]
    assert [len(li.findall("ul/li")) for li in ordered] == [1, 0]
    assert [seen.text(p) for p in article.iter("p")] == ["أبرز النقاط:", "ثم:"]


def test_columns_are_aligned_by_class_as_the_policy_refuses_styles(site: SiteFolder) -> None:
    site.article("a", "| أ | ب | ج | د |\n|---|:--|:-:|--:|\n| ١ | ٢ | ٣ | ٤ |")
    site.build()
    cells = seen.every(seen.body(site, "/2019/05/24/a/"), "td")
    assert [cell.attrib for cell in cells] == [{}, {"class": "to-end"}, {"class": "to-center"}, {}]


def test_headings_have_ids_of_their_letters(site: SiteFolder) -> None:
    """B41: ids _1, _2 change when a heading is added."""
    site.article(
        "a",
        "## الشرق الأوسط\n\nنص\n\n## الشرق الأوسط\n\nنص\n\n## كلمة <فلاديمير بوتين>\n\nنص\n\n## 🎉\n\nنص\n\n[إلى](#الشرق-الأوسط)",
    )
    site.build()
    article = seen.body(site, ARTICLE)
    ids = [h.get("id", "") for h in article.iter("h2")]
    assert ids == ["الشرق-الأوسط", "الشرق-الأوسط_1", "كلمة-فلاديمير-بوتين", "section-"]
    assert "#الشرق-الأوسط" in seen.links(article)
    everywhere = [e.get("id") for e in seen.page(site, ARTICLE).iter() if e.get("id")]
    assert len(everywhere) == len(set(everywhere))


def test_quotation_marks_and_dashes_stay_as_typed(site: SiteFolder) -> None:
    """B43: straight quotes become the wrong curly ones."""
    site.article("a", """قال "نعم" و'لا' و"ربما"، ثم «سليم» -- نص --- نص... `"كود"`""")
    site.build()
    assert (
        seen.text(seen.body(site, ARTICLE))
        == """قال "نعم" و'لا' و"ربما"، ثم «سليم» -- نص --- نص... "كود\""""
    )


@pytest.fixture
def hostile(site: SiteFolder) -> SiteFolder:
    site.article(
        "a",
        "نص <script>alert(2)</script> و<img src=x onerror=alert(3)> و[رابط](javascript:alert(4))",
        headline='اقتباس "قوي" & </title><script>alert(1)</script>',
        tags='"><img src=x onerror=alert(1)>',
    )
    return site


def test_authors_text_never_becomes_script(hostile: SiteFolder) -> None:
    """B47: a headline or tag breaks out of an attribute, <title>, or JSON."""
    problems = [str(p) for p in hostile.build().notes.problems]
    assert any("content/a.md:6" in p and "javascript:" in p for p in problems)
    for path in hostile.files():
        if path.endswith(".html"):
            page = seen.parse(hostile.text(f"/{path}"))
            assert not [
                s
                for s in page.iter("script")
                if "alert(" in (s.text or "") and s.get("type") != "application/ld+json"
            ]
            assert not [
                e.attrib for e in page.iter() if any(k.startswith("on") for k in e.attrib)
            ], path
            assert not [a for a in page.iter() if a.get("href", "").startswith("javascript:")]


def test_authors_text_is_the_same_in_every_place(hostile: SiteFolder) -> None:
    """B47: nothing of it is lost."""
    hostile.build()
    page = seen.page(hostile, ARTICLE)
    headline = 'اقتباس "قوي" & </title><script>alert(1)</script>'
    (item,) = seen.feed_json(hostile)["items"]
    data = [
        json.loads(s.text or "")
        for s in page.iter("script")
        if s.get("type") == "application/ld+json"
    ]
    found = {
        seen.heading(hostile, ARTICLE),
        seen.items(hostile)[0][0],
        item["title"],
        data[0]["headline"],
    }
    assert found == {headline}
    assert seen.text(seen.one(page, "title")).startswith(headline)
    (tag,) = seen.index(hostile, "/tags/")
    assert tag == '"><img src=x onerror=alert(1)>'
    assert seen.tags_of(hostile, ARTICLE) == [tag]
