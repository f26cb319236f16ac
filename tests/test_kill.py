"""A build that is killed, interrupted or beside another leaves nothing that the next one doesn't mend."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import EPOCH, ROOT, SiteFolder
from strategies import tiny_layouts

MOMENTS = int(os.environ.get("KILLS", "24"))  # 300 and more in the long run
SEED = int(os.environ.get("KILL_SEED", "7"))
COUNT = 60  # articles


@pytest.fixture
def many(site: SiteFolder) -> SiteFolder:
    """A site of some hundred pages that takes a moment to build, but not long."""
    for name, text in tiny_layouts().items():
        site.write(f"layouts/{name}", text)
    site.write("assets/x.css", "a{}")
    for number in range(COUNT):
        write(site, number, "نص")
    return site


def write(site: SiteFolder, number: int, body: str) -> None:
    site.article(
        f"a{number}",
        body=f"{body} <الشخص {number % 9}>",
        date=f"{number % 28 + 1:02}/05/2019",
        tags=f"وسم {number % 5}",
    )


def start(site: SiteFolder, *arguments: str) -> subprocess.Popen[str]:
    """A build in a process group of its own."""
    if not (site.root / "build.py").exists():
        site.write("build.py", (ROOT / "build.py").read_text(encoding="utf-8"))
    return subprocess.Popen(
        [sys.executable, str(site.root / "build.py"), *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": str(EPOCH)},
    )  # fmt: skip


def test_a_build_killed_at_any_moment_is_repaired_by_the_next(many: SiteFolder) -> None:
    """Each round edits, deletes and adds, and is killed at a moment of its own: no file is cut short then,
    and the next build ends whole. Of three rounds two leave to the next what they left."""
    chance = random.Random(SEED)
    whole = timed(many)
    many.build()
    cut = mixed = 0
    known: list[dict[str, bytes]] = [
        many.files()
    ]  # the last whole site, and what builds since would make
    for moment in range(MOMENTS):
        edit(many, moment)
        known.append(many.files_of_a_clean_build())
        process = start(many, "--jobs", str(1 + moment % 2))
        time.sleep(chance.uniform(0.05, 0.75) * whole)
        os.killpg(process.pid, signal.SIGKILL)
        cut += process.wait() == -signal.SIGKILL
        process.communicate()
        left = many.files()
        assert [p for p, data in left.items() if all(data != k.get(p) for k in known)] == []
        mixed += left not in known
        if moment % 3 == 2 or moment == MOMENTS - 1:
            many.build()
            assert many.files() == known[-1]
            assert many.build().written == ()
            del known[:-1]
    print(f"\n{cut} of {MOMENTS} builds killed, seed {SEED}; {mixed} left a mixed site, all mended")
    assert cut > MOMENTS // 2


def timed(site: SiteFolder) -> float:
    """Seconds that a build of all pages takes."""
    site.settings('description = "قياس"')
    before = time.monotonic()
    process = start(site, "--jobs", "1")
    process.communicate()
    assert process.returncode == 0
    return time.monotonic() - before


def edit(site: SiteFolder, moment: int) -> None:
    """Touch every page, lose one article, get another."""
    (site.root / f"content/a{moment}.md").unlink(missing_ok=True)
    write(site, COUNT + moment, f"جديد {moment}")
    write(site, COUNT - 1, f"غيره {moment}")
    site.write("assets/x.css", f"a{{order:{moment}}}")


STOPS = ("add", "prune", "_move", "replace", "save")


@pytest.mark.parametrize("stop", STOPS)
@pytest.mark.parametrize("nth", [1, 2, 5])
def test_a_build_killed_while_publishing_is_repaired_by_the_next(
    many: SiteFolder, stop: str, nth: int
) -> None:
    """Killed by itself before the nth step of a kind, when part of the site is new and part is old."""
    many.build()
    edit(many, 3)
    process = subprocess.run(
        [sys.executable, "-c", KILLED, str(many.root), stop, str(nth)],
        check=False, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": str(EPOCH)},
    )  # fmt: skip
    assert process.returncode in {-signal.SIGKILL, 0}, process.stderr
    (many.root / "content/a7.md").unlink()  # what belongs may have changed before the next build
    (many.root / f"content/a{COUNT + 3}.md").unlink()
    many.build()
    assert many.files() == many.files_of_a_clean_build()
    assert many.build().written == ()


KILLED = """
import os, signal, sys
from pathlib import Path
from mujaz import output, owned, trace, writer
from mujaz.pipeline import build

root, stop, left = Path(sys.argv[1]), sys.argv[2], [int(sys.argv[3])]
out = root / (sys.argv[4] if len(sys.argv) > 4 else "site")

def dying(step):
    def stepping(*a, **k):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return step(*a, **k)
    return stepping

found = [module for module in (owned, trace, writer, output) if hasattr(module, stop)]
assert found or not stop, f"no step {stop}"
for module in found:
    setattr(module, stop, dying(getattr(module, stop)))
build(root, out)
"""


def test_a_build_that_was_killed_and_then_failed_is_still_repaired(many: SiteFolder) -> None:
    many.build()
    edit(many, 3)
    subprocess.run(
        [sys.executable, "-c", KILLED, str(many.root), "_move", "9"], check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": str(EPOCH)},
    )  # fmt: skip
    good = (many.root / "layouts/day.html").read_bytes()
    many.write("layouts/day.html", "{{ nothing_such }}")
    with pytest.raises(ExceptionGroup):
        many.build()
    many.write("layouts/day.html", good)
    (many.root / f"content/a{COUNT + 3}.md").unlink()
    many.build()
    assert many.files() == many.files_of_a_clean_build()


def test_an_edit_taken_back_after_a_killed_build_leaves_nothing_behind(many: SiteFolder) -> None:
    many.build()
    time.sleep(0.1)
    many.build()  # no file is too young to be known again
    many.article("z", date="01/01/2020")
    subprocess.run(
        [sys.executable, "-c", KILLED, str(many.root), "save", "1"], check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": str(EPOCH)},
    )  # fmt: skip
    assert (many.site / "2020/01/01/z/index.html").exists()
    (many.root / "content/z.md").unlink()
    many.build()
    assert many.files() == many.files_of_a_clean_build()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_leaves_the_site_as_it_was(many: SiteFolder, jobs: str) -> None:
    many.build()
    before = many.files()
    many.write("layouts/day.html", slow())
    process = start(many, "--jobs", jobs)
    wait_for(many.site / ".mujaz/stage", process)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err.strip() == "interrupted: the site is as the last whole build left it"
    assert out == ""
    assert many.files() == before


def slow() -> str:
    """A layout that takes its time."""
    return "{% for a in range(2000) %}{% for b in range(2000) %}{% endfor %}{% endfor %}"


def wait_for(path: Path, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 20
    while not path.exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.01)


def test_ctrl_c_while_publishing_waits_for_its_end(many: SiteFolder) -> None:
    many.build()
    edit(many, 3)
    process = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, str(many.root)], check=False, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": str(EPOCH)},
    )  # fmt: skip
    assert process.returncode == 130
    assert process.stderr.strip() == "interrupted: the site is as the last whole build left it"
    assert many.files() == many.files_of_a_clean_build()


INTERRUPTED = """
import os, signal, sys
from pathlib import Path
from mujaz import cli, output

prune = output.prune

def pruning(*a):
    os.kill(os.getpid(), signal.SIGINT)
    return prune(*a)

output.prune = pruning
cli.main(Path(sys.argv[1]), ["build"])
"""


def test_a_second_build_waits_for_the_first(many: SiteFolder) -> None:
    many.write(
        "layouts/day.html",
        "{% for a in range(300) %}{% for b in range(300) %}{% endfor %}{% endfor %}",
    )
    first = start(many, "--jobs", "1")
    wait_for(many.site / ".mujaz/stage", first)
    second = start(many, "--jobs", "1", "--json")
    out, err = second.communicate(timeout=60)
    assert second.returncode == 0, err
    assert first.wait(timeout=1) == 0, "the second ended before the first"
    first.communicate()
    assert '"written": 0' in out
    assert many.files() == many.files_of_a_clean_build()


def test_builds_side_by_side_end_in_a_clean_builds_bytes(many: SiteFolder) -> None:
    many.build()
    edit(many, 5)
    running = [start(many, "--jobs", "1") for _ in range(3)]
    assert [(p.communicate()[1], p.returncode) for p in running] == [("", 0)] * 3
    assert many.files() == many.files_of_a_clean_build()


def test_a_failing_layout_leaves_the_site_and_says_where(many: SiteFolder) -> None:
    many.build()
    before = many.files()
    many.write("layouts/tag.html", "ok\n{{ term.no_such_thing }}\n")
    done = many.run("--jobs", "2")
    assert done.returncode == 1
    assert done.stderr.startswith("layouts/tag.html:2: ")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert many.files() == before
