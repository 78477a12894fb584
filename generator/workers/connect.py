"""The way to a cluster: its scheduler must answer, and its machines be fit to make our letters."""

from __future__ import annotations

import asyncio
import logging
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Thread
from typing import Any

from distributed import Client

from generator.errors import UsageError
from generator.workers.versions import cached_versions, machine_versions, may_start_processes

ANSWER_SECONDS = 10.0
"""How long scheduler and machines may take to answer, and the first machine to be there."""

OF_SCHEDULER = ("patra", "Python", "distributed", "cloudpickle")
"""What the scheduler must have as well, since it reads what it hands on."""

LOUD = ("distributed", "dask", "tornado", "asyncio")
"""Who would write tracebacks, and with them perhaps names, to the user's terminal."""

COMMAND = "dask worker {} --no-nanny"

_ADDRESS = re.compile(r"(tcp|tls)://[^\s/]+:\d+")


@contextmanager
def quiet() -> Iterator[None]:
    """Inside, Dask and what it stands on write nothing to the terminal: what fails is told by us.

    Some of their loggers have a level and a handler of their own, so each is silenced by itself.
    """
    known = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] in LOUD]
    loggers = [logging.getLogger(name) for name in {*LOUD, *known}]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


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
    try:
        with warnings.catch_warnings(action="ignore"):  # other versions are refused below
            return _client(address)
    except (OSError, ImportError, ValueError, TypeError) as error:
        raise UsageError(
            f"No Dask scheduler answers at {address} within {ANSWER_SECONDS:g} seconds ({error})",
            "Start one there with: dask scheduler. See that the address is right and no firewall "
            "stands between.",
        ) from error


def _client(address: str) -> Client:
    """Dask's client; its own time limit does not hold where what listens there says nothing.

    The thread that waits then is left to itself.
    """
    begun: Future[Client] = Future()

    def begin() -> None:
        try:
            begun.set_result(Client(address, timeout=ANSWER_SECONDS, set_as_default=False))
        except Exception as error:
            begun.set_exception(error)

    Thread(target=begin, name="connect", daemon=True).start()
    return begun.result(2 * ANSWER_SECONDS)


async def find_machines(client: Client, address: str) -> dict[str, int]:
    """The machines that make letters, by address, with how many processes each has.

    Raises:
        UsageError: There is none, or one is not fit.
    """
    try:
        async with asyncio.timeout(2 * ANSWER_SECONDS):
            here: Any = client  # Dask's types do not tell that it is awaited in its loop
            await here.wait_for_workers(1, timeout=ANSWER_SECONDS)
            machines: dict[str, int] = await here.nthreads()
    except TimeoutError as error:
        raise UsageError(
            f"The Dask scheduler at {address} has no worker",
            f"Start one on each machine with: {COMMAND.format(address)}",
        ) from error
    told = await asyncio.gather(*(fault_of(client, machine) for machine in machines))
    faults = zip(machines, told, strict=True)
    unfit = sorted(f"worker {machine}: {fault}" for machine, fault in faults if fault)
    scheduler = await _fault_of_scheduler(client)
    refuse_unfit([*([f"scheduler {address}: {scheduler}"] if scheduler else []), *unfit], address)
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


async def fault_of(client: Client, machine: str) -> str:
    """Why a machine cannot make the letters that this one would; "" where it can."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            told = await client.run(about, workers=[machine])
        versions, may_start = told[machine]
        if not may_start:
            return "its nanny forbids it to start processes (--no-nanny)"
        return _difference(machine_versions(), versions)
    except TimeoutError:
        return f"it does not answer within {ANSWER_SECONDS:g} seconds"
    except Exception as error:
        return _no_answer(error)


def about() -> tuple[Mapping[str, str], bool]:
    """What a machine says of itself: its versions, and whether it may start processes.

    The versions are those of the first time that it was asked: what it has loaded stays loaded,
    whatever is installed there later.
    """
    return cached_versions(), may_start_processes()


async def _fault_of_scheduler(client: Client) -> str:
    ours = machine_versions()
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            theirs = await client.run_on_scheduler(machine_versions)
        return _difference({name: ours[name] for name in OF_SCHEDULER}, theirs)
    except TimeoutError:
        return f"it does not answer within {ANSWER_SECONDS:g} seconds"
    except Exception as error:
        return _no_answer(error)


def _difference(ours: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    """What one has in another version; patra's own first, as the others follow from it."""
    other = [name for name in ours if theirs.get(name, "none") != ours[name]]
    told = (f"{name} {theirs.get(name, 'none')}, here {ours[name]}" for name in other)
    return f"it has {'; '.join(told)}" if other else ""


def _no_answer(error: Exception) -> str:
    """Dask hands on what was raised there as text alone."""
    return f"it does not answer as this version of patra does ({error})"
