"""The limits of performance levels and of categories, as settings and as printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias, cast

from generator.compose.names import build_names
from generator.explain.explanation import Addressee, Explanation, exact
from generator.model import Edition, Language, Place, Recipient

SECTION = "Performance key and categories"

ANYBODY = Recipient("", Place(""))
"""The tables of limits are the same in every letter."""

Limits: TypeAlias = tuple[Decimal | None, Decimal | None]
"""Above the first, up to and including the second; None: without limit on that side."""


def level_limits(edition: Edition) -> list[Limits]:
    """The limits of each performance level: what decides on a share's level."""
    return list(pairwise([None, *(band.upto for band in edition.bands)]))


def category_limits(edition: Edition) -> list[Limits]:
    """The limits of each category."""
    uptos = [None if c.upto is None else Decimal(c.upto) for c in edition.cohorts]
    return list(pairwise([None, *uptos]))


def tell(limits: Limits) -> str:
    """Limits in words: "above 30 and up to 60"."""
    low, high = limits
    above = f"above {exact(low)}" if low is not None else ""
    upto = f"up to {exact(high)}" if high is not None else ""
    return " and ".join(part for part in (above, upto) if part) or "at any number"


def limit_places(addressee: Addressee, table: str, number: int) -> tuple[Place, ...]:
    """Where the limits of a level ("bands") or category ("cohorts") stand: its own, the last's."""
    return addressee.settings(*(f"{table}.{n}.upto" for n in range(max(0, number - 1), number + 1)))


def explain_limits(addressee: Addressee) -> Iterator[Explanation]:
    """Every level of the performance key, and every category."""
    edition = addressee.edition
    tables = {language: _tables(edition, language) for language in addressee.languages}

    def printed(table: str, number: int, column: str) -> str:
        return addressee.in_each(lambda language: tables[language][table][number][column])

    for number, (band, limits) in enumerate(zip(edition.bands, level_limits(edition), strict=True)):
        value, formula = printed("bands", number, "range"), tell(limits)
        places = limit_places(addressee, "bands", number)
        if band.starts is not None:
            formula += f"; printed from {exact(band.starts)}"
            places += addressee.settings(f"bands.{number}.from")
        yield Explanation(SECTION, addressee.text(band.name), value, formula, places)
    for number, (cohort, limits) in enumerate(
        zip(edition.cohorts, category_limits(edition), strict=True)
    ):
        value, formula = printed("categories", number, "strength"), tell(limits)
        places = limit_places(addressee, "cohorts", number)
        yield Explanation(SECTION, f"Category {cohort.id}", value, formula, places)


def _tables(edition: Edition, language: Language) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """The tables of limits as a letter prints them."""
    names = build_names(replace(edition, compendium=()), {}, ANYBODY, "", language)
    return cast("Mapping[str, Sequence[Mapping[str, str]]]", names)
