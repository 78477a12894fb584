"""One worker process: it is given a task, answers, and is replaced when it dies, hangs or grows."""

from __future__ import annotations

import errno
import gc
import os
import pickle
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing import Pipe, parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from signal import (
    SIG_DFL,
    SIG_IGN,
    SIG_SETMASK,
    SIGINT,
    SIGTERM,
    pthread_sigmask,
    signal,
    strsignal,
)
from threading import Lock, Thread, Timer
from time import monotonic
from typing import Any, TypeAlias, TypeVar

from generator.errors import PatraError, RenderError, TracedError, trace_of
from generator.workers.beginning import begin_process
from generator.workers.growth import Growth

Result = TypeVar("Result")
Start: TypeAlias = Callable[[], object]
SETTING = "PATRA_LETTER_SECONDS"
"""The environment variable that sets how long a letter may take."""

START_SECONDS = 120.0
"""How long a process may take to load its libraries and templates: one or two are usual."""

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})

LEAVE_SECONDS = 10.0
"""How long a process may take to leave that was asked to."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a task returned; or what it raised, with where. ``leaves``: the process ends with it."""

    result: Any = None
    error: Exception | None = None
    trace: str = ""
    leaves: bool = False


class WorkerProcess:
    """A place in the pool with a process in it, started when first needed.

    Another is started for the next task after one was lost, or has left as it had grown.

    Args:
        start: What the process does first.
        seconds: How long it may take for a task.
        folder: Where it keeps its temporary files.
    """

    def __init__(self, start: Start, seconds: float, folder: Path) -> None:
        self._start, self._seconds, self._folder = start, seconds, folder
        self._process: BaseProcess | None = None
        self._link: Connection | None = None
        self._ready = self._ended = False
        self._lock = Lock()

    def run(self, task: Callable[[], Result]) -> Result:
        """What the task returns, in the process.

        Raises:
            RenderError: The process died or took too long; the next task has a new one.
            Exception: What the task raised.
        """
        if not self._ready or self._process is None or not self._process.is_alive():
            self._prepare()
        result: Result = self._ask(task, self._seconds)
        return result

    def _prepare(self) -> None:
        """Has a new process do what comes first; one that fails at it is never given a task."""
        with self._lock:
            if self._ended:
                raise RenderError("The run is being ended", "Run again to finish.")
            self._forget()
            self._process, self._link = _begin(self._folder)
        self._ask(self._start, START_SECONDS)
        self._ready = True

    def _ask(self, task: object, seconds: float) -> Any:  # noqa: ANN401 - what the task gives
        """Sends a task and waits for the answer."""
        process, link = self._process, self._link
        if process is None or link is None:
            raise RenderError("The run is being ended", "Run again to finish.")
        began, limit = monotonic(), Timer(seconds, process.kill)
        limit.daemon = True
        limit.start()
        try:
            link.send(task)
            answer: _Answer = link.recv()
        except (EOFError, OSError) as error:
            late = seconds if monotonic() - began >= seconds else None
            raise _lost(process, late) from error
        finally:
            limit.cancel()
        self._ready = self._ready and not answer.leaves
        if answer.error:
            raise answer.error from (TracedError(answer.trace) if answer.trace else None)
        return answer.result

    def kill(self) -> None:
        """Ends the process at once; none is started after it."""
        with self._lock:
            self._ended = True
            if self._process:
                self._process.kill()

    def dismiss(self) -> None:
        """Asks the process to leave, which it does when it is idle."""
        with self._lock:
            self._ended = True
            if self._link:
                self._link.close()

    def join(self) -> None:
        """Waits until the process is gone; one that does not leave is killed."""
        if self._process:
            self._process.join(LEAVE_SECONDS)
            self._process.kill()
            self._process.join()
            self._forget()

    def _forget(self) -> None:
        if self._link:
            self._link.close()
        if self._process:
            self._process.join()  # it has left, or leaves as its link is closed
            self._process.close()
        self._process = self._link = None
        self._ready = False


def _lost(process: BaseProcess, late: float | None) -> RenderError:
    """Why a process gave no answer: it died, or was stopped after so many seconds."""
    process.kill()
    process.join()
    if late:
        return RenderError(
            f"Making this letter took longer than {late:g} seconds and was stopped",
            "Run again to finish; where the machine is slow, set the environment variable "
            f"{SETTING} to more seconds.",
        )
    code = process.exitcode or 0
    how = f"{strsignal(-code)}, signal {-code}" if code < 0 else f"exit code {code}"
    return RenderError(
        f"The process making this letter died ({how})",
        "Run again to finish; where it dies again, see that the machine has memory left.",
    )


def _begin(folder: Path) -> tuple[BaseProcess, Connection]:
    """A process that waits for what it is to do first, and the link to it."""
    ours, theirs = Pipe()
    with theirs:
        return begin_process(_serve, theirs, str(folder)), ours


def _serve(link: Connection, folder: str) -> None:
    """The worker's life: an interrupt is the parent's to handle, who ends this process too."""
    signal(SIGINT, SIG_IGN)
    signal(SIGTERM, SIG_DFL)
    pthread_sigmask(SIG_SETMASK, ())
    Thread(target=_leave_with_parent, daemon=True).start()
    tempfile.tempdir = folder
    with suppress(EOFError):
        link.send(_attempt(link.recv()))
        _answer_tasks(link)
    gc.freeze()  # no garbage is looked for in a process that ends


def _answer_tasks(link: Connection) -> None:
    """Does tasks until the process has grown; an EOFError says that there are no more."""
    growth, leaves = Growth(), False
    while not leaves:
        answer = _attempt(link.recv())
        leaves = growth.is_too_much()
        link.send(replace(answer, leaves=leaves))


def _attempt(task: Callable[[], object]) -> _Answer:
    try:
        return _Answer(task())
    except PatraError as error:
        return _Answer(error=error)
    except Exception as error:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            return _Answer(error=_no_room(error))
        return _Answer(error=_portable(error), trace=trace_of(error))


def _no_room(error: OSError) -> RenderError:
    return RenderError(
        f"Temporary files cannot be written: {error.strerror}",
        f"Make room in {Path(tempfile.gettempdir()).parent}, or set the environment variable "
        "TMPDIR to a folder with room; then run again.",
    )


def _portable(error: Exception) -> Exception:
    """The error, or where it cannot be sent to another process one that says the same."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - its own bytes
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _leave_with_parent() -> None:
    """Waits for the parent's end, however it comes, and leaves nothing running behind it."""
    parent = parent_process()
    if parent:
        parent.join()
    os._exit(1)
