"""The last look before a number is given: each letter composed, and read by the audit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.audit import LETTER_CHECKS, run_checks
from generator.compose import Revised
from generator.content import Letter
from generator.errors import PatraError
from generator.paths import Paths
from generator.register import Entry, Register
from generator.run.make import latest_revisions, try_compose
from generator.run.prepare import Prepared, prepare_edition
from generator.run.results import LetterResult


@dataclass(frozen=True)
class Examined(Prepared):
    """A prepared edition with its finished letters.

    ``failures`` are the letters that could not be composed, as their text is broken for them.
    """

    failures: Sequence[LetterResult] = ()

    @property
    def letters(self) -> Sequence[Letter]:
        """The letters of the chosen recipients that have what they must print."""
        return self.case.letters


def examine_edition(
    paths: Paths, folder: Path, names: Sequence[str] = (), *, draft: bool = False
) -> Examined:
    """Reads, scores and audits an edition, composes its letters and audits them.

    Each letter bears the number that it will be given, and is the revision in force where there
    are several; a ``draft`` bears no number.

    Raises:
        InputError: The edition cannot be understood as a whole.
        UsageError: A name is no recipient of this edition.
        TemplateError: A text is broken for every letter; with all that was found besides.
        ArchiveError: The register cannot be read.
    """
    prepared = prepare_edition(paths, folder, names)
    register = Register(paths.output, prepared.key)
    ids = [recipient.id for recipient in prepared.edition.addressees]
    numbers, taken = ({}, {}) if draft else register.foresee_numbers(prepared.edition, ids)
    revised = {} if draft else latest_revisions(register.entries())
    letters, failures = try_compose(prepared, prepared.printable, numbers, revised)
    broken = next((failure.error for failure in failures if failure.error), None)
    if broken and not letters:
        raise with_findings(broken, prepared)
    case = replace(prepared.case, letters=letters, numbers=numbers, taken=taken)
    case = replace(case, found=[*case.found, *run_checks(LETTER_CHECKS, case)])
    return Examined(paths, case, prepared.chosen, prepared.everyone, failures)


def numbered_letters(
    examined: Examined, numbers: Mapping[str, str], entries: Mapping[str, Entry]
) -> tuple[Sequence[Letter], Sequence[LetterResult]]:
    """The letters under the numbers that were reserved, and those that could not be composed.

    They are those that were examined, unless another run took a number in between, or issued a
    revision.
    """
    revised = latest_revisions(entries)
    if all(_is_current(letter, numbers, revised) for letter in examined.letters):
        return examined.letters, examined.failures
    return try_compose(examined, examined.chosen, numbers, revised)


def _is_current(letter: Letter, numbers: Mapping[str, str], revised: Mapping[str, Revised]) -> bool:
    last = revised.get(letter.who)
    composed = Revised(letter.revision, letter.date) if letter.revision > 1 else None
    return letter.number == numbers[letter.who] and composed == last


def with_findings(error: PatraError, prepared: Prepared) -> PatraError:
    """A refusal that shows what else was found, so that all is told in one run."""
    return type(error)(error.message, error.remedy, [*error.findings, *prepared.findings])
