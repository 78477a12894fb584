"""After a letter was issued: a revision under the same number, or the end of the letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator.compose import Revised, compose_letter
from generator.content import Letter
from generator.errors import ArchiveError, UsageError
from generator.inputs.states import find_state
from generator.paths import Paths
from generator.register import Entry, Register, Revision
from generator.run.despatch import Despatch, refuse_cancelled
from generator.run.examine import Examined, examine_edition, numbered_letters
from generator.run.make import make_letters
from generator.run.prepare import Prepared, choose_recipients, prepare_edition
from generator.run.results import Count, LetterResult, Progress
from generator.workers import start_pool


def reissue_letter(
    paths: Paths, folder: Path, who: str, *, reason: str, on: date, progress: Progress
) -> tuple[Examined, list[LetterResult]]:
    """Makes a letter's next revision under its number, beside the files of those before.

    Args:
        paths: The installation.
        folder: The edition's folder.
        who: The recipient.
        reason: Why; it stands in register and manifest.
        on: The date that the revision bears.
        progress: Told of the letter when it is done.

    Raises:
        UsageError: No recipient or no reason is named, or the date is before the last revision's.
        InputError: The edition cannot be understood as a whole.
        FindingsError: Errors stand, not waived; nothing was issued.
        TemplateError: A template is broken.
        ArchiveError: The register or the dated folder cannot be used.
    """
    reason = _given(reason)
    examined = examine_edition(paths, folder, (who,))
    examined.refuse_errors()
    result = _reissue(examined, examined.chosen[0].id, reason, on)
    return examined, [Count(1, progress).up(result)]


def _reissue(examined: Examined, who: str, reason: str, on: date) -> LetterResult:
    register = Register(examined.paths.output, examined.key)
    entry = register.entries().get(who)
    if entry is None or entry.latest is None:
        return _refused(who, entry, _never_issued(examined, who))
    if entry.status == "cancelled":
        return _refused(who, entry, refuse_cancelled(entry))
    _refuse_earlier(on, entry.latest)
    despatch = _open(examined, register)
    letters, failures = numbered_letters(examined, despatch.numbers, despatch.entries)
    result = failures[0] if failures else _revise(despatch, letters[0], reason, on)
    despatch.write_manifest()
    return result


def _open(prepared: Prepared, register: Register) -> Despatch:
    """The edition's dealings with register and archive; no new number is given."""
    return Despatch(prepared, register, register.reserve_numbers(prepared.edition, ()))


def _revise(despatch: Despatch, letter: Letter, reason: str, on: date) -> LetterResult:
    """Composes, makes and keeps the revision after the one that ``letter`` is."""
    entry, prepared = despatch.entries[letter.who], despatch.prepared
    last = entry.latest
    if last and last.fingerprint == despatch.fingerprint(letter):
        return despatch.refused(entry, _unchanged(entry, last))
    revised = Revised(letter.revision + 1, on)
    recipient = prepared.chosen[0]
    again = compose_letter(prepared.edition, prepared.cards, recipient, letter.number, revised)
    with start_pool(despatch.kind, prepared.paths.fonts, 1) as pool:
        ((_letter, made),) = make_letters(pool, [again])
    return despatch.keep(again, made, reason)


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
    if entry.status == "cancelled":
        result = despatch.refused(entry, refuse_cancelled(entry))
    else:
        register.cancel(entry.number, reason)
        result = despatch.result(replace(entry, status="cancelled", reason=reason), "cancelled")
    despatch.write_manifest()
    return result


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
    if not reason.strip():
        raise UsageError("--reason is empty", "Say why; it stands in register and manifest.")
    return " ".join(reason.split())


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
