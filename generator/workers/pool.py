"""The pool: as many letters in hand as there are processes, and one that is lost harms no other."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from functools import partial
from math import isfinite
from pathlib import Path
from queue import SimpleQueue
from typing import ParamSpec, TypeVar

from generator.errors import TemplateError, UsageError
from generator.files import temporary
from generator.workers.growth import return_large_blocks
from generator.workers.letters import start_worker
from generator.workers.process import SETTING, Start, WorkerProcess

Params = ParamSpec("Params")
Result = TypeVar("Result")

SECONDS = 120.0
"""A letter takes one or two; the first of a process some more, to lay out the shared pages."""


class Workers(Executor):
    """Processes of which each has one task at a time, so that a lost process is that task's loss.

    The standard library's pool of processes gives up every task when one process dies, and lets one
    that hangs hang. Here a thread stands beside each process and waits for its answer.

    A process that has grown leaves after its task, and another is started for the next.

    Args:
        jobs: How many processes; ``processes`` says so to who hands out the letters.
        start: What a process does first; it is pickled.
        seconds: How long a process may take for a task.
    """

    def __init__(self, jobs: int, start: Start, seconds: float) -> None:
        return_large_blocks()
        self.processes = jobs
        self._stack = ExitStack()
        folder = self._stack.enter_context(temporary())
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="worker")
        self._processes = [WorkerProcess(start, seconds, folder) for _ in range(jobs)]
        self._idle: SimpleQueue[WorkerProcess] = SimpleQueue()
        for process in self._processes:
            self._idle.put(process)
        self._starting = set[Future[int]]()

    def submit(
        self, fn: Callable[Params, Result], /, *args: Params.args, **kwargs: Params.kwargs
    ) -> Future[Result]:
        """Has a process call the function; the future holds what it returned or raised.

        The future of a task whose process died or was stopped holds a RenderError.
        """
        return self._threads.submit(self._run, partial(fn, *args, **kwargs))

    def _run(self, task: Callable[[], Result]) -> Result:
        process = self._idle.get()
        try:
            return process.run(task)
        finally:
            self._idle.put(process)

    def begin(self) -> None:
        """Starts all processes at once."""
        self._starting = {self.submit(int) for _ in self._processes}

    def start(self, meanwhile: Callable[[], object] = int) -> None:
        """Starts all processes, if they are not begun, and waits until the first is ready.

        Args:
            meanwhile: What this process does beside it.

        Raises:
            TemplateError: What the processes do first was refused.
            RenderError: Every process died, or took too long.
        """
        if not self._starting:
            self.begin()
        meanwhile()
        _wait_for_one(self._starting)

    def __exit__(self, kind: type[BaseException] | None, *_raised: object) -> None:
        """After an interrupt or a refusal nothing that is in hand is waited for."""
        self.shutdown(cancel_futures=kind is not None)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the processes after the tasks in hand, or at once where futures are cancelled."""
        if cancel_futures:
            for process in self._processes:
                process.kill()
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        if wait:
            for process in self._processes:
                process.dismiss()
            for process in self._processes:
                process.join()
            self._stack.close()


def _wait_for_one(starting: set[Future[int]]) -> None:
    """Waits until a process has begun; raises where none does, or a template is broken for all."""
    while starting:
        done, starting = wait(starting, return_when=FIRST_COMPLETED)
        errors = [first.exception() for first in done]
        if None in errors:
            return
        broken = [error for error in errors if isinstance(error, TemplateError)]
        if error := next(iter(broken or ([] if starting else errors)), None):
            raise error


def start_pool(
    kind_folder: Path, fonts: Path, jobs: int, meanwhile: Callable[[], object] = int
) -> Executor:
    """The pool that makes letters, in ``jobs`` processes; this one makes none.

    A process has read every template when this returns, so that a broken one is told before any
    number is given. ``meanwhile`` is done by this process beside it.

    Raises:
        TemplateError: A template of the kind cannot be read.
        RenderError: A process cannot be started.
        UsageError: The time limit in the environment is no number of seconds.
    """
    pool = begin_pool(kind_folder, fonts, jobs)
    try:
        pool.start(meanwhile)
    except BaseException:
        pool.shutdown(cancel_futures=True)
        raise
    return pool


def begin_pool(kind_folder: Path, fonts: Path, jobs: int) -> Workers:
    """The pool as ``start_pool`` gives it, its processes begun and not waited for.

    Raises:
        UsageError: The time limit in the environment is no number of seconds.
    """
    pool = Workers(max(jobs, 1), partial(start_worker, kind_folder, fonts), letter_seconds())
    pool.begin()
    return pool


def letter_seconds() -> float:
    """How long a letter may take.

    Raises:
        UsageError: What the environment sets is no number of seconds.
    """
    given = os.environ.get(SETTING, "")
    try:
        seconds = float(given or SECONDS)
    except ValueError:
        seconds = 0.0
    if seconds > 0 and isfinite(seconds):
        return seconds
    raise UsageError(
        f'The environment variable {SETTING} is "{given}"',
        f"Set it to the seconds that a letter may take, or leave it away: {SECONDS:.0f}.",
    )
