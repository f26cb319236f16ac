"""``serve`` as its author meets it: builds, faults, addresses, ports, the end."""

import asyncio
import base64
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import EPOCH, ROOT, SiteFolder
from preview_site import Preview, preview, until

from mujaz.preview import session
from mujaz.preview.exchange import Order, Outcome

proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
HOME = "/mujaz/"
NEWS = "/mujaz/2019/05/24/news/"


@pytest.fixture
def running(site: SiteFolder) -> Iterator[Preview]:
    """A site of one article under ``serve``."""
    site.article("news", "نص أول.", headline="خبر الصباح", tags="الخليج العربي")
    with preview(site) as found:
        yield found


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """The same, for tests that only ask."""
    site = SiteFolder(tmp_path_factory.mktemp("served"))
    site.article("news", "نص أول.", headline="خبر الصباح", tags="الخليج العربي")
    with preview(site, port=5650) as found:
        yield found


# --- builds ---------------------------------------------------------------------------------------


@proc
def test_nothing_is_built_that_nothing_has_changed(running: Preview) -> None:
    assert running.quiet(2.0) == 1
    before = cpu(running)
    time.sleep(2.0)
    assert running.builds == 1
    assert cpu(running) - before < 0.2  # seconds of two


def cpu(running: Preview) -> float:
    """Seconds of processor time of the server."""
    fields = Path(f"/proc/{running.process.pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def test_one_save_is_one_build(running: Preview) -> None:
    running.site.edit("content/news.md", "نص أول.", "نص ثان.")
    running.shows(NEWS, "نص ثان.")
    assert running.quiet() == 2


def test_many_files_at_once_are_one_build_or_two(running: Preview) -> None:
    begun = time.monotonic()
    for number in range(300):
        running.site.article(f"copied/{number:03}", f"النص رقم {number}.")
        time.sleep(max(0.0, begun + number * 0.9 / 300 - time.monotonic()))
    running.shows("/mujaz/2019/05/24/299/", "النص رقم 299.")
    assert running.quiet() <= 3
    assert running.said.splitlines()[-1].startswith("301 articles: ")


def test_a_file_replaced_as_editors_do_it_is_built(running: Preview) -> None:
    file = running.site.root / "content/news.md"
    text = file.read_text(encoding="utf-8").replace("نص أول.", "نص مستبدل.")
    for name in (".news.md.swp", "4913", "news.md~"):
        running.site.write(f"content/{name}", text)
    (running.site.root / "content/4913").unlink()
    os.replace(running.site.root / "content/news.md~", file)
    running.shows(NEWS, "نص مستبدل.")


def test_what_is_removed_goes_and_what_is_renamed_moves(running: Preview) -> None:
    content = running.site.root / "content"
    (content / "news.md").rename(content / "moved.md")
    running.shows("/mujaz/2019/05/24/moved/", "نص أول.")
    assert running.get(NEWS).status == 404
    (content / "moved.md").unlink()
    until(lambda: running.get("/mujaz/2019/05/24/moved/").status == 404, "gone")


def test_new_folders_and_their_files_are_noticed(running: Preview) -> None:
    running.site.article("a/b/c/deep", "نص عميق.")
    running.shows("/mujaz/2019/05/24/deep/", "نص عميق.")
    running.site.edit("content/a/b/c/deep.md", "عميق", "أعمق")
    running.shows("/mujaz/2019/05/24/deep/", "نص أعمق.")


def test_a_source_folder_that_comes_later_is_noticed(running: Preview) -> None:
    time.sleep(0.3)
    shipped = (ROOT / "layouts/404.html").read_text(encoding="utf-8")
    running.site.write("layouts/404.html", shipped.replace("لا صفحة في هذا", "ضاعت الصفحة من هذا"))
    running.shows("/mujaz/404.html", "ضاعت الصفحة من هذا")
    running.site.edit("layouts/404.html", "ضاعت", "غابت")
    running.shows("/mujaz/404.html", "غابت الصفحة من هذا")
    shutil.rmtree(running.site.root / "layouts")
    running.shows("/mujaz/404.html", "لا صفحة في هذا")


def test_a_whole_folder_that_is_exchanged_is_noticed(running: Preview) -> None:
    root = running.site.root
    shutil.copytree(root / "content", root / "other")
    (root / "other/news.md").write_text(
        "---\nheadline: خبر الفرع\ndate: 24/05/2019\n---\nنص الفرع.\n", encoding="utf-8"
    )
    (root / "content").rename(root / "old")
    (root / "other").rename(root / "content")
    running.shows(NEWS, "نص الفرع.")
    running.site.edit("content/news.md", "الفرع.", "الفرع بعد التبديل.")
    running.shows(NEWS, "نص الفرع بعد التبديل.")


def test_a_checkout_is_noticed(running: Preview) -> None:
    git(running, "init", "-q")
    git(running, "add", "-A")
    git(running, "commit", "-qm", "أول")
    git(running, "checkout", "-qb", "desk")
    running.site.edit("content/news.md", "نص أول.", "نص الفرع.")
    running.site.article("extra", "نص زائد.")
    git(running, "add", "-A")
    git(running, "commit", "-qm", "ثان")
    running.shows(NEWS, "نص الفرع.")
    git(running, "checkout", "-q", "-")
    running.shows(NEWS, "نص أول.")
    until(lambda: running.get("/mujaz/2019/05/24/extra/").status == 404, "gone")


def git(running: Preview, *arguments: str) -> None:
    """Run git in the project."""
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    done = subprocess.run(
        ["git", *who, *arguments],
        cwd=running.site.root,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_git_sees_nothing_of_the_preview(running: Preview) -> None:
    git(running, "init", "-q")
    seen = subprocess.run(
        ["git", "status", "--porcelain", "-uall"],
        cwd=running.site.root,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "content/news.md" in seen
    assert ".mujaz-preview" not in seen


def test_drafts_are_shown_and_the_site_for_publishing_is_left_alone(running: Preview) -> None:
    running.site.article("later", "نص المسودة.", draft="نعم")
    running.shows("/mujaz/2019/05/24/later/", "نص المسودة.")
    assert not running.site.site.exists()


def test_the_programs_own_filters_are_read_anew(running: Preview) -> None:
    filters = 'cli.main(Path(__file__).resolve().parent, filters={"loud": lambda text: f"{text}!"})'
    running.site.edit("build.py", "cli.main(Path(__file__).resolve().parent)", filters)
    shipped = (ROOT / "layouts/404.html").read_text(encoding="utf-8")
    running.site.write("layouts/404.html", shipped.replace("</h1>", "{{ '؟'|loud }}</h1>"))
    running.shows("/mujaz/404.html", "؟!</h1>")
    running.site.edit("build.py", "{text}!", "{text}؟!")
    running.shows("/mujaz/404.html", "؟؟!</h1>")


def test_a_program_that_fails_is_told_and_tried_again(running: Preview) -> None:
    good = (running.site.root / "build.py").read_text(encoding="utf-8")
    running.site.write("build.py", "from mujaz import cli\nthis is no Python\n")
    running.says("SyntaxError")
    assert running.get(NEWS).status == 200
    running.site.write("build.py", good)
    running.site.edit("content/news.md", "نص أول.", "نص بعد الإصلاح.")
    running.shows(NEWS, "نص بعد الإصلاح.")


def test_a_signal_that_comes_with_a_change_is_heard() -> None:
    orders: list[Order] = []

    async def build(order: Order) -> Outcome:
        orders.append(order)
        return Outcome()

    async def both_at_once() -> None:
        ready, saved = asyncio.Event(), asyncio.Event()
        ready.set()

        async def changes() -> frozenset[str]:
            await saved.wait()
            saved.clear()
            return frozenset({"content/a.md"})

        preview: Any = object.__new__(session.Preview)
        preview.watcher = SimpleNamespace(ready=ready, changes=changes)
        preview._build, preview._there = build, True
        building = asyncio.ensure_future(preview._keep_built())
        await asyncio.sleep(0.01)
        saved.set()
        await asyncio.sleep(0.01)
        assert len(orders) == 2  # now it waits a while for the next change
        saved.set()
        await asyncio.sleep(0)
        building.cancel()
        await asyncio.wait([building], timeout=1)
        assert building.cancelled()

    asyncio.run(both_at_once())


def test_what_a_sites_own_code_prints_is_passed_on(site: SiteFolder) -> None:
    program = (ROOT / "build.py").read_text(encoding="utf-8")
    site.write("build.py", program.replace("    cli.main", '    print("مرحبا")\n    cli.main'))
    with preview(site) as running:
        running.says("مرحبا", times=2)  # of the server, and of the process that builds
        assert running.builds == 1


def test_a_second_start_builds_nothing(site: SiteFolder) -> None:
    site.article("news")
    with preview(site):
        pass
    with preview(site) as running:
        assert "0 of" in next(line for line in running.lines if " articles: " in line)
        assert running.get("/mujaz/2019/05/24/news/").status == 200


@proc
def test_a_builder_that_is_killed_is_told_and_started_anew(running: Preview) -> None:
    children = Path(f"/proc/{running.process.pid}/task/{running.process.pid}/children")
    os.kill(int(children.read_text().split()[0]), signal.SIGKILL)
    running.site.edit("content/news.md", "نص أول.", "نص ثان.")
    running.says("the process that builds has ended")
    running.site.edit("content/news.md", "نص ثان.", "نص ثالث.")
    running.shows(NEWS, "نص ثالث.")


def test_requests_are_answered_while_a_build_runs(running: Preview) -> None:
    shipped = (ROOT / "layouts/404.html").read_text(encoding="utf-8")
    running.site.edit(
        "build.py",
        "cli.main(Path(__file__).resolve().parent)",
        'import time; cli.main(Path(__file__).resolve().parent, filters={"slow": lambda x: time.sleep(2) or x})',
    )
    running.quiet()
    running.site.write("layouts/404.html", shipped.replace("</h1>", "{{ '…'|slow }}</h1>"))
    time.sleep(0.5)
    begun = time.monotonic()
    assert running.get(NEWS).status == 200
    assert time.monotonic() - begun < 0.5
    assert "…</h1>" not in running.get("/mujaz/404.html").text
    running.site.edit("content/news.md", "نص أول.", "نص أثناء البناء.")
    running.shows(NEWS, "نص أثناء البناء.")
    assert "…</h1>" in running.get("/mujaz/404.html").text


# --- faults ---------------------------------------------------------------------------------------


def test_a_faulty_date_is_told_over_the_last_good_site(running: Preview) -> None:
    running.site.edit("content/news.md", "date: 24/05/2019", "date: 32/05/2019")
    running.says("content/news.md:3: ")
    assert "نص أول." in running.get(NEWS).text
    running.site.edit("content/news.md", "date: 32/05/2019", "date: 24/05/2019")
    running.site.edit("content/news.md", "خبر الصباح", "خبر الظهيرة")
    running.shows(HOME, "خبر الظهيرة")


@pytest.mark.parametrize(
    ("path", "good", "bad", "told"),
    [
        ("layouts/404.html", "</h1>", "{% if %}</h1>", "layouts/404.html:"),
        ("layouts/404.html", "</h1>", "{{ nobody }}</h1>", "layouts/404.html"),
        ("content/site.toml", "timezone", "\ttime zone\ntimezone", "content/site.toml:"),
        ("content/site.toml", "Asia/Riyadh", "Asia/Riyad", "content/site.toml:2: "),
        ("assets/css/own.css", "black", "url(none.png)", "assets/css/own.css:1: "),
    ],
)
def test_a_fault_anywhere_is_told_and_mended(
    running: Preview, path: str, good: str, bad: str, told: str
) -> None:
    shipped = (ROOT / "layouts/404.html").read_text(encoding="utf-8")
    running.site.write("layouts/404.html", shipped)
    running.site.write("assets/css/own.css", "p{color:black}")
    running.quiet()
    running.site.edit(path, good, bad)
    running.says(told)
    assert "نص أول." in running.get(NEWS).text
    running.site.edit(path, bad, good)
    running.site.edit("content/news.md", "نص أول.", "نص مصحح.")
    running.shows(NEWS, "نص مصحح.")
    assert running.alive


def test_starting_on_a_broken_site_tells_and_waits(site: SiteFolder) -> None:
    site.article("news", date="32/05/2019")
    with preview(site) as running:
        running.says("content/news.md:3: ")
        waiting = running.get("/")
        assert waiting.status == 503
        assert "لا نسخة من الموقع بعد" in waiting.text
        site.article("news", "نص سليم.")
        running.shows("/mujaz/2019/05/24/news/", "نص سليم.")


def test_a_site_without_any_article_is_served(site: SiteFolder) -> None:
    with preview(site) as running:
        assert running.get(HOME).status == 200


def test_a_new_base_path_is_served_under(running: Preview) -> None:
    running.site.edit("content/site.toml", "github.io/mujaz", "github.io/news")
    until(lambda: running.get("/news/").status == 200, "the new base path")
    assert running.get("/mujaz/").status == 404
    assert running.get("/").headers["location"] == "/news/"


# --- what is served -------------------------------------------------------------------------------


def test_the_site_is_under_its_base_path(served: Preview) -> None:
    assert served.get("/").status == 301
    assert served.get("/").headers["location"] == "/mujaz/"
    assert served.get("/mujaz/").status == 200
    tag = "/mujaz/tags/الخليج-العربي"
    assert served.get(f"{tag}/").status == 200
    found = served.get(f"{tag}?x=1")
    assert found.status == 301
    assert found.headers["location"].endswith("%D9%8A/?x=1")
    assert served.get(found.headers["location"]).status == 200


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (HOME, "text/html; charset=utf-8"),
        ("/mujaz/nothing/", "text/html; charset=utf-8"),
        ("/mujaz/404.html", "text/html; charset=utf-8"),
        ("/mujaz/feed.xml", "application/xml; charset=utf-8"),
        ("/mujaz/feed.json", "application/json; charset=utf-8"),
        ("/mujaz/robots.txt", "text/plain; charset=utf-8"),
        ("/mujaz/favicon.svg", "image/svg+xml; charset=utf-8"),
        ("/__mujaz/client.js", "text/javascript; charset=utf-8"),
        ("/__mujaz/overlay.css", "text/css; charset=utf-8"),
    ],
)
def test_every_file_has_its_type(served: Preview, path: str, kind: str) -> None:
    assert served.get(path).headers["content-type"] == kind


def test_what_is_not_there_is_the_sites_own_404(served: Preview) -> None:
    found = served.get("/mujaz/nothing/here")
    assert found.status == 404
    assert "لا صفحة في هذا العنوان" in found.text


@pytest.mark.parametrize(
    "path",
    [
        "/mujaz/.mujaz/state",
        "/mujaz/.nojekyll",
        "/mujaz/%2e%2e/.gitignore",
        "/mujaz/..%2f..%2fcontent/news.md",
        "/mujaz/../../build.py",
        "//etc/passwd",
        "/mujaz/..%5c..%5cbuild.py",
        "/mujaz/index.html%00",
        "/__mujaz/",
        "/__mujaz/serving.py",
        "/__mujaz/../serving.py",
        "/livereload",
        "/forcereload",
    ],
)
def test_nothing_but_the_site_is_served(served: Preview, path: str) -> None:
    assert served.get(path).status in {400, 403, 404}


@pytest.mark.parametrize("path", ["/mujaz/tags", "/mujaz/2019/05"])
def test_folders_are_never_listed(served: Preview, path: str) -> None:
    assert served.get("/mujaz/assets/").status == 404
    assert served.get("/mujaz/assets").status == 404
    assert served.get(path).headers["location"] == f"{path}/"


def test_the_script_is_in_every_page_once_and_never_in_a_built_file(served: Preview) -> None:
    for path in (HOME, NEWS, "/mujaz/404.html", "/mujaz/nothing", "/mujaz/tags/", "/mujaz/search/"):
        assert served.get(path).text.count('__mujaz/client.js"') == 1
    served.site.build()
    for folder in (served.site.site, served.site.root / ".mujaz-preview/site"):
        text = b"".join(served.site.files(folder).values())
        assert b"__mujaz" not in text
        assert b"livereload" not in text


def test_what_is_built_for_the_preview_is_what_is_published(running: Preview) -> None:
    running.site.edit("content/news.md", "نص أول.", "نص ثان.")
    running.shows(NEWS, "نص ثان.")
    out, clean = running.site.root / ".mujaz-preview/site", running.site.files_of_a_clean_build()
    until(lambda: running.site.files(out) == clean, "the search index too, when the desk is quiet")


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example:5700"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9"},
    ],
)
@pytest.mark.parametrize(
    "path", [HOME, "/", "/mujaz/nothing", "/__mujaz/client.js", "/mujaz/feed.xml"]
)
def test_other_hosts_and_other_sites_pages_are_refused(
    served: Preview, path: str, headers: dict[str, str]
) -> None:
    found = served.get(path, **headers)
    assert found.status == 403
    assert "script" not in found.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 101),
        ({"Origin": "http://127.0.0.1:{port}"}, 101),
        ({"Origin": "http://evil.example"}, 403),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 403),
        ({"Host": "evil.example"}, 403),
    ],
)
def test_the_socket_is_open_to_our_own_pages_alone(
    served: Preview, headers: dict[str, str], status: int
) -> None:
    named = {name: value.format(port=served.port) for name, value in headers.items()}
    assert upgraded(served.port, named) == status


def upgraded(port: int, headers: dict[str, str]) -> int:
    """The status of a request for the socket."""
    lines = {
        "Host": f"127.0.0.1:{port}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(b"0123456789abcdef").decode(),
        **headers,
    }
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        connection.sendall(f"GET /__mujaz/socket HTTP/1.1\r\n{text}\r\n".encode())
        return int(connection.recv(1000).split()[1])


def test_only_get_and_head_are_answered(served: Preview) -> None:
    assert served.get(HOME, "HEAD").status == 200
    assert served.get(HOME, "HEAD").text == ""
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert served.get(HOME, method).status == 405


def test_a_part_of_a_file_and_a_file_that_is_known_are_answered_as_such(running: Preview) -> None:
    found = running.get("/mujaz/favicon.ico", Range="bytes=0-9")
    assert (found.status, found.headers["content-length"]) == (206, "10")
    mark = running.get("/mujaz/feed.xml").headers["etag"]
    assert running.get("/mujaz/feed.xml", If_None_Match=mark).status == 304
    running.site.edit("content/news.md", "خبر الصباح", "خبر المساء")
    running.shows("/mujaz/feed.xml", "خبر المساء")
    assert running.get("/mujaz/feed.xml", If_None_Match=mark).status == 200


# --- ports and the end ----------------------------------------------------------------------------


def test_a_busy_port_is_told_and_the_next_one_taken(served: Preview) -> None:
    with preview(served.site, port=served.port) as second:
        assert f"port {served.port} is taken: serving on {served.port + 1}" in second.said
        assert second.port == served.port + 1
        assert second.get(HOME).status == 200
        assert "Traceback" not in second.said


@proc
def test_it_is_served_to_this_machine_alone(served: Preview) -> None:
    listening = [
        line.split()[1]
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
        if line.split()[3] == "0A" and line.split()[1].endswith(f":{served.port:04X}")
    ]
    assert listening == [f"0100007F:{served.port:04X}"]


def test_serving_to_the_network_warns(site: SiteFolder) -> None:
    with preview(site, "--host", "0.0.0.0") as running:
        assert (
            "warning: --host 0.0.0.0: whoever reaches this machine can read the drafts"
            in running.said
        )
        assert running.address.startswith("http://127.0.0.1:")
        assert running.get(HOME).status == 200
        assert running.get(HOME, Host="192.0.2.7").status == 200
        assert running.get(HOME, Host="evil.example").status == 403


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--port", "0"), "expected a number from 1 to 65535, found '0'"),
        (("--port", "99999"), "expected a number from 1 to 65535, found '99999'"),
        (("--port", "x"), "expected a number from 1 to 65535, found 'x'"),
        (("--host", "192.0.2.1"), "can't serve on 192.0.2.1, port 5500"),
    ],
)
def test_wrong_usage_is_told(site: SiteFolder, arguments: tuple[str, ...], told: str) -> None:
    done = site.run("serve", *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@proc
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_ctrl_c_with_all_that_it_started(site: SiteFolder, number: int) -> None:
    site.article("news")
    running = Preview(site)
    children = Path(f"/proc/{running.process.pid}/task/{running.process.pid}/children")
    builder = int(children.read_text().split()[0])
    begun = time.monotonic()
    assert running.end(number) == 0
    assert time.monotonic() - begun < 3
    assert running.said.endswith("preview stopped")
    assert "Traceback" not in running.said
    until(lambda: not Path(f"/proc/{builder}").exists(), "the builder ends too")


def test_it_ends_at_ctrl_c_in_the_middle_of_a_build_and_the_next_one_mends(
    site: SiteFolder,
) -> None:
    site.article("news")
    running = Preview(site)
    for number in range(400):
        site.article(f"{number:03}", f"النص {number}.")
    time.sleep(0.5)
    assert running.end() == 0
    with preview(site) as second:
        second.shows("/mujaz/2019/05/24/399/", "النص 399.")
    assert site.files(site.root / ".mujaz-preview/site") == site.files_of_a_clean_build()


@proc
def test_the_builder_ends_if_the_server_is_killed(site: SiteFolder) -> None:
    running = Preview(site)
    children = Path(f"/proc/{running.process.pid}/task/{running.process.pid}/children")
    builder = int(children.read_text().split()[0])
    running.end(signal.SIGKILL)
    until(lambda: not Path(f"/proc/{builder}").exists(), "the builder ends too")


def test_the_browser_is_opened_when_it_is_asked_for(site: SiteFolder) -> None:
    browser = site.write("browser", f'#!/bin/sh\necho "$1" > "{site.root}/opened"\n')
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    os.environ["BROWSER"] = str(browser)
    try:
        with preview(site, "--open") as running:
            opened = site.root / "opened"
            until(lambda: opened.exists() and opened.read_text().strip(), "opened")
            assert opened.read_text().strip() == running.address
    finally:
        del os.environ["BROWSER"]


def test_a_project_under_an_arabic_path_is_served(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "موقع تجريبي")
    site.article("القمة", "نص القمة.")
    with preview(site) as running:
        running.shows("/mujaz/2019/05/24/القمة/", "نص القمة.")
        site.edit("content/القمة.md", "نص القمة.", "نص القمة الثانية.")
        running.shows("/mujaz/2019/05/24/القمة/", "نص القمة الثانية.")


def test_the_module_serves_as_the_program_does(site: SiteFolder) -> None:
    site.article("news", "نص أول.")
    process = subprocess.Popen(
        [sys.executable, "-m", "mujaz", "serve", "--port", "5790"],
        cwd=site.root,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": str(EPOCH)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    with process.stdout:
        assert next(process.stdout).startswith("1 articles: ")
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
