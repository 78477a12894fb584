"""A real Dask scheduler and real workers on this machine, ended whatever happens."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL
from types import TracebackType

from tests.command import ROOT

ROOM = 60.0
"""Seconds that a worker may take to be there."""

LEFT = "5 minutes"
"""They end by themselves where the tests that should end them were killed."""

READY = "Registered to:"
"""What a worker prints when its scheduler knows it."""


@dataclass
class Farm:
    """A scheduler, and the workers that were started for it; each prints into a file.

    The workers' temporary files lie in ``folder / "tmp"``.
    """

    folder: Path
    address: str = ""
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _scheduler: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Farm:
        (self.folder / "tmp").mkdir(parents=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        asked = ("dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        words = (*asked, "--idle-timeout", LEFT)
        self._scheduler = self._start("scheduler", words, {})
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for process in (*self.workers, self._scheduler):
            if process:
                end(process)

    def start_worker(self, *words: str, **environment: str) -> subprocess.Popen[bytes]:
        """Starts a worker of one process; ``--no-nanny`` unless other words are given."""
        more = words or ("--no-nanny",)
        asked = ("dask_worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", *more)
        name = f"worker{len(self.workers)}"
        worker = self._start(name, (*asked, "--no-dashboard", "--death-timeout", LEFT), environment)
        self.workers.append(worker)
        return worker

    def end_scheduler(self) -> None:
        """Kills the scheduler."""
        if self._scheduler:
            end(self._scheduler)

    def wait(self) -> None:
        """Waits until the scheduler knows every worker that runs."""
        deadline = time.monotonic() + ROOM
        for number, worker in enumerate(self.workers):
            log = self.folder / f"worker{number}.log"
            while worker.poll() is None and READY not in log.read_text("utf-8"):
                assert time.monotonic() < deadline, self.said()
                time.sleep(0.05)

    def said(self) -> str:
        """All that scheduler and workers printed."""
        return "\n".join(path.read_text("utf-8") for path in self.folder.glob("*.log"))

    def _start(
        self, name: str, words: tuple[str, ...], environment: Mapping[str, str]
    ) -> subprocess.Popen[bytes]:
        known = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(self.folder / "tmp")}
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{words[0]}", *words[1:]],
                cwd=self.folder,
                env={**known, **environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )


def end(process: subprocess.Popen[bytes]) -> None:
    """Kills a process with all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, SIGKILL)
    process.wait()
