"""The last look before a number is given: each letter composed, read by the audit, and dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.audit import NUMBER_CHECKS, read_letters, run_checks
from generator.errors import PatraError
from generator.model import Recipient
from generator.paths import Paths
from generator.register import Register
from generator.run.make import compose_letters, latest_revisions
from generator.run.prepare import Prepared, prepare_edition
from generator.run.results import LetterResult


@dataclass(frozen=True)
class Examined(Prepared):
    """A prepared edition whose finished letters were read, and not kept.

    ``failures`` are the letters that could not be composed, as their text is broken for them.
    """

    failures: Sequence[LetterResult] = ()

    @property
    def fit(self) -> Sequence[Recipient]:
        """The chosen recipients whose letters have what they must print."""
        return [recipient for recipient in self.chosen if recipient.id in self.read]


def examine_edition(
    paths: Paths,
    folder: Path,
    names: Sequence[str] = (),
    *,
    draft: bool = False,
    scored: Callable[[Prepared], object] = lambda _prepared: None,
) -> Examined:
    """Reads, scores and audits an edition, and each of its letters as it is composed.

    Each letter bears the number that it will be given, and is the revision in force where there
    are several; a ``draft`` bears no number. ``scored`` is told of the edition before its audit.

    Raises:
        InputError: The edition cannot be understood as a whole.
        UsageError: A name is no recipient of this edition.
        TemplateError: A text is broken for every letter; with all that was found besides.
        ArchiveError: The register cannot be read.
    """
    prepared = prepare_edition(paths, folder, names, scored)
    register = Register(paths.output, prepared.key)
    ids = [recipient.id for recipient in prepared.edition.addressees]
    numbers, taken = ({}, {}) if draft else register.foresee_numbers(prepared.edition, ids)
    revised = {} if draft else latest_revisions(register.entries())
    case = replace(prepared.case, numbers=numbers, taken=taken)
    failures: list[LetterResult] = []
    letters = compose_letters(prepared, prepared.printable, numbers, revised, failures.append)
    found = [*run_checks(NUMBER_CHECKS, case), *read_letters(case, letters)]
    lost = {failure.who for failure in failures}
    read = frozenset(r.id for r in prepared.printable if r.id not in lost)
    broken = next((failure.error for failure in failures if failure.error), None)
    if broken and not read:
        raise with_findings(broken, prepared)
    case = replace(case, found=[*case.found, *found])
    return Examined(paths, case, prepared.chosen, prepared.everyone, read, failures)


def with_findings(error: PatraError, prepared: Prepared) -> PatraError:
    """A refusal that shows what else was found, so that all is told in one run."""
    return type(error)(error.message, error.remedy, [*error.findings, *prepared.findings])
