"""Letters that are begun while their edition is still audited, so that no process waits for it.

A letter begun ahead has the number that it will be given. It is used only if the letter that is
made in its turn is the very same with the same fingerprint; where the run is refused it is thrown
away. Whatever goes wrong here is told in its turn, so that nothing is told from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import suppress
from typing import Any, ParamSpec, TypeVar

from generator.content import Letter
from generator.fingerprint import hash_folder, named_fonts
from generator.register import Register
from generator.run.contents import Contents
from generator.run.make import AHEAD, compose_letters, latest_revisions
from generator.run.pools import open_pool
from generator.run.prepare import Prepared
from generator.workers import Workers, begin_pool, make_letter

Params = ParamSpec("Params")
Result = TypeVar("Result")


class LettersAhead(Executor):
    """The pool of a run, begun as soon as it is known for which letters.

    Args:
        jobs: How many processes at most.
        scheduler: The address of a Dask cluster's scheduler, which begins nothing ahead; "": none.
        draft: Whether the letters bear no number.
    """

    def __init__(self, jobs: int, scheduler: str = "", *, draft: bool = False) -> None:
        self._jobs, self._scheduler, self._draft = jobs, scheduler, draft
        self._pool: Executor | None = None
        self._begun: dict[str, tuple[tuple[Letter, str], Future[Any]]] = {}

    @property
    def processes(self) -> int:
        """How many letters are made at a time."""
        return int(getattr(self._pool, "processes", 1))

    def begin(self, scored: Prepared) -> None:
        """Begins processes, and the first letters of an edition that is read and scored."""
        if self._scheduler:
            return
        with suppress(Exception):
            kind, fonts = scored.paths.kind(scored.edition.kind), scored.paths.fonts
            self._pool = pool = begin_pool(kind, fonts, min(self._jobs, len(scored.chosen)))
            for letter, fingerprint in self._first(scored, AHEAD * pool.processes):
                future = pool.submit(make_letter, letter, fingerprint)
                self._begun[letter.who] = (letter, fingerprint), future

    def _first(self, scored: Prepared, count: int) -> Iterator[tuple[Letter, str]]:
        """The first letters that were not issued before, each with its fingerprint."""
        edition, paths = scored.edition, scored.paths
        if self._draft:
            drafts = compose_letters(scored, scored.chosen[:count], {}, {}, _pass_over)
            yield from ((draft, "") for draft in drafts)
            return
        register = Register(paths.output, scored.key)
        numbers, _taken = register.foresee_numbers(edition, [who.id for who in edition.addressees])
        entries = register.entries()
        issued = {who for who, entry in entries.items() if entry.latest}
        due = [who for who in scored.chosen if who.id not in issued]
        kind, fonts = paths.kind(edition.kind), hash_folder(paths.fonts)
        contents = Contents(hash_folder(kind), named_fonts(kind, fonts), fonts)
        revised = latest_revisions(entries)
        for letter in compose_letters(scored, due[:count], numbers, revised, _pass_over):
            yield letter, contents.of(letter).fingerprint

    def open(self, prepared: Prepared, meanwhile: Callable[[], object] = int) -> None:
        """Waits until letters can be made, as ``open_pool`` does, and raises what it raises."""
        if isinstance(self._pool, Workers):
            self._pool.start(meanwhile)
        else:
            self._pool = open_pool(prepared, self._jobs, self._scheduler, meanwhile)

    def submit(
        self, fn: Callable[Params, Result], /, *args: Params.args, **kwargs: Params.kwargs
    ) -> Future[Result]:
        """Has a process call the function; a letter that was begun is not begun again."""
        if self._pool is None:
            raise RuntimeError("the pool is not open")
        who = args[0].who if args and isinstance(args[0], Letter) else ""
        begun = self._begun.pop(who, None)
        if begun and begun[0] == args:
            return begun[1]
        return self._pool.submit(fn, *args, **kwargs)

    def __exit__(self, kind: type[BaseException] | None, *_raised: object) -> None:
        """After an interrupt or a refusal nothing that is in hand is waited for."""
        self.shutdown(cancel_futures=kind is not None)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the processes after the tasks in hand, or at once where futures are cancelled."""
        if self._pool:
            self._pool.shutdown(wait, cancel_futures=cancel_futures)


def _pass_over(_failure: object) -> None:
    """A letter that cannot be composed is told when its turn comes."""
