"""Are given composites and ranks right: recomputed from counts, else held against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from generator.audit.dossier import Dossier
from generator.audit.figures.cell_findings import MOST_CELLS, at_cell, gather, join, show
from generator.findings import Finding, Severity
from generator.model import Figure
from generator.scoring import rank_cards, recompute_ranks

TOLERANCE = Decimal("0.005")
"""Half a unit of the last decimal that is printed (domain NUM-03)."""


MOST_RANKS = 3
"""Up to so many wrong ranks of a category have a finding each: one left out shifts all others."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One row in its category: its composite and rank as given, and the rank that follows."""

    who: str
    composite: Figure
    rank: Figure
    right: int

    @property
    def displaced(self) -> int:
        """By how many ranks."""
        return abs(int(self.rank.value) - self.right)


def check_composite_recomputable(case: Dossier) -> Iterator[Finding]:
    """Every printed composite can be recomputed from counts."""
    for row in case.edition.rows:
        if row.composite is not None and case.cards[row.who].computed is None:
            yield at_cell(
                "composite-recomputable",
                row.who,
                row.composite,
                f"The composite {show(row.composite)} of {row.who} cannot be recomputed: "
                "its counts are missing",
                "Fill in the counts of its row.",
                severity=Severity.WARNING,
            )


def check_composite_recomputed(case: Dossier) -> Iterator[Finding]:
    """A given composite is the one that weights and counts give (domain NUM-03)."""
    yield from gather(
        _wrong_composites(case),
        "The given composite is not that of the counts and the weights",
        "Look whether the weights and denominators in edition.toml, and the columns, are right.",
    )


def _wrong_composites(case: Dossier) -> Iterator[Finding]:
    for row in case.edition.rows:
        computed = case.cards[row.who].computed
        if row.composite is None or computed is None:
            continue
        if abs(row.composite.value - computed.value) > TOLERANCE:
            yield at_cell(
                "composite-recomputed",
                row.who,
                row.composite,
                f"The composite of {row.who} is given as {show(row.composite)}, which its counts "
                "and the weights do not give",
                "Correct the counts, the weights or the composite.",
                show(computed),
            )


def check_rank_recomputed(case: Dossier) -> Iterator[Finding]:
    """A given rank is the one that the recomputed composite gives (domain RANK-01).

    Where the composites are wrong throughout, the ranks cannot be judged.
    """
    if len(list(_wrong_composites(case))) > MOST_CELLS:
        return
    wrong = list(_wrong_ranks(case))
    for cohort in dict.fromkeys(card.cohort for card in case.cards.values()):
        yield from gather(
            (f for f in wrong if f.who and case.cards[f.who].cohort == cohort),
            f"In category {cohort} the given rank is not that of the recomputed composite",
            "Look whether a rank is left out or the column belongs to other rows; correct it.",
            MOST_RANKS,
        )


def _wrong_ranks(case: Dossier) -> Iterator[Finding]:
    recomputed = recompute_ranks(case.edition, case.cards)
    absent = _absent_members(case)
    for row in case.edition.rows:
        ranks = recomputed.get(row.who)
        if row.rank is None or not ranks:
            continue
        most = max(ranks) + absent.get(case.cards[row.who].cohort or "", 0)
        if row.rank.value not in ranks and not (max(ranks) < row.rank.value <= most):
            yield at_cell(
                "rank-recomputed",
                row.who,
                row.rank,
                f"The rank of {row.who} is given as {show(row.rank)}, which the recomputed "
                "composite does not give",
                "Correct the composites or the rank.",
                str(ranks[0]),
            )


def check_ranks_follow_scores(case: Dossier) -> Iterator[Finding]:
    """Ranks that cannot be recomputed follow the given composites, complete (domain RANK-01).

    Equal composites share the better rank: 1, 2, 2, 4. One finding a category.
    """
    absent = _absent_members(case)
    for cohort, members in _categories(case).items():
        wrong = [m for m in members if m.displaced and case.cards[m.who].computed is None]
        if not wrong or cohort in absent:
            continue
        worst = max(wrong, key=lambda member: member.displaced)
        listed = join([f"{m.who} {show(m.composite)} has {show(m.rank)}" for m in wrong])
        yield at_cell(
            "ranks-follow-scores",
            worst.who,
            worst.rank,
            f"In category {cohort} the ranks do not follow the composites: {listed}",
            "Correct the ranks, or the composite that is out of order.",
            join([f"{m.who} {m.right}" for m in wrong]),
        )


def _categories(case: Dossier) -> dict[str, list[Standing]]:
    """Each category's rows with the rank that follows from the given composites.

    Left out are categories in which a composite is missing or that a row may not belong to:
    other checks tell of these, and the ranks cannot be known.
    """
    cards = {
        row.who: replace(card, composite=row.composite or card.computed)
        for row in case.edition.rows
        if (card := case.cards[row.who]).cohort is not None
    }
    right = rank_cards(cards.values())
    open_ = {card.cohort for card in cards.values() if card.composite is None}
    categories: dict[str, list[Standing]] = {}
    for row in case.edition.rows:
        cohort = case.cards[row.who].cohort
        if row.cohort not in (None, cohort):
            open_ |= {row.cohort, cohort}
        if cohort and row.rank and (composite := row.composite or case.cards[row.who].computed):
            member = Standing(row.who, composite, row.rank, int(right[row.who].value))
            categories.setdefault(cohort, []).append(member)
    return {cohort: members for cohort, members in categories.items() if cohort not in open_}


def _absent_members(case: Dossier) -> dict[str, int]:
    """How many are not there of each category of which a partial edition has a part.

    Its ranks are in order, but with gaps.
    """
    if not case.edition.partial:
        return {}
    return {
        cohort: max(int(member.rank.value) - member.right for member in members)
        for cohort, members in _categories(case).items()
        if _has_only_gaps(members)
    }


def _has_only_gaps(members: Sequence[Standing]) -> bool:
    ordered = sorted(members, key=lambda member: (member.right, member.rank.value))
    in_order = all(
        (a.right < b.right) == (a.rank.value < b.rank.value) for a, b in pairwise(ordered)
    )
    missing = [member.rank.value - member.right for member in members]
    return in_order and min(missing) >= 0 and max(missing) > 0
