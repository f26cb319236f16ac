"""One build of the sample digest, served as GitHub Pages serves it, and one browser for all tests."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sample_site
from search_site import Served, serve

CHROMIUM = shutil.which("chromium") or ""
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample digest, built."""
    return sample_site.build_sample(tmp_path_factory.mktemp("sample") / "site")


@pytest.fixture(scope="session")
def served(folder: Path) -> Iterator[Served]:
    """The sample digest under /mujaz/ on this machine."""
    with serve(sample_site.files(folder), "/mujaz") as site:
        yield site


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser."""
    if not CHROMIUM:
        pytest.fail("no Chromium: run .ci/browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def reader(chromium: Any) -> Iterator[Any]:
    """A reader's profile; pages tell what their Content-Security-Policy refused."""
    context = chromium.new_context(locale="ar", viewport={"width": 1280, "height": 1024})
    context.add_init_script(
        "window.refused = []; document.addEventListener('securitypolicyviolation',"
        " e => window.refused.push(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample))"
    )
    yield context
    context.close()


@pytest.fixture
def page(reader: Any) -> Iterator[Any]:
    """An empty tab."""
    tab = reader.new_page()
    yield tab
    tab.close()
