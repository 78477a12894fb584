"""The recipient's own data, as the letter's PDF carries it: figures with cells, and the method.

It holds no one's name, address or telephone number, only what States and offices are called.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from generator.data_json import decimal_text
from generator.inputs.states import display_names
from generator.letter_data import (
    CategoryData,
    Datum,
    IndicatorData,
    LetterData,
    LevelData,
    RankedData,
)
from generator.model import Bilingual, Edition, Figure, Language, Recipient, Scorecard, Share
from generator.scoring import cohort_table

FORMULA = (
    "share = numerator ÷ denominator × 100, in percent; "
    "level = the first of the levels whose upto is not below the share, else the last; "
    "composite = Σ (weight × share) ÷ 100, rounded half up to two decimals; "
    "category = the first of the categories whose upto is not below the strength; "
    "rank = 1 + the number of members of the category with a higher composite"
)
"""How the figures come about (``scoring``), in words that need no program."""


def build_data(
    edition: Edition,
    cards: Mapping[str, Scorecard],
    recipient: Recipient,
    number: str,
    revision: tuple[int, date],
    languages: Sequence[Language],
) -> LetterData | None:
    """The data of one letter; None for a recipient without composite and rank.

    Args:
        edition: The edition as read.
        cards: Every recipient's scorecard.
        recipient: To whom.
        number: The DO number; "" in a draft.
        revision: Which revision the letter is, and its date.
        languages: Those of the letter's versions, in which everything is named.
    """
    card = cards.get(recipient.id)
    if card is None or card.composite is None or card.rank is None:
        return None
    names = _Names(edition, languages)
    return LetterData(
        edition=edition.name,
        kind=edition.kind,
        who=recipient.id,
        name=names.of(recipient.id),
        number=number,
        revision=revision[0],
        date=revision[1],
        as_on=edition.as_on,
        method=edition.scoring.composite,
        formula=FORMULA,
        category=card.cohort or "",
        strength=_datum(card.strength) if card.strength else None,
        indicators=tuple(_indicator(share, languages) for share in card.shares),
        levels=tuple(
            LevelData(band.id, decimal_text(band.upto), _in(band.name, languages))
            for band in edition.bands
        ),
        categories=tuple(CategoryData(cohort.id, cohort.upto) for cohort in edition.cohorts),
        composite=_datum(card.composite),
        computed=decimal_text(card.computed.value) if card.computed else "",
        rank=_datum(card.rank),
        ranking=tuple(_ranking(cards, card, names)),
    )


class _Names:
    """How recipients are called in each of the letter's languages."""

    def __init__(self, edition: Edition, languages: Sequence[Language]) -> None:
        self._called = {code: display_names(edition.recipients, code) for code in languages}

    def of(self, who: str) -> Bilingual:
        return {code: called.get(who, who) for code, called in self._called.items()}


def _datum(figure: Figure) -> Datum:
    return Datum(decimal_text(figure.value), figure.cells)


def _in(text: Bilingual, languages: Sequence[Language]) -> Bilingual:
    return {code: text[code] for code in languages}


def _indicator(share: Share, languages: Sequence[Language]) -> IndicatorData:
    return IndicatorData(
        id=share.indicator.id,
        name=_in(share.indicator.name, languages),
        weight=decimal_text(share.indicator.weight),
        numerator=_datum(share.numerator),
        denominator=_datum(share.denominator),
        share=decimal_text(share.share.value),
        level=share.level.id,
    )


def _ranking(cards: Mapping[str, Scorecard], own: Scorecard, names: _Names) -> Iterator[RankedData]:
    """The category's ranking as it is printed."""
    for card in cohort_table(cards, own.cohort):
        if card.composite and card.rank:
            composite = decimal_text(card.composite.value)
            yield RankedData(card.who, names.of(card.who), composite, int(card.rank.value))
