"""A small site with a search page and its index, served as GitHub Pages serves: for tests and figures."""

import gzip
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import groupby
from pathlib import Path
from urllib.parse import unquote

from mujaz.search import Document, search_files, segment_of, segments

SCRIPT = Path(__file__).parent.parent / "assets" / "js" / "search.js"
POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"
)
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}


def index_files(documents: Iterable[Document]) -> dict[str, str]:
    """Address and text of an index's files."""
    rows = sorted(documents, key=lambda row: (row.day, row.url))
    newest = rows[-1].day
    ordered = sorted(rows, key=lambda row: (segment_of(row.day, newest), row.day, row.url))
    files: dict[str, str] = {}
    for name, members in groupby(ordered, lambda row: segment_of(row.day, newest)):
        files.update(search_files(name, tuple(members)))
    return files


def search_page(documents: Sequence[Document], base: str) -> str:
    """The search page: what the script needs and nothing else."""
    known = segments((day, 1) for day in sorted((row.day for row in documents), reverse=True))
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>البحث</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<script type="module" src="{base}/search.js"></script></head><body><main><h1>البحث</h1>'
        f'<form id="search" role="search" action="{base}/search/" data-root="{base}/" data-segments="{known}" data-digits="latn">'
        '<label for="q">كلمات</label><input id="q" name="q" type="search" dir="auto" autocomplete="off">'
        '<label for="year">السنة</label><select id="year" name="year"><option value="">كل السنوات</option></select>'
        '<button type="submit">ابحث</button></form>'
        '<p id="search-status" role="status" aria-live="polite"></p>'
        '<div id="search-filters" role="group" aria-label="وسوم وأسماء"></div>'
        '<ol id="search-results"></ol><button id="search-more" type="button" hidden>المزيد</button></main></body></html>'
    )


def article_page(document: Document) -> str:
    """An article, as small as it gets."""
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in document.text.split("\n\n"))
    title = escape(document.headline)
    return f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title></head><body><main><h1>{title}</h1><div class="body">{paragraphs}</div></main></body></html>'


def site_files(documents: Sequence[Document], base: str) -> dict[str, str]:
    """All files of the site by address below ``base``."""
    files = {f"{row.url}index.html": article_page(row) for row in documents}
    files |= index_files(documents)
    files["/search/index.html"] = search_page(documents, base)
    files["/search.js"] = SCRIPT.read_text("utf-8")
    return files


class Served:
    """A site on a port, gzipped; ``asked`` collects addresses with the bytes that went out."""

    def __init__(self, files: dict[str, bytes], base: str) -> None:
        self.files = files
        self.base = base
        self.asked: list[tuple[str, int]] = []
        self.url = ""

    @cache  # noqa: B019 - lives as long as the site
    def packed(self, name: str) -> bytes:
        """A file's bytes as sent."""
        return gzip.compress(self.files[name], 6)

    def find(self, path: str) -> str:
        """Name of the file for a request, or ""."""
        name = unquote(path.partition("?")[0]).removeprefix(self.base)
        name = f"{name}index.html" if name.endswith("/") else name
        return name if name in self.files else ""


@contextmanager
def serve(files: dict[str, str] | dict[str, bytes], base: str) -> Iterator[Served]:
    """Serve files under a base path on a free port."""
    site = Served(
        {name: text.encode() if isinstance(text, str) else text for name, text in files.items()},
        base,
    )

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            name = site.find(self.path)
            body = site.packed(name) if name else b""
            site.asked.append((unquote(self.path), len(body)))
            self.send_response(200 if name else 404)
            self.send_header(
                "Content-Type", TYPES.get(Path(name).suffix, "application/octet-stream")
            )
            self.send_header("Content-Length", str(len(body)))
            if name:
                self.send_header("Content-Encoding", "gzip")
                self.send_header("Cache-Control", "max-age=600")
            self.end_headers()
            with suppress(ConnectionError):
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A browser that closes its tab is no fault."""

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    site.url = f"http://127.0.0.1:{server.server_port}{base}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
