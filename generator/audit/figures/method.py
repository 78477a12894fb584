"""Is the method sound, by which counts become shares, scores and levels."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from generator.audit.dossier import Dossier
from generator.findings import Finding, Severity
from generator.locales import format_limit, format_number
from generator.model import Band

STEP = Decimal("0.01")
"""Figures carry two decimals: 30 and 30.01 are neighbours."""


def check_weights_sum_to_100(case: Dossier) -> Iterator[Finding]:
    """The indicators' weights sum to 100 (domain NUM-04)."""
    weights = [indicator.weight for indicator in case.edition.indicators]
    if weights and sum(weights) != 100:
        shown = " + ".join(format_limit(weight, "en") for weight in weights)
        yield Finding(
            Severity.ERROR,
            "weights-sum-to-100",
            f"The weights of the indicators, {shown}, sum to "
            f"{format_limit(sum(weights, Decimal(0)), 'en')}",
            "Correct weight = … in edition.toml.",
            where=case.edition.places.get("indicators.0.weight"),
            expected="100",
        )


def check_share_not_of_itself(case: Dossier) -> Iterator[Finding]:
    """No share is taken of itself: numerator and denominator differ (domain 7.1)."""
    for position, indicator in enumerate(case.edition.indicators):
        if indicator.numerator == indicator.denominator:
            yield Finding(
                Severity.ERROR,
                "share-not-of-itself",
                f'Indicator "{indicator.id}" takes {indicator.numerator} of itself: '
                "the share is 100% for everyone",
                "Name the right denominator, as the definition says.",
                where=case.edition.places.get(f"indicators.{position}.denominator"),
            )


def check_bands_continuous(case: Dossier) -> Iterator[Finding]:
    """Printed lower limits leave no share without a level, and give none two (domain NUM-05).

    Levels without a printed lower limit begin where the one before ends.
    """
    bands = case.edition.bands
    faults = {position: _fault(*pair) for position, pair in enumerate(pairwise(bands), start=1)}
    if bands and bands[0].starts:
        limit = format_limit(bands[0].starts, "en")
        share = _share(bands[0].starts / 2)
        faults[0] = (f"Below {_name(bands[0])} (from {limit}) lie {share} without a level", "0")
    for position, (message, begin) in sorted(faults.items()):
        if message:
            yield Finding(
                Severity.ERROR,
                "bands-continuous",
                message,
                f'Correct from = … of "{bands[position].id}" in edition.toml, '
                "or delete every from: each level then begins where the one before ends.",
                where=case.edition.places.get(f"bands.{position}.from"),
                expected=f"from {begin}",
            )


def _fault(lower: Band, upper: Band) -> tuple[str, str]:
    """What is wrong between two levels ("" if nothing), and where the upper one should begin."""
    end, begin = lower.upto, upper.starts
    if begin is None or end < begin <= end + STEP:
        return "", ""
    one = f"{_name(lower)} (up to {format_limit(end, 'en')})"
    other = f"{_name(upper)} (from {format_limit(begin, 'en')})"
    share = _share((end + begin) / 2)
    right = format_limit(end + STEP, "en")
    if begin > end:
        return f"Between {one} and {other} lie {share} without a level", right
    return f"{one} and {other} overlap: {share} have two levels", right


def _share(value: Decimal) -> str:
    return f"shares such as {format_number(value, 'en', 2)}"


def _name(band: Band) -> str:
    return f'"{band.name.get("en", band.id)}"'
