"""What may go wrong around a run, for real: the disk, permissions, things in the way, two at once.

Each fault is told with its exit code, leaves nothing half-written, and is over when the cause is
gone and the command is run again.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from generator.files import STAGING, staging
from generator.register import FILE, all_entries
from tests.command import ROOT
from tests.kills import ROOM, files_of, members, nothing_runs, start_issue, sums_pass
from tests.small import Small, make_small

BEHIND = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
"""Root without its powers is bound by permissions, as everyone else is."""

"""Loops without end are refused; pages without end are the machine's to stop."""
ENDLESS = (
    '<body>{% if part == 0 and letter.who == "GA" %}'
    "{% for a in letter.title %}{% for b in letter.title %}"
    + "<p>a</p>" * 40
    + "{% endfor %}{% endfor %}{% endif %}"
)


@dataclass(frozen=True)
class Issued:
    """The small edition issued once; not to be changed."""

    small: Small
    files: Mapping[str, bytes]


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Issued:
    """What comes out when nothing goes wrong."""
    small = make_small(tmp_path_factory.mktemp("issued"))
    issue(small)
    return Issued(small, files_of(small.output))


@pytest.fixture
def small(issued: Issued, tmp_path: Path) -> Small:
    """A copy of the installation with all that it issued, but Goa's letter is not there."""
    shutil.copytree(issued.small.root, tmp_path / "copy", symlinks=True)
    small = Small(tmp_path / "copy")
    for path in small.dated.glob("GA-goa.*"):
        path.unlink()
    return small


def issue(
    small: Small, *names: str, code: int = 0, before: tuple[str, ...] = (), **environment: str
) -> dict[str, Any]:
    """``patra issue --json`` in one worker process, after a command that sets the scene."""
    command = [sys.executable, "-m", "generator", "issue", str(small.edition), *names]
    done = subprocess.run(
        [*before, *command, "--json", "--root", str(small.root), "--jobs", "1"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
    assert done.returncode == code, done.stdout + done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def statuses(document: Mapping[str, Any]) -> dict[str, str]:
    """Each letter's status."""
    return {letter["who"]: letter["status"] for letter in document["letters"]}


def told(document: Mapping[str, Any]) -> str:
    """Everything that the command says went wrong."""
    errors = [document.get("error"), *(x["error"] for x in document.get("letters", ()))]
    assert all(error["remedy"] for error in errors if error)
    return " ".join(error["message"] for error in errors if error)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def assert_whole(small: Small, issued: Issued) -> None:
    """All that was issued before is there again, and nothing else."""
    assert files_of(small.output) == issued.files
    assert sums_pass(small.dated) == len(issued.files) - 1
    assert sorted(path.name for path in small.output.iterdir()) == [
        "2025-12-11",
        FILE,
        "store",
    ]


def make_endless(small: Small) -> str:
    """A page that is never finished for one recipient; returns the page as it was."""
    page = small.kind / "page.html"
    before = page.read_text("utf-8")
    page.write_text(before.replace("<body>", ENDLESS, 1), "utf-8")
    return before


# --- one letter's process -----------------------------------------------------------------------


def test_a_letter_that_hangs_fails_alone_and_is_made_once_its_page_is_mended(
    tmp_path: Path,
) -> None:
    small = make_small(tmp_path)
    page = make_endless(small)

    document = issue(small, code=6, PATRA_LETTER_SECONDS="30")
    (small.kind / "page.html").write_text(page, "utf-8")
    again = issue(small, "GA")

    assert statuses(document) == {"HR": "issued", "GA": "failed", "CH": "issued"}
    assert "longer than 30 seconds" in told(document)
    assert statuses(again) == {"GA": "issued"}
    assert sums_pass(small.dated) >= 7


def test_a_letter_whose_process_is_killed_fails_alone_and_is_made_when_run_again(
    tmp_path: Path,
) -> None:
    small = make_small(tmp_path)
    page = make_endless(small)
    process = start_issue(small, small.output, "--jobs", "1")

    wait_until((small.dated / "HR-haryana.pdf").exists)
    (worker,) = workers_of(process.pid)
    os.kill(worker, signal.SIGKILL)
    stdout, stderr = process.communicate(timeout=ROOM)

    assert process.returncode == 6, stdout + stderr
    document = json.loads(stdout)
    assert statuses(document) == {"HR": "issued", "GA": "failed", "CH": "issued"}
    assert "The process making this letter died (Killed, signal 9)" in told(document)
    assert nothing_runs(process.pid)
    (small.kind / "page.html").write_text(page, "utf-8")
    assert statuses(issue(small, "GA")) == {"GA": "issued"}


def wait_until(condition: Callable[[], object]) -> None:
    """Waits until something is so."""
    deadline = time.monotonic() + ROOM
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def workers_of(session: int) -> list[int]:
    """The worker processes of a session: copies of the one that has loaded their libraries."""
    lines = {pid: Path(f"/proc/{pid}/cmdline").read_text("utf-8") for pid in members(session)}
    copies = {pid for pid, line in lines.items() if "forkserver" in line}
    return [pid for pid in copies if parent_of(pid) in copies]


def parent_of(pid: int) -> int:
    """The process that began another."""
    return int(Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[1])


# --- the disk -----------------------------------------------------------------------------------


def test_a_file_that_cannot_be_written_to_its_end_is_not_there_at_all(
    small: Small, issued: Issued
) -> None:
    process = start_issue(small, small.output, "--jobs", "1")
    wait_until(lambda: workers_of(process.pid))
    limit = 90 * 1024  # the PDF has more; the worker has none, and its fonts have more
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (limit, limit))
    stdout, stderr = process.communicate(timeout=ROOM)
    left = sorted(path.name for path in small.dated.iterdir())
    again = issue(small)

    assert process.returncode == 7, stdout + stderr
    document = json.loads(stdout)
    assert statuses(document)["GA"] == "refused"
    assert "File too large" in told(document)
    assert left == sorted(set(issued.files) - {"GA-goa.docx", "GA-goa.pdf"})
    assert statuses(again) == {"HR": "unchanged", "GA": "issued", "CH": "unchanged"}
    assert_whole(small, issued)


@pytest.mark.slow
@pytest.mark.parametrize("part", [0.02, 0.1, 0.5, 0.8, 0.85, 0.9, 0.95, 0.99])
def test_a_full_disk_is_told_and_leaves_nothing_half_written(
    issued: Issued, tmp_path: Path, part: float
) -> None:
    """Needs leave to mount: as root, outside of a container or in one with CAP_SYS_ADMIN."""
    small = make_small(tmp_path)
    small.output.mkdir()
    size = int(part * blocks(issued.small.output))
    mount("mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", small.output)
    try:
        document = issue(small, code=7)
        files = files_of(small.output)
        mount("mount", "-o", "remount,size=16m", small.output)
        issue(small)
        assert_whole(small, issued)
    finally:
        mount("umount", small.output)

    assert "full" in told(document) or "No space left" in told(document)
    letters = {name for name in files if name.endswith((".pdf", ".docx"))}
    assert all(files[name] == issued.files[name] for name in letters)
    assert all(files[name] for name in files)


def blocks(folder: Path) -> int:
    """How many KiB a folder's files take, in blocks of four."""
    sizes = (path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return sum(-(-size // 4096) * 4 for size in sizes)


def mount(*command: object) -> None:
    """Runs mount or umount."""
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"run this test where mounting is allowed: {done.stderr}"


def test_no_room_for_temporary_files_is_told_and_nothing_is_changed(small: Small) -> None:
    before = tree(small.output)

    document = issue(small, code=6, before=("bash", "-c", 'ulimit -f 90 && exec "$@"', "bash"))

    assert "Temporary files cannot be written" in told(document)
    assert tree(small.output) == before


def forbid(name: str, mode: int) -> Callable[[Small], object]:
    """Changes the permissions of something below the output folder."""
    return lambda small: (small.output / name).chmod(mode)


FORBIDDEN = {
    "the output": (forbid(".", 0o555), "cannot be"),
    "the dated folder": (forbid("2025-12-11", 0o555), "2025-12-11/GA-goa.docx cannot be written"),
    "the register": (forbid(FILE, 0o440), "register.sqlite3 cannot be used"),
}


@pytest.mark.parametrize("case", FORBIDDEN)
def test_what_may_not_be_written_is_told_and_nothing_is_changed(
    small: Small, issued: Issued, case: str
) -> None:
    forbidding, message = FORBIDDEN[case]
    before = tree(small.output)
    forbidding(small)

    document = issue(small, code=7, before=BEHIND if os.geteuid() == 0 else ())

    for name, mode in ((".", 0o750), ("2025-12-11", 0o750), (FILE, 0o640)):
        (small.output / name).chmod(mode)
    assert message in told(document)
    assert {n: d for n, d in tree(small.output).items() if not n.startswith("store/")} == {
        n: d for n, d in before.items() if not n.startswith("store/")
    }


# --- something in the way -----------------------------------------------------------------------


def folder_for(name: str) -> Callable[[Small], Path]:
    """Puts a folder where a file belongs."""

    def put(small: Small) -> Path:
        path = small.output / name
        path.unlink(missing_ok=True)
        path.mkdir()
        (path / "note.txt").write_text("somebody's")
        return path

    return put


def file_for(name: str) -> Callable[[Small], Path]:
    """Puts a file where a folder belongs, which somebody moved aside."""

    def put(small: Small) -> Path:
        path = small.output / name
        path.rename(small.root / "aside")
        path.write_text("somebody's")
        return path

    return put


IN_THE_WAY = {
    "a folder for a letter": (folder_for("2025-12-11/GA-goa.pdf"), "GA-goa.pdf"),
    "a folder for the manifest": (folder_for("2025-12-11/manifest.json"), "manifest.json"),
    "a folder for the sums": (folder_for("2025-12-11/SHA256SUMS"), "SHA256SUMS"),
    "a file for the dated folder": (file_for("2025-12-11"), "2025-12-11"),
    "a file for the store": (file_for("store"), "store"),
}


@pytest.mark.parametrize("case", IN_THE_WAY)
def test_what_stands_in_the_way_is_told_and_left_alone_until_it_is_moved(
    small: Small, issued: Issued, case: str
) -> None:
    putting, name = IN_THE_WAY[case]
    path = putting(small)

    document = issue(small, code=7)

    assert name in told(document)
    assert set(statuses(document)) == {"HR", "GA", "CH"}, "each letter is told of"
    note = path / "note.txt" if path.is_dir() else path
    assert note.read_text() == "somebody's"
    (shutil.rmtree if path.is_dir() else Path.unlink)(path)
    if (small.root / "aside").exists():
        (small.root / "aside").rename(path)
    issue(small)
    assert files_of(small.output) == issued.files


def test_a_folder_for_the_register_is_told(small: Small) -> None:
    (small.output / FILE).unlink()
    (small.output / FILE).mkdir()

    assert "register.sqlite3" in told(issue(small, code=7))


def test_letters_that_may_not_be_read_are_told_and_the_others_go_on(small: Small) -> None:
    (small.dated / "HR-haryana.pdf").chmod(0)

    document = issue(small, code=7, before=BEHIND if os.geteuid() == 0 else ())

    assert statuses(document) == {"HR": "refused", "GA": "issued", "CH": "unchanged"}
    assert "HR-haryana.pdf cannot be read: Permission denied" in told(document)


def test_a_file_of_the_edition_that_may_not_be_read_is_code_3(small: Small) -> None:
    (small.edition / "notes.txt").touch(mode=0)

    document = issue(small, code=3, before=BEHIND if os.geteuid() == 0 else ())

    assert "notes.txt cannot be read" in told(document)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"not a register",
        lambda data: data[:5000],
        lambda data: b"\0" * len(data),
        lambda data: b"",
    ],
    ids=["other content", "cut off", "zeros", "empty"],
)
def test_a_register_that_is_spoilt_is_told_and_not_replaced(
    small: Small, spoil: Callable[[bytes], bytes]
) -> None:
    register = small.output / FILE
    register.write_bytes(spoil(register.read_bytes()))
    before = tree(small.output)

    document = issue(small, code=7)

    assert "register.sqlite3" in told(document)
    assert tree(small.output) == before


# --- two at once --------------------------------------------------------------------------------


def test_two_runs_at_the_same_time_both_end_and_their_letters_are_whole(
    issued: Issued, tmp_path: Path
) -> None:
    small = make_small(tmp_path)

    runs = [start_issue(small, small.output, *names) for names in (("HR", "GA"), ("GA", "CH"))]
    outputs = [run.communicate(timeout=ROOM) for run in runs]

    assert [run.returncode for run in runs] == [0, 0], outputs
    numbers = [entry.number.rpartition("-")[2] for entry in all_entries(small.output)]
    assert numbers == ["1", "2", "3"]
    manifest = json.loads((small.dated / "manifest.json").read_text("utf-8"))
    assert {letter["who"] for letter in manifest["letters"]} == {"HR", "GA", "CH"}
    letters = {name for name in issued.files if name.endswith((".pdf", ".docx"))}
    assert {n: d for n, d in files_of(small.output).items() if n in letters} == {
        n: issued.files[n] for n in letters
    }
    assert sums_pass(small.dated) == len(issued.files) - 1


# --- what a killed run leaves behind ------------------------------------------------------------


def ended_process() -> int:
    """The id of a process that is no more."""
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


def test_the_staging_folder_of_a_run_that_is_gone_is_removed(tmp_path: Path) -> None:
    with staging(tmp_path) as own:
        left = own.with_name(own.name.replace(f"-{os.getpid()}-", f"-{ended_process()}-"))
    left.mkdir()
    (left / "HR-haryana.pdf").write_bytes(b"%PDF half")

    with staging(tmp_path) as own:
        assert list(tmp_path.iterdir()) == [own]


def test_the_staging_folder_of_a_living_run_stays(tmp_path: Path) -> None:
    with staging(tmp_path) as own, staging(tmp_path):
        assert own.is_dir()


@pytest.mark.parametrize("name", [f"{STAGING}elsewhere-1-abc", f"{STAGING}abc"])
def test_a_staging_folder_of_nobody_known_is_removed_when_it_is_a_day_old(
    tmp_path: Path, name: str
) -> None:
    left = tmp_path / name
    left.mkdir()

    with staging(tmp_path):
        assert left.is_dir()
    os.utime(left, (time.time() - 90_000,) * 2)
    with staging(tmp_path):
        assert not left.exists()
