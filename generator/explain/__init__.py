"""Where each figure of a letter comes from: its value as printed, the formula, the places.

Pure: an edition, its scorecards and a recipient in; explanations out, in the letter's order.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.explain.explanation import MISSING, Addressee, Explanation
from generator.explain.limits import explain_limits
from generator.explain.ranking import explain_rank, explain_ranking
from generator.explain.scores import explain_scores
from generator.explain.settings import explain_facts, explain_head, explain_weights
from generator.explain.texts import explain_texts
from generator.model import Edition, Recipient, Scorecard

__all__ = ["MISSING", "Explanation", "explain_letter"]


def explain_letter(
    edition: Edition, cards: Mapping[str, Scorecard], recipient: Recipient
) -> tuple[Explanation, ...]:
    """Every figure in the letter to one recipient; what should be there and is not, as missing."""
    addressee = Addressee(edition, cards, recipient)
    return (
        *explain_head(addressee),
        *explain_facts(addressee),
        *explain_scores(addressee),
        *explain_rank(addressee),
        *explain_limits(addressee),
        *explain_ranking(addressee),
        *explain_weights(addressee),
        *explain_texts(addressee),
    )
