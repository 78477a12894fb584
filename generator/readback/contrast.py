"""How well letters stand out from what they stand on."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

LEAST_CONTRAST = 4.5
"""WCAG 2.1, 1.4.3: what text needs, to be read by all."""
LEAST_SIZE = 5.0
"""In points: smaller letters are not meant to be read."""


class Colour(NamedTuple):
    """Red, green and blue, 0 to 255."""

    red: int
    green: int
    blue: int

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"


_KEPT = 1024
"""Pairs of colours: a letter has about a dozen."""

WHITE = Colour(255, 255, 255)


@lru_cache(_KEPT)
def blended(colour: Colour, ground: Colour, opacity: float) -> Colour:
    """What is seen of a colour that lets its ground shine through."""
    pairs = zip(colour, ground, strict=True)
    return Colour(*(round(opacity * a + (1 - opacity) * b) for a, b in pairs))


@lru_cache(_KEPT)
def contrast(one: Colour, other: Colour) -> float:
    """From 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
