"""The preview under a crowd: hundreds of connections, most of them slow, deaf or silent; others are still answered."""

import asyncio
import http.client
import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import ROOT, SiteFolder
from preview_site import PATIENCE, Preview, preview, until

CROWD = int(os.environ.get("CROWD", "200"))  # connections
NEWS = "/mujaz/2019/05/24/news/"
PICTURE = "/mujaz/big.svg"
BIG = f"<svg xmlns='http://www.w3.org/2000/svg'><!--{'x' * 3_000_000}--></svg>"  # more than the system's buffers take
GROWTH = 64 << 20  # bytes by which the server may grow, whatever they do
QUICKLY = """
import mujaz.preview.serving
mujaz.preview.serving.PATIENCE = 2.0
"""


@pytest.fixture
def running(site: SiteFolder) -> Iterator[Preview]:
    """A site with a big picture under ``serve``, which waits two seconds for a request."""
    program = (ROOT / "build.py").read_text(encoding="utf-8")
    site.write("build.py", program.replace("\nif __name__", QUICKLY + "\nif __name__", 1))
    site.write("content/big.svg", BIG)
    site.article("news", "نص أول.", image="big.svg")
    with preview(site, port=5800) as found:
        yield found


class Client(NamedTuple):
    """One connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


async def connect(port: int) -> Client:
    """Connect with a small buffer, so that the server's own fill at once if nothing is read."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    made.setblocking(False)
    await asyncio.get_running_loop().sock_connect(made, ("127.0.0.1", port))
    return Client(*await asyncio.open_connection(sock=made, limit=2048))


def request(path: str, *more: str) -> bytes:
    """A request as a browser writes it."""
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *more, "", ""]).encode()


WEBSOCKET = (
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    f"Sec-WebSocket-Key: {'A' * 22}==",
)
# What each kind sends; none of them reads
KINDS = {
    "silent": b"",
    "half a request": b"GET / HTTP/1.1\r\nHost: 127.0",
    "half a body": request("/mujaz/", "Content-Length: 60000") + b"x" * 100,
    "a body too big": request("/mujaz/", "Content-Length: 99999999") + b"x" * 100_000,
    "a head without end": b"GET / HTTP/1.1\r\n" + b"X: x\r\n" * 20_000,
    "deaf, to a page": request(NEWS) * 20,
    "deaf, to a picture": request(PICTURE),
    "deaf, to the socket": request("/__mujaz/socket", *WEBSOCKET),
    "no HTTP": b"\x16\x03\x01\x02\x00" * 50,
}  # fmt: skip
ENDED = (
    "silent",
    "half a request",
    "half a body",
    "a body too big",
    "a head without end",
    "no HTTP",
)


async def send(client: Client, data: bytes) -> None:
    with suppress(ConnectionError):
        client.writer.write(data)
        await asyncio.wait_for(client.writer.drain(), PATIENCE)


async def drip(client: Client) -> None:
    """A request, one byte at a time."""
    with suppress(ConnectionError):
        for byte in request("/mujaz/") * 100:
            client.writer.write(bytes([byte]))
            await client.writer.drain()
            await asyncio.sleep(0.2)


async def ask(port: int, path: str) -> bytes:
    """What an honest reader gets."""
    client = Client(*await asyncio.open_connection("127.0.0.1", port, limit=1 << 20))
    client.writer.write(request(path, "Connection: close"))
    answer = await asyncio.wait_for(client.reader.read(-1), PATIENCE)
    client.writer.close()
    return answer


async def ended(client: Client) -> bool:
    """Whether the server leaves a client, sooner or later."""
    try:
        while await asyncio.wait_for(client.reader.read(1 << 16), PATIENCE):
            pass
    except ConnectionError:
        pass
    return True


async def crowd(port: int) -> tuple[list[bytes], list[bytes]]:
    """All of them at once, and the answers that as many honest readers get meanwhile."""
    kinds = [kind for _, kind in zip(range(CROWD), [*KINDS, "drip"] * CROWD, strict=False)]
    clients = [(kind, await connect(port)) for kind in kinds]
    busy = [
        asyncio.ensure_future(drip(client) if kind == "drip" else send(client, KINDS[kind]))
        for kind, client in clients
    ]
    asked = [ask(port, (NEWS, PICTURE)[number % 2]) for number in range(CROWD)]
    answers = await asyncio.gather(*asked)
    left = [ended(client) for kind, client in clients if kind in {*ENDED, "drip"}]
    assert all(await asyncio.gather(*left))
    for task in busy:
        task.cancel()
    for _, client in clients:
        client.writer.close()
    return answers[::2], answers[1::2]


def test_a_crowd_keeps_no_one_from_an_answer(running: Preview) -> None:
    """Each of as many honest readers gets all, whoever ends no request is left, and nothing is held on to."""
    running.get(NEWS)
    files, memory = held(running)
    pages, pictures = asyncio.run(crowd(running.port))
    grown = held(running)[1] - memory
    print(f"\n{CROWD} connections, {CROWD} readers answered; the server grew by {grown >> 20} MB")
    assert all("نص أول.".encode() in page and page.endswith(b"</html>\n") for page in pages)
    assert {page.partition(b"\r\n")[0] for page in (*pages, *pictures)} == {b"HTTP/1.1 200 OK"}
    assert all(picture.endswith(b"\r\n\r\n" + BIG.encode()) for picture in pictures)
    assert grown < GROWTH
    until(lambda: held(running)[0] <= files, "all files closed")
    running.site.edit("content/news.md", "نص أول.", "نص ثان.")
    running.shows(NEWS, "نص ثان.")
    assert "Traceback" not in running.said


def test_more_connections_than_files_are_left_until_there_is_room(site: SiteFolder) -> None:
    """And not a line is said of it, let alone one each time round."""
    limit = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (128, 128))\n"
    program = (ROOT / "build.py").read_text(encoding="utf-8")
    site.write("build.py", program.replace("\nif __name__", limit + QUICKLY + "\nif __name__", 1))
    site.article("news", "نص أول.")
    with preview(site, port=5820) as running:
        said = len(running.lines)
        crowd = [socket.create_connection(("127.0.0.1", running.port)) for _ in range(300)]
        for one in crowd:
            with suppress(ConnectionError):  # left already
                one.sendall(b"GET / HTTP/1.1\r\nHost: 127.0")
        until(lambda: answered(running), "an answer")
        assert running.lines[said:] == []
        for one in crowd:
            one.close()


def answered(running: Preview) -> bool:
    """Whether there is room for a reader."""
    try:
        return "نص أول." in running.get(NEWS).text
    except (ConnectionError, http.client.HTTPException):
        return False


def held(running: Preview) -> tuple[int, int]:
    """How many files the server holds open, and how many bytes of memory; where the system tells."""
    place = Path(f"/proc/{running.process.pid}")
    if not place.exists():
        return 0, 0
    pages = int((place / "statm").read_text().split()[1])
    return len(os.listdir(place / "fd")), pages * os.sysconf("SC_PAGE_SIZE")
