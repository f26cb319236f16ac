"""``import`` of WordPress exports and feeds: articles that build, old addresses, hostile files."""

from html import escape
from pathlib import Path

import pytest
from conftest import SiteFolder

from mujaz.errors import Place, SourceError
from mujaz.importing.bringing import bring_in
from mujaz.importing.found import Told
from mujaz.importing.html_text import Html, to_markdown
from mujaz.importing.writing import Brought

pytestmark = pytest.mark.usefixtures("all_worded")

WP = "http://wordpress.org/export/1.2/"


def wxr(*items: str, head: str = "") -> str:
    """A WordPress export of some items."""
    return f"""<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="{WP}excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="{WP}">
<channel><title>صحيفة المرفأ</title><link>https://old.example</link>
<wp:author><wp:author_login><![CDATA[salma]]></wp:author_login><wp:author_display_name><![CDATA[سلمى الحداد]]></wp:author_display_name></wp:author>
{head}{"".join(items)}
</channel></rss>"""


def post(title: str, content: str, more: str = "", **fields: str) -> str:
    """One item of an export."""
    known = {
        "post_id": "7",
        "post_date": "2019-05-24 14:30:00",
        "post_date_gmt": "2019-05-24 11:30:00",
        "post_name": "water",
        "status": "publish",
        "post_type": "post",
        **fields,
    }
    link = known.pop("link", f"https://old.example/news/{known['post_name']}/")
    wp = "".join(f"<wp:{key}><![CDATA[{value}]]></wp:{key}>" for key, value in known.items())
    return f"""<item><title>{escape(title)}</title><link>{link}</link><dc:creator><![CDATA[salma]]></dc:creator>
<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>{wp}{more}</item>"""


class Imported:
    """What one import has done and told."""

    def __init__(self, brought: Brought, left: list[str], faults: list[str]) -> None:
        self.written = brought.written
        self.there = brought.there
        self.left = left
        self.faults = faults


def run_import(site: SiteFolder, name: str, text: str | bytes, encoding: str = "") -> Imported:
    """Import a file that lies beside the project."""
    source = site.root.parent / "sources" / name
    source.parent.mkdir(exist_ok=True)
    source.write_bytes(text if isinstance(text, bytes) else text.encode())
    brought, told = bring_in(site.root, source, encoding)
    prefix = f"{source.as_posix()}:"
    return Imported(
        brought,
        [str(problem).removeprefix(prefix) for problem in told.left],
        [str(fault).removeprefix(prefix) for fault in told.faults],
    )


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764000000")
    (tmp_path / "site").mkdir()
    return SiteFolder(tmp_path / "site")


def text_of(site: SiteFolder, path: str) -> str:
    return (site.root / path).read_text(encoding="utf-8")


def test_a_post_of_wordpress_becomes_an_article_that_builds(site: SiteFolder) -> None:
    body = """<!-- wp:paragraph -->
<p>رحّبت <strong>هيئة الأنهار</strong> بالاتفاق، وقالت &lt;سلمى الحداد&gt; إن 5 &lt; 7.</p>
<!-- /wp:paragraph -->
<!-- wp:list --><ul><li>بند أول</li><li>بند ثان</li></ul><!-- /wp:list -->"""
    more = (
        '<category domain="category" nicename="water"><![CDATA[مياه]]></category>'
        '<category domain="category" nicename="uncategorized"><![CDATA[غير مصنف]]></category>'
        '<category domain="post_tag" nicename="arab"><![CDATA[شؤون عربية]]></category>'
        "<wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key><wp:meta_value>rivers</wp:meta_value></wp:postmeta>"
    )
    got = run_import(site, "export.xml", wxr(post("اتفاق على مياه الأنهار & السدود", body, more)))
    assert (got.faults, got.left) == ([], [])
    assert got.written == ("content/2019/05/24/water.md",)
    assert text_of(site, got.written[0]) == (
        "---\nheadline: اتفاق على مياه الأنهار & السدود\ndate: 24/05/2019 14:30\n"
        "tags: مياه، شؤون عربية\nauthor: سلمى الحداد\naliases: /news/water/، /news/rivers/\n---\n"
        "رحّبت **هيئة الأنهار** بالاتفاق، وقالت <سلمى الحداد> إن 5 \\< 7.\n\n- بند أول\n- بند ثان\n"
    )
    site.build(strict=True)
    page = site.text("/2019/05/24/water/")
    assert 'class="name" href="/mujaz/names/' in page
    assert "5 &lt; 7" in page
    assert {"news/water/index.html", "news/rivers/index.html"} <= site.files().keys()


def test_a_second_import_adds_nothing_even_if_the_headline_was_edited(site: SiteFolder) -> None:
    export = wxr(post("خبر أول", "نص"), post("خبر ثان", "نص", post_name="other"))
    first = run_import(site, "export.xml", export)
    site.edit(first.written[0], "خبر أول", "عنوان آخر")
    before = {path: (site.root / path).read_bytes() for path in first.written}
    again = run_import(site, "export.xml", export)
    assert again.written == ()
    assert [path for _, path in again.there] == list(first.written)
    assert before == {path: (site.root / path).read_bytes() for path in first.written}


def test_two_posts_with_one_headline_on_one_day_are_two(site: SiteFolder) -> None:
    export = wxr(post("عاجل", "أول"), post("عاجل", "ثان", post_name="urgent-2"))
    assert len(run_import(site, "export.xml", export).written) == 2
    assert run_import(site, "export.xml", export).written == ()


def test_what_is_no_article_is_named(site: SiteFolder) -> None:
    comment = "<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment>"
    custom = "<wp:postmeta><wp:meta_key>views</wp:meta_key><wp:meta_value>7</wp:meta_value></wp:postmeta>"
    got = run_import(
        site,
        "export.xml",
        wxr(
            post("منشور", "نص [gallery ids=1]", comment + custom),
            post("قائمة", "", post_type="nav_menu_item"),
            post("محذوف", "", status="trash"),
            post("خاص", "نص", status="private", post_name="p"),
        ),
    )
    told = "\n".join(got.left)
    assert len(got.written) == 2
    for what in (
        "comments: 1",
        "custom fields: views",
        "nav_menu_item 'قائمة' is no article",
        "'محذوف' has the status trash",
        "imported as a draft",
        "the shortcode [gallery ids=1]",
    ):
        assert what in told
    assert all(line.partition(":")[0].isdigit() for line in got.left)
    assert "draft: true" in text_of(site, "content/2019/05/24/p.md")


def test_pages_drafts_pins_and_paragraphs_of_the_classic_editor(site: SiteFolder) -> None:
    got = run_import(
        site,
        "export.xml",
        wxr(
            post("عن الصحيفة", "من نحن\nسطر ثان\n\nفقرة", post_type="page", post_name="about"),
            post("مسودة", "نص", status="draft", post_date_gmt="0000-00-00 00:00:00", post_name=""),
            post("مثبت", "نص", is_sticky="1", post_name="pinned"),
        ),
    )
    assert got.faults == []
    assert text_of(site, "content/pages/about.md").endswith("---\nمن نحن  \nسطر ثان\n\nفقرة\n")
    assert "date: 24/05/2019 14:30\n" in text_of(site, "content/2019/05/24/مسودة.md")
    assert "pin: true" in text_of(site, "content/2019/05/24/pinned.md")
    site.build(strict=True)


def test_links_between_posts_lead_to_their_files_and_remote_pictures_become_links(
    site: SiteFolder,
) -> None:
    body = '<p><a href="https://old.example/news/other/">سابقًا</a> <img src="https://old.example/a.png" alt="صورة النهر"></p>'
    got = run_import(
        site,
        "export.xml",
        wxr(
            post("أول", body),
            post("ثان", "نص", post_name="other", post_date_gmt="2019-05-20 11:30:00"),
        ),
    )
    text = text_of(site, got.written[0])
    assert "[سابقًا](../20/other.md) [صورة النهر](https://old.example/a.png)" in text
    assert "the picture https://old.example/a.png" in got.left[0]
    site.build(strict=True)


def test_links_by_number_lead_to_the_post_and_others_stay(site: SiteFolder) -> None:
    body = "[أ] <a href='https://old.example/?p=8'>ب</a> <a href='https://old.example/?cat=3'>ج</a> <a href='https://old.example/'>د</a>"
    odd = post("بلا رابط", "نص", post_name="odd", link="https://old.example/?p=9", post_id="9")
    got = run_import(
        site,
        "export.xml",
        wxr(odd, post("أول", body), post("ثان", "نص", post_name="b", post_id="8")),
    )
    text = text_of(site, got.written[1])
    assert "[ب](b.md)" in text
    assert "[ج](https://old.example/?cat=3) [د](https://old.example/)" in text


def test_a_post_without_a_title_comes_in_and_is_named(site: SiteFolder) -> None:
    got = run_import(site, "export.xml", wxr(post("", "نص")))
    assert "headline: بلا عنوان" in text_of(site, got.written[0])
    assert [line.partition(" ")[2] for line in got.left] == ["a headline: it has none"]


def test_addresses_under_the_base_path_of_this_site_lose_it(site: SiteFolder) -> None:
    link = "https://example.github.io/mujaz/2018/x/"
    got = run_import(site, "export.xml", wxr(post("خبر", "نص", link=link)))
    assert "aliases: /2018/x/\n" in text_of(site, got.written[0])


def test_pictures_that_lie_beside_the_export_are_copied(site: SiteFolder) -> None:
    from PIL import Image

    folder = site.root.parent / "sources" / "wp-content" / "uploads"
    folder.mkdir(parents=True)
    Image.new("RGB", (4, 3)).save(folder / "نهر (1).png")
    address = "https://old.example/wp-content/uploads/نهر (1).png"
    thumbnail = "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta>"
    got = run_import(
        site,
        "export.xml",
        wxr(
            post("خبر", f'<p>نص</p><img src="{address}" alt="النهر">', thumbnail),
            post("النهر", "", post_type="attachment", post_id="9", attachment_url=address),
        ),
    )
    assert (got.faults, got.left) == ([], [])
    text = text_of(site, "content/2019/05/24/water.md")
    assert "image: نهر-1.png\nimage_alt: النهر\n" in text
    assert "![النهر](نهر-1.png)" in text
    site.build(strict=True)
    assert "2019/05/24/نهر-1.png" in site.files()


HOSTILE = """<p onclick="steal()">نص<script>alert(1)</script><img src=x onerror=alert(1)>
<a href="javascript:alert(1)">اضغط</a><a href=" java\tscript:alert(2)">هنا</a>
<iframe src="https://evil.example/x"></iframe>&lt;script&gt;alert(3)&lt;/script&gt; &lt;T&gt; {{ x }} {% y %}
[رابط](javascript:alert(4)) **لا** `x` &amp;lt;b&amp;gt;</p><svg onload=alert(5)><p>"""


def test_hostile_html_becomes_text_or_nothing(site: SiteFolder) -> None:
    got = run_import(site, "export.xml", wxr(post("<script>x</script> خبر", HOSTILE)))
    assert got.faults == []
    site.build(strict=True)
    page = site.text("/2019/05/24/water/")
    text = page[page.index("<article") : page.index("</article>")]
    for sign in (
        "<script>alert",
        "onclick",
        "onerror",
        "onload",
        "<iframe",
        "<svg",
        'href="javascript',
        "<T>",
    ):
        assert sign not in text
    for shown in (
        "&lt;script&gt;alert(3)",
        "&lt;T&gt;",
        "{{ x }}",
        "**لا**",
        "&amp;lt;b&amp;gt;",
        "](javascript:alert(4))",
    ):
        assert shown in text
    assert [line for line in got.left if "<script>" in line and "alert(1)" in line]


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<b>أ</b><b>ب</b> <b><i>ج</i></b>", "**أب** **ج**"),
        ("<p>نعم!<a href='https://a.example'>هنا</a></p>", "نعم\\![هنا](https://a.example)"),
        (
            "<a href='https://a.example/(x) y'>[أ](ب)</a>",
            "[\\[أ\\]\\(ب)](https://a.example/%28x%29%20y)",
        ),
        ("<ul><li>أ<blockquote>ب</blockquote></li><li>ج</li></ul>", "- أ\n\n  > ب\n\n- ج"),
        ("<h2>لغة C#</h2>", "## لغة C\\#"),
        ("<pre>\nx = 1\n```\n</pre>", "````\nx = 1\n```\n````"),
        (
            "<table><tr><th>أ|ب</th></tr><tr><td>1\n2</td></tr></table>",
            "| أ\\|ب |\n| --- |\n| 1 2 |",
        ),
        ("<dl><dt>أ</dt><dd>ب</dd></dl><q>ج</q>", "**أ**\n\nب\n\n”ج“"),
        ("<p>1. أ</p><p># ب</p><p>- ج</p><p>=== </p>", "1\\. أ\n\n\\# ب\n\n\\- ج\n\n&#61;=="),
        ("<object data='https://v.example/x'></object>", "[v.example](https://v.example/x)"),
    ],
)
def test_html_becomes_markdown(html: str, markdown: str) -> None:
    assert to_markdown(Html(html, Place("x"), Told())).markdown == markdown


@pytest.mark.parametrize(
    "name", ["../../../evil", "/etc/passwd", "..", "con/../x", "a\\b", "C:evil"]
)
def test_names_that_are_paths_stay_in_their_folder(site: SiteFolder, name: str) -> None:
    got = run_import(site, "export.xml", wxr(post("خبر", "نص", post_name=name)))
    assert len(got.written) == 1
    assert (site.root / got.written[0]).parent == site.root / "content/2019/05/24"
    assert not list(site.root.parent.glob("**/evil"))
    site.build(strict=True)


LAUGHS = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY x "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("dtd", [LAUGHS, OUTSIDE])
def test_a_file_with_entities_of_its_own_is_refused(site: SiteFolder, dtd: str) -> None:
    xml = f"{dtd}<rss><channel><item><title>&x;</title></item></channel></rss>"
    with pytest.raises(SourceError, match=r"feed\.xml: expected no entities"):
        run_import(site, "feed.xml", xml)


def test_xml_that_is_none_is_told_with_its_line(site: SiteFolder) -> None:
    with pytest.raises(SourceError, match=r"feed\.xml:3: not XML"):
        run_import(site, "feed.xml", "<rss>\n<channel>\n<item></channel>\n</rss>")
    with pytest.raises(SourceError, match="expected a WordPress export, RSS or Atom, found <html>"):
        run_import(site, "page.xml", "<html></html>")


def test_html_nested_without_end_is_a_fault_and_other_articles_come_in(site: SiteFolder) -> None:
    got = run_import(
        site,
        "export.xml",
        wxr(post("عميق", "<div>" * 5000 + "نص"), post("خبر", "نص", post_name="b")),
    )
    assert len(got.faults) == 1
    assert "HTML is nested too deeply" in got.faults[0]
    assert got.written == ("content/2019/05/24/b.md",)


@pytest.mark.parametrize(("encoding", "codec"), [("windows-1256", "cp1256"), ("UTF-16", "utf-16")])
def test_other_encodings_are_read_as_declared(site: SiteFolder, encoding: str, codec: str) -> None:
    xml = wxr(post("خبر عن الماء", "نص عربي")).replace("UTF-8", encoding)
    got = run_import(site, "export.xml", xml.encode(codec))
    assert "headline: خبر عن الماء\n" in text_of(site, got.written[0])


def test_an_encoding_that_isnt_the_declared_one_is_told(site: SiteFolder) -> None:
    with pytest.raises(SourceError, match=r"export\.xml:\d+: expected UTF-8, found the byte 0x"):
        run_import(site, "export.xml", wxr(post("خبر", "نص")).encode("cp1256"))
    got = run_import(site, "export.xml", wxr(post("خبر", "نص")).encode("cp1256"), "windows-1256")
    assert len(got.written) == 1


def test_nul_and_signs_that_xml_forbids_are_taken_out_and_told(site: SiteFolder) -> None:
    got = run_import(site, "export.xml", wxr(post("خبر", "ن\x00ص\x08 هنا")))
    assert text_of(site, got.written[0]).endswith("---\nنص هنا\n")
    assert sorted(line.partition(" ")[2] for line in got.left) == [
        "1 NUL bytes",
        "1 signs that XML forbids",
    ]


def test_dates_that_cant_be_read_are_faults_with_their_line(site: SiteFolder) -> None:
    zero = "0000-00-00 00:00:00"
    got = run_import(
        site,
        "export.xml",
        wxr(post("خبر", "نص", post_date=zero, post_date_gmt=zero), post("ب", "نص", post_name="b")),
    )
    assert len(got.written) == 1
    assert [fault.partition(":")[2] for fault in got.faults] == [
        " expected the article's date, found none"
    ]


def test_old_addresses_that_cant_lead_here_are_named(site: SiteFolder) -> None:
    got = run_import(
        site,
        "export.xml",
        wxr(
            post("أ", "نص", link="https://old.example/?p=7"),
            post("ب", "نص", post_name="b", link="https://old.example/tags/x/"),
            post("ج", "نص", post_name="c", link="https://old.example/2019/05/24/c/"),
            post("د", "نص", post_name="d", link="https://old.example/a.html"),
            post("ه", "نص", post_name="e", link="https://old.example/a.html/b/"),
        ),
    )
    assert [line.partition("the old address ")[2] for line in got.left] == [
        "https://old.example/?p=7: a static site can't have it",
        "/tags/x/: Mujaz has a page of its own there",
        "/a.html/b/: another address needs the same file or folder",
    ]
    assert "aliases" not in text_of(site, "content/2019/05/24/c.md")
    site.build(strict=True)


RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>المرفأ</title>
<item><title>هيئة الأنهار تفتح دفاترها</title><link>https://old.example/n/12/rivers.html</link>
<pubDate>Fri, 24 May 2019 22:30:00 +0000</pubDate><category>مياه</category><dc:creator>سلمى الحداد</dc:creator>
<description>&lt;p&gt;ملخص &lt;b&gt;قصير&lt;/b&gt;&lt;/p&gt;</description>
<content:encoded>&lt;p&gt;النص&amp;nbsp;الكامل&lt;/p&gt;</content:encoded></item>
<item><title>بلا تاريخ</title><description>نص</description></item>
<item><title>نص وحده</title><pubDate>24 May 2019 08:00 GMT</pubDate><description>سطر * ونجمة &nbsp; و 1 &lt; 2</description>
<enclosure url="https://old.example/a.mp3" type="audio/mpeg" length="1"/><itunes xmlns="urn:x">1</itunes></item>
</channel></rss>"""


def test_an_rss_file_becomes_articles_in_the_sites_zone(site: SiteFolder) -> None:
    got = run_import(site, "feed.rss", RSS)
    assert got.written == ("content/2019/05/25/rivers.md", "content/2019/05/24/نص-وحده.md")
    assert text_of(site, got.written[0]) == (
        "---\nheadline: هيئة الأنهار تفتح دفاترها\ndate: 25/05/2019 01:30\ntags: مياه\nsummary: ملخص قصير\n"
        "author: سلمى الحداد\naliases: /n/12/rivers.html\n---\nالنص\u00a0الكامل\n"
    )
    assert "سطر \\* ونجمة" in text_of(site, got.written[1])
    assert [f.partition(" ")[2] for f in got.faults] == ["expected the article's date, found none"]
    told = "\n".join(got.left)
    assert "the attached file https://old.example/a.mp3" in told
    assert "elements: itunes" in told
    site.build(strict=True)
    assert run_import(site, "feed.rss", RSS).written == ()


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>المرفأ</title>
<entry><title type="html">خبر &amp;amp; آخر</title><link rel="alternate" href="https://old.example/2019/x/"/>
<id>urn:1</id><published>2019-05-24T10:00:00Z</published><updated>2019-06-02T10:00:00Z</updated>
<author><name>رائد الفنار</name></author><category term="w" label="مياه"/>
<summary>ملخص</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>نص <em>مائل</em></p></div></content></entry></feed>"""


def test_an_atom_file_becomes_articles(site: SiteFolder) -> None:
    got = run_import(site, "feed.atom", ATOM)
    assert (got.left, got.faults) == ([], [])
    assert text_of(site, "content/2019/05/24/x.md") == (
        "---\nheadline: خبر & آخر\ndate: 24/05/2019 13:00\ntags: مياه\nsummary: ملخص\nupdated: 02/06/2019 13:00\n"
        "author: رائد الفنار\naliases: /2019/x/\n---\nنص *مائل*\n"
    )
    site.build(strict=True)
