"""Whether the letters on a page can be read: large enough, in a colour, not cut off or covered."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from math import hypot
from typing import Any, NamedTuple

from pypdfium2 import raw

from generator.readback.contrast import (
    LEAST_CONTRAST,
    LEAST_SIZE,
    WHITE,
    Colour,
    blended,
    contrast,
)
from generator.readback.pdf import Box

_SLACK = 2.0
"""So far, in points, a letter's box may reach over the edge that it is clipped at."""
_SEEN_AT_LEAST = 0.5
"""The part of its size that a picture or letter is opaque by, at least, to count as shown."""

_PARTS = tuple(ctypes.c_uint() for _ in range(4))
_HEIGHT, _MATRIX = ctypes.c_float(), raw.FS_MATRIX()
"""Filled anew for each object: PDFium itself serves one thread alone."""
_RECTANGLE = 5
"""So many points a rectangle's path has, the first one twice."""


class Fill(NamedTuple):
    """A filled area, by the order in which things are drawn; a picture has no one colour."""

    box: Box
    colour: Colour | None
    order: int


class Script(NamedTuple):
    """A piece of text as it is drawn: a word or more, in one font."""

    box: Box
    colour: Colour
    opacity: float
    size: float
    clip: Box | None
    order: int


Fault = tuple[Box, str, str]
"""A text's box, what is wrong with it, and what was expected."""


def illegible(scripts: Sequence[Script], fills: Sequence[Fill]) -> Iterator[Fault]:
    """Each piece of text that cannot be read, once."""
    for script in scripts:
        found, expected = _size_fault(script) or _colour_fault(script, fills) or ("", "")
        if found:
            yield script.box, found, expected


def read_script(item: Any, box: Box, order: int) -> Script:  # noqa: ANN401 - no types are shipped
    """A text object."""
    raw.FPDFTextObj_GetFontSize(item, _HEIGHT)
    raw.FPDFPageObj_GetMatrix(item, _MATRIX)
    colour, opacity = _fill_colour(item)
    shown = raw.FPDFTextObj_GetTextRenderMode(item) != raw.FPDF_TEXTRENDERMODE_INVISIBLE
    scale = min(hypot(_MATRIX.a, _MATRIX.b), hypot(_MATRIX.c, _MATRIX.d))
    size = _HEIGHT.value * scale
    return Script(box, colour, opacity if shown else 0.0, size, _clip(item), order)


def read_fill(item: Any, box: Box, order: int) -> Fill | None:  # noqa: ANN401
    """The rectangle that a path fills; None where it is another shape, or shows what is below."""
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, mode, stroked)
    colour, opacity = _fill_colour(item)
    filled = mode.value != raw.FPDF_FILLMODE_NONE and opacity >= _SEEN_AT_LEAST
    if not filled or raw.FPDFPath_CountSegments(item) > _RECTANGLE:
        return None
    clip = _clip(item)
    return Fill(_common((box, clip)) if clip else box, colour, order)


def _size_fault(script: Script) -> tuple[str, str] | None:
    if script.size < LEAST_SIZE:
        return f"is {script.size:.1f} points high", f"letters of {LEAST_SIZE:g} points or more"
    box, clip = script.box, script.clip
    if clip and (
        box.left < clip.left - _SLACK
        or box.bottom < clip.bottom - _SLACK
        or box.right > clip.right + _SLACK
        or box.top > clip.top + _SLACK
    ):
        return "is cut off", "a text that is shown whole"
    return None


def _colour_fault(script: Script, fills: Sequence[Fill]) -> tuple[str, str] | None:
    x = (script.box.left + script.box.right) / 2
    y = (script.box.bottom + script.box.top) / 2
    ground: Colour | None = WHITE
    for fill in fills:
        left, bottom, right, top = fill.box
        if left <= x <= right and bottom <= y <= top:
            if fill.order < script.order:
                ground = fill.colour
            elif fill.colour:
                return "is covered", "a text that can be seen"
    if ground is None:
        return None
    colour = blended(script.colour, ground, script.opacity)
    if contrast(colour, ground) < LEAST_CONTRAST:
        wanted = f"a contrast of {LEAST_CONTRAST}:1 or more (WCAG 2.1, 1.4.3)"
        return f"is in {colour} on {ground}", wanted
    return None


def _fill_colour(item: Any) -> tuple[Colour, float]:  # noqa: ANN401
    red, green, blue, alpha = _PARTS
    raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
    return Colour(red.value, green.value, blue.value), alpha.value / 255


def _clip(item: Any) -> Box | None:  # noqa: ANN401
    """What is left of the page where the text is drawn; None: all of it."""
    path = raw.FPDFPageObj_GetClipPath(item)
    count = raw.FPDFClipPath_CountPaths(path) if path else 0
    if count <= 0:
        return None
    return _common([_bounds(path, index) for index in range(count)])


def _common(boxes: Sequence[Box]) -> Box:
    """What all boxes have in common."""
    left, bottom = max(b.left for b in boxes), max(b.bottom for b in boxes)
    return Box(left, bottom, min(b.right for b in boxes), min(b.top for b in boxes))


def _bounds(path: Any, index: int) -> Box:  # noqa: ANN401
    x, y = ctypes.c_float(), ctypes.c_float()
    points = []
    for number in range(raw.FPDFClipPath_CountPathSegments(path, index)):
        segment = raw.FPDFClipPath_GetPathSegment(path, index, number)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((x.value, y.value))
    across, up = zip(*points, strict=True) if points else ((0.0,), (0.0,))
    return Box(min(across), min(up), max(across), max(up))
