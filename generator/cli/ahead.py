"""Processes that load their libraries while the command still loads its own, and reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager


@contextmanager
def pool_ahead(names: Sequence[str], jobs: int, scheduler: str) -> Iterator[None]:
    """Inside, the processes of a pool get ready while it is not yet known for what.

    Args:
        names: For whom the run is; none: for everyone.
        jobs: How many processes at most.
        scheduler: Where a cluster makes the letters, whose processes are there already.
    """
    from generator.workers import load_libraries, processes_ahead

    count = min(jobs, len(names)) if names else jobs
    with processes_ahead(0 if scheduler else count, load_libraries):
        yield
