"""Cases from the field: tags as people type them."""

import pytest
import seen
from conftest import SiteFolder

INVISIBLE = "\u061c\u0640\u200b\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"


def test_a_tag_with_tatweel_marks_or_invisible_signs_is_one_tag(site: SiteFolder) -> None:
    """B04: one tag becomes several."""
    for at, tag in enumerate(("سوريا", "\u200fسوريا", "ســوريا", "سوريا\u200b", "سُوريا"), 1):
        site.article(f"p{at}", tags=tag)
    site.article("p4", headline="خبر\u200b رابع", tags="سوريا\u200b")
    site.article("p6", tags="إيران")
    site.article("p7", tags="ايران")
    report = site.build()
    assert seen.index(site, "/tags/") == {"سوريا": 5, "إيران": 2}
    assert sorted(seen.listed(site, "/tags/سوريا/")) == ["p1", "p2", "p3", "p4", "p5"]
    assert ("إيران", "ايران") in report.notes.merged
    assert "merged: إيران = ايران" in report.text()
    assert not [name for name in site.files() if set(name) & set(INVISIBLE)]


def test_blank_items_make_no_tag(site: SiteFolder) -> None:
    """B12: a nameless tag, sometimes over the index of tags."""
    site.article("a", tags="")
    site.article("b", tags="سوريا، ، لبنان،, ")
    site.write(
        "content/c.md",
        '---\nheadline: ثالث\ndate: 24/05/2019\ntags:\n  - سوريا\n  -\n  - ""\n---\nنص\n',
    )
    site.article("d")
    site.build()
    assert seen.index(site, "/tags/") == {"سوريا": 2, "لبنان": 1}
    assert seen.posts(site).keys() == {"a", "b", "c", "d"}
    for path in site.files():
        if path.endswith(".html"):
            assert all(seen.text(a) for a in seen.parse(site.text(f"/{path}")).iter("a")), path


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        (" روسيا، سوريا, لبنان", ["روسيا", "سوريا", "لبنان"]),
        (" [الكويت والعراق، وزارة الدفاع]", ["الكويت والعراق", "وزارة الدفاع"]),
        ("\n- روسيا\n- 'سوريا'", ["روسيا", "سوريا"]),
        (" روسيا؛ سوريا", ["روسيا", "سوريا"]),
    ],
)
def test_arabic_commas_part_tags_and_the_word_and_does_not(
    site: SiteFolder, typed: str, tags: list[str]
) -> None:
    """B13: the Arabic comma is no separator, or 'و' is one."""
    site.write("content/a.md", f"---\nheadline: خبر\ndate: 24/05/2019\ntags:{typed}\n---\nنص\n")
    site.build()
    assert seen.tags_of(site, "/2019/05/24/a/") == tags
    assert seen.index(site, "/tags/") == dict.fromkeys(tags, 1)
