"""Shares, composite, category, rank: pure functions from an edition's counts to scorecards.

House decisions (domain §11.1–2): a share is numerator ÷ denominator as Annexure 2 defines them;
composite = Σ weight × share, half-up to two decimals; ranks follow the printed scores, and equal
scores share the better rank (1, 2, 2, 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from generator.model import (
    Band,
    Cohort,
    Edition,
    Figure,
    Indicator,
    Scorecard,
    ScoreRow,
    Share,
    Unit,
)

HUNDRED = Decimal(100)
SCORE_STEP = Decimal("0.01")


def score_edition(edition: Edition) -> dict[str, Scorecard]:
    """Scorecards of every row of the workbook, by recipient's id, in the workbook's order.

    Where counts are missing, ``shares`` is empty and ``computed`` None; with
    ``composite = "given"`` the workbook's composite and rank stand in print.
    """
    cards = {row.who: _score_row(edition, row) for row in edition.rows}
    if edition.scoring.composite == "given":
        given = {row.who: row for row in edition.rows}
        return {
            who: replace(card, composite=given[who].composite, rank=given[who].rank)
            for who, card in cards.items()
        }
    ranks = rank_cards(cards.values())
    return {who: replace(card, rank=ranks.get(who)) for who, card in cards.items()}


def _score_row(edition: Edition, row: ScoreRow) -> Scorecard:
    shares = score_shares(edition.indicators, edition.bands, row.counts)
    strength = row.counts.get("strength")
    computed = composite_of(shares) if shares else None
    return Scorecard(
        who=row.who,
        cohort=cohort_of(edition.cohorts, strength.value) if strength else row.cohort,
        strength=strength,
        shares=shares,
        computed=computed,
        composite=computed,
        rank=None,
    )


def score_shares(
    indicators: Iterable[Indicator], bands: tuple[Band, ...], counts: Mapping[str, Figure]
) -> tuple[Share, ...]:
    """One share an indicator, or none at all where a count is missing or a denominator is 0."""
    shares = []
    for indicator in indicators:
        top, bottom = counts.get(indicator.numerator), counts.get(indicator.denominator)
        if top is None or bottom is None or bottom.value == 0:
            return ()
        percent = top.value * HUNDRED / bottom.value
        figure = Figure(percent, Unit.PERCENT, (*top.cells, *bottom.cells))
        shares.append(Share(indicator, top, bottom, figure, level_of(bands, percent)))
    return tuple(shares)


def level_of(bands: tuple[Band, ...], percent: Decimal) -> Band:
    """The band of a share: above the previous limit, up to and including its own."""
    return next((band for band in bands if percent <= band.upto), bands[-1])


def cohort_of(cohorts: Iterable[Cohort], strength: Decimal) -> str | None:
    """The category of a strength: above the previous limit, up to and including its own."""
    return next((c.id for c in cohorts if c.upto is None or strength <= c.upto), None)


def composite_of(shares: tuple[Share, ...]) -> Figure:
    """Σ weight × share ÷ 100, half-up to two decimals; its cells are those of all the shares."""
    total = sum((s.indicator.weight * s.share.value for s in shares), Decimal(0)) / HUNDRED
    cells = tuple(dict.fromkeys(cell for s in shares for cell in s.share.cells))
    return Figure(total.quantize(SCORE_STEP, ROUND_HALF_UP), Unit.SCORE, cells)


def rank_cards(cards: Iterable[Scorecard]) -> dict[str, Figure]:
    """Ranks by id, within each category, from the printed composites; ties share the better."""
    cards = [card for card in cards if card.composite is not None and card.cohort is not None]
    ranks = {}
    for card in cards:
        rivals = (rival for rival in cards if rival.cohort == card.cohort)
        better = sum(1 for rival in rivals if _score(rival) > _score(card))
        ranks[card.who] = Figure(Decimal(better + 1), Unit.RANK)
    return ranks


def rank_recomputed(cards: Mapping[str, Scorecard], who: str) -> int | None:
    """The rank that follows from the recomputed composite, others' as they can be known.

    A rival whose counts are missing keeps its given composite. None where the composite of
    ``who`` cannot be recomputed.
    """
    if cards[who].computed is None:
        return None
    known = [replace(card, composite=card.computed or card.composite) for card in cards.values()]
    return int(rank_cards(known)[who].value)


def cohort_table(cards: Mapping[str, Scorecard], cohort: str | None) -> list[Scorecard]:
    """The scored members of a category in rank order; equal ranks in the order of their ids."""
    members = [c for c in cards.values() if c.cohort == cohort and c.rank and c.composite]
    return sorted(members, key=lambda card: (card.rank.value if card.rank else 0, card.who))


def _score(card: Scorecard) -> Decimal:
    return card.composite.value if card.composite else Decimal(-1)
