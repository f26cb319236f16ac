"""Inputs: texts put together from what means something to a reader of them, and bytes that went bad."""

from collections.abc import Sequence

from hypothesis import strategies as st

from mujaz.frontmatter import KEYS

ODD = (
    *"\x00\x01\x07\x0b\x0c\x1b\x1f\x7f\x85\xa0\xad",
    *"\u0640\u064b\u0651\u0670\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2066\u2069",
    *"\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufeff\ufffd\ufffe\uffff\U0001f4a9\U000e0001\U0010ffff",
    *"٠١۲۳Ⅷ²½İıßﷺﻻ\u0130\u0345",
)


def joined(
    pieces: Sequence[str], most: int = 30, sign: st.SearchStrategy[str] | None = None
) -> st.SearchStrategy[str]:
    """Texts of pieces, now and then with a sign of any kind between them."""
    piece = st.sampled_from((*pieces, *pieces, *ODD))
    any_sign = sign or st.characters(exclude_categories=["Cs"])
    return st.lists(st.one_of(piece, piece, piece, any_sign), max_size=most).map("".join)


def spoiled(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """Texts as bytes; some lose or gain bytes, some are in another encoding."""
    whole = texts.map(lambda text: text.encode())
    harm = st.tuples(whole, st.integers(0, 400), st.binary(max_size=3), st.integers(0, 3))
    return st.one_of(
        whole,
        whole,
        harm.map(lambda h: h[0][: h[1]] + h[2] + h[0][h[1] + h[3] :]),
        texts.map(lambda text: text.encode("utf-16")),
        texts.map(lambda text: text.encode("windows-1256", "ignore")),
    )


def harmed(data: bytes) -> st.SearchStrategy[bytes]:
    """Bytes with some of them, anywhere, gone or others."""
    harm = st.tuples(st.integers(0, len(data)), st.integers(0, 3), st.binary(max_size=4))
    return harm.map(lambda h: data[: h[0]] + h[2] + data[h[0] + h[1] :])


_VALUES = (
    "خبر", "24/05/2019", "٢٤/٠٥/٢٠١٩ 14:30", "2019-05-24", "31/02/2019", "5/24/2019", "روسيا، الصين",
    "[أ, ب]", "[أ, 'ب, ج'", '"قال \\"نعم\\""', '"\\u202e\\x00', "'لا", "> ", "|", "|2-", ">+", "- أ", "- ",
    "https://a.example/?a=b&c", "javascript:alert(1)", "../../x.png", "صورة.png", "true", "نعم", "حتى 1/1/2020",
    "/old/", "/../x", "/a.b/%2e%2e/", "24/05/2019: صواب", "<بوتين>", "<b>", "{{ x }}", "{a: b}", "#", "&amp;",
    "!!python/object", "&a *a", "%", "@", "0", "-1", "1e9999", "9" * 40,
)  # fmt: skip
_LINES = ("\n", "\n", "\r\n", "\r", "\n  ", "\n- ", "\n\t", ": ", ":", " ", "---\n", "...\n", "# ")
FIELDS = joined((*KEYS, *KEYS.values(), *_VALUES, *_LINES, *_LINES), 40)
FULL = st.lists(
    st.tuples(
        st.sampled_from((*KEYS, *KEYS.values())), st.one_of(st.sampled_from(_VALUES), FIELDS)
    ),
    max_size=6,
).map(lambda rows: "".join(f"{key}: {value}\n" for key, value in rows))
GOOD = "headline: خبر\ndate: 24/05/2019\n"

DATES = joined(
    ("24", "05", "2019", "٢٤", "۰۵", "٢٠١٩", "/", "/", "-", "-", ".", " ", "T", ":", "14:30", "Z", "+03:00",
     "24/05/2019", "2019-05-24", "29/02/2020", "00/00/0000", "9999-12-31", "0001", "24:00", "23:59:60", "١٤:٣٠",
     "GMT", "Asia/Riyadh", "Fri, ", "May", "24 مايو 2019", "أيار", "كانون الثاني", "ص", "م", "0" * 30),
    8,
)  # fmt: skip

SLUGS = joined(
    ("خبر", "الأخبار", "A", "straße", "ﬁ", "é", "e\u0301", " ", "-", "--", "_", "/", "\\", "..", ".", "%2f", "?",
     "#", "&amp;", "<", ">", "١٢", "12", "كلمة طويلة جدا " * 20, "con", "nul", "中文", "🎉", "'", "’"),
    12,
)  # fmt: skip

_TOML = (
    "base_url", "title", "timezone", "per_page", "links", "months", "digits", "hijri", "raw_html", "logo", "check",
    "name", "names", "tag", "tags", "aliases", "kind", "note", "slug", "distinct", "synonyms", "label", "description",
    " = ", " = ", " = ", "\n", "\n", "\n", "[[names]]\n", "[[tags]]\n", "[x]\n", '"خبر"', "'x'", "1", "-1", "0x10",
    "1.5", "nan", "true", "[]", '["أ", "ب"]', '[["عن", "/about/"]]', "{a = 1}", "{", "}", "[", "]", '"""', "# ", "\\u0000",
    '"https://a.example/x"', '"https://[::1]/"', '"http://[x"', '"https://م.example"', '"Asia/Riyadh"', '"../../etc"',
    '"/\\u0000"', "1979-05-27", "07:32:00", ".", ",", "\r\n", '"person"', '"javascript:x"', "9" * 30, "9" * 5000,
)  # fmt: skip
SETTINGS = st.one_of(
    joined(_TOML, 24),
    st.lists(
        st.tuples(st.sampled_from(_TOML[:22]), st.sampled_from(_TOML[30:])), min_size=1, max_size=5
    ).map(lambda rows: "".join(f"{key} = {value}\n" for key, value in rows)),
    st.tuples(
        st.sampled_from(["[[names]]\n", "[[tags]]\n"]),
        st.lists(st.tuples(st.sampled_from(_TOML[11:22]), st.sampled_from(_TOML[30:])), max_size=4),
    ).map(lambda got: got[0] + "".join(f"{key} = {value}\n" for key, value in got[1])),
)

HTML = joined(
    ("<p>", "</p>", "<b>", "</b>", "<em>", "</em>", "<a href='/x'>", '<a href="javascript:x">', "</a>", "<img src=x.png>",
     "<ul>", "<li>", "</ul>", "<ol start=3>", "<table>", "<tr>", "<td>", "</table>", "<pre>", "<code>", "</code>", "</pre>",
     "<blockquote>", "</blockquote>", "<script>", "</script>", "<style>", "<iframe src=//x>", "<svg onload=x>", "<br>", "<hr>",
     "<!--", "-->", "<![CDATA[", "]]>", "<?x ?>", "<h1>", "</h1>", "<h9>", "<div>", "</div>", "<math>", "&amp;", "&lt;b&gt;",
     "&#0;", "&#x110000;", "&bogus;", "[caption]", "[/caption]", "[gallery ids='1']", "{{< figure >}}", "{% raw %}", "نص",
     "خبر <بوتين>", "*", "_", "`", "[", "](", ")", "!", "\\", "|", "#", "\n", "\n\n", "    ", "1. ", "- ", '"', "'", "<", ">",
     "<a href='http://[x'>", "<img src='http://[x' alt='*'>", "<ruby>", "<rt>", "<object data=x>", "<a><a href=y>"),
    24,
)  # fmt: skip


def _feed(parts: tuple[str, ...]) -> str:
    kind, title, day, body, link = parts
    match kind:
        case "rss":
            return (
                f"<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><item><title>{title}"
                f"</title><pubDate>{day}</pubDate><link>{link}</link><content:encoded><![CDATA[{body}]]></content:encoded>"
                f"<category>{title}</category></item></channel></rss>"
            )
        case "atom":
            return (
                f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title type='html'>{title}</title><published>{day}"
                f"</published><link href='{link}'/><content type='html'><![CDATA[{body}]]></content></entry></feed>"
            )
        case _:
            return (
                "<rss version='2.0' xmlns:wp='http://wordpress.org/export/1.2/' xmlns:content="
                f"'http://purl.org/rss/1.0/modules/content/'><channel><item><title><![CDATA[{title}]]></title><link>{link}"
                f"</link><content:encoded><![CDATA[{body}]]></content:encoded><wp:post_date>{day}</wp:post_date>"
                "<wp:post_type>post</wp:post_type><wp:status>publish</wp:status><wp:post_name>x</wp:post_name></item>"
                "</channel></rss>"
            )


_DAYS = st.one_of(
    st.sampled_from(
        ["Fri, 24 May 2019 14:30:00 +0300", "2019-05-24T14:30:00Z", "2019-05-24 14:30:00"]
    ),
    DATES,
)
_LINK = st.sampled_from(
    ["https://a.example/2019/x/", "http://[x", "javascript:x", "", "/../..", "a b"]
)
_TITLES = st.one_of(st.just("خبر"), HTML)
FEEDS = st.one_of(
    st.tuples(st.sampled_from(["rss", "atom", "wordpress"]), _TITLES, _DAYS, HTML, _LINK).map(
        _feed
    ),
    joined(
        ("<?xml version='1.0' encoding='x'?>", "<rss>", "</rss>", "<feed>", "<channel>", "<item>", "<title>", "&x;",
         "<!DOCTYPE x [<!ENTITY x 'y'>]>", "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>", "<![CDATA[", "]]>", "نص"),
        14,
    ),
)  # fmt: skip
FOREIGN = st.one_of(
    st.tuples(FULL, HTML).map(lambda p: f"---\ntitle: خبر\n{p[0]}---\n{p[1]}"),
    st.tuples(SETTINGS, HTML).map(lambda p: f"+++\ntitle = 'x'\n{p[0]}+++\n{p[1]}"),
    HTML.map(lambda html: f'{{"title": "x", "date": "2019-05-24"}}\n{html}'),
    st.tuples(_TITLES, DATES, HTML).map(lambda p: f"Title: {p[0]}\nDate: {p[1]}\n\n{p[2]}"),
    st.tuples(_TITLES, DATES, HTML).map(lambda p: f".. title: {p[0]}\n.. date: {p[1]}\n\n{p[2]}"),
    HTML,
)
PLAIN = st.tuples(_TITLES, DATES, HTML).map(lambda p: f"{p[0]}\n{p[1]}\n{p[2]}")
