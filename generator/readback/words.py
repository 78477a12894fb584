"""A text as it is compared: without white space, with each figure at its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from generator.readback.squeeze import squeeze

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"\S+")
_KEPT = 8192
"""More texts than the annexures of an edition have, which are the same in every letter."""


@dataclass(frozen=True, slots=True)
class Words:
    """A squeezed text, and its figures: where each begins in it, and what it is.

    Without white space 47.03 and 2 in two cells would be 47.0 and 32 as well; so the figures are
    found before it is left out.
    """

    text: str
    figures: tuple[tuple[int, str], ...] = ()

    def until(self, end: int) -> Words:
        """The beginning of the text, up to a place in it."""
        return Words(self.text[:end], tuple(f for f in self.figures if f[0] < end))


@lru_cache(_KEPT)
def read_words(text: str) -> Words:
    """The words of a text; a figure ends at white space."""
    text = " ".join(map(squeeze, _WORD.findall(text)))
    figures, spaces, at = [], 0, 0
    for found in _FIGURE.finditer(text):
        spaces += text.count(" ", at, found.start())
        at = found.start()
        figures.append((at - spaces, found[0]))
    return Words(text.replace(" ", ""), tuple(figures))


def joined(parts: Iterable[Words]) -> Words:
    """Texts that follow one another, white space between them."""
    texts, figures, length = [], [], 0
    for part in parts:
        figures += [(length + at, figure) for at, figure in part.figures]
        texts.append(part.text)
        length += len(part.text)
    return Words("".join(texts), tuple(figures))
