"""``import`` of folders of Hugo, Jekyll, Pelican, Nikola and Eleventy."""

from pathlib import Path

import pytest
from conftest import SiteFolder

from mujaz.importing.bringing import bring_in
from mujaz.importing.found import Told
from mujaz.importing.writing import Brought

pytestmark = pytest.mark.usefixtures("all_worded")


class Old:
    """A folder of another generator, beside a site."""

    def __init__(self, site: SiteFolder) -> None:
        self.site = site
        self.root = site.root / "old"
        self.told = Told()

    def write(self, path: str, text: str | bytes) -> None:
        self.site.write(f"old/{path}", text)

    def bring(self, folder: str = "") -> Brought:
        """Import the folder."""
        brought, self.told = bring_in(self.site.root, self.root / folder)
        return brought

    def text(self, path: str) -> str:
        return (self.site.root / path).read_text(encoding="utf-8")

    @property
    def left(self) -> list[str]:
        """What isn't carried over, by path inside the folder."""
        return sorted(str(p).removeprefix(f"{self.root.as_posix()}/") for p in self.told.left)

    @property
    def faults(self) -> list[str]:
        """The faults, by path inside the folder."""
        return sorted(str(f).removeprefix(f"{self.root.as_posix()}/") for f in self.told.faults)


@pytest.fixture
def old(site: SiteFolder) -> Old:
    return Old(site)


def picture() -> bytes:
    """A PNG of 4 by 3."""
    from io import BytesIO

    from PIL import Image

    kept = BytesIO()
    Image.new("RGB", (4, 3)).save(kept, "png")
    return kept.getvalue()


def test_hugo(old: Old) -> None:
    old.write(
        "hugo.toml",
        'baseURL = "https://old.example"\n[permalinks]\nnews = "/:year/:month/:slug/"\n',
    )
    old.write(
        "content/news/river/index.md",
        '+++\ntitle = "ميثاق الأنهار: توقيع"\ndate = 2019-05-24T14:30:00+03:00\nlastmod = 2019-06-01\n'
        'draft = false\ntags = ["مياه", "أنهار"]\ncategories = ["شؤون عربية"]\naliases = ["/old/river/"]\n'
        'weight = 3\n[cover]\nimage = "r.png"\nalt = "النهر"\n+++\n'
        'قال {{< youtube x >}} و[انظر]({{< ref "news/other.md" >}}) ![نهر](r.png)\n',
    )
    old.write("content/news/river/r.png", picture())
    old.write("content/news/other.md", '---\ntitle: "خبر: آخر"\ndate: 2019-05-20\n---\nنص\n')
    old.write("content/news/_index.md", "---\ntitle: الأخبار\n---\n")
    old.write("content/about.md", "---\ntitle: عن الموقع\n---\nمن نحن\n")
    brought = old.bring()
    assert old.faults == []
    assert brought.written == (
        "content/pages/about.md",
        "content/2019/05/20/other.md",
        "content/2019/05/24/river.md",
    )
    assert old.text("content/2019/05/24/river.md") == (
        "---\nheadline: ميثاق الأنهار: توقيع\ndate: 24/05/2019 14:30\ntags: مياه، أنهار، شؤون عربية\n"
        "updated: 01/06/2019\nimage: r.png\nimage_alt: النهر\naliases: /2019/05/river/، /old/river/\n---\n"
        "قال {{\\< youtube x >}} و[انظر](../20/other.md) ![نهر](r.png)\n"
    )
    assert old.left == [
        f"{old.root.as_posix()}: files that are no articles: 1",
        "content/news/_index.md: a list's own page",
        "content/news/river/index.md: front matter: weight",
        "content/news/river/index.md:14: the shortcode {{< youtube x >}}: left as text",
    ]
    old.site.build(strict=True)
    assert {
        "2019/05/river/index.html",
        "old/river/index.html",
        "2019/05/24/r.png",
    } <= old.site.files().keys()
    assert old.bring().written == ()


def test_jekyll(old: Old) -> None:
    old.write("_config.yml", "title: x\npermalink: pretty\n")
    old.write(
        "_posts/2019-05-24-water.md",
        "---\nlayout: post\ntitle: ماء\ndate: 2019-05-24 22:30:00 +0000\ncategories: [news]\ntags: مياه، أنهار\n"
        "redirect_from:\n  - /x.html\n---\n{% raw %}{{ قوسان }}{% endraw %}\n\n"
        "{% highlight python %}\nx = 1 < 2\n{% endhighlight %}\n\n"
        "[سابق]({% post_url 2019-05-20-rain %}) {% include note.html %}\n{: .lead}\n",
    )
    old.write("_posts/2019-05-20-rain.md", "---\ntitle: مطر\n---\nنص\n")
    old.write("_drafts/idea.md", "---\ntitle: فكرة\n---\nنص\n")
    old.write("_layouts/post.html", "x")
    brought = old.bring()
    assert old.faults == []
    assert "content/2019/05/25/water.md" in brought.written
    assert old.text("content/2019/05/25/water.md") == (
        "---\nheadline: ماء\ndate: 25/05/2019 01:30\ntags: مياه، أنهار، news\n"
        "aliases: /news/2019/05/25/water/، /x.html\n---\n{{ قوسان }}\n\n```python\nx = 1 < 2\n```\n\n"
        "[سابق](../20/rain.md) {% include note.html %}\n"
    )
    assert any(
        "_posts/2019-05-24-water.md:16: the shortcode {% include note.html %}" in x
        for x in old.left
    )
    assert any("the attributes {: .lead}" in x for x in old.left)
    assert any(x.startswith("_layouts: a folder") for x in old.left)
    (idea,) = [path for path in brought.written if path.endswith("idea.md")]
    assert "draft: true" in old.text(idea)
    old.site.build(strict=True)


def test_pelican(old: Old) -> None:
    old.write(
        "pelicanconf.py", "ARTICLE_URL = 'posts/{date:%Y}/{slug}/'\nimport os\nos.system('false')\n"
    )
    old.write(
        "content/a.md",
        "Title: خبر: أول\nDate: 2019-05-24 10:20\nCategory: شؤون عربية\nTags: مياه, أنهار\nSlug: first\n"
        "Summary: ملخص\n    على سطرين\n\nنص ![نهر]({static}/images/n.png) و[ثان]({filename}b.md)\n",
    )
    old.write("content/b.md", "Title: ثان\nDate: 2019-05-25\nStatus: draft\n\nنص\n")
    old.write("content/images/n.png", picture())
    old.bring()
    assert old.faults == []
    assert old.text("content/2019/05/24/first.md") == (
        "---\nheadline: خبر: أول\ndate: 24/05/2019 10:20\ntags: مياه، أنهار، شؤون عربية\nsummary: ملخص على سطرين\n"
        "aliases: /posts/2019/first/\n---\nنص ![نهر](n.png) و[ثان](../25/b.md)\n"
    )
    assert "draft: true" in old.text("content/2019/05/25/b.md")
    old.site.build()


def test_nikola(old: Old) -> None:
    old.write("conf.py", 'POSTS = (("posts/*.md", "news", "post.tmpl"),)\n')
    old.write(
        "posts/one.md",
        "<!--\n.. title: خبر أول\n.. slug: one\n.. date: 2019-05-24 19:52:05 UTC\n.. tags: مياه, أنهار\n"
        ".. category: عرب\n.. type: text\n-->\n\nنص <b>غامق</b> <!-- TEASER_END --> بقية\n",
    )
    old.write("posts/two.md", "نص ثان\n")
    old.write("posts/two.meta", ".. title: خبر ثان\n.. slug: two\n.. date: 2019-05-25 UTC+03:00\n")
    old.bring()
    assert old.text("content/2019/05/24/one.md") == (
        "---\nheadline: خبر أول\ndate: 24/05/2019 22:52\ntags: مياه، أنهار، عرب\naliases: /news/one/\n---\n"
        "نص **غامق**  بقية\n"
    )
    assert [fault.partition(": ")[0] for fault in old.faults] == ["posts/two.md"]
    old.site.build(strict=True)


def test_eleventy(old: Old) -> None:
    old.write("eleventy.config.js", 'module.exports = () => ({ dir: { input: "src" } });\n')
    old.write(
        "src/blog/2019-05-24-one.md",
        "---\ntitle: خبر أول\ntags:\n  - posts\n  - مياه\neleventyComputed:\n  a: b\n---\nنص {{ page.url }}\n",
    )
    old.write(
        "src/blog/two.md",
        '---json\n{"title": "خبر ثان", "date": "2019-05-25", "permalink": "/p/two.html"}\n---\nنص\n',
    )
    old.bring()
    assert old.faults == []
    assert old.text("content/2019/05/24/one.md") == (
        "---\nheadline: خبر أول\ndate: 24/05/2019\ntags: مياه\naliases: /blog/one/\n---\nنص {{ page.url }}\n"
    )
    assert "aliases: /p/two.html" in old.text("content/2019/05/25/two.md")
    assert any("front matter: eleventyComputed" in line for line in old.left)
    old.site.build(strict=True)


FRONT = "---\ntitle: خبر\ndate: 2019-05-24\n---\n"


@pytest.mark.parametrize(
    ("body", "made"),
    [
        ("أ < ب و<T> و<بوتين> و<script>x()</script>ج", "أ \\< ب و\\<T> و<بوتين> وج"),
        (
            "`<b>` <https://a.example> <a@b.example> \\<ج>",
            "`<b>` <https://a.example> <a@b.example> \\<ج>",
        ),
        ("```\n<b> {{ x }}\n```", "```\n<b> {{ x }}\n```"),
        ("أول<br>ثان <em>مائل</em> <u>خط</u>", "أول  \nثان *مائل* خط"),
        ('<div class="x">\n<p>نص <b>غامق</b></p>\n</div>\n\nبعد', "نص **غامق**\n\nبعد"),
        (
            '<a href="https://a.example/x">رابط</a> و<a href="javascript:x()">لا</a>',
            "[رابط](https://a.example/x) ولا",
        ),
        ("![صورة](https://a.example/p.png)", "[صورة](https://a.example/p.png)"),
        ("![صورة](../../../etc/passwd.png) ![ب](/etc/hosts)", "صورة ب"),
        ("[أ](javascript:alert(1)) [ب](file:///etc/passwd)", "[أ](#) [ب](#)"),
        ("[أ](other.md) [ب](/x/y/) [ج](y/z/)", "[أ](/other.md) [ب](/x/y/) [ج](/y/z/)"),
        ("[أ]: https://a.example\n\n[نص][أ]", "[أ]: https://a.example\n\n[نص][أ]"),
        ("&lt;script&gt;", "&lt;script&gt;"),
        (
            "<p>[أ](b) ![س](p.png) &lt;ب&gt; &lt;T&gt; *ج*</p>",
            "\\[أ\\]\\(b) !\\[س\\]\\(p.png) <ب> \\<T> \\*ج\\*",
        ),
        ('<iframe src="https://v.example/1"></iframe>', "[v.example](https://v.example/1)"),
        ("<img src='https://a.example/1.png' onerror='x()'>", "[صورة](https://a.example/1.png)"),
    ],
)
def test_bodies(old: Old, body: str, made: str) -> None:
    old.write("posts/a.md", FRONT + body + "\n")
    old.bring()
    assert old.faults == []
    assert (
        old.text("content/2019/05/24/a.md").partition("---\n")[2].partition("---\n")[2]
        == f"{made}\n"
    )
    old.site.build(strict="`" not in body)


def test_html_and_pictures_that_are_lost_are_named_with_their_line(old: Old) -> None:
    old.write("a.md", FRONT + "أول\n\nثان <u>خط</u>\n\n```\n<u>\n```\n\n![س](x.png) <!-- سر -->\n")
    old.bring()
    assert old.left == [
        "a.md:13: a comment in HTML: <!-- سر -->",
        "a.md:13: the picture x.png",
        "a.md:7: HTML </u>",
        "a.md:7: HTML <u>",
    ]


@pytest.mark.parametrize(
    ("front", "fault"),
    [
        ("---\ntitle: [a\n---\nx", "a.md:2: front matter: no YAML"),
        ("---\ntitle: x\nb: {{ y }}: z\n---\n", "front matter: no YAML"),
        ("+++\ntitle = x\n+++\n", "a.md:2: front matter: no TOML"),
        ('{"title": }\n', "a.md:1: front matter: no JSON"),
        ("---\n" + "[" * 5000 + "\n---\n", "a.md"),
        ("---\ntitle: x\ndate: Created\n---\nx", "a.md: date: expected"),
        ("---\ntitle: x\ndate: 2019-02-30\n---\nx", "a.md: date: expected"),
        ('{"title": "x", "n": ' + "9" * 5000 + "}\n", "front matter can't be read"),
        ('{"title": ' + "[" * 5000 + "}\n", "a.md"),
        ("---\n- a\n---\nx", "a.md:2: expected 'key: value'"),
        ("---\na: &a [*a]\ntitle: x\n---\nx", ""),
        ("---\ntitle: \xff\0\n---\n", "expected text, found a NUL"),
    ],
)
def test_front_matter_that_cant_be_read_is_a_fault_with_its_line(
    old: Old, front: str, fault: str
) -> None:
    old.write("posts/a.md", front)
    old.write("posts/b.md", FRONT + "نص\n")
    assert "content/2019/05/24/b.md" in old.bring().written
    assert len(old.faults) == 1
    assert fault.removeprefix("a.md") in old.faults[0]


def test_an_encoding_of_old_windows_is_told_and_read_if_named(old: Old) -> None:
    old.write("posts/a.md", (FRONT + "نص\n").encode("cp1256"))
    old.bring()
    assert "expected UTF-8, found the byte 0xCE; try --encoding windows-1256" in old.faults[0]
    brought, _ = bring_in(old.site.root, old.root, "windows-1256")
    assert len(brought.written) == 1


def test_links_and_devices_in_the_folder_arent_followed(old: Old, tmp_path: Path) -> None:
    old.write("posts/a.md", FRONT + "![س](leak.png)\n")
    secret = tmp_path / "secret.png"
    secret.write_bytes(picture())
    (old.root / "posts/leak.png").symlink_to(secret)
    (old.root / "posts/loop").symlink_to(old.root)
    old.bring()
    assert not list((old.site.root / "content").rglob("*.png"))
    assert {"posts/leak.png: a symbolic link", "posts/a.md:5: the picture leak.png"} <= set(
        old.left
    )


def test_texts_in_a_folder_come_in_and_other_kinds_are_named(old: Old) -> None:
    old.write("a.txt", "عنوان\n24/05/2019\nعنوان\n\nنص <سلمى الحداد>.\n")
    old.write("b.rst", "x")
    old.write("css/x.css", "x")
    assert old.bring().written == ("content/2019/05/24/عنوان.md",)
    assert old.left == ["b.rst: it isn't Markdown", "css: files that are no articles: 1"]


def test_two_articles_that_want_one_address_both_come_in(old: Old) -> None:
    old.write("x/a.md", FRONT + "أ\n")
    old.write("y/a.md", FRONT.replace("خبر", "غيره") + "ب\n")
    assert old.bring().written == ("content/2019/05/24/a.md", "content/2019/05/24/a-2.md")
    old.site.build(strict=True)
    assert old.bring().written == ()
