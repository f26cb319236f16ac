"""The preview's script in a page that is served, and what the page's policy must allow for it."""

import re
from html import escape, unescape

PREFIX = "/__mujaz/"  # where the preview's own files are; no page of a site begins so
CLIENT = f"{PREFIX}client.js"
STYLE = f"{PREFIX}overlay.css"
SOCKET = f"{PREFIX}socket"

_POLICY = re.compile(
    rb"""<meta\b[^>]*?http-equiv\s*=\s*["']?content-security-policy\b[^>]*>""", re.IGNORECASE
)
_CONTENT = re.compile(r"""(\bcontent\s*=\s*)(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
# The script goes behind the first of these that a page has
_PLACES = tuple(
    re.compile(place, re.IGNORECASE)
    for place in (rb"(?=</head\s*>)", rb"<head\b[^>]*>", rb"(?=</body\s*>)", rb"\Z")
)


def with_client(page: bytes, host: str, build: str) -> bytes:
    """Return a page with the preview's script, which knows of which build it is.

    ``host`` is the preview's own, with its port, as the browser wrote it.
    """
    tag = f'<script src="{CLIENT}" data-build="{escape(build)}" defer></script>'.encode()
    page = _POLICY.sub(lambda found: _allowing(found[0], host), page)
    at = next(found.end() for place in _PLACES if (found := place.search(page)))
    return page[:at] + tag + page[at:]


def _allowing(meta: bytes, host: str) -> bytes:
    text = meta.decode("utf-8", "replace")
    found = _CONTENT.search(text)
    if not found:
        return meta
    policy = allowing(unescape(found[2] or found[3] or ""), host).replace('"', "&quot;")
    return f'{text[: found.start()]}{found[1]}"{policy}"{text[found.end() :]}'.encode()


def allowing(policy: str, host: str) -> str:
    """Return a Content-Security-Policy that also lets the preview's script, style and socket through.

    Nothing else is allowed by it: the sources that are added name single files. A directive that is
    missing follows ``default-src`` (w3.org/TR/CSP3, 6.8.3), so it is written out then.
    """
    given: dict[str, list[str]] = {}
    for name, *sources in (part.split() for part in policy.split(";") if part.strip()):
        given.setdefault(name.lower(), sources)  # the first of a name counts
    wanted = {
        "script-src": f"http://{host}{CLIENT}",
        "style-src": f"http://{host}{STYLE}",
        "connect-src": f"ws://{host}{SOCKET}",
    }
    for name, source in wanted.items():
        if name not in given and "default-src" in given:
            given[name] = given["default-src"]
        for key in (name, f"{name}-elem"):
            if key in given:
                given[key] = [*(s for s in given[key] if s.lower() != "'none'"), source]
    return "; ".join(" ".join([name, *sources]) for name, sources in given.items())
