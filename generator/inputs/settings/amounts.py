"""Rules for the numbers of ``edition.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from generator.inputs.settings.rules import refuse
from generator.locales import format_number

N = TypeVar("N", int, Decimal)

DECIMALS = 9


def decimal(value: object) -> object:
    """A whole number of TOML is a number as well (decimals arrive as Decimal already)."""
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def positive(value: Decimal) -> Decimal:
    """More than 0."""
    if not value.is_finite() or value <= 0:
        raise refuse("must be more than 0", "Write a positive number.")
    return value


def not_negative(value: Decimal) -> Decimal:
    """0 or more."""
    if not value.is_finite() or value < 0:
        raise refuse("must not be negative", "Write 0 or a positive number.")
    return value


def positive_whole(value: int) -> int:
    """1 or more."""
    if value < 1:
        raise refuse("must be 1 or more", "Write a whole number from 1 upwards.")
    return value


@dataclass(frozen=True, slots=True)
class AtMost:
    """A rule: at most ``limit``, and so few decimals that figures can be computed with it."""

    limit: int

    def __call__(self, value: N) -> N:
        """The number, if it obeys."""
        if value > self.limit:
            shown = format_number(Decimal(self.limit), "en")
            raise refuse(f"must be at most {shown}", "Correct the number.")
        if round(Decimal(value), DECIMALS) != value:
            raise refuse(f"has more than {DECIMALS} decimals", "Round the number.")
        return value
