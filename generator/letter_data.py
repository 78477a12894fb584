"""The recipient's own data, as every PDF carries it: readable by a machine without this program.

Numbers are decimal strings at full precision ("60.11"); percentages are 0–100. The JSON that
becomes of it is described by ``letter-data.schema.json``.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from generator.model import Bilingual, Place


@dataclass(frozen=True, slots=True)
class Datum:
    """A number and the cells that it came from."""

    value: str
    cells: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorData:
    """One indicator of the recipient: the share is numerator ÷ denominator × 100, in percent."""

    id: str
    name: Bilingual
    weight: str
    numerator: Datum
    denominator: Datum
    share: str
    level: str


@dataclass(frozen=True, slots=True)
class LevelData:
    """A performance level: shares above the level before, up to and including ``upto`` percent."""

    id: str
    upto: str
    name: Bilingual


@dataclass(frozen=True, slots=True)
class CategoryData:
    """A category of States by strength: above the one before, up to and including ``upto``."""

    id: str
    upto: int | None


@dataclass(frozen=True, slots=True)
class RankedData:
    """A line of the category's ranking."""

    who: str
    name: Bilingual
    composite: str
    rank: int


@dataclass(frozen=True, slots=True)
class LetterData:
    """Everything that one letter's figures are, and how they came about.

    ``composite`` and ``rank`` are as printed: ``method`` "computed" by the formula in ``formula``,
    or "given" by the office's workbook, and then ``computed`` (the composite by the formula) may
    differ. ``computed`` is "" where counts are missing. Names are in the letter's languages.
    """

    edition: str
    kind: str
    who: str
    name: Bilingual
    number: str
    revision: int
    date: datetime.date
    as_on: datetime.date | None
    method: str
    formula: str
    category: str
    strength: Datum | None
    indicators: tuple[IndicatorData, ...]
    levels: tuple[LevelData, ...]
    categories: tuple[CategoryData, ...]
    composite: Datum
    computed: str
    rank: Datum
    ranking: tuple[RankedData, ...]
