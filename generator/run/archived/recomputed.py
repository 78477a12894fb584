"""A letter's figures worked out again from its own data alone, beside what it states."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.data_json import decimal_text
from generator.letter_data import LetterData
from generator.model import Band, Cohort, Figure, Indicator, Share, Unit
from generator.scoring import cohort_of, composite_of, score_shares

Claim = tuple[str, str, str]
"""A figure's name, what is stated of it, and what comes out when it is worked out again."""


def recompute(data: LetterData) -> list[Claim]:
    """Every figure of a letter that is stated otherwise than it comes out.

    Where composite and rank were given by the office, it answers for them: they are the same in
    the ranking as above it, and may differ from the formula's.

    Raises:
        ValueError: A number is none, or nothing can be divided by it.
    """
    try:
        claims = [*_share_claims(data), *_category_claims(data), *_rank_claims(data)]
    except (ArithmeticError, LookupError) as error:
        raise ValueError("figures that cannot be worked out again") from error
    return [claim for claim in claims if claim[1] != claim[2]]


def _share_claims(data: LetterData) -> Iterator[Claim]:
    shares = _shares(data)
    for stated, share in zip(data.indicators, shares, strict=True):
        yield f"share of {stated.id}", stated.share, decimal_text(share.share.value)
        yield f"level of {stated.id}", stated.level, share.level.id
    computed = decimal_text(composite_of(shares).value) if shares else ""
    yield "computed composite", data.computed, computed
    if data.method == "computed":
        yield "composite", data.composite.value, computed


def _shares(data: LetterData) -> tuple[Share, ...]:
    counts, indicators = {}, []
    for given in data.indicators:
        top, bottom = f"{given.id}: numerator", f"{given.id}: denominator"
        counts[top] = Figure(Decimal(given.numerator.value), Unit.COUNT)
        counts[bottom] = Figure(Decimal(given.denominator.value), Unit.COUNT)
        weight = Decimal(given.weight)
        indicators.append(Indicator(given.id, weight, top, bottom, given.name, {}, {}))
    bands = tuple(Band(level.id, Decimal(level.upto), level.name) for level in data.levels)
    shares = score_shares(indicators, bands, counts)
    if len(shares) != len(indicators):
        raise ValueError("a denominator of 0")
    return shares


def _category_claims(data: LetterData) -> Iterator[Claim]:
    if data.strength and data.categories:
        cohorts = [Cohort(category.id, category.upto) for category in data.categories]
        found = cohort_of(cohorts, Decimal(data.strength.value)) or ""
        yield "category", data.category, found


def _rank_claims(data: LetterData) -> Iterator[Claim]:
    own = [(line.composite, str(line.rank)) for line in data.ranking if line.who == data.who]
    listed = own[0] if len(own) == 1 else (f"{len(own)} lines", f"{len(own)} lines")
    yield "composite in the ranking", listed[0], data.composite.value
    yield "rank in the ranking", listed[1], data.rank.value
    if data.method == "computed":
        scores = [Decimal(line.composite) for line in data.ranking]
        for line, score in zip(data.ranking, scores, strict=True):
            rank = 1 + sum(other > score for other in scores)
            yield f"rank of {line.who}", str(line.rank), str(rank)
