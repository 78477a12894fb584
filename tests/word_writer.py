"""Texts in Word, for tests: blocks as an officer would type them, with Word's own styles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph as WordParagraph

from generator.content import Block, Heading, Inline, List, Paragraph, Span, Table


def write_word(blocks: Sequence[Block], path: Path) -> None:
    """Saves the blocks as a Word file: headings, paragraphs, bullets, tables, bold and italics."""
    document = docx.Document()
    for block in blocks:
        _add(document, block)
    document.save(str(path))


def span_cut(inline: Inline, length: int) -> Inline:
    """The same words cut into short runs, as Word cuts them where somebody corrected a word."""
    return tuple(
        Span(span.text[n : n + length], span.bold, span.italic)
        for span in inline
        for n in range(0, len(span.text), length)
    )


def _add(document: Document, block: Block) -> None:
    match block:
        case Heading():
            _type(document.add_heading(level=block.level), block.text)
        case Paragraph():
            paragraph = document.add_paragraph()
            if block.number:
                paragraph.add_run(f"{block.number}\t")
            _type(paragraph, span_cut(block.text, 7))
        case List():
            for item in block.items:
                _type(document.add_paragraph(style="List Bullet"), item.text)
        case Table():
            table = document.add_table(rows=0, cols=len(block.head))
            for cells in (block.head, *(row.cells for row in block.rows)):
                for cell, inline in zip(table.add_row().cells, cells, strict=True):
                    _type(cell.paragraphs[0], inline)


def _type(paragraph: WordParagraph, inline: Inline) -> None:
    for span in inline:
        run = paragraph.add_run(span.text)
        run.bold, run.italic = span.bold or None, span.italic or None
