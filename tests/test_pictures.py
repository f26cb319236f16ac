"""Pictures: narrower ones of their own kind and as WebP, made once; none of another host."""

from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import seen
from conftest import SiteFolder
from PIL import Image, ImageCms

BASE = "/mujaz/"
NEWS = "/2019/05/24/a/"


def drawn(
    kind: str, width: int, mode: str = "RGB", colour: tuple[int, ...] = (200, 30, 60)
) -> bytes:
    """A picture half as high as wide."""
    file = BytesIO()
    Image.new(mode, (width, width // 2), colour).save(file, kind)
    return file.getvalue()


def shown(site: SiteFolder) -> Element:
    """The one picture of the article's text."""
    return seen.one(seen.body(site, NEWS), "img")


def widths(element: Element) -> list[tuple[str, int]]:
    """Files of a srcset with the widths it tells, below the base path."""
    parts = (part.split() for part in element.get("srcset", "").split(", "))
    return [(part[0].removeprefix(BASE), int(part[1][:-1])) for part in parts if part]


def size(data: bytes) -> tuple[str | None, tuple[int, int], str]:
    """Kind, size and mode of a picture."""
    with Image.open(BytesIO(data)) as found:
        return found.format, found.size, found.mode


@pytest.mark.parametrize(
    ("name", "kind", "width", "own", "webp"),
    [
        ("p.jpg", "JPEG", 2000, (480, 960, 1440), (480, 960, 1440)),
        ("p.JPG", "JPEG", 1200, (480, 960), (480, 960, 1200)),
        ("p.png", "PNG", 600, (480,), (480, 600)),
        ("p.webp", "WEBP", 1000, (480, 960), ()),
        ("p.png", "PNG", 480, (), ()),
        ("p.gif", "GIF", 1000, (), ()),
    ],
)
def test_a_wide_picture_has_narrower_ones_of_its_kind_and_webp_before_them(
    site: SiteFolder, name: str, kind: str, width: int, own: tuple[int, ...], webp: tuple[int, ...]
) -> None:
    site.write(f"content/{name}", drawn(kind, width))
    site.article("a", f"![نهر]({name})")
    site.build()
    files = site.files()
    image = shown(site)
    assert (image.get("src"), image.get("alt")) == (BASE + name, "نهر")
    assert (image.get("width"), image.get("height")) == (str(width), str(width // 2))
    assert [w for _, w in widths(image)] == ([*own, width] if own else [])
    for file, wide in widths(image):
        assert size(files[file])[:2] == (kind, (wide, wide // 2))
    sources = seen.every(seen.body(site, NEWS), "source")
    assert [source.get("type") for source in sources] == (["image/webp"] if webp else [])
    assert [w for source in sources for _, w in widths(source)] == list(webp)
    for source in sources:
        for file, wide in widths(source):
            assert size(files[file])[:2] == ("WEBP", (wide, wide // 2))


def test_a_transparent_picture_stays_transparent(site: SiteFolder) -> None:
    site.write("content/p.png", drawn("PNG", 600, "RGBA", (0, 0, 0, 0)))
    site.article("a", "![نهر](p.png)")
    site.build()
    files = site.files()
    for name in ("p.png.480.png", "p.png.480.webp", "p.png.600.webp"):
        with Image.open(BytesIO(files[name])) as found:
            assert found.convert("RGBA").getchannel("A").getextrema() == (0, 0)


def test_a_picture_keeps_its_colour_profile(site: SiteFolder) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    file = BytesIO()
    Image.new("RGB", (600, 300)).save(file, "JPEG", icc_profile=profile)
    site.write("content/p.jpg", file.getvalue())
    site.article("a", "![نهر](p.jpg)")
    site.build()
    files = site.files()
    for name in MADE:
        with Image.open(BytesIO(files[name])) as found:
            assert found.info["icc_profile"] == profile


def test_a_line_of_pixels_stays_one(site: SiteFolder) -> None:
    file = BytesIO()
    Image.new("RGB", (3000, 1)).save(file, "PNG")
    site.write("content/p.png", file.getvalue())
    site.article("a", "![نهر](p.png)")
    site.build()
    assert size(site.files()["p.png.480.png"])[1] == (480, 1)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_cut_short_is_a_fault_with_its_place(site: SiteFolder, kind: str) -> None:
    file = BytesIO()
    Image.effect_noise((1000, 500), 50).convert("RGB").save(file, kind)
    whole = file.getvalue()
    site.write(f"content/p.{kind.lower()}", whole[: len(whole) // 2])
    site.article("a", f"![نهر](p.{kind.lower()})")
    (fault,) = seen.faults(site)
    assert fault.startswith(f"content/p.{kind.lower()}: not a picture that can be read: ")
    assert site.files() == {}


def test_the_leading_picture_comes_first_and_one_in_the_text_when_it_is_near(
    site: SiteFolder,
) -> None:
    site.write("content/p.jpg", drawn("JPEG", 600))
    site.article("a", "![نهر](p.jpg)", image="p.jpg", image_alt='نهر "أزرق"')
    site.build()
    lead, later = seen.every(seen.main(site, NEWS), "img")
    assert (lead.get("fetchpriority"), lead.get("loading")) == ("high", None)
    assert (later.get("fetchpriority"), later.get("loading")) == (None, "lazy")
    assert lead.get("alt") == 'نهر "أزرق"'
    assert widths(lead) == widths(later)


def test_a_feed_tells_the_whole_address_of_each_width(site: SiteFolder) -> None:
    site.write("content/p.jpg", drawn("JPEG", 600))
    site.article("a", "![نهر](p.jpg)")
    site.build()
    ((_, content),) = seen.items(site)
    listed = [
        file for e in (*content.iter("source"), *content.iter("img")) for file, _ in widths(e)
    ]
    assert listed == [
        f"{seen.BASE}/{file}"
        for file in ("p.jpg.480.webp", "p.jpg.600.webp", "p.jpg.480.jpg", "p.jpg")
    ]


def pictured(site: SiteFolder) -> None:
    """Build a site with a wide picture."""
    site.write("content/p.jpg", drawn("JPEG", 600))
    site.article("a", "![نهر](p.jpg)")
    site.build()


def kept(site: SiteFolder) -> list[Path]:
    """The narrower pictures that the next build needn't make."""
    return sorted((site.site / ".mujaz/pictures").iterdir())


MADE = {"p.jpg.480.webp", "p.jpg.600.webp", "p.jpg.480.jpg"}


def test_pictures_are_made_once(site: SiteFolder) -> None:
    pictured(site)
    stamps = {file: file.stat().st_mtime_ns for file in kept(site)}
    assert len(stamps) == len(MADE)
    site.edit("content/a.md", "![نهر]", "![بحر]")
    assert not {*site.build().written} & {"p.jpg", *MADE}
    (site.site / "p.jpg.480.jpg").unlink()
    assert "p.jpg.480.jpg" in site.build().written
    assert {file: file.stat().st_mtime_ns for file in kept(site)} == stamps
    assert site.files() == site.files_of_a_clean_build()


def test_another_picture_under_the_name_is_made_anew(site: SiteFolder) -> None:
    pictured(site)
    site.write("content/p.jpg", drawn("JPEG", 700, colour=(0, 90, 200)))
    report = site.build()
    assert {"p.jpg", "p.jpg.480.webp", "p.jpg.700.webp", "p.jpg.480.jpg"} <= {*report.written}
    assert "p.jpg.600.webp" not in site.files()
    assert site.files() == site.files_of_a_clean_build()


def test_a_spoiled_picture_among_the_kept_is_made_anew(site: SiteFolder) -> None:
    pictured(site)
    for file in kept(site):
        file.write_bytes(file.read_bytes()[:-1])
    for name in MADE:
        (site.site / name).unlink()
    site.build()
    assert site.files() == site.files_of_a_clean_build()


FAR = "https://images.example/a.png"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (f"نص.\n\n![نهر]({FAR})", 7),
        (f"[![نهر]({FAR})](https://images.example/)", 5),
        (f"نص.\n\n![نهر][أ]\n\n[أ]: {FAR}", 9),
        (f"نص ![نهر](//images.example/a.png) ثم [نص]({FAR})", 5),
    ],
)
def test_a_picture_of_another_host_is_its_text_and_a_warning(
    site: SiteFolder, body: str, line: int
) -> None:
    site.article("a", body)
    report = site.build()
    ((place, message),) = [(str(p.place), p.message) for p in report.notes.problems]
    assert place == f"content/a.md:{line}"
    assert message.startswith("expected a picture beside the article, found '")
    assert seen.every(seen.body(site, NEWS), "img") == []
    assert "نهر" in seen.text(seen.body(site, NEWS))


@pytest.mark.parametrize(
    "body", [f"`![نهر]({FAR})`", f"[نهر]({FAR})", "![نهر](https://example.github.io/mujaz/p.png)"]
)
def test_links_code_and_the_sites_own_pictures_are_no_warning(site: SiteFolder, body: str) -> None:
    site.article("a", body)
    assert site.build().notes.problems == ()
