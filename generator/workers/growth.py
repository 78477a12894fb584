"""How much memory a worker process holds, and when it has grown so much that another begins."""

from __future__ import annotations

import resource
import sys
from contextlib import suppress
from ctypes import CDLL
from pathlib import Path

SETTLED = 16
"""Tasks after which a process has laid out, parsed and cached what all letters share."""

GROWN = 1.1
"""How many times its settled memory a process may come to before another takes its place."""

LEAST = 24 * 2**20
"""Bytes that it may grow by in any case."""

LARGE = 2**17
"""Bytes of a block that is large: what glibc begins with."""

_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8
_PAGES = Path("/proc/self/statm")


def return_large_blocks() -> None:
    """From now on a large block goes back to the system when it is freed (glibc, mallopt(3)).

    By itself glibc keeps blocks of the size that it was once given, for each thread: the command,
    to which every letter comes as half a megabyte through a thread of its own, held 20 MB of them.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            library = CDLL(None)
            library.mallopt(_M_MMAP_THRESHOLD, LARGE)
            library.mallopt(_M_ARENA_MAX, 1)


class Growth:
    """Watches the memory of this process, task by task."""

    def __init__(self) -> None:
        self._tasks, self._settled = 0, 0

    def is_too_much(self) -> bool:
        """Whether the process should leave, now that it has done one more task."""
        self._tasks += 1
        if self._tasks <= SETTLED:
            self._settled = max(self._settled, resident())
            return False
        return resident() > max(self._settled * GROWN, self._settled + LEAST)


def resident() -> int:
    """The bytes of memory that this process holds; without Linux, the most it ever held."""
    try:
        pages = int(_PAGES.read_text().split()[1])
    except OSError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024
    return pages * resource.getpagesize()
