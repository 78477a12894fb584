"""Who gets a letter: everyone, or those whose figures meet the conditions of ``[[only]]``."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from generator.locales import round_half_up
from generator.model import Condition, Edition, Scorecard


def left_out(edition: Edition, cards: Mapping[str, Scorecard]) -> frozenset[str]:
    """The ids of the recipients who do not meet every condition, by their printed figures.

    A recipient without the figure that a condition asks for is not left out: that it is missing
    is an error, and nobody shall be passed over by it.
    """
    return frozenset(
        who
        for who in (recipient.id for recipient in edition.recipients)
        if any(_fails(condition, cards.get(who)) for condition in edition.only)
    )


def _fails(condition: Condition, card: Scorecard | None) -> bool:
    if card is None:
        return False
    if condition.among:
        return card.cohort is not None and card.cohort not in condition.among
    value = _figure(condition.figure, card)
    if value is None:
        return False
    low, high = condition.starts, condition.upto
    return (low is not None and value < low) or (high is not None and value > high)


def _figure(name: str, card: Scorecard) -> Decimal | None:
    """The figure that a condition names, as it is printed: shares in percent, two decimals."""
    figures = {"rank": card.rank, "composite": card.composite}
    shares = {share.indicator.id: share.share for share in card.shares}
    figure = {**shares, **figures}.get(name)
    return round_half_up(figure.value, 2) if figure else None
