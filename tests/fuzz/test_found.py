"""What fuzzing has found, each once."""

from pathlib import Path
from zoneinfo import ZoneInfo

import html5lib
import pytest
from conftest import SiteFolder
from test_markup import finished

from mujaz.errors import MujazError, Place
from mujaz.importing.found import Setting, Told
from mujaz.importing.html_text import Html, plain, to_markdown
from mujaz.importing.sources import find
from mujaz.settings import read_names, read_settings


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f"per_page = {'9' * 5000}", "content/site.toml: not TOML: Exceeds the limit"),
        (f"links = {'[' * 5000}", "content/site.toml: not TOML: brackets nested too deeply"),
    ],
)
def test_a_number_or_brackets_without_end_are_a_fault_of_the_settings(
    text: str, fault: str
) -> None:
    errors: list[MujazError] = []
    read_settings(text, errors, [])
    read_names(text, errors)
    assert [str(error).startswith(fault) for error in errors] == [True, False]


def test_a_post_whose_own_address_is_none_is_imported(tmp_path: Path) -> None:
    file = tmp_path / "x.xml"
    file.write_text(
        "<rss xmlns:wp='http://wordpress.org/export/1.2/'"
        " xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><item>"
        "<title>خبر</title><link>http://[x</link><content:encoded>نص <![CDATA[<a href='/?p=2'>آخر</a>]]>"
        "</content:encoded><wp:post_date>2019-05-24 14:30:00</wp:post_date><wp:post_type>post</wp:post_type>"
        "<wp:status>publish</wp:status><wp:post_name>x</wp:post_name></item></channel></rss>",
        encoding="utf-8",
    )
    told = Told()
    (found,) = find(file, Setting(ZoneInfo("Asia/Riyadh"), "", told))
    assert (found.headline, found.name, told.faults) == ("خبر", "x", [])


def test_a_feed_whose_own_address_is_none_is_imported(tmp_path: Path) -> None:
    file = tmp_path / "x.xml"
    file.write_text(
        "<rss><channel><item><title>خبر</title><link>http://[x</link><pubDate>Fri, 24 May 2019 14:30:00 GMT"
        "</pubDate><description>نص &lt;a href='https://a.example/'>آخر&lt;/a></description></item></channel></rss>",
        encoding="utf-8",
    )
    told = Told()
    (found,) = find(file, Setting(ZoneInfo("Asia/Riyadh"), "", told))
    assert (found.body, told.faults) == ("نص [آخر](https://a.example/)", [])


@pytest.mark.parametrize("section", ["<![CATA[", "<![", "<![ x", "<![1"])
def test_a_section_of_sgml_that_is_none_is_text(section: str) -> None:
    made = to_markdown(Html(f"<p>قبل {section} بعد</p>", Place("x"), Told())).markdown
    assert html5lib.parseFragment(finished(made)).find("*").text == f"قبل {section} بعد"
    assert plain(f"<b>{section}</b>") == section


@pytest.mark.parametrize("target", ["x:y", "https://a.example/"])
def test_a_footnote_in_the_text_of_a_link_is_the_only_link(target: str) -> None:
    made = finished(f"[أ [^1] ب]({target})\n\n[^1]: حاشية")
    first = html5lib.parseFragment(made, namespaceHTMLElements=False).find("p")
    assert "".join(first.itertext()) == "أ 1 ب"
    assert [link.get("href") for link in first.iter("a")] == ["#fn:1"]
    assert made.count("<a ") == made.count("</a>")


@pytest.mark.parametrize("name", ["al-Jazeera", "iPhone", "cnn", "tv"])
def test_a_name_that_begins_as_an_element_does_is_linked_beside_code_too(name: str) -> None:
    assert finished(f"<{name}> `كود`") == (
        f'<p><a class="name" href="/names/0/">{name}</a> <code>كود</code></p>'
    )


@pytest.mark.parametrize(
    "target", ["https://evil.example/x.png", "//evil.example/x.png", "mailto:x"]
)
def test_a_picture_of_another_host_is_its_text(site: SiteFolder, target: str) -> None:
    """The policy refused it, but a feed's reader would have asked for it."""
    site.article("a", body=f"![صورة]({target}) ![لنا](https://example.github.io/mujaz/x.png)")
    site.build()
    assert '<p>صورة <img src="https://example.github.io/mujaz/x.png"' in site.text("/2019/05/24/a/")
    assert "evil.example" not in site.text("/feed.xml")
