"""How the processes that make letters begin: as copies of one that has loaded all libraries.

That one is begun with the command and loads while the command reads: a second of a processor, once
for all. Its copies need none, and share its memory. It has no second thread when it is copied, and
no font yet, since Pango dislikes forks after either. Where it cannot be had each process loads for
itself.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import forkserver, get_context, resource_tracker
from multiprocessing.process import BaseProcess
from signal import SIG_BLOCK, SIG_SETMASK, SIGINT, pthread_sigmask
from tempfile import gettempdir
from threading import Lock
from types import ModuleType

LOADED = "generator.workers.loaded"
"""The module that loads them."""

LONGEST = 70
"""Bytes of the name of the folder for temporary files, in which that process has its socket: a
socket's name has 107 at most (unix(7))."""

_alone = Lock()
"""What is set for a moment while a process begins is set for the whole of this one."""


def load_ahead() -> None:
    """Begins the process that the others are copies of; it loads while this one goes on."""
    if _can_copy():
        with _alone, _same_modules(), _no_main(), _no_interrupt():
            forkserver.set_forkserver_preload([LOADED])
            forkserver.ensure_running()


def begin_process(target: Callable[..., object], *arguments: object) -> BaseProcess:
    """Begins a process that calls the function; it ends with this one at the latest.

    Raises:
        OSError: The system refuses another process.
    """
    load_ahead()
    of_kind = get_context("forkserver").Process if _can_copy() else get_context("spawn").Process
    process = of_kind(target=target, args=arguments, daemon=True)
    with _alone, _same_modules(), _no_main(), _no_interrupt():
        process.start()
    return process


def _can_copy() -> bool:
    """Elsewhere than on Linux the system's own libraries do not bear it."""
    return sys.platform == "linux" and len(os.fsencode(gettempdir())) <= LONGEST


@contextmanager
def _same_modules() -> Iterator[None]:
    """Inside, a process that is begun looks for modules where this one does.

    Python would look in the current folder first, where anything may lie.
    """
    ours = {
        "PYTHONSAFEPATH": "1",
        "PYTHONPATH": os.pathsep.join(folder for folder in sys.path if folder),
    }
    before = {name: os.environ.get(name) for name in ours}
    os.environ.update(ours)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _no_main() -> Iterator[None]:
    """Inside, Python does not have a new process run the command's own file again.

    All that processes do stands in modules; the command line alone takes a tenth of a second.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """An interrupt of the whole group must not reach a new process before it can ignore it."""
    resource_tracker.ensure_running()  # begins with a mask of its own, and takes ours away
    mask = pthread_sigmask(SIG_BLOCK, {SIGINT})
    try:
        yield
    finally:
        pthread_sigmask(SIG_SETMASK, mask)
