"""What the elements of a Word file's paragraphs show to a reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from lxml.etree import _Element

PARAGRAPH, RUN, TEXT = qn("w:p"), qn("w:r"), qn("w:t")
SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""Holds a box once more, for programs that do not know boxes as Word now writes them."""


def pieces(paragraph: _Element) -> Iterator[tuple[_Element, str]]:
    """The elements of a paragraph's own that show something, and what they show."""
    if next(paragraph.iterancestors(_FALLBACK), None) is not None:
        return
    for element in paragraph.iter(TEXT, *SIGNS):
        text = shown(element)
        if text and paragraph_of(element) is paragraph:
            yield element, text


def shown(element: _Element) -> str:
    """What one element shows."""
    if element.tag == TEXT:
        return element.text or ""
    parent = element.getparent()
    return SIGNS.get(element.tag, "") if parent is not None and parent.tag == RUN else ""


def paragraph_of(element: _Element) -> _Element | None:
    """The innermost paragraph: a box in one has its own."""
    return next(element.iterancestors(PARAGRAPH), None)
