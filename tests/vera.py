"""veraPDF, the archives' validator, in a process of its own (``vera_java.py``).

Java and Python in one process get in each other's way when it ends: a run of tests that all passed
ended in a segmentation fault.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Verdict:
    """What veraPDF says of a file in one flavour."""

    flavour: str
    checks: int
    faults: tuple[str, ...]


def validate(file: Path) -> list[Verdict]:
    """A verdict for each flavour that the file claims; none where it claims nothing."""
    judge = _judge()
    assert judge.stdin
    assert judge.stdout
    print(file, file=judge.stdin, flush=True)
    answer = judge.stdout.readline()
    assert answer, "veraPDF gave no answer: what it printed tells why"
    return [Verdict(name, checks, tuple(faults)) for name, checks, faults in json.loads(answer)]


@cache
def _judge() -> subprocess.Popen[str]:
    """The process, started once: Java needs seconds to start."""
    command = [sys.executable, "-m", "tests.vera_java"]
    pipe = subprocess.PIPE
    judge = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
    atexit.register(judge.communicate)
    return judge
