"""Which machines of the cluster take part: those that come are examined, those that go forgotten.

All of it happens in the thread of Dask's loop, so that nothing needs a lock.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from time import monotonic

from distributed import Client

from generator.errors import RenderError
from generator.workers.connect import fault_of, find_machines, refuse_unfit
from generator.workers.machine import Materials
from generator.workers.post import Post

LOOK_SECONDS = 0.5
"""How often it is asked which machines are there."""

ALONE_SECONDS = 60.0
"""How long letters wait for a machine where all are gone."""

SILENT_SECONDS = 20.0
"""How long the scheduler may take to say which machines are there; one that died is noticed at
once."""

_log = logging.getLogger(__name__)


class Roster:
    """The machines that make a run's letters.

    Args:
        client: The connection to the scheduler.
        address: The scheduler's address.
        materials: What letters are made with.
    """

    def __init__(self, client: Client, address: str, materials: Materials) -> None:
        self._client, self._address, self._materials = client, address, materials
        self._posts: dict[str, Post] = {}
        self._examined: dict[str, asyncio.Task[None]] = {}
        self._left_out: set[str] = set()
        self._watching: asyncio.Task[None] | None = None
        self._over: RenderError | None = None
        self._changed = asyncio.Event()
        self._seen = monotonic()
        self.processes = 1

    async def begin(self) -> None:
        """Sends the materials to every machine and waits until each can make letters.

        Raises:
            TemplateError: A template of the kind cannot be read.
            UsageError: There is no machine, or one is not fit.
        """
        machines = await find_machines(self._client, self._address)
        posts = [self._post(address, threads) for address, threads in machines.items()]
        told = await asyncio.gather(*(post.begin() for post in posts))
        faults = [f"worker {p.address}: {fault}" for p, fault in zip(posts, told, strict=True)]
        refuse_unfit([fault for fault, why in zip(faults, told, strict=True) if why], self._address)
        for post in posts:
            self._take_in(post)
        self._watching = asyncio.create_task(self._watch())

    async def choose(self) -> Post:
        """The machine with the least to do; waits for one where there is none.

        Raises:
            RenderError: The scheduler is lost, or no machine came for ALONE_SECONDS.
        """
        while True:
            self._refuse()
            if self._posts:
                return min(self._posts.values(), key=lambda post: post.load)
            await self._changed.wait()

    def _refuse(self) -> None:
        if self._is_cut_off():
            self._end(_scheduler_lost(self._address))
        if self._over:
            raise RenderError(self._over.message, self._over.remedy)
        if not self._posts and monotonic() - self._seen > ALONE_SECONDS:
            alone = f"No worker of the cluster was left for {ALONE_SECONDS:g} seconds"
            raise RenderError(alone, "Start workers, then run again to finish.")

    def _is_cut_off(self) -> bool:
        """A scheduler that came back knows nothing of this run, and so is lost as well."""
        return self._client.status != "running" or any(p.is_cut_off for p in self._posts.values())

    async def _watch(self) -> None:
        while not self._over:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                async with asyncio.timeout(SILENT_SECONDS):
                    there: Mapping[str, int] = await self._client.nthreads()
            except Exception:
                self._end(_scheduler_lost(self._address))
                return
            if self._is_cut_off():
                self._end(_scheduler_lost(self._address))
                return
            self._compare(there)

    def _compare(self, there: Mapping[str, int]) -> None:
        """Takes note of who has come and who has gone."""
        for address in self._posts.keys() - there.keys():
            self._let_go(address)
        for address in self._examined.keys() - there.keys():
            self._examined.pop(address).cancel()
        for address in [a for a, post in self._posts.items() if post.is_silent]:
            self._let_go(address)
            self._leave_out(address, "it does not answer any more")
        self._left_out &= there.keys()  # one that was started anew may be fit
        for address in there.keys() - self._posts.keys() - self._examined.keys() - self._left_out:
            self._examined[address] = asyncio.create_task(self._examine(address, there[address]))
        if self._posts or self._examined:
            self._seen = monotonic()
        self._tell()

    async def _examine(self, address: str, threads: int) -> None:
        """Takes in a machine that has come, or leaves it out for good."""
        post: Post | None = None
        try:
            fault = await fault_of(self._client, address)
            if not fault:
                post = self._post(address, threads)
                fault = await post.begin()
        except Exception as error:
            fault = f"{type(error).__name__}: {error}"
        del self._examined[address]
        if post and not fault and not self._over:
            self._take_in(post)
            return
        if post:
            post.leave()
        if fault:
            self._leave_out(address, fault)

    def _leave_out(self, address: str, fault: str) -> None:
        """Tells once what is wrong with a machine."""
        self._left_out.add(address)
        _log.warning("worker %s takes no part: %s", address, fault)

    def _post(self, address: str, threads: int) -> Post:
        return Post(self._client, address, threads, self._materials)

    def _take_in(self, post: Post) -> None:
        self._posts[post.address] = post
        self._seen = monotonic()
        self._tell()

    def _let_go(self, address: str) -> None:
        self._posts.pop(address).leave()
        self._tell()

    def _tell(self) -> None:
        """Wakes those who wait for a machine."""
        self.processes = max(sum(post.threads for post in self._posts.values()), 1)
        self._changed.set()
        self._changed.clear()

    async def end(self) -> None:
        """Lets go of all machines; what is in hand fails."""
        self._end(RenderError("The run is being ended", "Run again to finish."))

    def _end(self, why: RenderError) -> None:
        self._over = self._over or why
        for work in (*self._examined.values(), self._watching):
            if work and work is not asyncio.current_task():
                work.cancel()
        for address in list(self._posts):
            self._let_go(address)
        self._tell()


def _scheduler_lost(address: str) -> RenderError:
    return RenderError(
        f"The connection to the Dask scheduler at {address} was lost",
        "See that it runs, then run again to finish.",
    )
