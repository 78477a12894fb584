"""Will each letter bear a number of its own."""

from __future__ import annotations

from collections.abc import Iterator

from generator.audit.dossier import Dossier
from generator.audit.texts.passages import setting_place
from generator.findings import Finding, Severity

MOST_SHOWN = 3


def check_numbers_unique(case: Dossier) -> Iterator[Finding]:
    """No number is given twice, in this edition or to another in the register (domain REF-01)."""
    bearers: dict[str, list[str]] = {}
    for who, number in case.numbers.items():
        bearers.setdefault(number, []).append(who)
    taken = [f"{n} is of {case.taken[n]}" for n in bearers if n in case.taken]
    doubled = [f"{n} is for {' and '.join(ids)}" for n, ids in bearers.items() if len(ids) > 1]
    if taken:
        yield _finding(case, "Numbers that the letters would bear are taken", taken)
    if doubled:
        yield _finding(case, "Several letters would bear one number", doubled)


def _finding(case: Dossier, what: str, numbers: list[str]) -> Finding:
    more = f"; and {len(numbers) - MOST_SHOWN} more" if len(numbers) > MOST_SHOWN else ""
    return Finding(
        Severity.ERROR,
        "numbers-unique",
        f"{what}: {'; '.join(numbers[:MOST_SHOWN])}{more}",
        case.edition.number.remedy,
        where=setting_place(case.edition, "number.pattern"),
    )
