"""Are the figures right: every share, composite, category and rank recomputed from the counts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.audit.dossier import Dossier
from generator.findings import Finding, Severity
from generator.locales import format_figure
from generator.model import Figure
from generator.scoring import cohort_of, rank_recomputed

TOLERANCE = Decimal("0.005")
"""Half a unit of the last decimal that is printed (domain NUM-03)."""


def _print(figure: Figure) -> str:
    return format_figure(figure, "en")


def _at_cell(
    check: str,
    who: str,
    figure: Figure,
    message: str,
    remedy: str,
    severity: Severity = Severity.ERROR,
) -> Finding:
    """A finding on one recipient's figure, at the first of its cells."""
    where = figure.cells[0] if figure.cells else None
    return Finding(severity, check, message, remedy, who=who, where=where)


def check_weights_sum_to_100(case: Dossier) -> Iterator[Finding]:
    """The indicators' weights sum to 100 (domain NUM-04)."""
    total = sum((i.weight for i in case.edition.indicators), Decimal(0))
    if case.edition.indicators and total != 100:
        yield Finding(
            Severity.ERROR,
            "weights-sum-to-100",
            f"The weights of the {len(case.edition.indicators)} indicators sum to {total}, not 100",
            "Correct weight = … in edition.toml.",
            where=case.edition.places.get("indicators.0.weight"),
        )


def check_share_not_of_itself(case: Dossier) -> Iterator[Finding]:
    """No share is taken of itself: numerator and denominator differ (domain 7.1)."""
    for position, indicator in enumerate(case.edition.indicators):
        if indicator.numerator == indicator.denominator:
            yield Finding(
                Severity.ERROR,
                "share-not-of-itself",
                f'Indicator "{indicator.id}" takes {indicator.numerator} of itself: '
                "the share is 100% for everyone",
                "Name the right denominator, as the definition says.",
                where=case.edition.places.get(f"indicators.{position}.denominator"),
            )


def check_counts_whole(case: Dossier) -> Iterator[Finding]:
    """Counts are whole and not negative."""
    for row in case.edition.rows:
        for column, figure in row.counts.items():
            if figure.value < 0 or figure.value != figure.value.to_integral_value():
                yield _at_cell(
                    "counts-whole",
                    row.who,
                    figure,
                    f"{column} of {row.who} is {figure.value}; a count is whole and not negative",
                    "Correct the cell.",
                )


def check_part_within_whole(case: Dossier) -> Iterator[Finding]:
    """A part is not above its whole: no share exceeds 100 % (domain NUM-06)."""
    for card in case.cards.values():
        for share in card.shares:
            if share.share.value > 100:
                yield _at_cell(
                    "part-within-whole",
                    card.who,
                    share.numerator,
                    f"{share.indicator.numerator} of {card.who} is {_print(share.numerator)}, "
                    f"above {share.indicator.denominator} {_print(share.denominator)}",
                    "Correct one of the two cells.",
                )


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
    for row in case.edition.rows:
        strength = row.counts.get("strength")
        if (
            strength
            and row.cohort
            and row.cohort != cohort_of(case.edition.cohorts, strength.value)
        ):
            yield _at_cell(
                "category-follows-strength",
                row.who,
                strength,
                f"{row.who} is given category {row.cohort}, but its strength "
                f"{_print(strength)} belongs to {cohort_of(case.edition.cohorts, strength.value)}",
                "Correct the strength or the category.",
            )


def check_composite_recomputable(case: Dossier) -> Iterator[Finding]:
    """Every printed composite can be recomputed from counts."""
    for row in case.edition.rows:
        if row.composite is not None and case.cards[row.who].computed is None:
            yield _at_cell(
                "composite-recomputable",
                row.who,
                row.composite,
                f"The composite {_print(row.composite)} of {row.who} cannot be recomputed: "
                "its counts are missing",
                "Fill in the counts of its row.",
                severity=Severity.WARNING,
            )


def check_composite_recomputed(case: Dossier) -> Iterator[Finding]:
    """A given composite is the one that weights and counts give (domain NUM-03)."""
    for row in case.edition.rows:
        computed = case.cards[row.who].computed
        if row.composite is None or computed is None:
            continue
        if abs(row.composite.value - computed.value) > TOLERANCE:
            yield _at_cell(
                "composite-recomputed",
                row.who,
                row.composite,
                f"The composite of {row.who} is given as {_print(row.composite)}; "
                f"its counts and the weights give {_print(computed)}",
                "Correct the counts, the weights or the composite.",
            )


def check_rank_recomputed(case: Dossier) -> Iterator[Finding]:
    """A given rank is the one that the recomputed composites give (domain RANK-01)."""
    for row in case.edition.rows:
        rank = rank_recomputed(case.cards, row.who)
        if row.rank is not None and rank is not None and row.rank.value != rank:
            yield _at_cell(
                "rank-recomputed",
                row.who,
                row.rank,
                f"The rank of {row.who} is given as {_print(row.rank)}; "
                f"the recomputed composites give {rank}",
                "Correct the composites or the rank.",
            )
