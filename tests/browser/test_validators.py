"""The whole sample site before html-validate and the Nu validator: no errors."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

pytestmark = pytest.mark.browser

NODE = ROOT / ".venv/node/node_modules"


def test_html_validate_finds_no_error(folder: Path) -> None:
    done = subprocess.run(
        [
            NODE / ".bin/html-validate",
            "--config",
            Path(__file__).with_name("htmlvalidate.json"),
            "--formatter",
            "json",
            f"{folder}/**/*.html",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    found = [
        (page["filePath"], *told(message))
        for page in json.loads(done.stdout)
        for message in page["messages"]
    ]
    assert found == []
    assert done.returncode == 0, done.stderr


def told(message: dict[str, Any]) -> tuple[str, int, str]:
    """A message of html-validate without what only editors need."""
    return message["ruleId"], message["line"], message["message"]


def test_the_nu_validator_finds_no_error(folder: Path) -> None:
    """Its warnings know no hashes in a policy, nor that a block of data is no script."""
    done = subprocess.run(
        [
            "java",
            "-jar",
            NODE / "vnu-jar/build/dist/vnu.jar",
            "--errors-only",
            "--skip-non-html",
            "--format",
            "json",
            folder,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    found = [
        (m["url"], m.get("lastLine"), m["message"]) for m in json.loads(done.stderr)["messages"]
    ]
    assert found == []
    assert done.returncode == 0
