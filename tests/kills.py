"""The real command killed, by time or before a step on disk, and what must hold afterwards.

A step is what Python does with a name below the output folder: write, rename, make or remove. The
killing is real: SIGKILL to the whole process group, as when the power of a session is cut.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.fingerprint import sha256
from generator.register import FILE, all_entries
from tests.command import ROOT, patra_json
from tests.small import Small

HOOK = """
import atexit, os, signal, sys
count, at, below = 0, int(os.environ["KILL_AT"]), os.environ["KILL_BELOW"]
steps = {"sqlite3.connect", "os.rename", "os.mkdir", "os.rmdir", "os.remove"}
def step(event, arguments):
    global count
    if event in steps or event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR):
        if any(below in str(argument) for argument in arguments):
            count += 1
            if count == at:
                os.killpg(0, signal.SIGKILL)
def tell():
    if count:
        with open(os.environ["KILL_COUNT"], "w") as file:
            file.write(str(count))
sys.addaudithook(step)
atexit.register(tell)
"""

ROOM = 60.0
SUM = re.compile(r"[0-9a-f]{64}  [A-Za-z0-9.-]+")


@dataclass(frozen=True)
class Undisturbed:
    """An issue that nothing disturbed: its files, numbers, and how long and in how many steps."""

    files: Mapping[str, bytes]
    store: frozenset[str]
    numbers: Mapping[str, str]
    seconds: float
    steps: int


@dataclass
class Campaign:
    """Kills one after the other, on one output folder until it is finished, then on a new one."""

    small: Small
    folder: Path
    undisturbed: Undisturbed
    chance: random.Random
    kills: int = 0
    outputs: int = 0
    states: list[str] = field(default_factory=list)

    def run(self, kills: int, each: int = 4) -> None:
        """Kills so many times; finishes and compares after every few."""
        while self.kills < kills:
            output = self.folder / f"output-{self.outputs}"
            self.outputs += 1
            known: dict[str, str] = {}
            for _ in range(each):
                if self.kills == kills or not self._kill_at_random(output):
                    break
                self.kills += 1
                self.states.append(check_after_kill(output, self.undisturbed, known))
            finish(self.small, output, self.undisturbed)

    def _kill_at_random(self, output: Path) -> bool:
        if self.chance.random() < 0.5:
            moment = self.chance.uniform(0.3, 1.0) * self.undisturbed.seconds
            return kill_at(self.small, output, moment)
        return kill_before(self.small, output, self.chance.randint(1, self.undisturbed.steps))


def start_issue(
    small: Small, output: Path, *arguments: object, **environment: str
) -> subprocess.Popen[str]:
    """``patra issue --json`` in a session, and so in a process group, of its own."""
    return start(small, output, "issue", *arguments, **environment)


def start(
    small: Small, output: Path, command: str, *arguments: object, **environment: str
) -> subprocess.Popen[str]:
    """``patra COMMAND --json`` of the edition, in a session of its own."""
    words = [sys.executable, "-m", "generator", command, small.edition, *arguments]
    return subprocess.Popen(
        [*map(str, words), "--json", "--root", str(small.root), "--output", str(output)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        start_new_session=True,
    )


def stepping(folder: Path, output: Path, at: int) -> dict[str, str]:
    """The environment in which a command is killed before a step, or only counts (0)."""
    hook = folder / "hook"
    hook.mkdir(exist_ok=True)
    (hook / "sitecustomize.py").write_text(HOOK, "utf-8")
    return {
        "PYTHONPATH": f"{hook}:{ROOT}",
        "KILL_AT": str(at),
        "KILL_BELOW": str(output),
        "KILL_COUNT": str(hook / "count"),
    }


def issue_undisturbed(small: Small, folder: Path) -> Undisturbed:
    """Issues the edition once, and measures."""
    output = folder / "undisturbed"
    began = time.monotonic()
    process = start_issue(small, output, "--jobs", "1", **stepping(folder, output, 0))
    stdout, stderr = process.communicate(timeout=ROOM)
    seconds = time.monotonic() - began
    assert process.returncode == 0, stdout + stderr
    steps = int((folder / "hook" / "count").read_text("utf-8"))
    assert steps > 50, "the steps were not counted"
    return Undisturbed(
        files_of(output),
        frozenset(path.name for path in (output / "store").iterdir()),
        {letter["who"]: letter["number"] for letter in json.loads(stdout)["letters"]},
        seconds,
        steps,
    )


def kill_at(small: Small, output: Path, moment: float) -> bool:
    """Kills the command after so many seconds; False where it had ended before."""
    process = start_issue(small, output, "--jobs", "1")
    time.sleep(moment)
    ended = process.poll() is not None
    if not ended:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=ROOM)
    assert nothing_runs(process.pid)
    return not ended


def kill_before(small: Small, output: Path, step: int, *words: str) -> bool:
    """Has the command killed before a step; False where it took fewer.

    The command is ``issue``, or these words.
    """
    environment = stepping(output.parent, output, step)
    process = start(small, output, *(words or ("issue", "--jobs", "1")), **environment)
    stdout, stderr = process.communicate(timeout=ROOM)
    assert process.returncode in (0, -signal.SIGKILL), stdout + stderr
    assert nothing_runs(process.pid)
    return process.returncode != 0


def nothing_runs(session: int) -> bool:
    """Whether every process of a session ends within a few seconds."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if not members(session):
            return True
        time.sleep(0.05)
    return False


def members(session: int) -> list[int]:
    """The processes of a session that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, _group, own = stat.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(own) == session and state != "Z":
            found.append(int(stat.parent.name))
    return found


def files_of(output: Path) -> dict[str, bytes]:
    """The files of the dated folder."""
    dated = output / "2025-12-11"
    return {path.name: path.read_bytes() for path in dated.iterdir()} if dated.exists() else {}


def check_after_kill(output: Path, undisturbed: Undisturbed, known: dict[str, str]) -> str:
    """Nothing half-written is to be seen, no number lost or doubled; says how far the run came."""
    files = files_of(output)
    for name, data in files.items():
        if name.endswith((".docx", ".pdf")):
            assert data == undisturbed.files[name], f"{name} is not whole"
    if "manifest.json" in files:
        json.loads(files["manifest.json"])
    sums = files.get("SHA256SUMS", b"").decode().splitlines()
    assert all(SUM.fullmatch(line) for line in sums)
    check_store(output)
    check_register(output, files, undisturbed, known)
    issued = sum(name.endswith(".pdf") for name in files)
    return f"{len(known)} numbers, {issued} letters, sums {bool(sums)}"


def check_store(output: Path) -> None:
    """Every content of the store is whole."""
    for path in (output / "store").glob("*"):
        assert sha256(zlib.decompress(path.read_bytes())) == path.name


def check_register(
    output: Path, files: Mapping[str, bytes], undisturbed: Undisturbed, known: dict[str, str]
) -> None:
    """Numbers are those of an undisturbed run, all or none; what it knows is there."""
    entries = all_entries(output)
    numbers = {entry.who: entry.number for entry in entries}
    assert len(set(numbers.values())) == len(entries)
    assert numbers in ({}, undisturbed.numbers)
    assert numbers.items() >= known.items(), "a number was lost or changed"
    known.update(numbers)
    for entry in entries:
        for revision in entry.revisions:
            for name, digest in revision.hashes.items():
                assert sha256(files[name]) == digest, name
    check_integrity(output)


def check_integrity(output: Path) -> None:
    """The register is a whole database; a copy is asked, so that nothing is put right by it."""
    if not (output / FILE).exists():
        return
    copy = output.parent / "copy"
    copy.mkdir(exist_ok=True)
    for part in copy.iterdir():
        part.unlink()
    for part in output.glob(f"{FILE}*"):
        shutil.copy(part, copy)
    db = sqlite3.connect(copy / FILE)
    try:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    finally:
        db.close()


def finish(small: Small, output: Path, undisturbed: Undisturbed) -> None:
    """Running again finishes, and all is as if nothing had happened."""
    where = ("--root", small.root, "--output", output, "--jobs", 1)
    document = patra_json("issue", small.edition, *where)
    assert {letter["status"] for letter in document["letters"]} <= {"issued", "unchanged"}
    numbers = {letter["who"]: letter["number"] for letter in document["letters"]}
    assert numbers == undisturbed.numbers
    assert files_of(output) == undisturbed.files
    assert {path.name for path in (output / "store").iterdir()} == undisturbed.store
    assert sums_pass(output / "2025-12-11") == len(undisturbed.files) - 1
    assert not list(output.glob(".staging-*")), "a killed run's staging folder is left"


def sums_pass(dated: Path) -> int:
    """``sha256sum -c SHA256SUMS`` passes; how many files it looked at."""
    done = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=dated, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout
    return done.stdout.count(b": OK")
