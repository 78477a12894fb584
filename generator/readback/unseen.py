"""Texts of a Word file that nobody sees: hidden, tiny, cut off, or in the colour of the paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from generator.readback.contrast import LEAST_CONTRAST, LEAST_SIZE, WHITE, Colour, contrast
from generator.readback.pieces import RUN
from generator.readback.styles import OFF, Styles

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_LINE = 1.1
"""So many times as high as its letters a line must be at least, or matras are cut off."""
_PAGE = 9000
"""In twips: no indent and no frame is that far out on a page of A4 with its margins."""
_USUAL = 20.0
"""Half points: the size of a text that no style gives one (ECMA-376 part 1, 17.3.2.38)."""
_SEEN = tuple(qn(f"w:{name}") for name in ("vanish", "sz", "szCs", "color"))
_PLACED = (qn("w:ind"), qn("w:framePr"))
_SIDES = tuple(
    qn(f"w:{side}") for side in ("left", "start", "right", "end", "firstLine", "hanging", "x", "y")
)


class Sight:
    """Says of runs whether what they hold can be seen.

    Args:
        styles: The file's.
    """

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._of_styles = lru_cache(None)(self._fault)

    def fault(self, run: _Element, paragraph: _Element) -> str:
        """Why a run's text is not seen; "" where it is."""
        if run.tag != RUN:
            return ""
        format_ = paragraph.find(qn("w:pPr"))
        if format_ is not None and _is_aside(format_):
            return "outside the page"
        own = run.find(qn("w:rPr"))
        named = own.find(qn("w:rStyle")) if own is not None else None
        character = "" if named is None else str(named.get(qn("w:val")))
        direct = tuple(own.iterchildren(*_SEEN)) if own is not None else ()
        spacing = None if format_ is None else format_.find(qn("w:spacing"))
        look = self._of_styles if not direct and spacing is None else self._fault
        told, colour = look(self._styles.of_paragraph(paragraph), character, direct, spacing)
        if told or colour is None:
            return told
        ground = _ground(run, paragraph)
        if ground is not None and contrast(colour, ground) < LEAST_CONTRAST:
            return f"in {colour} on {ground}"
        return ""

    def _fault(
        self,
        paragraph: str,
        character: str,
        direct: tuple[_Element, ...],
        spacing: _Element | None,
    ) -> tuple[str, Colour | None]:
        def value(name: str) -> str | None:
            tag = qn(f"w:{name}")
            own = (element.get(qn("w:val"), "1") for element in direct if element.tag == tag)
            return next(own, None) or self._styles.value((character, paragraph), name)

        if (value("vanish") or "0") not in OFF:
            return "hidden", None
        sizes = [float(value(name) or _USUAL) / 2 for name in ("sz", "szCs")]
        if min(sizes) < LEAST_SIZE:
            return f"{min(sizes):g} points high", None
        line = self._exact_line(paragraph, spacing)
        if line and line < _LINE * max(sizes):
            return f"cut off by lines {line:g} points high", None
        colour = _colour(value("color"))
        return "", colour

    def _exact_line(self, paragraph: str, spacing: _Element | None) -> float | None:
        """The height of lines, in points, where it is fixed."""
        own = () if spacing is None else (spacing,)
        set_ = (*own, *self._styles.spacings(paragraph))
        rule = next(filter(None, (s.get(qn("w:lineRule")) for s in set_)), "auto")
        height = next(filter(None, (s.get(qn("w:line")) for s in set_)), None)
        return float(height) / 20 if rule == "exact" and height else None


def _colour(value: str | None) -> Colour | None:
    """A colour that is written out; None for "auto", which stands out from its ground."""
    if not value or not _HEX.fullmatch(value):
        return None
    return Colour(*bytes.fromhex(value))


def _ground(run: _Element, paragraph: _Element) -> Colour | None:
    """What a run stands on; None in a table, where it may be the table's style that tints."""
    for holder in _holders(run, paragraph):
        shade = holder.find(qn("w:shd"))
        fill = None if shade is None else _colour(shade.get(qn("w:fill")))
        if fill:
            return fill
    table = next(paragraph.iterancestors(qn("w:tbl")), None)
    styled = table is not None and table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}") is not None
    return None if styled else WHITE


def _is_aside(format_: _Element) -> bool:
    """Whether a paragraph's own indents or frame put it where there is no paper."""
    sides = (e.get(side, "0") for e in format_.iterchildren(*_PLACED) for side in _SIDES)
    return any(abs(int(side)) > _PAGE for side in sides if side.lstrip("-").isdecimal())


def _holders(run: _Element, paragraph: _Element) -> Iterator[_Element]:
    cell = next(paragraph.iterancestors(qn("w:tc")), None)
    for element, name in ((run, "rPr"), (paragraph, "pPr"), (cell, "tcPr")):
        properties = element.find(qn(f"w:{name}")) if element is not None else None
        if properties is not None:
            yield properties
