"""Where a file parts from its letter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.readback.expected import Expected, Picture
from generator.readback.words import Words

CONTEXT = 40
"""So many characters are shown from where two texts part."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Where a file parts from the letter: what is found there, and what was expected.

    ``place`` names the block ("en, annexure 1, table 2, row 3, column 2"); "" where it is none.
    ``remedy`` is what to do where that is known.
    """

    found: str
    expected: str
    place: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        told = f"{self.found}, where {self.expected} should be"
        return f"{self.place}: {told}" if self.place else told


def compare_words(found: Words, expected: Expected) -> Mismatch | None:
    """Whether the words are those of every block, and each figure at its place; None if so."""
    wanted = expected.words
    if found.text != wanted.text:
        pairs = zip(found.text, wanted.text, strict=False)
        shorter = min(len(found.text), len(wanted.text))
        parting = next((n for n, (a, b) in enumerate(pairs) if a != b), shorter)
        start = _figure_start(wanted, parting)
        place = expected.unit_at(parting).place
        return Mismatch(_excerpt(found.text, start), _excerpt(wanted.text, start), place)
    if found.figures != wanted.figures:
        return _compare_figures(found, expected)
    return None


def _compare_figures(found: Words, expected: Expected) -> Mismatch:
    """Figures in the same row of digits that begin or end elsewhere."""
    other = set(found.figures).symmetric_difference(expected.words.figures)
    place = min(at for at, _figure in other)
    wanted = _figures_at(expected.words, place)
    return Mismatch(_figures_at(found, place), wanted, expected.unit_at(place).place)


def _figures_at(words: Words, place: int) -> str:
    near = [figure for at, figure in words.figures if place <= at][:2]
    return f"the figures “{' '.join(near)}”" if near else "no figure"


def compare_pictures(found: Sequence[str], pictures: Iterable[Picture]) -> Mismatch | None:
    """Whether every chart and logo is there in its order, described; None if so.

    What the kind's own templates show besides is no difference.
    """
    left = iter(found)
    for picture in pictures:
        if not any(text in picture.texts for text in left):
            wanted = " or ".join(f"“{text}”" for text in picture.texts)
            seen = ", ".join(f"“{text}”" for text in found) or "none"
            return Mismatch(
                f"the pictures' alternative texts are {seen}",
                f"a picture described as {wanted}",
                picture.place,
            )
    return None


def _figure_start(words: Words, place: int) -> int:
    """The place, or where the figure begins in whose midst it is: figures are told whole."""
    inside = (at for at, figure in words.figures if at < place < at + len(figure))
    return next(inside, place)


def _excerpt(text: str, start: int) -> str:
    return f"the words “{text[start : start + CONTEXT]}”" if start < len(text) else "no more words"
