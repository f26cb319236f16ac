"""One build of the sample digest, served as GitHub Pages serves it, and the browser to read it with."""

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import sample_site
from conftest import ROOT
from search_site import Served, serve

NODE = ROOT / ".venv/node/node_modules"
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what this machine cannot run; in CI it must be able to."""
    tools = (shutil.which("chromium"), shutil.which("java"), NODE.exists(), find_spec("playwright"))
    if all(tools) or "CI" in os.environ:
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="needs Playwright and .ci/browser"))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample digest, built."""
    return sample_site.build_sample(tmp_path_factory.mktemp("sample") / "site")


@pytest.fixture(scope="session")
def served(folder: Path) -> Iterator[Served]:
    """The sample digest under /mujaz/ on this machine."""
    with serve(sample_site.files(folder), "/mujaz") as site:
        yield site


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """The browser; a module's own, as Playwright runs once at a time and other tests start it too."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(QUIET)
        )
        yield browser
        browser.close()


@pytest.fixture
def expect() -> Any:
    """Playwright's assertions, which wait."""
    from playwright.sync_api import expect as waiting

    return waiting


@pytest.fixture(scope="module")
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
