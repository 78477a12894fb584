"""Texts that stand where they do not belong: across a cell's rule, on another text, off the page.

WeasyPrint lets a text that is too wide for its cell run on over its neighbour, and says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.readback.drawn import Drawn
from generator.readback.pdf import Box

_SLACK = 1.5
"""So far, in points, a letter may reach over its box's edge: italics and matras do."""
_OVERLAP = 0.5
"""Two texts lie on one another where they share this part of the smaller one's width and height."""

Fault = tuple[Box, str, str]
"""A text's box, what is wrong with it, and what was expected."""


def overflows(texts: Sequence[Box], drawn: Drawn, size: tuple[float, float]) -> Iterator[Fault]:
    """Each text of a page that is not in its place, once."""
    beside: dict[float, tuple[Box, ...]] = {}
    for text in texts:
        middle = (text.bottom + text.top) / 2
        if middle not in beside:
            beside[middle] = tuple(r for r in drawn.upright if r.bottom <= middle <= r.top)
        fault = _off_the_page(text, size) or _out_of_its_cell(text, beside[middle], drawn.level)
        if fault:
            yield text, *fault
    yield from _on_one_another(texts)


def _off_the_page(text: Box, size: tuple[float, float]) -> tuple[str, str] | None:
    width, height = size
    if text.left < 0 or text.bottom < 0 or text.right > width or text.top > height:
        return "runs off the page", "a text inside the page"
    return None


def _out_of_its_cell(
    text: Box, beside: Sequence[Box], level: Sequence[Box]
) -> tuple[str, str] | None:
    """Whether a rule runs through the text, or it stands beside the table in whose row it is.

    Args:
        text: The text.
        beside: The upright rules at its height.
        level: The level rules of the page.
    """
    expected = "a text inside its cell"
    if any(text.left + _SLACK < r.left and r.right < text.right - _SLACK for r in beside):
        return "runs across the rule of its cell", expected
    if len(beside) > 1:
        left, right = min(r.left for r in beside), max(r.right for r in beside)
        if text.right > right + _SLACK or text.left < left - _SLACK:
            return "runs out of its table", expected
    part = (text.top - text.bottom) * 0.35
    low, high = text.bottom + part, text.top - part
    centre = (text.left + text.right) / 2
    for rule in level:
        if rule.left <= centre <= rule.right and low < rule.bottom and rule.top < high:
            return "stands on the rule below or above its cell", expected
    return None


def _on_one_another(texts: Sequence[Box]) -> Iterator[Fault]:
    rows = sorted(texts, key=lambda box: box.bottom)
    for index, text in enumerate(rows):
        for other in rows[index + 1 :]:
            if other.bottom >= text.top:
                break
            if other.left < text.right and text.left < other.right and _overlap(text, other):
                yield other, "lies on another text", "a text that can be read"


def _overlap(one: Box, other: Box) -> bool:
    width = min(one.right, other.right) - max(one.left, other.left)
    if width <= max(_SLACK, _OVERLAP * min(one.right - one.left, other.right - other.left)):
        return False
    height = min(one.top, other.top) - max(one.bottom, other.bottom)
    return height > _OVERLAP * min(one.top - one.bottom, other.top - other.bottom)
