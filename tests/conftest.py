"""The one fixture: a site's folder to write in, build, and look at."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from mujaz.errors import MujazError, Place
from mujaz.importing.found import Told
from mujaz.options import Options
from mujaz.pipeline import build
from mujaz.report import Report
from mujaz.wording.matching import worded

settings.register_profile(
    "ci",
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ci")

# Started in the background, a shell's children ignore Ctrl-C; the tests of it need it heard
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parent.parent
EPOCH = 1_764_000_000  # 2025-11-24T16:00:00Z: the clock of all tests


class SiteFolder:
    """A project in a temporary folder, with the layouts that Mujaz ships."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.site = root / "site"
        self._clean = 0
        self.write(
            "content/site.toml",
            'base_url = "https://example.github.io/mujaz"\ntimezone = "Asia/Riyadh"\n',
        )

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file of the project."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def settings(self, more: str) -> None:
        """Add lines to site.toml."""
        file = self.root / "content/site.toml"
        file.write_text(file.read_text(encoding="utf-8") + more + "\n", encoding="utf-8")

    def article(self, name: str, body: str = "نص الخبر.", **fields: str) -> Path:
        """Write content/NAME.md; headline and date have values of their own if not given."""
        front = {"headline": f"خبر {name}", "date": "24/05/2019", **fields}
        lines = "".join(f"{key}: {value}\n" for key, value in front.items())
        return self.write(f"content/{name}.md", f"---\n{lines}---\n{body}\n")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace text in a file of the project; the text must be there."""
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def build(self, **options: object) -> Report:
        """Build into site/."""
        return build(self.root, self.site, Options(**options))  # type: ignore[arg-type]

    def files(self, out: Path | None = None) -> dict[str, bytes]:
        """The site's files and their bytes, without Mujaz's state."""
        out = out or self.site
        found: dict[str, bytes] = {}
        for where, folders, names in os.walk(out):
            folders[:] = [name for name in folders if name != ".mujaz"]  # it changes during builds
            for path in (Path(where, name) for name in names if name != ".mujaz"):
                if path.is_file():
                    found[path.relative_to(out).as_posix()] = path.read_bytes()
        return dict(sorted(found.items()))

    def files_of_a_clean_build(self, **options: object) -> dict[str, bytes]:
        """What a build into an empty folder gives."""
        self._clean += 1
        out = self.root / f"clean{self._clean}"
        build(self.root, out, Options(**options))  # type: ignore[arg-type]
        return self.files(out)

    def text(self, url: str) -> str:
        """The text of a page."""
        path = f"{url[1:]}index.html" if url.endswith("/") else url[1:]
        return (self.site / path).read_text(encoding="utf-8")

    def run(
        self, *arguments: str, env: dict[str, str] | None = None, python: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run build.py as an author does, in a process of its own."""
        if not (self.root / "build.py").exists():
            self.write("build.py", (ROOT / "build.py").read_text(encoding="utf-8"))
        return subprocess.run(
            [sys.executable, *python, str(self.root / "build.py"), *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            cwd=self.root,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "SOURCE_DATE_EPOCH": str(EPOCH),
                **(env or {}),
            },
        )


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    """An empty site; its clock stands still."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    return SiteFolder(tmp_path)


@pytest.fixture(scope="module")
def all_worded() -> Iterator[None]:
    """All that a module's tests make Mujaz tell must have its words in Arabic."""
    heard: dict[str, Place] = {}
    left, raised = Told.leave, MujazError.__init__

    def leave(told: Told, place: Place, what: str) -> None:
        heard[what] = place
        left(told, place, what)

    def init(error: MujazError, message: str, place: Place) -> None:
        heard[message] = place
        raised(error, message, place)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Told, "leave", leave)
        patch.setattr(MujazError, "__init__", init)
        yield
    assert [m for m, place in heard.items() if not worded(m, place.path).arabic] == []
