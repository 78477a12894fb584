"""Other machines' processes as an executor: the same tasks, handed to a Dask cluster.

Numbers, register and files stay here; what travels is a finished letter there and its two files
back. Dask gives a lost machine's letters to others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from concurrent.futures import wait as wait_for
from contextlib import suppress
from functools import partial
from pathlib import Path
from pickle import loads
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any, ParamSpec, TypeVar

from distributed import Client, KilledWorker, get_worker

from generator.errors import RenderError, TemplateError, TracedError
from generator.workers.connect import connect, faults, find_machines, refuse_unfit
from generator.workers.machine import Machine, Materials, Outcome, pack, pack_task
from generator.workers.pool import letter_seconds
from generator.workers.process import START_SECONDS

Params = ParamSpec("Params")
Result = TypeVar("Result")

LOOK_SECONDS = 2.0
"""How often it is asked which machines are there."""

ALONE_SECONDS = 60.0
"""How long letters wait for a machine where all are gone."""

CLOSE_SECONDS = 5.0


class Cluster(Executor):
    """Hands tasks to the machines of a cluster; a future holds what a task returned or raised.

    Args:
        client: The connection to the scheduler.
        address: The scheduler's address.
        materials: What letters are made with.
    """

    def __init__(self, client: Client, address: str, materials: Materials) -> None:
        self._client, self._address = client, address
        self._tasks = client.get_executor(pure=False)
        self._machine: Any = None
        self._materials = materials
        self._machines: dict[str, int] = {}
        self._waiting: set[Future[Any]] = set()
        self._lock, self._ended = Lock(), Event()

    @property
    def processes(self) -> int:
        """How many letters are made at a time."""
        return max(sum(self._machines.values()), 1)

    def start(self) -> None:
        """Sends the materials to every machine and waits until each can make letters.

        Raises:
            TemplateError: A template of the kind cannot be read.
            UsageError: A machine is not fit.
        """
        machines = find_machines(self._client, self._address)
        self._machine = self._client.submit(
            *(Machine, self._materials, _threads), pure=False, workers=list(machines)
        )
        refuse_unfit(self._prepare(list(machines)), self._address)
        self._machines = machines
        Thread(target=self._watch, name="cluster", daemon=True).start()

    def _prepare(self, machines: Sequence[str]) -> list[str]:
        """Has each machine begin its pool; why some cannot."""
        task = pack_task(int, ())
        begun = {
            machine: self._tasks.submit(_run, self._machine, task, workers=[machine])
            for machine in machines
        }
        wait_for(begun.values(), timeout=2 * START_SECONDS)
        faults = ((machine, self._fault(sent)) for machine, sent in begun.items())
        return [f"worker {machine}: {fault}" for machine, fault in faults if fault]

    def _fault(self, sent: Future[Outcome]) -> str:
        """Why a machine could not begin; a broken template is no machine's fault."""
        if not sent.done():
            return "its processes did not begin"
        error = _outcome(sent, self._address).error
        if isinstance(error, TemplateError):
            raise error
        return f"{type(error).__name__}: {error}" if error else ""

    def submit(
        self, fn: Callable[Params, Result], /, *args: Params.args, **kwargs: Params.kwargs
    ) -> Future[Result]:
        """Has a machine call the function.

        The future of a task that no machine could finish holds a RenderError.
        """
        task = pack_task(partial(fn, **kwargs) if kwargs else fn, args)
        future: Future[Result] = Future()
        future.set_running_or_notify_cancel()
        with self._lock:
            self._waiting.add(future)
        sent = self._tasks.submit(_run, self._machine, task, workers=list(self._machines))
        sent.add_done_callback(partial(self._settle, future))
        return future

    def _settle(self, future: Future[Any], sent: Future[Outcome]) -> None:
        """Fills the future with the outcome, unless it has one."""
        outcome = _outcome(sent, self._address)
        with self._lock:
            if future not in self._waiting:
                return
            self._waiting.remove(future)
        if outcome.error is None:
            future.set_result(loads(outcome.result))  # noqa: S301 - from a machine of ours
            return
        if outcome.trace:
            outcome.error.__cause__ = TracedError(outcome.trace)
        future.set_exception(outcome.error)

    def _watch(self) -> None:
        """Takes in machines that come, forgets those that go; where none is left, gives up."""
        seen, unfit = monotonic(), set[str]()
        while not self._ended.wait(LOOK_SECONDS):
            with suppress(Exception):  # a scheduler that is gone has cancelled all that waits
                there: dict[str, int] = self._client.nthreads()
                come = there.keys() - self._machines.keys() - unfit
                unfit |= {machine for machine in come if not self._is_fit(machine)}
                self._machines = {m: n for m, n in there.items() if m not in unfit}
                seen = monotonic() if self._machines else seen
            if monotonic() - seen > ALONE_SECONDS:
                self._give_up()
                seen = monotonic()

    def _is_fit(self, machine: str) -> bool:
        return not list(faults(self._client, [machine])) and not self._prepare([machine])

    def _give_up(self) -> None:
        with self._lock:
            given_up, self._waiting = self._waiting, set()
        for future in given_up:
            alone = f"No worker of the cluster was left for {ALONE_SECONDS:g} seconds"
            future.set_exception(RenderError(alone, "Start workers, then run again to finish."))

    def __exit__(self, kind: type[BaseException] | None, *_raised: object) -> None:
        """After an interrupt or a refusal nothing that is in hand is waited for."""
        self.shutdown(cancel_futures=kind is not None)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Lets go of the machines, after the tasks in hand or at once."""
        if self._ended.is_set():
            return
        if not cancel_futures:
            wait_for(tuple(self._waiting), None if wait else 0)
        self._ended.set()
        with suppress(Exception):  # the scheduler may be gone
            self._tasks.shutdown(wait=False)
        self._machine = None
        with suppress(Exception):
            self._client.close(CLOSE_SECONDS)


def start_cluster(address: str, kind_folder: Path, fonts: Path, logo: Path | None) -> Cluster:
    """The machines of the cluster whose scheduler is at an address, ready to make letters.

    Args:
        address: ``tcp://HOST:PORT`` or ``tls://HOST:PORT``.
        kind_folder: The kind's templates; they are sent to every machine.
        fonts: Likewise.
        logo: The letterhead's logo, if there is one.

    Raises:
        TemplateError: A template of the kind cannot be read.
        UsageError: No scheduler answers, it has no worker, or one that cannot make our letters;
            the time limit in the environment is no number of seconds.
    """
    materials = pack(kind_folder, fonts, logo, letter_seconds())
    cluster = Cluster(connect(address), address, materials)
    try:
        cluster.start()
    except BaseException:
        cluster.shutdown(cancel_futures=True)
        raise
    return cluster


def _threads() -> int:
    """How many processes this machine shall have: as many as its worker has threads."""
    return int(get_worker().state.nthreads)


def _run(machine: Machine, task: bytes) -> Outcome:
    return machine.run(task)


def _outcome(sent: Future[Outcome], address: str) -> Outcome:
    if sent.cancelled():
        lost = f"The connection to the Dask scheduler at {address} was lost"
        return Outcome(error=RenderError(lost, "See that it runs, then run again to finish."))
    error = sent.exception()
    if error is None:
        return sent.result()
    if isinstance(error, KilledWorker):
        killed = "Each worker of the cluster that was given this letter was lost"
        return Outcome(
            error=RenderError(killed, "See the workers' own output, then run again to finish.")
        )
    return Outcome(error=error if isinstance(error, Exception) else RuntimeError(repr(error)))
