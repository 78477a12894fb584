"""The way to a cluster: its scheduler must answer, and its machines be fit to make our letters."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence

from distributed import Client

from generator.errors import UsageError
from generator.workers.versions import machine_versions, may_start_processes

ANSWER_SECONDS = 10.0
"""How long the scheduler may take to answer, and the first machine to be there."""

OF_SCHEDULER = ("patra", "Python", "distributed", "cloudpickle")
"""What the scheduler must have as well, since it reads what it hands on."""

COMMAND = "dask worker {} --no-nanny"

_ADDRESS = re.compile(r"(tcp|tls)://[^\s/]+:\d+")


def connect(address: str) -> Client:
    """The connection to a scheduler.

    Raises:
        UsageError: The address is none, or nothing answers there.
    """
    if not _ADDRESS.fullmatch(address):
        raise UsageError(
            f'--scheduler is "{address}", which is no address of a Dask scheduler',
            "Write --scheduler tcp://HOST:8786, or tls://HOST:8786.",
        )
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what fails is told by us
    try:
        with warnings.catch_warnings(action="ignore"):  # other versions are refused below
            return Client(address, timeout=ANSWER_SECONDS, set_as_default=False)
    except (OSError, ImportError, ValueError, TypeError) as error:
        raise UsageError(
            f"No Dask scheduler answers at {address} within {ANSWER_SECONDS:g} seconds ({error})",
            "Start one there with: dask scheduler. See that the address is right and no firewall "
            "stands between.",
        ) from error


def find_machines(client: Client, address: str) -> dict[str, int]:
    """The machines that make letters, by address, with how many processes each has.

    Raises:
        UsageError: There is none, or one is not fit.
    """
    try:
        client.wait_for_workers(1, timeout=ANSWER_SECONDS)
    except TimeoutError as error:
        raise UsageError(
            f"The Dask scheduler at {address} has no worker",
            f"Start one on each machine with: {COMMAND.format(address)}",
        ) from error
    machines: dict[str, int] = client.nthreads()
    refuse_unfit([*_of_scheduler(client, address), *faults(client, list(machines))], address)
    return machines


def refuse_unfit(found: Sequence[str], address: str) -> None:
    """Raises UsageError where machines are not fit, with what is wrong with each."""
    if found:
        raise UsageError(
            f"The cluster at {address} cannot make these letters: {'; '.join(found)}",
            "Install the same patra on every machine, as on this one (make setup, then "
            ".venv/bin/pip install -c constraints.txt -e '.[cluster]'), and start the workers anew "
            f"with: {COMMAND.format(address)}",
        )


def faults(client: Client, machines: Sequence[str]) -> Iterator[str]:
    """Why machines cannot make the letters that this one would, one sentence each."""
    told = client.run(about, workers=list(machines), on_error="return")
    ours = machine_versions()
    for machine, answer in sorted(told.items()):
        if isinstance(answer, Exception):
            yield f"worker {machine}: {_no_answer(answer)}"
            continue
        versions, may_start = answer
        yield from _differences(f"worker {machine}", ours, versions)
        if not may_start:
            yield f"worker {machine}: its nanny forbids it to start processes (--no-nanny)"


def about() -> tuple[Mapping[str, str], bool]:
    """What a machine says of itself: its versions, and whether it may start processes."""
    return machine_versions(), may_start_processes()


def _of_scheduler(client: Client, address: str) -> Iterator[str]:
    try:
        theirs = client.run_on_scheduler(machine_versions)
    except Exception as error:
        yield f"scheduler {address}: {_no_answer(error)}"
        return
    ours = machine_versions()
    yield from _differences(f"scheduler {address}", {n: ours[n] for n in OF_SCHEDULER}, theirs)


def _differences(who: str, ours: Mapping[str, str], theirs: Mapping[str, str]) -> Iterator[str]:
    """Where one has another version; patra's own first, as the others follow from it."""
    other = [name for name in ours if theirs.get(name, "none") != ours[name]]
    if other:
        told = (f"{name} {theirs.get(name, 'none')}, here {ours[name]}" for name in other)
        yield f"{who} has {'; '.join(told)}"


def _no_answer(error: Exception) -> str:
    """Dask hands on what was raised there as text alone."""
    return f"it does not answer as this version of patra does ({error})"
