"""Letters through the pool: one that fails does not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed

from generator.compose import Revised, compose_letter
from generator.content import Letter
from generator.errors import PatraError, RenderError
from generator.model import Recipient
from generator.register import Entry
from generator.run.prepare import Prepared
from generator.run.results import LetterResult, failed
from generator.workers import MadeLetter, make_letter


def try_compose(
    prepared: Prepared,
    recipients: Sequence[Recipient],
    numbers: Mapping[str, str],
    revised: Mapping[str, Revised],
) -> tuple[list[Letter], list[LetterResult]]:
    """The finished letters, and the failures where a text is broken for one recipient.

    Those in ``revised`` are composed as that revision.
    """
    letters, failures = [], []
    edition, cards = prepared.edition, prepared.cards
    for recipient in recipients:
        number = numbers.get(recipient.id, "")
        try:
            as_revised = revised.get(recipient.id)
            letters.append(compose_letter(edition, cards, recipient, number, as_revised))
        except PatraError as error:
            failures.append(failed(recipient.id, number, error))
    return letters, failures


def latest_revisions(entries: Mapping[str, Entry]) -> dict[str, Revised]:
    """The revision in force of each letter that was issued more than once."""
    latest = {who: entry.latest for who, entry in entries.items()}
    return {w: Revised(r.revision, r.date) for w, r in latest.items() if r and r.revision > 1}


def make_letters(
    pool: Executor, letters: Sequence[Letter], fingerprint: Callable[[Letter], str]
) -> Iterator[tuple[Letter, MadeLetter | Exception]]:
    """Each letter with its files, or with what went wrong, as they become ready."""
    futures = {pool.submit(make_letter, letter, fingerprint(letter)): letter for letter in letters}
    try:
        for future in as_completed(futures):
            yield futures.pop(future), _outcome(future)
    except BaseException:  # an interrupt, or the consumer gave up: start nothing more
        pool.shutdown(wait=False, cancel_futures=True)
        raise


def _outcome(future: Future[MadeLetter]) -> MadeLetter | Exception:
    error = future.exception()
    if isinstance(error, BrokenExecutor):
        return RenderError("The process making this letter died", "Run again to finish.")
    if isinstance(error, Exception):
        return error
    return future.result()
