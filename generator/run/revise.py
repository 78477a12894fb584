"""After a letter was issued: a revision under the same number, or the end of the letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.compose import Revised, compose_letter
from generator.content import Letter
from generator.errors import ArchiveError, UsageError
from generator.inputs.clean import fault_in_text, fold_spaces
from generator.inputs.states import find_state
from generator.paths import Paths
from generator.readback import read_day
from generator.register import Entry, Register, Revision
from generator.run.despatch import Despatch
from generator.run.examine import Examined, examine_edition
from generator.run.make import compose_letters, latest_revisions, make_letters
from generator.run.pools import open_pool
from generator.run.prepare import Prepared, choose_recipients, prepare_edition
from generator.run.refusals import refuse_cancelled
from generator.run.results import Count, LetterResult, Progress

MOST = 1000
"""Characters of a reason; a cell of a workbook holds no more than 32,767."""


@dataclass(frozen=True, slots=True)
class Order:
    """A revision asked for: why, and the date that it shall bear; today's where none is given.

    ``scheduler`` is the address of the Dask cluster that makes it; "": this machine.
    """

    reason: str
    on: date | None
    today: date
    scheduler: str = ""


def reissue_letter(
    paths: Paths, folder: Path, who: str, order: Order, *, progress: Progress
) -> tuple[Examined, list[LetterResult]]:
    """Makes a letter's next revision under its number, beside the files of those before.

    Args:
        paths: The installation.
        folder: The edition's folder.
        who: The recipient.
        order: Why and of which date. The same order again finishes what a run that was cut off
            has begun.
        progress: Told of the letter when it is done.

    Raises:
        UsageError: No recipient or no reason is named, or the date is before the last revision's.
        InputError: The edition cannot be understood as a whole.
        FindingsError: Errors stand, not waived; nothing was issued.
        TemplateError: A template is broken.
        ArchiveError: The register or the dated folder cannot be used.
    """
    order = replace(order, reason=_given(order.reason))
    examined = examine_edition(paths, folder, (who,))
    examined.refuse_errors()
    result = _reissue(examined, examined.chosen[0].id, order)
    return examined, [Count(1, progress).up(result)]


def _reissue(examined: Examined, who: str, order: Order) -> LetterResult:
    register = Register(examined.paths.output, examined.key)
    entry = register.entries().get(who)
    if entry is None or entry.latest is None:
        return _refused(who, entry, _never_issued(examined, who))
    if entry.status == "cancelled":
        return _refused(who, entry, refuse_cancelled(entry))
    despatch = _open(examined, register)
    revised, failures = latest_revisions(despatch.entries), list[LetterResult]()
    letters = compose_letters(examined, examined.chosen, despatch.numbers, revised, failures.append)
    results = [_revise(despatch, letter, entry.latest, order) for letter in letters]
    return despatch.close([*results, *failures])[0]


def _open(prepared: Prepared, register: Register) -> Despatch:
    """The edition's dealings with register and archive; no new number is given."""
    return Despatch(prepared, register, register.reserve_numbers(prepared.edition, ()))


def _revise(despatch: Despatch, letter: Letter, last: Revision, order: Order) -> LetterResult:
    """Composes, makes and keeps the revision after the one that ``letter`` is."""
    prepared = despatch.prepared
    if last.fingerprint == despatch.fingerprint(letter):
        return _finish(despatch, letter, last, order)
    day = order.on or _day_left(despatch, letter) or order.today
    _refuse_earlier(day, last)
    revised, recipient = Revised(letter.revision + 1, day), prepared.chosen[0]
    again = compose_letter(prepared.edition, prepared.cards, recipient, letter.number, revised)
    return _make(despatch, again, order)


def _finish(despatch: Despatch, letter: Letter, last: Revision, order: Order) -> LetterResult:
    """What is left to do where the order was carried out; another finds nothing to revise."""
    done = last.revision > 1 and last.reason == order.reason and order.on in (None, last.date)
    if not done:
        entry = despatch.entries[letter.who]
        return despatch.refused(entry, _unchanged(entry, last))
    return despatch.settle(letter) or _make(despatch, letter, order)


def _day_left(despatch: Despatch, letter: Letter) -> date | None:
    """The day of the next revision where a run that was cut off has left its Word file."""
    name = f"{despatch.stem(letter.who, letter.revision + 1)}.docx"
    if despatch.archive.hash_of(name) is None:
        return None
    return read_day((despatch.archive.folder / name).read_bytes())


def _make(despatch: Despatch, letter: Letter, order: Order) -> LetterResult:
    with open_pool(despatch.prepared, 1, order.scheduler) as pool:
        ((_letter, made),) = make_letters(pool, [letter], despatch.fingerprint)
    return despatch.keep(letter, made, order.reason)


def cancel_letter(
    paths: Paths, folder: Path, who: str, *, reason: str, progress: Progress
) -> tuple[Prepared, list[LetterResult]]:
    """Marks a letter as cancelled in register and manifest; its files and its number stay.

    It need not be fit to be issued, and its recipient may be gone from the recipients.

    Args:
        paths: The installation.
        folder: The edition's folder.
        who: The recipient.
        reason: Why; it stands in register and manifest.
        progress: Told of the letter when it is done.

    Raises:
        UsageError: No recipient or no reason is named.
        InputError: The edition cannot be understood as a whole.
        ArchiveError: The register or the dated folder cannot be used.
    """
    reason = _given(reason)
    prepared = prepare_edition(paths, folder)
    register = Register(paths.output, prepared.key)
    entries = register.entries()
    result = _cancel(prepared, register, entries, _whose(prepared, entries, who), reason)
    return prepared, [Count(1, progress).up(result)]


def _cancel(
    prepared: Prepared, register: Register, entries: Mapping[str, Entry], who: str, reason: str
) -> LetterResult:
    if (entry := entries.get(who)) is None:
        message = f"{who} was never given a number in {prepared.edition.name}"
        return _refused(who, None, ArchiveError(message, "There is nothing to cancel."))
    despatch = _open(prepared, register)
    if entry.status == "cancelled" and entry.reason != reason:
        result = despatch.refused(entry, refuse_cancelled(entry))
    else:
        register.cancel(entry.number, reason)
        result = despatch.result(replace(entry, status="cancelled", reason=reason), "cancelled")
    return despatch.close([result])[0]


def _whose(prepared: Prepared, entries: Mapping[str, Entry], name: str) -> str:
    """The id of the letter meant: of one that has a number, else of a recipient."""
    own = {who.casefold(): who for who in entries}.get(name.casefold())
    state = find_state(name)
    if own or (state and state.id in entries):
        return own or (state.id if state else "")
    return choose_recipients(prepared.edition, (name,))[0].id


def _refused(who: str, entry: Entry | None, error: ArchiveError) -> LetterResult:
    """A letter that is refused before anything is done."""
    revision = entry.latest.revision if entry and entry.latest else 1
    number = entry.number if entry else ""
    return LetterResult(who, number, "refused", error=error, revision=revision)


def _given(reason: str) -> str:
    """The reason in one line, as register, page and workbook can show it."""
    told = fold_spaces(reason)
    if not told:
        raise UsageError("--reason is empty", "Say why; it stands in register and manifest.")
    if fault := fault_in_text(told):
        raise UsageError(f"--reason holds {fault[1]}", "Type it again.")
    if len(told) > MOST:
        raise UsageError(
            f"--reason has {len(told)} characters, more than {MOST}", "Say it in a sentence."
        )
    return told


def _refuse_earlier(on: date, last: Revision) -> None:
    if on < last.date:
        raise UsageError(
            f"The revision would be dated {on.isoformat()}, before {last.date.isoformat()}, "
            f"the date of revision {last.revision}",
            f"Write --date {last.date.isoformat()}, or a later day.",
        )


def _never_issued(prepared: Prepared, who: str) -> ArchiveError:
    return ArchiveError(
        f"The letter to {who} was never issued, so there is nothing to revise",
        f"Issue it: patra issue {prepared.edition.name} {who}.",
    )


def _unchanged(entry: Entry, last: Revision) -> ArchiveError:
    return ArchiveError(
        f"{entry.number} is unchanged since revision {last.revision} of {last.date.isoformat()}; "
        "a revision would say the same",
        "Correct the edition first. A file that is missing is made again by patra issue.",
    )
