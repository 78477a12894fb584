"""What an explanation is, whose letter is explained, and how numbers stand in a formula."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from generator.audit.texts.passages import setting_place
from generator.inputs.states import display_names
from generator.locales import NO_BREAK_SPACE, format_figure, format_limit, format_number
from generator.model import (
    Bilingual,
    Edition,
    Figure,
    Language,
    Place,
    Recipient,
    Scorecard,
    ScoreRow,
)

MISSING = "missing"
"""The value of what a letter should print and the edition does not have."""

PLACES = 4
"""How many decimals of an inexact number stand in a formula, the rest cut off: 67.6167…"""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One figure of a letter.

    ``value`` is as printed, in each language where these differ ("1.4 crore · 1.4 करोड़");
    ``formula`` is how it comes about, numbers put in; ``places`` are where those stand.
    """

    section: str
    name: str
    value: str
    formula: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whose letter is explained: a recipient of an edition, among all scorecards."""

    edition: Edition
    cards: Mapping[str, Scorecard]
    recipient: Recipient

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of the letter, English before Hindi, as explanations are in English."""
        return tuple(sorted(self.recipient.versions or self.edition.versions))

    @property
    def card(self) -> Scorecard | None:
        """The recipient's scorecard; None where the workbook has no row of it."""
        return self.cards.get(self.recipient.id)

    @property
    def given(self) -> bool:
        """Whether composite and rank are printed as the workbook gives them."""
        return self.edition.scoring.composite == "given"

    def row(self, who: str) -> ScoreRow:
        """The workbook's row of one whose scorecard there is."""
        return next(row for row in self.edition.rows if row.who == who)

    def called(self, who: str) -> str:
        """How one of the ranking is called in explanations."""
        return display_names(self.edition.recipients, "en").get(who, who)

    def in_each(self, show: Callable[[Language], str]) -> str:
        """What is printed in each of the letter's languages, once where it is the same."""
        shown = (show(language).replace(NO_BREAK_SPACE, " ") for language in self.languages)
        return " · ".join(dict.fromkeys(shown))

    def text(self, texts: Bilingual) -> str:
        """A text in each of the letter's languages."""
        return self.in_each(lambda language: texts[language])

    def printed(self, figure: Figure) -> str:
        """A figure as printed."""
        return self.in_each(lambda language: format_figure(figure, language))

    def settings(self, *keys: str) -> tuple[Place, ...]:
        """Where settings stand, by their dotted keys."""
        return unique(setting_place(self.edition, key) for key in keys)


def unique(places: Iterable[Place]) -> tuple[Place, ...]:
    """Places, each once, in their order."""
    return tuple(dict.fromkeys(places))


def exact(value: Decimal) -> str:
    """A number in a formula: 3,22,014 · 62.5 · 67.6167…, cut off, never rounded up."""
    cut = value.quantize(Decimal(1).scaleb(-PLACES), ROUND_DOWN)
    return format_limit(value, "en") if cut == value else f"{format_number(cut, 'en', PLACES)}…"
