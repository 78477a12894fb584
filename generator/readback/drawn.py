"""What is drawn on a page: letters in their fonts, areas, pictures, and the rules of tables."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from pypdfium2 import raw

from generator.readback.legible import Fill, Script, read_fill, read_script
from generator.readback.pdf import Box, PdfPage, bounds

_THIN = 6.0
"""What is no thicker, in points, is a rule: PDFium adds to a stroke its own width."""
_PICTURES = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING)
_NAME = 128


class DrawnFont(NamedTuple):
    """A font that a text is drawn in: its name in the file, and whether it is in the file."""

    name: str
    embedded: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """The fonts of a page, the upright and level rules on it, its texts, and what is filled."""

    fonts: frozenset[DrawnFont]
    upright: tuple[Box, ...]
    level: tuple[Box, ...]
    scripts: tuple[Script, ...]
    fills: tuple[Fill, ...]


def read_drawn(page: PdfPage) -> Drawn:
    """Looks at every object of a page, in pictures too."""
    fonts: dict[int, Any] = {}
    upright, level, scripts, fills = [], [], [], []
    for order, (kind, item) in enumerate(_objects(page.page.raw)):
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            font = raw.FPDFTextObj_GetFont(item)
            fonts[ctypes.addressof(font.contents)] = font
            scripts.append(read_script(item, bounds(item), order))
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            box = bounds(item)
            width, height = box.right - box.left, box.top - box.bottom
            if width <= _THIN < height:
                upright.append(box)
            elif height <= _THIN < width:
                level.append(box)
            elif fill := read_fill(item, box, order):
                fills.append(fill)
        elif kind in _PICTURES:
            fills.append(Fill(bounds(item), None, order))
    named = frozenset(map(_font, fonts.values()))
    return Drawn(named, tuple(upright), tuple(level), tuple(scripts), tuple(fills))


def _objects(page: Any) -> Iterator[tuple[int, Any]]:  # noqa: ANN401
    for index in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _inner(item)
        else:
            yield kind, item


def _inner(form: Any) -> Iterator[tuple[int, Any]]:  # noqa: ANN401
    """The texts in a picture drawn in lines; its lines are no rules of the page."""
    for index in range(raw.FPDFFormObj_CountObjects(form)):
        item = raw.FPDFFormObj_GetObject(form, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            yield from _inner(item)
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            yield kind, item


def _font(font: Any) -> DrawnFont:  # noqa: ANN401
    name = ctypes.create_string_buffer(_NAME)
    raw.FPDFFont_GetBaseFontName(font, name, _NAME)
    return DrawnFont(name.value.decode("utf-8", "replace"), raw.FPDFFont_GetIsEmbedded(font) == 1)
