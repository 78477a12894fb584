"""Do the counts agree with each other, and given totals, shares and categories with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from generator.audit.dossier import Dossier
from generator.audit.figures.cell_findings import at_cell, gather, show
from generator.findings import Finding, Severity
from generator.locales import format_number
from generator.model import Edition, Figure, Indicator, ScoreRow
from generator.scoring import HUNDRED, cohort_of

LEAST_TOLERANCE = Decimal("0.005")
"""Half a unit of the last decimal that is printed."""

CHAIN = (
    ("onboarded", "strength"),
    ("verified", "onboarded"),
    ("completed_one", "onboarded"),
    ("assessments_cleared", "assessments_attempted"),
)
"""Parts and wholes among the contract's columns, whatever the indicators divide by."""


def check_counts_whole(case: Dossier) -> Iterator[Finding]:
    """Counts are whole and not negative."""
    for row in case.edition.rows:
        for column, figure in row.counts.items():
            if figure.value < 0 or figure.value != figure.value.to_integral_value():
                yield at_cell(
                    "counts-whole",
                    row.who,
                    figure,
                    f"{column} of {row.who} is {figure.value}",
                    "Correct the cell.",
                    "a count, which is whole and not negative",
                )


def check_part_within_whole(case: Dossier) -> Iterator[Finding]:
    """A part is not above its whole, so that no share exceeds 100 % (domain NUM-06)."""
    for part, whole in _pairs(case.edition):
        yield from gather(
            _parts_above(case.edition, part, whole),
            f"{part} is above {whole}",
            "Look whether numerator and denominator in edition.toml, and the columns, are right.",
        )


def _pairs(edition: Edition) -> Iterable[tuple[str, str]]:
    """Each part with its whole: the indicators' own, and the contract's."""
    own = [(i.numerator, i.denominator) for i in edition.indicators]
    return dict.fromkeys([*own, *CHAIN])


def _is_above(row: ScoreRow, part: str, whole: str) -> bool:
    """Whether a row's part is above its whole; of negative counts counts-whole tells."""
    one, all_ = row.counts.get(part), row.counts.get(whole)
    return one is not None and all_ is not None and one.value > all_.value >= 0


def _parts_above(edition: Edition, part: str, whole: str) -> Iterator[Finding]:
    for row in edition.rows:
        if _is_above(row, part, whole):
            one, all_ = row.counts[part], row.counts[whole]
            yield at_cell(
                "part-within-whole",
                row.who,
                one,
                f"{part} of {row.who} is {show(one)}, above {whole}, which is {show(all_)}",
                "Correct one of the two cells.",
                f"at most {show(all_)}",
            )


def check_totals_agree(case: Dossier) -> Iterator[Finding]:
    """A given total is the sum of the rows above it: of all, or of those since the last total.

    Where the sheet begins with a total, totals stand above their rows. A column in which a row
    has no figure is not added up, nor one in which a figure is told as wrong at its own cell.
    """
    rows, totals = case.edition.rows, case.edition.totals
    told = _wrong_in_themselves(case.edition)
    firsts = [min(map(_line, group), default=0) for group in (rows, totals)]
    order = 1 if firsts[0] < firsts[1] else -1
    for total in totals:
        here = order * _line(total)
        before = [row for row in rows if order * _line(row) < here] or list(rows)
        ends = [order * _line(other) for other in totals if order * _line(other) < here]
        since = [row for row in before if not ends or order * _line(row) > max(ends)]
        known = [
            column
            for column in total.counts
            if before and all(column in row.counts for row in before)
            if not any((row.who, column) in told for row in before)
        ]
        runs = [run for run in (since, before) if run]
        yield from _one_a_row(
            finding
            for column in known
            for finding in _wrong_total(
                column, total.counts[column], [_sum(run, column) for run in runs]
            )
        )


def _one_a_row(findings: Iterable[Finding]) -> Iterator[Finding]:
    """One finding for a row of totals: a row that is missing makes all of them wrong."""
    found = list(findings)
    if len(found) > 1:
        message = "; ".join(finding.message for finding in found)
        expected = ", ".join(finding.expected for finding in found)
        remedy = "Look whether a row is missing, or stands twice, or which figures are wrong."
        yield replace(found[0], message=message, expected=expected, remedy=remedy)
    else:
        yield from found


def _wrong_in_themselves(edition: Edition) -> set[tuple[str, str]]:
    """Rows and columns of counts that counts-whole or part-within-whole tells of."""
    wrong = {
        (row.who, column)
        for row in edition.rows
        for column, figure in row.counts.items()
        if figure.value < 0 or figure.value != figure.value.to_integral_value()
    }
    for part, whole in _pairs(edition):
        above = (row for row in edition.rows if _is_above(row, part, whole))
        wrong |= {(row.who, column) for row in above for column in (part, whole)}
    return wrong


def _wrong_total(column: str, figure: Figure, sums: Sequence[Decimal]) -> Iterator[Finding]:
    if figure.value in sums:
        return
    right = min(sums, key=lambda total: abs(total - figure.value))
    apart = figure.value - right
    yield at_cell(
        "totals-agree",
        None,
        figure,
        f"The total of {column} is given as {show(figure)}, {format_number(abs(apart), 'en')} "
        f"{'more' if apart > 0 else 'less'} than its rows add up to",
        "Look which figure of the column is wrong, a row's or the total; correct it.",
        format_number(right, "en"),
    )


def _line(row: ScoreRow) -> int:
    """The number of a row in its sheet."""
    return int((row.place.cell or "0").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0)


def _sum(rows: Sequence[ScoreRow], column: str) -> Decimal:
    return sum((row.counts[column].value for row in rows), Decimal(0))


def check_strength_given(case: Dossier) -> Iterator[Finding]:
    """A given category can be checked by a strength; one warning names all that lack one."""
    rows = [row for row in case.edition.rows if row.cohort and "strength" not in row.counts]
    if rows:
        yield Finding(
            Severity.WARNING,
            "strength-given",
            "A category is given without a strength to check it by: "
            + ", ".join(row.who for row in rows),
            "Fill in the strength.",
            where=rows[0].place,
        )


def check_category_follows_strength(case: Dossier) -> Iterator[Finding]:
    """A given category is the one that the strength falls into (domain RANK-02)."""
    yield from gather(
        _wrong_categories(case.edition),
        "The given category is not that of the strength",
        "Look whether the limits of [[cohorts]] in edition.toml, and the columns, are right.",
    )


def _wrong_categories(edition: Edition) -> Iterator[Finding]:
    for row in edition.rows:
        strength = row.counts.get("strength")
        if strength is None or row.cohort is None:
            continue
        right = cohort_of(edition.cohorts, strength.value)
        if row.cohort != right:
            yield at_cell(
                "category-follows-strength",
                row.who,
                strength,
                f"{row.who} is given category {row.cohort}, with a strength of {show(strength)}",
                "Correct the strength or the category.",
                f"category {right}",
            )


def check_shares_recomputed(case: Dossier) -> Iterator[Finding]:
    """A share given in the workbook is the one that its counts give (domain NUM-02).

    Half a unit of the given share's last decimal is allowed. Of a share of itself
    share-not-of-itself tells.
    """
    for indicator in case.edition.indicators:
        if indicator.numerator != indicator.denominator:
            yield from gather(
                _wrong_shares(case.edition.rows, indicator),
                f'The given share "{indicator.id}" is not that of the counts',
                f'Look whether the denominator of "{indicator.id}" in edition.toml is right, and '
                "whether the column holds percentages, not fractions.",
            )


def _wrong_shares(rows: Sequence[ScoreRow], indicator: Indicator) -> Iterator[Finding]:
    for row in rows:
        given = row.shares.get(indicator.id)
        part, whole = (row.counts.get(c) for c in (indicator.numerator, indicator.denominator))
        if given is None or part is None or whole is None or whole.value == 0:
            continue
        if not 0 <= part.value <= whole.value:
            continue  # told at the counts' own cells
        right = part.value * HUNDRED / whole.value
        decimals = max(0, -int(given.value.as_tuple().exponent))
        if abs(given.value - right) > max(LEAST_TOLERANCE, Decimal("0.5").scaleb(-decimals)):
            yield at_cell(
                "shares-recomputed",
                row.who,
                given,
                f'The share "{indicator.id}" of {row.who} is given as '
                f"{format_number(given.value, 'en', decimals)}%, which {show(part)} ÷ "
                f"{show(whole)} does not give",
                "Correct the share, or whichever of the two counts is wrong.",
                f"{format_number(right, 'en', max(2, decimals))}%",
            )
