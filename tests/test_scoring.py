"""Scoring: shares, composite, category, ranks (domain §11)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Cohort, Edition, Figure, Scorecard, Unit
from generator.scoring import (
    cohort_of,
    cohort_table,
    level_of,
    rank_cards,
    recompute_ranks,
    score_edition,
)
from tests.editions_made import make_edition, row

COHORTS = (Cohort("A", 100_000), Cohort("B", 500_000), Cohort("C", None))


def card(who: str, score: str | None, cohort: str | None = "B") -> Scorecard:
    """A scorecard with a composite alone."""
    figure = Figure(Decimal(score), Unit.SCORE) if score else None
    return Scorecard(who, cohort, None, (), figure, figure, None)


def test_composite_is_the_weighted_sum_of_the_shares() -> None:
    edition = make_edition(row("HR", 400_000, 200_000, 100_000, 50_000, 80, 40))

    scorecard = score_edition(edition)["HR"]

    assert [s.share.value for s in scorecard.shares] == [50, 50, 25, 50]
    assert scorecard.composite is not None
    assert scorecard.composite.value == Decimal("42.50")


def composites(edition: Edition) -> dict[str, Decimal | None]:
    """Each recipient's printed composite."""
    cards = score_edition(edition)
    return {who: card.composite.value if card.composite else None for who, card in cards.items()}


def test_composite_rounds_half_up() -> None:
    # 20 % of 0.025 % and nothing else gives 0.005, which Babel would round to 0.00
    edition = make_edition(row("HR", 400_000, 100, 0, 0, 1, 0))

    assert composites(edition) == {"HR": Decimal("0.01")}


def test_equal_scores_share_the_better_rank() -> None:
    cards = [card("A", "70"), card("B", "60"), card("C", "60"), card("D", "50")]

    ranks = {who: int(rank.value) for who, rank in rank_cards(cards).items()}

    assert ranks == {"A": 1, "B": 2, "C": 2, "D": 4}


def test_ranks_follow_the_printed_scores() -> None:
    # 50.001 and 50.004 both print 50.00: a reader could not tell them apart
    edition = make_edition(
        row("HR", 400_000, 200_000, 100_000, 100_000, 100_000, 50_001),
        row("PB", 400_000, 200_000, 100_000, 100_000, 100_000, 50_004),
    )

    cards = score_edition(edition)

    assert composites(edition)["HR"] == composites(edition)["PB"]
    assert cards["HR"].rank == cards["PB"].rank


def test_ranks_are_within_the_category() -> None:
    cards = [card("A", "70", "A"), card("B", "60", "B")]

    assert {who: int(r.value) for who, r in rank_cards(cards).items()} == {"A": 1, "B": 1}


@pytest.mark.parametrize(
    ("strength", "category"),
    [(1, "A"), (100_000, "A"), (100_001, "B"), (500_000, "B"), (500_001, "C"), (9_999_999, "C")],
)
def test_a_category_reaches_up_to_and_including_its_limit(strength: int, category: str) -> None:
    assert cohort_of(COHORTS, Decimal(strength)) == category


@pytest.mark.parametrize(
    ("share", "level"),
    [
        ("0", "low"),
        ("30", "low"),
        ("30.001", "moderate"),
        ("60", "moderate"),
        ("60.11", "strong"),
        ("100", "strong"),
    ],
)
def test_no_share_falls_between_two_levels(share: str, level: str) -> None:
    assert level_of(make_edition().bands, Decimal(share)).id == level


def test_a_missing_count_leaves_the_composite_out() -> None:
    edition = make_edition(row("HR", 400_000, 200_000, None, 50_000, 80, 40))

    scorecard = score_edition(edition)["HR"]

    assert scorecard.shares == ()
    assert scorecard.composite is None
    assert scorecard.rank is None


def test_a_denominator_of_zero_is_no_share() -> None:
    edition = make_edition(row("HR", 400_000, 200_000, 100, 50, 0, 0))

    assert score_edition(edition)["HR"].shares == ()


def test_given_composites_and_ranks_stand_in_print() -> None:
    given_row = row("HR", 400_000, 200_000, 100_000, 50_000, 80, 40, composite="47.03", rank=9)

    scorecard = score_edition(make_edition(given_row, composite="given"))["HR"]

    assert scorecard.composite is not None
    assert scorecard.rank is not None
    assert (scorecard.composite.value, scorecard.rank.value) == (Decimal("47.03"), 9)
    assert scorecard.computed is not None
    assert scorecard.computed.value == Decimal("42.50")


GIVEN_HR = row("HR", 400_000, 200_000, 100_000, 50_000, 80, 40, composite="30", rank=2)


def recomputed(edition: Edition) -> dict[str, set[int]]:
    """The ranks that each recomputed composite can have."""
    ranks = recompute_ranks(edition, score_edition(edition))
    return {who: set(possible) for who, possible in ranks.items()}


def test_the_recomputed_rank_takes_rivals_without_counts_as_given() -> None:
    edition = make_edition(
        GIVEN_HR,
        row("PB", None, None, None, None, None, None, composite="40", rank=1, cohort="B"),
        composite="given",
    )

    assert recomputed(edition) == {"HR": {1}}


def test_a_rival_whose_given_composite_is_not_the_computed_one_may_be_either() -> None:
    rival = row("PB", 400_000, 200_000, 100_000, 50_000, 80, 36, composite="43", rank=1)
    edition = make_edition(GIVEN_HR, rival, composite="given")

    assert recomputed(edition) == {"HR": {1, 2}, "PB": {1, 2}}
    assert recompute_ranks(edition, score_edition(edition))["HR"][0] == 2


def test_a_rival_whose_given_category_is_not_that_of_its_strength_may_be_in_either() -> None:
    better = (400_000, 400_000, 400_000, 50_000, 80, 40)
    edition = make_edition(
        row("HR", 400_000, 200_000, 100_000, 50_000, 80, 40), row("PB", *better, cohort="C")
    )

    assert recomputed(edition) == {"HR": {1, 2}, "PB": {1}}


def test_no_rank_is_recomputed_outside_a_category() -> None:
    edition = make_edition(row("HR", 400_000, 200_000, 100_000, 50_000, 80, 40), cohorts=())

    assert recomputed(edition) == {"HR": set()}


def test_the_table_holds_the_category_in_rank_order() -> None:
    edition = make_edition(
        row("HR", 400_000, 200_000, 100_000, 50_000, 80, 40),
        row("PB", 400_000, 200_000, 150_000, 50_000, 80, 40),
        row("GA", 50_000, 20_000, 10_000, 5_000, 80, 40),
    )

    table = cohort_table(score_edition(edition), "B")

    assert [scorecard.who for scorecard in table] == ["PB", "HR"]


def test_every_share_names_the_cells_it_came_from() -> None:
    edition = make_edition(row("HR", 400_000, 200_000, 100_000, 50_000, 80, 40))

    share = score_edition(edition)["HR"].shares[0]

    assert [cell.cell for cell in share.share.cells] == ["onboarded", "strength"]


@given(st.lists(st.decimals("0", "100", places=2), min_size=1, max_size=36))
def test_ranks_count_the_better_ones(scores: list[Decimal]) -> None:
    cards = [card(str(n), str(score)) for n, score in enumerate(scores)]

    ranks = rank_cards(cards)

    for n, score in enumerate(scores):
        assert ranks[str(n)].value == 1 + sum(other > score for other in scores)


def test_equal_ranks_stand_in_one_order_however_the_workbook_is_sorted() -> None:
    same = (400_000, 200_000, 100_000, 50_000, 80, 40)
    orders = [("HR", "PB", "AS"), ("PB", "AS", "HR")]

    tables = [
        cohort_table(score_edition(make_edition(*(row(who, *same) for who in order))), "B")
        for order in orders
    ]

    assert [[c.who for c in table] for table in tables] == [["AS", "HR", "PB"]] * 2
