"""File systems for which names that differ in case or Unicode form are one, and names that came from them."""

from pathlib import Path
from unicodedata import normalize

import pytest
from conftest import SiteFolder
from other_disk import OtherDisk
from strategies import picture, tiny_layouts

from mujaz import owned

NFD = "أخبار إيران"  # letters with hamza, which NFD takes apart
APART = normalize("NFD", NFD)


@pytest.fixture
def small(site: SiteFolder) -> SiteFolder:
    """A site without articles, whose pages show all they carry."""
    for name, text in tiny_layouts().items():
        site.write(f"layouts/{name}", text)
    site.write("assets/x.css", "a{}")
    return site


@pytest.fixture(params=["case", "decomposed"])
def disk(
    request: pytest.FixtureRequest, small: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> SiteFolder:
    """The site on a disk of macOS or Windows (case), or on an old one of macOS (decomposed)."""
    OtherDisk(small.root, monkeypatch, decomposed=request.param == "decomposed")
    return small


def composed(files: dict[str, bytes]) -> dict[str, bytes]:
    """Files by the names that readers ask for."""
    return {normalize("NFC", name): data for name, data in files.items()}


def repaired(site: SiteFolder) -> None:
    """The next build ends as a clean one, in names too, and leaves nothing to do."""
    site.build()
    assert site.files() == site.files_of_a_clean_build()
    assert site.build().written == ()


def test_the_disk_is_what_it_says(disk: SiteFolder) -> None:
    disk.write(f"content/{NFD}.svg", "<svg/>")
    assert (disk.root / f"CONTENT/{APART}.SVG").read_bytes() == b"<svg/>"
    (disk.root / f"content/{APART}.svg").rename(disk.root / "content/B.svg")
    assert [p.name for p in sorted((disk.root / "content").iterdir())] == ["B.svg", "site.toml"]


# --- addresses -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        ({"image": "Photo.png"}, {"image": "photo.png"}),
        ({"aliases": "/Old/"}, {"aliases": "/old/"}),
        ({"aliases": "/Old.html"}, {"aliases": "/old.HTML"}),
        ({"aliases": f"/{NFD}/"}, {"aliases": f"/{APART}/"}),
        ({"aliases": "/A.b"}, {"aliases": "/a.B/c/"}),
    ],
    ids=["pictures", "folders", "files", "forms", "a file and a folder"],
)  # fmt: skip
def test_two_addresses_that_such_a_disk_takes_for_one_are_refused(
    small: SiteFolder, monkeypatch: pytest.MonkeyPatch, rows: tuple[dict[str, str], ...]
) -> None:
    """Wherever it is built; the sources stand on a disk that tells them apart."""
    for name in ("Photo.png", "photo.png"):
        small.write(f"content/{name}", picture(9, "red"))
    small.article("one", **rows[0])
    small.build()
    before = small.files()
    small.article("two", **rows[1])
    for _ in range(2):
        with pytest.raises(ExceptionGroup, match="faults") as told:
            small.build()
        assert "wants the address" in str(told.value.exceptions[0])
        assert small.files() == before
        OtherDisk(small.site, monkeypatch, decomposed=False)


@pytest.mark.parametrize("colour", ["red", "blue"])
def test_a_picture_renamed_in_case_only_is_published_under_its_new_name(
    disk: SiteFolder, colour: str
) -> None:
    """With the same bytes it is there already, and must not go with the old name."""
    disk.write("content/Photo.png", picture(600, "red"))
    disk.article("one", image="Photo.png")
    disk.build()
    (disk.root / "content/Photo.png").rename(disk.root / "content/photo.png")
    disk.write("content/photo.png", picture(600, colour))
    disk.edit("content/one.md", "Photo", "photo")
    repaired(disk)
    shown = {name for name in disk.files() if "hoto" in name}
    assert {name.partition(".")[0] for name in shown} == {"photo"}


def test_an_earlier_address_that_changes_in_case_only_moves(disk: SiteFolder) -> None:
    disk.article("one", aliases="/Old/Page/")
    disk.build()
    disk.edit("content/one.md", "/Old/Page/", "/old/page/")
    repaired(disk)
    disk.edit("content/one.md", "/old/page/", "/old/Page.html")
    repaired(disk)


def test_a_renaming_cut_short_and_taken_back_loses_nothing(disk: SiteFolder) -> None:
    """A killed build has listed the new name, which on such a disk is the old one's file."""
    disk.write("content/photo.png", picture(9, "red"))
    disk.article("one", image="photo.png")
    disk.build()
    owned.add(disk.site, ["Photo.png"])
    repaired(disk)


def test_anothers_file_in_the_way_is_left_alone_there_too(disk: SiteFolder) -> None:
    disk.build()
    disk.write("site/Old/index.html", "mine")
    disk.article("one", aliases="/old/")
    with pytest.raises(ExceptionGroup) as told:
        disk.build()
    assert "move it away" in str(told.value.exceptions[0])
    assert (disk.site / "Old/index.html").read_text() == "mine"


# --- names from such disks -------------------------------------------------------------------------------


def write_all(site: SiteFolder, form: str) -> None:
    """A site whose files' names, and the names and tags in its registries, are in a Unicode form."""

    def formed(text: str) -> str:
        return normalize(form, text)  # type: ignore[arg-type]

    folder = formed(f"content/{NFD}")
    site.write(f"{folder}/إعلان.png".replace("إعلان", formed("إعلان")), picture(600, "red"))
    site.write(f"{folder}/{formed('أصل')}.pdf", "%PDF")
    site.write(formed("assets/css/أزرق.css"), "b{background:url(../أ.png)}")
    site.write(formed("assets/أ.png"), picture(9, "red"))
    site.write(formed("assets/root/إ.txt"), "x")
    for number, name in enumerate(("أول", "ؤ", "آخر")):
        text = f"---\nheadline: خبر {number}\ndate: 24/05/2019\nimage: إعلان.png\n---\n[أصل](أصل.pdf) [آخر](آخر.md) ![إعلان](إعلان.png)"
        site.write(f"{folder}/{formed(name)}.md", text)
    site.write("layouts/404.html", "{{ asset('css/أزرق.css')|href }}")


def test_files_whose_names_come_back_decomposed_are_found(
    site: SiteFolder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """As they come in an archive from macOS: the site is the very one of composed names."""
    other = SiteFolder(tmp_path_factory.mktemp("other"))
    write_all(site, "NFC")
    write_all(other, "NFD")
    site.build()
    other.build()
    assert other.files() == site.files()
    assert any(name.endswith("إعلان.png.480.webp") for name in site.files())
    other.edit(f"content/{APART}/{normalize('NFD', 'أول')}.md", "خبر 0", "خبر آخر")
    repaired(other)


@pytest.mark.parametrize("decomposed", [False, True])
def test_a_site_on_such_a_disk_is_the_same_site(
    site: SiteFolder,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    *,
    decomposed: bool,
) -> None:
    other = SiteFolder(tmp_path_factory.mktemp("other"))
    OtherDisk(site.root, monkeypatch, decomposed=decomposed)
    for one in (site, other):
        write_all(one, "NFC")
        one.build()
    assert composed(site.files()) == other.files()
    for one in (site, other):
        one.edit(f"content/{NFD}/أول.md", "خبر 0", "خبر آخر")
        (one.root / f"content/{NFD}/ؤ.md").unlink()
        one.build()
    assert composed(site.files()) == other.files()
    repaired(site)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_tags_and_names_have_one_address_in_either_form(small: SiteFolder, form: str) -> None:
    def formed(text: str) -> str:
        return normalize(form, text)  # type: ignore[arg-type]

    small.article("one", body="نص <إيمانويل ماكرون>", tags="أخبار إيران", story="أزمة")
    before = pages(small)
    small.article(
        "one", body=formed("نص <إيمانويل ماكرون>"), tags=formed("أخبار إيران"), story=formed("أزمة")
    )
    assert pages(small) == before
    small.write(
        "content/tags.toml",
        formed('[[tags]]\ntag = "أخبار إيران"\ndescription = "و"\nsynonyms = ["إيران"]\n'),
    )
    small.write(
        "content/names.toml", formed('[[names]]\nname = "إيمانويل ماكرون"\naliases = ["مؤسس"]\n')
    )
    small.article("two", body="نص <مؤسس>", tags="إيران", story="أزمة")
    assert {p for p in pages(small) if "two" not in p} >= before
    assert len(pages(small)) == len(before) + 1


def pages(site: SiteFolder) -> set[str]:
    """Addresses of the site's pages."""
    site.build()
    return {name for name in site.files() if name.endswith(".html")}


def test_two_assets_that_differ_in_form_only_are_refused(small: SiteFolder) -> None:
    for form in ("NFC", "NFD"):
        small.write(f"assets/root/{normalize(form, 'إ')}.txt", form)
    with pytest.raises(ExceptionGroup) as told:
        small.build()
    assert "Unicode form" in str(told.value.exceptions[0])


def test_articles_that_differ_in_form_only_are_refused(small: SiteFolder) -> None:
    for form in ("NFC", "NFD"):
        small.article(normalize(form, "إعلان"), tags=form)
    with pytest.raises(ExceptionGroup) as told:
        small.build()
    assert "wants the address" in str(told.value.exceptions[0])
    assert not Path(small.site / "index.html").exists()
