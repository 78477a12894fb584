"""Shares, composite, category, rank: pure functions from an edition's counts to scorecards.

House decisions (domain §11.1–2): a share is numerator ÷ denominator as Annexure 2 defines them;
composite = Σ weight × share, half-up to two decimals; ranks follow the printed scores, and equal
scores share the better rank (1, 2, 2, 4).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from generator.kept import keep_last
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
    scores = _scores_by_cohort((card.cohort, _score(card)) for card in cards)
    return {
        card.who: Figure(Decimal(1 + _better(scores[card.cohort], _score(card))), Unit.RANK)
        for card in cards
    }


def recompute_ranks(edition: Edition, cards: Mapping[str, Scorecard]) -> dict[str, list[int]]:
    """The ranks that a recomputed composite can have, by id; none where it cannot be recomputed.

    The first is against the rivals' composites as given, else as computed. Where a rival's given
    and computed composite differ, or its given category and that of its strength, either may be
    wrong, and that is told of the rival: so there is a rank against each.
    """
    rows = {row.who: row for row in edition.rows}
    strict = {who: card.cohort for who, card in cards.items()}
    given = {who: rows[who].cohort or cohort for who, cohort in strict.items()}
    ranks: dict[str, list[int]] = {who: [] for who, card in cards.items() if card.computed}
    for cohorts in (strict, given):
        for scores in (
            {who: rows[who].composite or card.computed for who, card in cards.items()},
            {who: card.computed or rows[who].composite for who, card in cards.items()},
        ):
            for who, rank in _ranks_of_computed(cards, cohorts, scores).items():
                ranks[who].append(rank)
    return ranks


def _ranks_of_computed(
    cards: Mapping[str, Scorecard],
    cohorts: Mapping[str, str | None],
    scores: Mapping[str, Figure | None],
) -> dict[str, int]:
    """The rank of each recomputed composite among the scores of the other members."""
    listed = _scores_by_cohort((cohorts[who], s.value) for who, s in scores.items() if s)
    ranks = {}
    for who, card in cards.items():
        score = scores[who]
        if card.computed is not None and score is not None and cohorts[who] is not None:
            own = card.computed.value
            ranks[who] = 1 + _better(listed[cohorts[who]], own) - (score.value > own)
    return ranks


def _scores_by_cohort(
    scores: Iterable[tuple[str | None, Decimal]],
) -> dict[str | None, list[Decimal]]:
    """The scores of each category, ascending."""
    by_cohort: dict[str | None, list[Decimal]] = {}
    for cohort, score in sorted(scores, key=lambda pair: pair[1]):
        by_cohort.setdefault(cohort, []).append(score)
    return by_cohort


def _better(ascending: Sequence[Decimal], score: Decimal) -> int:
    return len(ascending) - bisect_right(ascending, score)


def cohort_table(cards: Mapping[str, Scorecard], cohort: str | None) -> Sequence[Scorecard]:
    """The scored members of a category in rank order; equal ranks in the order of their ids."""
    return _cohort_tables(cards).get(cohort, ())


@keep_last
def _cohort_tables(cards: Mapping[str, Scorecard]) -> Mapping[str | None, Sequence[Scorecard]]:
    """The tables of all categories."""
    tables: dict[str | None, list[Scorecard]] = {}
    for card in cards.values():
        if card.rank and card.composite:
            tables.setdefault(card.cohort, []).append(card)
    for members in tables.values():
        members.sort(key=lambda card: (card.rank.value if card.rank else 0, card.who))
    return tables


def _score(card: Scorecard) -> Decimal:
    return card.composite.value if card.composite else Decimal(-1)
