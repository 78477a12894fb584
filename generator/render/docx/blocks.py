"""Blocks of content as WordprocessingML, in the named styles of the kind's ``letter.docx``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from generator.content import Block, Chart, Heading, List, Paragraph, Table
from generator.model import Language
from generator.render.docx.pictures import Picture, picture_drawing
from generator.render.docx.runs import labelled_xml, runs_xml
from generator.render.docx.styles import Styles
from generator.render.docx.table import table_xml

_AS_HIGH_AS_IT_IS = '<w:spacing w:before="80" w:after="0" w:line="240" w:lineRule="auto"/>'
"""Of a line that holds a picture: in one of a fixed height, a picture is cut off."""
_NO_PAGE_BREAK = '<w:pageBreakBefore w:val="0"/>'


@dataclass(frozen=True, slots=True)
class BlockWriter:
    """Writes blocks for one section: its styles, its language and its text width in twips.

    ``draw`` gives the picture of a chart.
    """

    styles: Styles
    language: Language
    width: int
    draw: Callable[[Chart], Picture]

    def blocks(self, blocks: Sequence[Block], *, on_new_page: bool = False) -> str:
        """The blocks in order.

        Args:
            blocks: The content.
            on_new_page: A section break has begun a page already, so the annexure's heading at
                the top must not begin another.
        """
        parts = []
        for position, (block, following) in enumerate(zip_longest(blocks, blocks[1:])):
            parts.append(self._block(block, at_top=on_new_page and position == 0))
            if isinstance(block, Table) and not isinstance(following, Heading | Chart):
                parts.append(self.paragraph("After Table", ""))
        return "".join(parts)

    def paragraph(self, style: str, runs: str, properties: str = "") -> str:
        """A paragraph in a named style, with direct properties (XML in the schema's order)."""
        style_id = self.styles.paragraph(style, self.language)
        return f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/>{properties}</w:pPr>{runs}</w:p>'

    def _block(self, block: Block, *, at_top: bool) -> str:
        match block:
            case Heading():
                no_break = _NO_PAGE_BREAK if at_top and block.level == 1 else ""
                return self.paragraph(f"Heading {block.level}", runs_xml(block.text), no_break)
            case Paragraph():
                return self._paragraph(block)
            case List():
                return "".join(
                    self.paragraph("List Item", labelled_xml(item.label, item.text))
                    for item in block.items
                )
            case Table():
                return table_xml(block, self)
            case Chart():
                drawing = picture_drawing(self.draw(block), block.alt)
                return self.paragraph("Body Text", f"<w:r>{drawing}</w:r>", _AS_HIGH_AS_IT_IS)

    def _paragraph(self, block: Paragraph) -> str:
        if block.note:
            return self.paragraph("Note", runs_xml(block.text))
        if block.number:
            return self.paragraph("Numbered Paragraph", labelled_xml(block.number, block.text))
        return self.paragraph("Body Text", runs_xml(block.text))
