"""What XML 1.0 forbids (§2.2) reaches no feed, sitemap or page, whichever file it was typed in."""

import re
from xml.etree import ElementTree as ET

from conftest import SiteFolder

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
TYPED = r"\u0000\u0001\u0008\u000b\u000c\u001f\uFFFE\uFFFF"  # as TOML writes them
TYPES = (".html", ".xml", ".json", ".txt", ".webmanifest")


def test_no_setting_or_registry_brings_a_control_character(site: SiteFolder) -> None:
    site.settings(
        "\n".join(f'{key} = "أ{TYPED}ب"' for key in ("title", "description", "publisher", "author"))
        + f'\nlinks = [["أ{TYPED}ب", "/a{TYPED}b/"]]'
    )
    site.write(
        "content/names.toml",
        f'[[names]]\nname = "سلمى{TYPED} الحداد"\naliases = ["الوزيرة{TYPED}"]\n'
        f'role = "أ{TYPED}ب"\nnote = "أ{TYPED}ب"\n',
    )
    site.write(
        "content/tags.toml",
        f'[[tags]]\ntag = "مياه{TYPED}"\nsynonyms = ["ماء{TYPED}"]\n'
        f'label = "أ{TYPED}ب"\ndescription = "أ{TYPED}ب"\n',
    )
    site.article("a", "<سلمى الحداد> و<الوزيرة>", tags="مياه، ماء", story="ملف")
    site.article("b", "<سلمى الحداد>", tags="مياه", story="ملف")
    site.build()
    texts = {url: data for url, data in site.files().items() if url.endswith(TYPES)}
    assert len(texts) > 20
    for url, data in texts.items():
        found = FORBIDDEN.search(data.decode("utf-8"))
        assert not found, (url, found)
        if url.endswith(".xml"):
            ET.fromstring(data)
