"""Where a run's letters are made: in processes of this machine, or by a Dask cluster."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor

from generator.errors import UsageError
from generator.run.prepare import Prepared
from generator.workers import start_pool

EXTRA = ".venv/bin/pip install -c constraints.txt -e '.[cluster]'"
"""What installs Dask beside patra."""


def open_pool(
    prepared: Prepared,
    jobs: int,
    scheduler: str = "",
    meanwhile: Callable[[], object] = int,
) -> Executor:
    """What makes the letters; each process has read every template when this returns.

    Args:
        prepared: The edition.
        jobs: How many processes at most; of a cluster as many as it has.
        scheduler: The address of a Dask cluster's scheduler; "": this machine.
        meanwhile: What is done beside it, or before; where it fails, so does this.

    Raises:
        TemplateError: A template of the kind cannot be read.
        RenderError: A process cannot be started.
        UsageError: The cluster cannot be used, or the time limit is no number of seconds.
    """
    paths, edition = prepared.paths, prepared.edition
    kind = paths.kind(edition.kind)
    if not scheduler:
        return start_pool(kind, paths.fonts, min(jobs, len(prepared.chosen)), meanwhile)
    meanwhile()
    try:
        from generator.workers.cluster import start_cluster  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise UsageError(
            f"--scheduler needs Dask, which is not installed here ({error.name} is missing)",
            f"Install it in the project's folder with: {EXTRA}",
        ) from error
    return start_cluster(scheduler, kind, paths.fonts, edition.letterhead.logo)
