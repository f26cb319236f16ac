"""What the browser gets: pages as GitHub Pages serves them, with the preview's script; and its socket.

Only this machine's own browser is answered: a request must name us as we are reached (``Host``, against
DNS rebinding), and come from no other site (``Origin``). No other file than the site's is ever read.
"""

import os
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from livereload.handlers import LiveReloadHandler
from tornado import escape, web
from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.websocket import WebSocketHandler

from mujaz.preview.exchange import Sheet
from mujaz.preview.paths import answer
from mujaz.preview.script import CLIENT, SOCKET, STYLE, with_client
from mujaz.preview.wording import CLOSE, NOTE, heading, worded

if TYPE_CHECKING:
    from mujaz.preview.faults import Fault

PATIENCE = 60.0  # seconds that a request may take to arrive
MOST = 1 << 16  # bytes of a request's head, its body, or a message
FILES = 4096  # that we would have open at most
OURS = 48  # of these for us: the watch, the process that builds, what Python opens
_HERE = Path(__file__).resolve().parent
_OWN = {CLIENT: "client.js", STYLE: "overlay.css"}
# As GitHub Pages sends them; the system's own list of types may be anything
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
}


class Shown:
    """What is shown now: the site of the last good build, and the faults of the last build."""

    def __init__(self, out: Path, host: str, lang: str) -> None:
        self.out = out
        self.lang = lang  # of the overlay
        self.host = host  # the one that was asked to serve on
        self.base = ""
        self.build = ""  # names the state of the site; "" before the first good build
        self.faults: tuple[Fault, ...] = ()
        self.sheets: dict[str, str] = {}  # style sheets ahead of the build, by address

    def state(self) -> dict[str, Any]:
        """What the script in a page is told: which build there is, and what the overlay shows."""
        return {
            "command": "state",
            "build": self.build,
            "lang": self.lang,
            "heading": heading(len(self.faults), self.lang) if self.faults else "",
            "note": NOTE.said(self.lang),
            "close": CLOSE.said(self.lang),
            "faults": [worded(fault, self.lang)._asdict() for fault in self.faults],
        }


def server(shown: Shown) -> HTTPServer:
    """Return the server; who doesn't end a request, or sends more than a browser does, is left."""
    made = _Server(
        _application(shown),
        idle_connection_timeout=PATIENCE,
        body_timeout=PATIENCE,
        max_header_size=MOST,
        max_body_size=MOST,
    )
    made.room = _room()
    return made


class _Server(HTTPServer):
    """Takes as many connections as there may be files open for; tornado would try, and fail, for ever."""

    room = 0

    def handle_stream(self, stream: IOStream, address: tuple[str, ...]) -> None:
        """Begin with a connection, or leave it at once."""
        if len(self._connections) < self.room:
            super().handle_stream(stream, address)
        else:
            stream.close()


def _room() -> int:
    """Let more files be open, if the system does; return for how many connections that is enough."""
    try:
        import resource
    except ImportError:  # Windows counts otherwise
        return FILES // 2
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return (most - OURS) // 2  # a connection may have a file open


def _application(shown: Shown) -> web.Application:
    """Return the server's handlers; nothing is logged of requests that are answered."""
    given = {"shown": shown}
    return web.Application(
        [
            (SOCKET, Socket, given),
            (r"/__mujaz/.*", Own, given),
            (r"/.*", Pages, {**given, "path": str(shown.out)}),
        ],
        log_function=lambda _: None,
        websocket_ping_interval=PATIENCE / 2,
        websocket_max_message_size=MOST,
    )


class _Guarded(web.RequestHandler):
    """Answers only who asks for us by our own name, from our own pages."""

    shown: Shown

    def prepare(self) -> None:
        """Refuse a request of another host's name or another site's page."""
        host = self.request.headers.get("Host", "")
        origin = self.request.headers.get("Origin")
        if not allowed(host, self.shown.host) or (
            origin is not None and urlsplit(origin).netloc.lower() != host.lower()
        ):
            self.set_status(403)
            self.set_header("Content-Type", _TYPES[".txt"])
            self.finish("403: this preview answers only its own machine's browser\n")

    def set_default_headers(self) -> None:
        """Other sites may not show what is here; nothing is kept without asking."""
        self.set_header("Cache-Control", "no-cache")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")


def allowed(host: str, served: str) -> bool:
    """Return whether a request's Host is ours: this machine, or what --host says.

    On a network (--host 0.0.0.0) an address in figures is: no name server can make it another's.
    """
    try:
        name = (urlsplit(f"//{host}").hostname or "").rstrip(".").lower()
    except ValueError:
        return False
    if name in {"localhost", served.lower()} or name.endswith(".localhost"):
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or not loopback(served)


def loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


class Own(_Guarded):
    """The script and the overlay's style."""

    def initialize(self, shown: Shown) -> None:
        """Take what is shown."""
        self.shown = shown

    def get(self) -> None:
        """Send one of our own files."""
        name = _OWN.get(self.request.path)
        if name is None:
            raise web.HTTPError(404)
        self.set_header("Content-Type", _TYPES[os.path.splitext(name)[1]])
        self.finish((_HERE / name).read_bytes())

    head = get


class Pages(_Guarded, web.StaticFileHandler):
    """The site's files."""

    def initialize(self, shown: Shown, path: str) -> None:  # type: ignore[override]
        """Take what is shown, and the folder of the output."""
        super().initialize(path)
        self.shown = shown

    async def get(self, path: str = "", include_body: bool = True) -> None:  # noqa: ARG002, FBT001, FBT002 - tornado's
        """Send a file, a page with the script in it, a redirect, or the site's 404."""
        found = answer(self.shown.out, self.shown.base, self.request.path)
        sheet = self.shown.sheets.get(escape.url_unescape(self.request.path, plus=False))
        if not self.shown.build:
            self._page(_HERE / "waiting.html", 503)
        elif found.redirect:
            query = f"?{self.request.query}" if self.request.query else ""
            self.redirect(found.redirect + query, status=301)
        elif found.file and not found.file.endswith(".html"):
            await super().get(found.file, include_body)
        elif found.file:
            self._page(self.shown.out / found.file, 200)
        elif sheet is not None:
            self.set_header("Content-Type", _TYPES[".css"])
            self.finish(sheet)
        else:
            self._page(self.shown.out / "404.html", 404)

    async def head(self, path: str = "") -> None:
        """As GET, without the body."""
        await self.get(path, include_body=False)

    def _page(self, file: Path, status: int) -> None:
        try:
            page = file.read_bytes()
        except OSError:  # a build is just replacing it, or the site has no 404.html
            page, status = (_HERE / "missing.html").read_bytes(), 404
        self.set_status(status)
        self.set_header("Content-Type", _TYPES[".html"])
        self.finish(with_client(page, self.request.headers["Host"], self.shown.build))

    def get_content_type(self) -> str:
        """The type by the file's ending."""
        ending = os.path.splitext(self.absolute_path or "")[1].lower()
        return _TYPES.get(ending) or super().get_content_type()

    def compute_etag(self) -> str | None:
        """From size and time: tornado's own keeps a digest of what the file was first."""
        if not getattr(self, "absolute_path", None):
            return None
        seen = os.stat(self.absolute_path or "")
        return f'"{seen.st_mtime_ns:x}-{seen.st_size:x}"'

    def get_modified_time(self) -> datetime | None:
        """None: two builds in a second would have one time."""
        return None


class Socket(_Guarded, LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """livereload's socket; it tells the state of things, of which a reload follows if need be."""

    def initialize(self, shown: Shown) -> None:
        """Take what is shown."""
        self.shown = shown

    def check_origin(self, origin: str) -> bool:
        """Only our own pages: livereload would let any in."""
        return bool(WebSocketHandler.check_origin(self, origin))

    def on_message(self, message: str | bytes) -> None:
        """livereload's handshake; a page that has introduced itself learns the state at once."""
        super().on_message(message)
        if self in LiveReloadHandler.waiters:
            self.send_message(self.shown.state())

    @classmethod
    def reload_waiters(cls, path: str | None = None) -> None:  # noqa: ARG003 - livereload's
        """Tell all pages the state."""
        for waiter in cls.waiters.copy():
            waiter.send_message(waiter.shown.state())

    @classmethod
    def send_sheets(cls, sheets: tuple[Sheet, ...], build: str) -> None:
        """Tell all pages of new style sheets; ``build`` if the site has them now, else ""."""
        for waiter in cls.waiters.copy():
            waiter.send_message({"command": "sheets", "sheets": sheets, "build": build})
