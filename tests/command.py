"""The real command in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


def patra(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Runs ``patra`` and returns what it printed and its exit code."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def patra_json(*arguments: object, code: int = 0, cwd: Path = ROOT) -> dict[str, Any]:
    """Runs ``patra … --json``, which must exit with ``code`` and print one JSON document."""
    done = patra(*arguments, "--json", cwd=cwd)
    assert done.returncode == code, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    document: dict[str, Any] = json.loads(done.stdout)
    return document
