"""Other machines' processes as an executor: the same tasks, handed to a Dask cluster.

Numbers, register and files stay here; what travels is a finished letter there and its two files
back. A lost machine's letters are given to others.
"""

from __future__ import annotations

from asyncio import run_coroutine_threadsafe
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor, Future
from concurrent.futures import wait as wait_for
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from distributed import Client

from generator.errors import RenderError
from generator.workers.connect import connect, quiet
from generator.workers.machine import pack, pack_task, unpack_answer
from generator.workers.pool import letter_seconds
from generator.workers.post import GoneError
from generator.workers.roster import Roster

Params = ParamSpec("Params")
Result = TypeVar("Result")

TRIES = 3
"""How many machines may be lost with the same letter, until it fails."""

CLOSE_SECONDS = 5.0


class Cluster(Executor):
    """Hands tasks to the machines of a cluster; a future holds what a task returned or raised.

    Args:
        client: The connection to the scheduler.
        roster: The machines; some are ready.
        held: What is closed at the end.
    """

    def __init__(self, client: Client, roster: Roster, held: ExitStack) -> None:
        self._client, self._roster, self._held = client, roster, held
        self._in_hand: set[Future[Any]] = set()
        self._ended = False

    @property
    def processes(self) -> int:
        """How many letters are made at a time."""
        return self._roster.processes

    def submit(
        self, fn: Callable[Params, Result], /, *args: Params.args, **kwargs: Params.kwargs
    ) -> Future[Result]:
        """Has a machine call the function.

        The future of a task that no machine could finish holds a RenderError.
        """
        task = pack_task(partial(fn, **kwargs) if kwargs else fn, args)
        future: Future[Result] = _begin(self._client, self._make(task))
        self._in_hand.add(future)
        future.add_done_callback(self._in_hand.discard)
        return future

    async def _make(self, task: bytes) -> Any:  # noqa: ANN401 - what the task gives
        for _ in range(TRIES):
            post = await self._roster.choose()
            with suppress(GoneError):
                return unpack_answer(await post.ask(task))
        await self._roster.choose()  # where the scheduler is lost, no worker is to blame
        raise RenderError(
            "Each worker of the cluster that was given this letter was lost",
            "See the workers' own output, then run again to finish.",
        )

    def __exit__(self, kind: type[BaseException] | None, *_raised: object) -> None:
        """After an interrupt or a refusal nothing that is in hand is waited for."""
        self.shutdown(cancel_futures=kind is not None)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Lets go of the machines, after the tasks in hand or at once."""
        if self._ended:
            return
        if not cancel_futures:
            wait_for(tuple(self._in_hand), None if wait else 0)
        self._ended = True
        _end(self._client, self._roster)
        wait_for(tuple(self._in_hand), CLOSE_SECONDS)
        self._held.close()


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
    with ExitStack() as held:
        held.enter_context(quiet())
        client = connect(address)
        held.callback(_close, client)
        roster = Roster(client, address, materials)
        begun = _begin(client, roster.begin())
        try:
            begun.result()
        except BaseException:
            begun.cancel()
            _end(client, roster)
            raise
        return Cluster(client, roster, held.pop_all())


def _begin(client: Client, work: Coroutine[Any, Any, Result]) -> Future[Result]:
    """Has Dask's loop do some work."""
    loop: Any = client.loop  # there is one while the client is open
    return run_coroutine_threadsafe(work, loop.asyncio_loop)


def _end(client: Client, roster: Roster) -> None:
    with suppress(TimeoutError):
        _begin(client, roster.end()).result(CLOSE_SECONDS)


def _close(client: Client) -> None:
    with suppress(Exception):  # the scheduler may be gone
        client.close(CLOSE_SECONDS)
