"""One machine of the cluster, seen from where the run is: it is given tasks, and it may go.

All of it happens in the thread of Dask's loop.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import Any

from distributed import Client, KilledWorker, get_worker

from generator.errors import RenderError, TemplateError
from generator.workers.machine import Machine, Materials, pack_task, unpack_answer
from generator.workers.process import START_SECONDS

BEGIN_SECONDS = 2 * START_SECONDS
"""How long a machine may take until the first of its processes is ready."""

SPARE_SECONDS = 30.0
"""How much longer than its own time limits a machine may be silent with tasks in hand."""


class GoneError(Exception):
    """The machine was lost, or is let go, before it answered."""


class Post:
    """A machine with the pool that it has for this run; tasks go to it and to no other.

    Each machine holds a pool of its own, so that none depends on one that another held.

    Args:
        client: The connection to the scheduler.
        address: The machine's.
        threads: How many tasks it does at a time.
        materials: What letters are made with.
    """

    def __init__(self, client: Client, address: str, threads: int, materials: Materials) -> None:
        self.address, self.threads = address, threads
        self._client, self._seconds = client, materials.seconds
        self._machine: Any = client.submit(
            *(Machine, materials, _threads), pure=False, workers=[address]
        )
        self._left = asyncio.Event()
        self._in_hand, self._heard = 0, monotonic()

    @property
    def load(self) -> float:
        """How many tasks each of its processes has to do."""
        return self._in_hand / max(self.threads, 1)

    @property
    def is_cut_off(self) -> bool:
        """Whether the connection to the scheduler was lost: Dask cancels all with it."""
        return bool(self._machine.cancelled())

    @property
    def is_silent(self) -> bool:
        """Whether it has given no answer for longer than its own limits allow."""
        longest = START_SECONDS + self._seconds + SPARE_SECONDS
        return self._in_hand > 0 and monotonic() - self._heard > longest

    async def begin(self) -> str:
        """Has the machine begin its pool.

        Returns:
            Why it cannot; "" where it can.

        Raises:
            TemplateError: A template of the kind cannot be read, which is no machine's fault.
        """
        try:
            async with asyncio.timeout(BEGIN_SECONDS):
                unpack_answer(await self.ask(pack_task(int, ())))
        except TemplateError:
            raise
        except GoneError:
            return "it was lost"
        except TimeoutError:
            return "its processes did not begin"
        except Exception as error:
            return f"{type(error).__name__}: {error}"
        return ""

    async def ask(self, task: bytes) -> bytes:
        """The machine's answer to a packed task.

        Raises:
            GoneError: There will be none.
            RenderError: It cannot be fetched.
        """
        self._heard = self._heard if self._in_hand else monotonic()
        self._in_hand += 1
        sent: Any = self._client.submit(
            *(_run, self._machine, task), pure=False, workers=[self.address]
        )
        try:
            return await self._answer(sent)
        finally:
            self._in_hand -= 1
            sent.release()

    async def _answer(self, sent: Any) -> bytes:  # noqa: ANN401 - Dask's future
        answer = asyncio.ensure_future(sent.result())
        left = asyncio.ensure_future(self._left.wait())
        try:
            await asyncio.wait((answer, left), return_when=asyncio.FIRST_COMPLETED)
            if sent.cancelled() or not answer.done():
                raise GoneError(self.address)
            self._heard = monotonic()
            return bytes(answer.result())
        except KilledWorker as error:
            raise GoneError(self.address) from error
        except GoneError:
            raise
        except Exception as error:
            raise RenderError(
                f"The answer of worker {self.address} cannot be fetched ({type(error).__name__})",
                "Run again to finish.",
            ) from error
        finally:
            _drop(answer)
            left.cancel()

    def leave(self) -> None:
        """Lets go of the machine; who waits for its answer waits no more."""
        self._left.set()
        self._machine.release()


def _drop(answer: asyncio.Future[Any]) -> None:
    """Waits for it no more; an error that nobody asks for is not to be told as forgotten."""
    answer.cancel()
    if answer.done() and not answer.cancelled():
        answer.exception()


def _threads() -> int:
    """How many processes this machine shall have: as many as its worker has threads."""
    return int(get_worker().state.nthreads)


def _run(machine: Machine, task: bytes) -> bytes:
    return machine.run(task)
