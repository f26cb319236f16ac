"""Cases from the field: the same bytes again, drafts, and what has gone."""

import shutil
from pathlib import Path

import pytest
import seen
from conftest import EPOCH, ROOT, SiteFolder


def test_two_builds_of_the_same_sources_are_the_same(site: SiteFolder, tmp_path: Path) -> None:
    """B21: clock, dictionary order, absolute path."""
    site.article("a", "نص <فلاديمير بوتين> و<أنور السادات>.", tags="سوريا، لبنان، روسيا")
    site.article("b", "نص <أنور السادات>.", date="23/05/2019", tags="روسيا، مصر")
    assert site.run(env={"PYTHONHASHSEED": "2"}).returncode == 0
    first = site.files()
    other = SiteFolder(tmp_path / "elsewhere")
    shutil.copytree(site.root / "content", other.root / "content", dirs_exist_ok=True)
    assert (
        other.run(
            "--jobs", "2", env={"PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": str(EPOCH + 2)}
        ).returncode
        == 0
    )
    assert other.files() == first
    assert "24 May 2019" in seen.xml(site, "/feed.xml").findtext("channel/lastBuildDate")
    for place in (site.root, ROOT, Path.home()):
        assert str(place).encode() + b"/" not in b"".join(first.values())


@pytest.fixture
def secret(site: SiteFolder) -> SiteFolder:
    site.article("a", headline="خبر أ", date="22/05/2019", tags="أخبار")
    site.article(
        "b",
        "نص سري <شخص سري>",
        headline="مسودة سرية",
        date="23/05/2019",
        tags="وسم المسودة",
        draft="true",
    )
    site.article("c", headline="خبر ج", tags="أخبار")
    return site


def test_a_draft_is_nowhere(secret: SiteFolder) -> None:
    """B48: drafts leak into tags, feed, sitemap, neighbours or search."""
    secret.build()
    everything = b"".join(secret.files().values()) + " ".join(secret.files()).encode()
    for spelling in ("سري".encode(), b"%D8%B3%D8%B1%D9%8A", b"\\u0633\\u0631\\u064a"):
        assert spelling not in everything
    assert not (secret.site / "tags/وسم-المسودة").exists()
    assert not (secret.site / "2019/05/23").exists()
    older = [a.get("href") for a in seen.every(seen.page(secret, "/2019/05/24/c/"), "a", "older")]
    assert older == ["/mujaz/2019/05/22/a/"]


def test_drafts_are_shown_on_demand_and_marked(secret: SiteFolder) -> None:
    """B48: --drafts."""
    secret.build(drafts=True)
    robots = [
        m.get("content", "")
        for m in seen.page(secret, "/2019/05/23/b/").iter("meta")
        if m.get("name") == "robots"
    ]
    assert [r.split(",")[0] for r in robots] == ["noindex"]


def test_a_draft_is_yes_or_no(secret: SiteFolder) -> None:
    """B48: any other value is a fault."""
    secret.edit("content/b.md", "draft: true", "draft: ربما")
    assert [f.split("draft")[0] for f in seen.faults(secret)] == ["content/b.md:5: "]


@pytest.mark.parametrize("pipe", ["نعم", "yes", "صح"])
def test_a_draft_may_be_told_in_arabic(secret: SiteFolder, pipe: str) -> None:
    """B48: other words for yes."""
    secret.edit("content/b.md", "draft: true", f"مسودة: {pipe}")
    assert secret.build().notes.drafts == ("content/b.md",)


def test_what_is_deleted_renamed_retagged_or_redated_leaves_the_site(site: SiteFolder) -> None:
    """B58: such articles stay in the output."""
    site.article("a", headline="خبر يحذف", tags="وسم وحيد")
    site.article("b", headline="خبر ينتقل", date="20/05/2019", tags="أخبار")
    site.article("c", headline="خبر يفقد وسمه", tags="وسم آخر")
    site.article("d", headline="خبر يعاد تسميته", tags="أخبار")
    site.build()
    (site.root / "content/a.md").unlink()
    site.edit("content/b.md", "20/05/2019", "21/05/2019")
    site.edit("content/c.md", "tags: وسم آخر", "tags: ")
    (site.root / "content/d.md").rename(site.root / "content/d2.md")
    chrome = (ROOT / "layouts/chrome.html").read_text(encoding="utf-8")
    site.write("layouts/chrome.html", chrome.replace("خلاصة النشرة اليومية", "نشرة كل يوم"))
    site.build()
    after = site.files()
    assert after == site.files_of_a_clean_build()
    assert "نشرة كل يوم" in site.text("/")
    assert seen.posts(site).keys() == {"b", "c", "d2"}
    assert not [
        p for p in ("tags/وسم-وحيد", "tags/وسم-آخر", "2019/05/20") if (site.site / p).exists()
    ]
    assert "خبر يحذف".encode() not in b"".join(after.values())
    site.edit("content/b.md", "21/05/2019", "32/05/2019")
    assert len(seen.faults(site)) == 1
    assert site.files() == after
