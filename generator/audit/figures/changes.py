"""Count by count against the previous edition: none has fallen, none has leapt.

Every count but the strength is cumulative: who was onboarded in October still is in November.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.audit.dossier import Dossier
from generator.audit.figures.cell_findings import MOST_CELLS, at_cell, show
from generator.audit.figures.previous import STRENGTH, is_earlier, pair_rows
from generator.findings import Finding, Severity
from generator.locales import format_limit, round_half_up
from generator.model import Edition, Figure


@dataclass(frozen=True, slots=True)
class Change:
    """One count of one row: in the previous edition, and now."""

    who: str
    column: str
    before: Figure
    now: Figure

    @property
    def is_fall(self) -> bool:
        """A cumulative count is lower than it was."""
        return self.column != STRENGTH and self.now.value < self.before.value

    def exceeds(self, percent: Decimal) -> bool:
        """Whether it moved more than so many percent. Of 0 there is no percentage: any rise does.

        That happens once in a count's life, and is worth one look.
        """
        return abs(self.now.value - self.before.value) * 100 > percent * self.before.value


def check_figures_not_fallen(case: Dossier) -> Iterator[Finding]:
    """A cumulative count is not lower than in the previous edition."""
    yield from _tell(
        "figures-not-fallen",
        [change for change in _changes(case) if change.is_fall],
        case.edition,
        "have fallen",
        _describe_fall,
    )


def check_change_within_limit(case: Dossier) -> Iterator[Finding]:
    """No count moved more than ``max_change_percent``; figures-not-fallen tells those that fell."""
    limit = case.edition.max_change_percent
    yield from _tell(
        "change-within-limit",
        [c for c in _changes(case) if not c.is_fall and c.exceeds(limit)],
        case.edition,
        f"have moved more than {format_limit(limit, 'en')}%",
        lambda c: f"{_describe_leap(c)}; max_change_percent is {format_limit(limit, 'en')}",
    )


def _changes(case: Dossier) -> Iterator[Change]:
    """Every count that both editions have, but negative ones (counts-whole tells these)."""
    edition, earlier = case.edition, case.edition.earlier
    if earlier is None or not is_earlier(earlier, edition):
        return
    for row, before in pair_rows(edition, earlier):
        for column, figure in row.counts.items():
            if column in before.counts and min(figure.value, before.counts[column].value) >= 0:
                yield Change(row.who, column, before.counts[column], figure)


def _tell(
    check: str,
    changes: Sequence[Change],
    edition: Edition,
    what: str,
    describe: Callable[[Change], str],
) -> Iterator[Finding]:
    """A warning a cell; a single one where so many are hit that the columns must be wrong."""
    if len(changes) > MOST_CELLS:
        columns = dict.fromkeys(change.column for change in changes)
        listed = "; ".join(f"{column}: {_names(changes, column, edition)}" for column in columns)
        yield at_cell(
            check,
            None,
            changes[0].now,
            f"{len(changes)} counts {what} since {edition.earlier and edition.earlier.name}. "
            + listed,
            "Look whether these are the right columns and the right workbook; "
            "if they are, check the figures with the scoring cell.",
            severity=Severity.WARNING,
        )
        return
    for change in changes:
        yield at_cell(
            check,
            change.who,
            change.now,
            describe(change),
            "Check both figures with the scoring cell, and correct the cell if it is wrong.",
            severity=Severity.WARNING,
        )


def _names(changes: Sequence[Change], column: str, edition: Edition) -> str:
    names = [change.who for change in changes if change.column == column]
    return f"all {len(names)} rows" if len(names) == len(edition.rows) else ", ".join(names)


def _describe_fall(change: Change) -> str:
    return (
        f"{change.column} of {change.who} is {show(change.now)}, "
        f"lower than {show(change.before)} in {_cell(change.before)}"
    )


def _describe_leap(change: Change) -> str:
    now, before = change.now.value, change.before.value
    by = f"{round_half_up(abs(now - before) * 100 / before, 1)}% " if before else ""
    return (
        f"{change.column} of {change.who} is {show(change.now)}, "
        f"{by}{'above' if now > before else 'below'} {show(change.before)} "
        f"in {_cell(change.before)}"
    )


def _cell(figure: Figure) -> str:
    return str(figure.cells[0]) if figure.cells else "the previous edition"
