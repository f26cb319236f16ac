"""What the shipped layouts and style sheets never do, whatever the site.

Sources: W3C "Structural markup and right-to-left text" and "Arabic layout requirements",
CSS Text 4, WCAG 2.2, whatwg on Content-Security-Policy in <meta>.
"""

import re
import struct
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
SHEETS = sorted((PROJECT / "assets").rglob("*.css"))
LAYOUTS = sorted(path for path in (PROJECT / "layouts").rglob("*") if path.is_file())
HTML = [path for path in LAYOUTS if path.suffix == ".html"]
INLINED = {
    "home",
    "article",
    "lists",
    "search",
    "term",
}  # each page carries site.css and one of these


def _rules(path: Path) -> str:
    """A style sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)


def _markup(path: Path) -> str:
    """A layout without Jinja's comments."""
    return re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)


def _names(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


@pytest.mark.parametrize("sheet", SHEETS, ids=_names(SHEETS))
@pytest.mark.parametrize(
    "never",
    [
        r"(?<![-\w])(left|right)\b",  # directions are logical
        r"(margin|padding|border)-(top|bottom)\b",
        r"letter-spacing",  # cuts the joins of Arabic letters
        r"font-style:\s*(italic|oblique)",
        r"text-align:\s*justify",  # without kashida it makes rivers
        r"(?<![-\w])direction:",  # direction is markup's
        r"::?first-letter",
        r"text-transform|hyphens:\s*auto",
        r"rgba\(|hsla\(|(?<![-\w])color:#(\w{4}|\w{8})\b",  # overlaps of letters would show
        r"https?://",  # no page asks for anything from another host
        r"!important|@import",
    ],
)
def test_style_sheets_never_hold(sheet: Path, never: str) -> None:
    assert not re.search(never, _rules(sheet))


@pytest.mark.parametrize("kind", sorted(INLINED))
def test_a_page_carries_at_most_8_kb_of_css(kind: str) -> None:
    css = PROJECT / "assets" / "css"
    hashes = 60  # the font's address is longer once hashed and below a base path
    assert sum((css / f"{x}.css").stat().st_size for x in ("site", kind)) + hashes <= 8192


def test_text_has_room_for_marks_above_and_below() -> None:
    heights = [
        float(height)
        for sheet in SHEETS
        for height in re.findall(r"body\{[^}]*font:[^/}]*/([\d.]+)", _rules(sheet))
    ]
    assert heights
    assert min(heights) >= 1.6


def test_underlines_stand_clear_of_the_dots() -> None:
    found = re.search(r"text-underline-offset:([\d.]+)em", _rules(PROJECT / "assets/css/site.css"))
    assert found
    assert float(found[1]) >= 0.2


def test_a_name_has_no_box_that_would_cut_its_join() -> None:
    found = re.search(r"a\.name\{([^}]*)\}", _rules(PROJECT / "assets/css/article.css"))
    assert found
    assert {"display:inline", "margin:0", "padding:0", "border:0"} <= set(found[1].split(";"))


@pytest.mark.parametrize("layout", HTML, ids=_names(HTML))
@pytest.mark.parametrize(
    "never",
    [
        r"\sstyle=",  # blocked by the Content-Security-Policy
        r"\son[a-z]+=",
        r"<script(?! type=\"(application/ld\+json\"|module\" src=\"\{\{ asset))",
        r"https?://(?!schema\.org)",
        r"\btarget=",
        r"(href|src|srcset)=\"(?!\{\{|\{%|#)",  # addresses only through a filter
        r"\|\s*safe\b(?!\s*\}\}; font-src)",
        r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]",
        r"((?<!هذا )اليوم|أمس|الآن|قبل ساعة)(?!ي)\b(?! السابق)",  # a built page doesn't know the hour
    ],
)
def test_html_layouts_never_hold(layout: Path, never: str) -> None:
    assert not re.search(never, _markup(layout))


def test_every_address_in_a_layout_goes_through_a_filter() -> None:
    for layout in HTML:
        for value in re.findall(r"\s(?:href|src|action)=\"\{\{(.*?)\}\}\"", _markup(layout)):
            assert re.search(r"\|(href|absolute) $|^ here $", value), (layout.name, value)


# What may stand between pieces of JSON: tojson, what is made of it, numbers, and moments in quotes
_JSON = re.compile(
    r"\|tojson $|\|once\((mention|\w+_data)\) $|\|list_items $|^ (here|about|loop\.index( \+ 1)?) $"
)


def test_json_is_written_by_tojson_alone() -> None:
    for layout in LAYOUTS:
        text = _markup(layout)
        blocks = re.findall(r"<script type=\"application/ld\+json\">(.*?)</script>", text)
        if layout.suffix in {".json", ".webmanifest"}:
            blocks.append(text)
        for block in blocks:
            for value in re.findall(r"(?<!\")\{\{( .*? )\}\}(?!\")", block):
                assert _JSON.search(value), (layout.name, value)
            assert set(re.findall(r"\"\{\{.*?(\w+) \}\}\"", block)) <= {"rfc3339"}


def test_pages_say_their_language_direction_and_charset_first() -> None:
    for name in ("base.html", "redirect.html"):
        text = _markup(PROJECT / "layouts" / name)
        assert '<html lang="ar" dir="rtl">' in text
    assert _markup(PROJECT / "layouts/chrome.html").index("<meta charset") < _markup(
        PROJECT / "layouts/chrome.html"
    ).index("Content-Security-Policy")


def test_the_headline_face_is_small_and_has_its_licence_beside_it() -> None:
    fonts = PROJECT / "assets/fonts"
    assert "SIL Open Font License" in (fonts / "OFL.txt").read_text("utf-8")
    data = (fonts / "mujaz-kufi.woff2").read_bytes()
    assert data[:4] == b"wOF2"
    assert struct.unpack(">I", data[8:12])[0] == len(data) <= 16_000


def test_the_share_picture_has_the_size_messengers_want() -> None:
    data = (PROJECT / "assets/share.png").read_bytes()
    assert struct.unpack(">II", data[16:24]) == (1200, 630)
