"""Letters through the pool: one that fails does not stop the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, as_completed
from concurrent.futures.process import BrokenProcessPool

from generator.compose import compose_letter
from generator.content import Letter
from generator.errors import PatraError, RenderError
from generator.model import Recipient
from generator.run.prepare import Prepared
from generator.run.results import LetterResult, failed
from generator.workers import MadeLetter, make_letter


def try_compose(
    prepared: Prepared, recipients: Sequence[Recipient], numbers: Mapping[str, str]
) -> tuple[list[Letter], list[LetterResult]]:
    """The finished letters, and the failures where a text is broken for one recipient."""
    letters, failures = [], []
    for recipient in recipients:
        number = numbers.get(recipient.id, "")
        try:
            letters.append(compose_letter(prepared.edition, prepared.cards, recipient, number))
        except PatraError as error:
            failures.append(failed(recipient.id, number, error))
    return letters, failures


def make_letters(
    pool: Executor, letters: Sequence[Letter]
) -> Iterator[tuple[Letter, MadeLetter | Exception]]:
    """Each letter with its files, or with what went wrong, as they become ready."""
    futures = {pool.submit(make_letter, letter): letter for letter in letters}
    try:
        for future in as_completed(futures):
            yield futures.pop(future), _outcome(future)
    except BaseException:  # an interrupt, or the consumer gave up: start nothing more
        pool.shutdown(wait=False, cancel_futures=True)
        raise


def _outcome(future: Future[MadeLetter]) -> MadeLetter | Exception:
    error = future.exception()
    if isinstance(error, BrokenProcessPool):
        return RenderError("The process making this letter died", "Run again to finish.")
    if isinstance(error, Exception):
        return error
    return future.result()
