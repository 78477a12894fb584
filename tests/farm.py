"""A real Dask scheduler and real workers on this machine, ended whatever happens."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGCONT, SIGKILL, SIGSTOP
from types import TracebackType

from PIL import Image

from tests.command import ROOT
from tests.issued import SVG
from tests.kills import members
from tests.small import RECIPIENTS, Small, make_small

HELPERS = (b"multiprocessing.resource_tracker", b"multiprocessing.forkserver")
"""What stays below a worker while it runs: neither makes letters."""

PEOPLE = (
    *RECIPIENTS,
    ("PB", "Shri", "नमूना चार", "Namuna Four", "IAS", "m"),
    ("KL", "Smt.", "नमूना पाँच", "Namuna Five", "IAS", "f"),
)

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

    @contextmanager
    def silent_scheduler(self) -> Iterator[None]:
        """Inside, the scheduler is there and answers nothing."""
        assert self._scheduler
        with silent(self._scheduler):
            yield

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


@contextmanager
def silent(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Inside, a process is there and does nothing."""
    os.kill(process.pid, SIGSTOP)
    try:
        yield
    finally:
        os.kill(process.pid, SIGCONT)


def letter_processes(worker: subprocess.Popen[bytes]) -> list[int]:
    """The processes that make letters for a worker, whether below it or below a helper of it."""
    return [
        process
        for process in members(worker.pid)
        if process != worker.pid and not _is_helper(process, worker.pid)
    ]


def _is_helper(process: int, worker: int) -> bool:
    """Whether it is one of the worker's own helpers; a letter's process may be a copy of one."""
    try:
        parent = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
        words = Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:  # it has just ended
        return True
    return parent == worker and any(helper in words for helper in HELPERS)


def end(process: subprocess.Popen[bytes]) -> None:
    """Kills a process with all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, SIGKILL)
    process.wait()


def make_five(root: Path) -> Small:
    """An installation with five letters to be, with a logo in the head."""
    small = make_small(root)
    small.write_recipients(*PEOPLE)
    (small.edition / "logo.svg").write_text(SVG)
    Image.new("RGB", (40, 40), (18, 52, 86)).save(small.edition / "logo.png")
    small.edit("edition.toml", "[letterhead]\n", '[letterhead]\nlogo = "logo.svg"\n')
    return small


def another_version(folder: Path) -> Path:
    """A folder with this program under another version."""
    shutil.copytree(ROOT / "generator", folder / "other" / "generator")
    begin = folder / "other" / "generator" / "__init__.py"
    begin.write_text('"""Another."""\n\n__version__ = "0.0.9"\n', "utf-8")
    return folder / "other"
