"""The digest that ships with Mujaz, built as its author builds it; every page kind is in it."""

import os
import subprocess
import sys
from pathlib import Path

from conftest import EPOCH, ROOT

HOME = "https://example.github.io/mujaz"

# One page of each kind; of articles, one for each thing that only some of them carry
KINDS = {
    "home": "/",
    "older home": "/page/1/",
    "article with all": "/2024/11/24/water-opening/",
    "article with a table": "/2025/01/06/inflation-year/",
    "article with footnotes": "/2024/12/05/suhail-3-orbit/",
    "day": "/2024/11/24/",
    "month": "/2024/11/",
    "year": "/2024/",
    "archive": "/archive/",
    "tag": "/tags/science/",
    "tags": "/tags/",
    "name": "/names/ليلى-حداد/",
    "names": "/names/",
    "story": "/stories/مؤتمر-المياه/",
    "corrections": "/corrections/",
    "search": "/search/",
    "page": "/contact/",
    "not found": "/404.html",
}


def build_sample(out: Path, base_url: str = HOME) -> Path:
    """Build the sample digest into a folder, in a process of its own; give the folder back."""
    done = subprocess.run(
        [sys.executable, ROOT / "build.py", "--out", out, "--base-url", base_url],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH)},
    )
    assert done.returncode == 0, done.stderr
    return out


def pages(out: Path) -> dict[str, str]:
    """Every HTML page by its address, decoded and without the base path."""
    return {
        f"/{path.relative_to(out).as_posix().removesuffix('index.html')}": path.read_text(
            encoding="utf-8"
        )
        for path in sorted(out.rglob("*.html"))
    }


def files(out: Path) -> dict[str, bytes]:
    """Every file by its address, as a server wants them."""
    return {
        f"/{path.relative_to(out).as_posix()}": path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".mujaz" not in path.relative_to(out).parts
    }
