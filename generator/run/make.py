"""Letters through the pool, few at a time: one that fails does not stop the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait

from generator.compose import Revised, compose_letter
from generator.content import Letter
from generator.errors import PatraError, RenderError
from generator.model import Recipient
from generator.register import Entry
from generator.run.prepare import Prepared
from generator.run.results import LetterResult, failed
from generator.workers import MadeLetter, make_letter

AHEAD = 2
"""Letters in hand for each process: the one it makes, and the next."""


def compose_letters(
    prepared: Prepared,
    recipients: Iterable[Recipient],
    numbers: Mapping[str, str],
    revised: Mapping[str, Revised],
    fail: Callable[[LetterResult], object],
) -> Iterator[Letter]:
    """The finished letters, each composed when it is asked for: nothing is kept of it here.

    Args:
        prepared: The edition.
        recipients: To whom.
        numbers: The number of each; of a draft, none.
        revised: Those that are composed as a revision.
        fail: Told of a letter whose text is broken for its recipient.
    """
    edition, cards = prepared.edition, prepared.cards
    for recipient in recipients:
        number = numbers.get(recipient.id, "")
        try:
            as_revised = revised.get(recipient.id)
            letter = compose_letter(edition, cards, recipient, number, as_revised)
        except PatraError as error:
            fail(failed(recipient.id, number, error))
        else:
            yield letter


def latest_revisions(entries: Mapping[str, Entry]) -> dict[str, Revised]:
    """The revision in force of each letter that was issued more than once."""
    latest = {who: entry.latest for who, entry in entries.items()}
    return {w: Revised(r.revision, r.date) for w, r in latest.items() if r and r.revision > 1}


def make_letters(
    pool: Executor, letters: Iterable[Letter], fingerprint: Callable[[Letter], str]
) -> Iterator[tuple[Letter, MadeLetter | Exception]]:
    """Each letter with its files, or with what went wrong, as they become ready.

    The next letter is asked for when there is room for it in the pool: no more are in hand.
    """
    in_hand: dict[Future[MadeLetter], Letter] = {}
    try:
        for letter in letters:
            in_hand[pool.submit(make_letter, letter, fingerprint(letter))] = letter
            while len(in_hand) >= _room(pool):
                yield _next_ready(in_hand)
        while in_hand:
            yield _next_ready(in_hand)
    except BaseException:  # an interrupt, or the consumer gave up: start nothing more
        pool.shutdown(wait=False, cancel_futures=True)
        raise


def _room(pool: Executor) -> int:
    """How many letters are in hand at most: a pool says by ``processes`` how many it makes."""
    return AHEAD * max(1, getattr(pool, "processes", None) or os.cpu_count() or 1)


def _next_ready(
    in_hand: dict[Future[MadeLetter], Letter],
) -> tuple[Letter, MadeLetter | Exception]:
    ready = next(iter(wait(in_hand, return_when=FIRST_COMPLETED).done))
    return in_hand.pop(ready), _outcome(ready)


def _outcome(future: Future[MadeLetter]) -> MadeLetter | Exception:
    error = future.exception()
    if isinstance(error, BrokenExecutor):
        return RenderError("The process making this letter died", "Run again to finish.")
    if isinstance(error, Exception):
        return error
    return future.result()
