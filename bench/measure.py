"""One command or one call, timed: wall clock, processor time, memory of the largest process."""

from __future__ import annotations

import ctypes
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

OFTEN = 0.2
"""Seconds between two looks at the memory of a command's processes."""
SET_CHILD_SUBREAPER = 36
BUSY = 0.3
"""Processors that others may use before a measurement says so."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run: ``seconds`` by the wall clock, ``cpu`` seconds of all its processes together.

    ``megabytes`` is what the largest process came to; 0 of a call in this process.
    """

    seconds: float
    cpu: float = 0.0
    megabytes: float = 0.0

    def __truediv__(self, parts: float) -> Run:
        """The run's share of one of so many equal parts."""
        return Run(self.seconds / parts, self.cpu / parts, self.megabytes)

    def __add__(self, other: Run) -> Run:
        """Two runs one after the other."""
        largest = max(self.megabytes, other.megabytes)
        return Run(self.seconds + other.seconds, self.cpu + other.cpu, largest)


def run_command(command: Sequence[str | Path], *, cwd: Path | None = None) -> Run:
    """Runs a command to its end, its output thrown away.

    Raises:
        RuntimeError: It failed; with the end of what it said.
    """
    _adopt_orphans()
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, stdout=said, stderr=said, start_new_session=True
        )
        memory = _Memory(process.pid)
        _pid, status, used = os.wait4(process.pid, 0)  # with the children it waited for
        seconds = time.perf_counter() - began
        cpu = used.ru_utime + used.ru_stime + _orphans(process.pid)
        process.returncode = os.waitstatus_to_exitcode(status)
        most = memory.stop()
        if process.returncode:
            said.seek(0)
            end = said.read()[-2000:].decode(errors="replace")
            name = " ".join(map(str, command[:4]))
            raise RuntimeError(f"{name} … ended with {process.returncode}: {end}")
    return Run(seconds, cpu, most)


def _adopt_orphans() -> None:
    """Processes that a command leaves behind become children of this one (Linux, prctl(2))."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _orphans(group: int) -> float:
    """Processor seconds of those of a process group, when each has ended.

    The process that workers are copies of is one, and has waited for them.
    """
    seconds = 0.0
    with suppress(ChildProcessError):
        while True:
            _pid, _status, used = os.wait4(-group, 0)
            seconds += used.ru_utime + used.ru_stime
    return seconds


class _Memory:
    """Watches the processes of a session from beside; each one's own high-water mark counts.

    What ``wait4`` tells will not do: a new process begins with the mark of the one it came from.
    """

    def __init__(self, session: int) -> None:
        self._session, self._most, self._done = session, 0.0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._done.wait(OFTEN):
            self._most = max([self._most, *memory_of_session(self._session)])

    def stop(self) -> float:
        """The megabytes that the largest process came to."""
        self._done.set()
        self._thread.join()
        return self._most


def memory_of_session(session: int) -> Iterator[float]:
    """The most megabytes that each living process of a session ever held (Linux's VmHWM)."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(folder.name)) == session:
                status = (folder / "status").read_text()
                held = next(line for line in status.splitlines() if line.startswith("VmHWM"))
                yield int(held.split()[1]) / 1024
        except (OSError, StopIteration):  # it has ended meanwhile
            continue


def busy_processors(seconds: float = 1.0) -> float:
    """How many processors are busy just now, while this process waits.

    The load average would count what was measured a minute ago.
    """
    before = _ticks()
    time.sleep(seconds)
    busy, whole = (after - ago for after, ago in zip(_ticks(), before, strict=True))
    return (os.cpu_count() or 1) * busy / max(whole, 1)


def _ticks() -> tuple[int, int]:
    """Ticks of all processors since the machine's start: the busy ones, and all."""
    first = Path("/proc/stat").read_text().splitlines()[0]
    user, nice, system, idle, waiting, *rest = map(int, first.split()[1:9])
    busy = user + nice + system + sum(rest)
    return busy, busy + idle + waiting


def run_call(call: Callable[[], object]) -> Run:
    """Calls a function in this process."""
    began, cpu = time.perf_counter(), time.process_time()
    call()
    return Run(time.perf_counter() - began, time.process_time() - cpu)


def in_turn(contestants: Mapping[str, Callable[[], Run]], rounds: int) -> dict[str, list[Run]]:
    """Runs all contestants one after the other, so often; what slows the machine slows all."""
    runs: dict[str, list[Run]] = {name: [] for name in contestants}
    for _round in range(rounds):
        for name, contestant in contestants.items():
            runs[name].append(contestant())
    return runs


def median(runs: Sequence[Run]) -> Run:
    """The medians of their seconds, processor times and megabytes."""
    return Run(
        statistics.median(run.seconds for run in runs),
        statistics.median(run.cpu for run in runs),
        statistics.median(run.megabytes for run in runs),
    )
