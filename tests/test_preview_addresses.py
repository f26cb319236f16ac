"""What the preview answers to an address, and what its script needs in a page; no server runs."""

import os
from pathlib import Path

import pytest

from mujaz.preview.paths import NOTHING, Answer, answer
from mujaz.preview.script import CLIENT, SOCKET, STYLE, allowing, with_client
from mujaz.preview.serving import allowed

HOST = "127.0.0.1:5500"
FILES = (
    "index.html",
    "404.html",
    "feed.xml",
    "about.html",
    "both.html",
    "both/index.html",
    "tags/روسيا/index.html",
    "assets/css/site.0a1b.css",
    ".nojekyll",
    ".mujaz/state",
    "2019/.hidden/index.html",
)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder with some files, and a secret beside it."""
    for name in FILES:
        file = tmp_path / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    return tmp_path / "site"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("/mujaz/", Answer("index.html")),
        ("/mujaz", Answer(redirect="/mujaz/")),
        ("/", Answer(redirect="/mujaz/")),
        ("/mujaz/index.html", Answer("index.html")),
        ("/mujaz/feed.xml", Answer("feed.xml")),
        ("/mujaz/feed.xml/", NOTHING),
        ("/mujaz/about", Answer("about.html")),
        ("/mujaz/about/", NOTHING),
        ("/mujaz/about.html", Answer("about.html")),
        ("/mujaz/both", Answer("both.html")),
        ("/mujaz/both/", Answer("both/index.html")),
        ("/mujaz/tags/%D8%B1%D9%88%D8%B3%D9%8A%D8%A7/", Answer("tags/روسيا/index.html")),
        (
            "/mujaz/tags/%D8%B1%D9%88%D8%B3%D9%8A%D8%A7",
            Answer(redirect="/mujaz/tags/%D8%B1%D9%88%D8%B3%D9%8A%D8%A7/"),
        ),
        ("/mujaz/assets/css/site.0a1b.css", Answer("assets/css/site.0a1b.css")),
    ],
)
def test_addresses_are_answered_as_on_github_pages(out: Path, asked: str, expected: Answer) -> None:
    assert answer(out, "/mujaz", asked) == expected


@pytest.mark.parametrize(
    "asked",
    [
        "/feed.xml",
        "/mujazfeed.xml",
        "/mujaz/tags/",
        "/mujaz/tags",
        "/mujaz/assets/",
        "/mujaz/.nojekyll",
        "/mujaz/.mujaz/state",
        "/mujaz/%2emujaz/state",
        "/mujaz/2019/.hidden/",
        "/mujaz/../secret.txt",
        "/mujaz/%2e%2e/secret.txt",
        "/mujaz/tags/..%2f..%2f..%2fsecret.txt",
        "/mujaz/..%5csecret.txt",
        "/mujaz//etc/passwd",
        "/mujaz//",
        "//etc/passwd",
        "/mujaz/index.html%00.txt",
        "/mujaz/C:/secret.txt",
        "/mujaz/%FF/",
        "/mujaz/Tags/%D8%B1%D9%88%D8%B3%D9%8A%D8%A7/",
        f"/mujaz/{'a' * 5000}/",
    ],
)
def test_nothing_else_is_answered(out: Path, asked: str) -> None:
    assert answer(out, "/mujaz", asked) == NOTHING


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights there")
def test_no_symbolic_link_leads_out_of_the_site(out: Path) -> None:
    (out / "way.txt").symlink_to(out.parent / "secret.txt")
    (out / "folder").symlink_to(out.parent)
    assert answer(out, "", "/way.txt") == NOTHING
    assert answer(out, "", "/folder/secret.txt") == NOTHING
    assert answer(out, "", "/feed.xml") == Answer("feed.xml")


def test_a_site_at_the_root_needs_no_redirect(out: Path) -> None:
    assert answer(out, "", "/") == Answer("index.html")
    assert answer(out, "", "//evil.example/") == NOTHING


def test_a_base_path_in_arabic_is_found_and_redirected_to(out: Path) -> None:
    assert answer(out, "/أخبار", "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/") == Answer("index.html")
    assert answer(out, "/أخبار", "/") == Answer(redirect="/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/")


@pytest.mark.parametrize(
    ("host", "served", "answered"),
    [
        ("127.0.0.1:5500", "127.0.0.1", True),
        ("localhost:5500", "127.0.0.1", True),
        ("LOCALHOST", "127.0.0.1", True),
        ("mujaz.localhost:5500", "127.0.0.1", True),
        ("[::1]:5500", "127.0.0.1", True),
        ("evil.example", "127.0.0.1", False),
        ("evil.example:5500", "0.0.0.0", False),
        ("127.0.0.1.evil.example", "127.0.0.1", False),
        ("localhost.evil.example", "127.0.0.1", False),
        ("evil.example@127.0.0.1", "127.0.0.1", True),
        ("127.0.0.1@evil.example", "127.0.0.1", False),
        ("192.168.1.5:5500", "127.0.0.1", False),
        ("192.168.1.5:5500", "0.0.0.0", True),
        ("[fe80::1]:5500", "::", True),
        ("desk.example:5500", "desk.example", True),
        ("other.example:5500", "desk.example", False),
        ("", "127.0.0.1", False),
        ("[::1", "127.0.0.1", False),
    ],
)
def test_a_request_must_name_this_machine(host: str, served: str, *, answered: bool) -> None:
    assert allowed(host, served) is answered


def test_the_script_stands_once_before_the_end_of_the_head() -> None:
    page = with_client(
        b"<html><head><title>x</title></head><body></head></body></html>", HOST, "b1"
    )
    assert page.count(b"<script") == 1
    assert b'<script src="/__mujaz/client.js" data-build="b1" defer></script></head><body>' in page


@pytest.mark.parametrize(
    "page",
    [b"<head><meta charset=utf-8>", b"<p>x</p></body>", b"<p>x</p>", b"", b"\xff\xfe</head>"],
)
def test_the_script_stands_in_any_page(page: bytes) -> None:
    served = with_client(page, HOST, "1")
    assert served.count(b"client.js") == 1
    assert (
        served.replace(served[served.index(b"<script") : served.index(b"</script>") + 9], b"")
        == page
    )


def test_the_policy_of_a_page_allows_three_addresses_more_and_nothing_else() -> None:
    given = (
        "default-src 'none'; style-src 'self' 'sha256-AAA='; script-src 'none'; connect-src 'self'"
    )
    assert allowing(given, HOST) == (
        f"default-src 'none'; style-src 'self' 'sha256-AAA=' http://{HOST}{STYLE};"
        f" script-src http://{HOST}{CLIENT}; connect-src 'self' ws://{HOST}{SOCKET}"
    )


def test_a_policy_that_is_missing_a_directive_gets_it_from_its_default() -> None:
    assert allowing("default-src 'self'", HOST) == (
        f"default-src 'self'; script-src 'self' http://{HOST}{CLIENT};"
        f" style-src 'self' http://{HOST}{STYLE}; connect-src 'self' ws://{HOST}{SOCKET}"
    )
    assert allowing("img-src 'self'", HOST) == "img-src 'self'"
    assert allowing("", HOST) == ""


def test_the_first_of_two_directives_counts_as_in_browsers() -> None:
    assert (
        allowing("script-src 'self'; script-src *", HOST)
        == f"script-src 'self' http://{HOST}{CLIENT}"
    )


def test_every_policy_of_a_page_is_widened_however_it_is_written() -> None:
    page = (
        b"<head><META content='script-src &#39;none&#39;' HTTP-EQUIV=Content-Security-Policy>"
        b'<meta http-equiv="Content-Security-Policy" content="script-src \'self\'"></head>'
    )
    served = with_client(page, HOST, "1").decode()
    assert served.count(f"http://{HOST}{CLIENT}") == 2
    assert "none" not in served
    assert "content=\"script-src 'self' http" in served


def test_a_page_without_a_policy_keeps_its_bytes_but_for_the_script() -> None:
    page = "<head><meta charset='utf-8'><meta name=description content='سياسة'></head>".encode()
    served = with_client(page, HOST, "1")
    start, end = served.index(b"<script"), served.index(b"</script>") + len(b"</script>")
    assert served[:start] + served[end:] == page
