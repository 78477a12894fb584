"""Heads and feet of a Word file: what is seen in each, with the page numbers' fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from generator.readback.pieces import SIGNS, TEXT, paragraph_of, shown
from generator.readback.squeeze import squeeze
from generator.readback.unseen import Sight

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.section import _BaseHeaderFooter
    from lxml.etree import _Element

PAGE, PAGES = "{page}", "{pages}"
"""What stands in a margin's text for the fields of the page's number and of their count."""
_FIELDS = {"PAGE": PAGE, "SECTIONPAGES": PAGES}
_CHARACTER, _INSTRUCTION = qn("w:fldChar"), qn("w:instrText")


@dataclass(frozen=True, slots=True)
class Margin:
    """A head and foot that stand on pages of one sort.

    ``which`` names the sort ("" where there is but one); ``text`` is squeezed, with PAGE and PAGES
    for the fields; ``fields`` has of each what it shows until Word counts anew; ``first`` is the
    number of the section's first page, "" where it goes on from the section before.
    """

    which: str
    text: str
    fields: tuple[tuple[str, str], ...]
    first: str


def read_margins(document: WordDocument, sight: Sight) -> Iterator[tuple[Margin, ...]]:
    """The heads and feet of each section: on all pages, and on first and even ones of their own."""
    even = document.settings.odd_and_even_pages_header_footer
    for section in document.sections:
        frames = [("", section.header, section.footer)]
        if section.different_first_page_header_footer:
            first = (", first page", section.first_page_header, section.first_page_footer)
            frames.append(first)
        if even:
            frames.append((", even pages", section.even_page_header, section.even_page_footer))
        numbering = section._sectPr.find(qn("w:pgNumType"))
        start = "" if numbering is None else str(numbering.get(qn("w:start"), ""))
        yield tuple(_margin(which, (head, foot), start, sight) for which, head, foot in frames)


def _margin(which: str, frames: tuple[_BaseHeaderFooter, ...], first: str, sight: Sight) -> Margin:
    reader = _Reader(sight)
    for frame in frames:
        if not frame.is_linked_to_previous:
            reader.read(frame.part.element)
    return Margin(which, squeeze("".join(reader.texts)), tuple(reader.fields), first)


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    result: str | None = None


@dataclass(slots=True)
class _Reader:
    """Reads what is seen, fields as what they are."""

    sight: Sight
    texts: list[str] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)
    _open: list[_Field] = field(default_factory=list)

    def read(self, root: _Element) -> None:
        for element in root.iter(_CHARACTER, _INSTRUCTION, TEXT, *SIGNS):
            if element.tag == _INSTRUCTION:
                if self._open:
                    self._open[-1].instruction += element.text or ""
            elif element.tag == _CHARACTER:
                self._mark(element.get(qn("w:fldCharType")))
            elif not self._unseen(element):
                self._show(shown(element))

    def _unseen(self, element: _Element) -> bool:
        paragraph = paragraph_of(element)
        return paragraph is not None and bool(self.sight.fault(element.getparent(), paragraph))

    def _mark(self, kind: str | None) -> None:
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].result = ""
        elif kind == "end" and self._open:
            self._close(self._open.pop())

    def _close(self, ended: _Field) -> None:
        name = next(iter(ended.instruction.split()), "").upper()
        if name in _FIELDS and ended.result:
            self.fields.append((_FIELDS[name], squeeze(ended.result)))
            self._show(_FIELDS[name])
        else:
            self._show(ended.result or "")

    def _show(self, text: str) -> None:
        if not self._open:
            self.texts.append(text)
        elif self._open[-1].result is not None:
            self._open[-1].result += text
