"""The words of a Word file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from generator.readback.squeeze import squeeze

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import _Cell


def read_docx(data: bytes) -> str:
    """All words of a Word file's body in reading order, squeezed; heads and feet left out."""
    return "".join(squeeze(text) for text in document_texts(Document(io.BytesIO(data))))


def document_texts(parent: WordDocument | _Cell) -> Iterator[str]:
    """Every paragraph's text, in tables too, in the order of the document."""
    for item in parent.iter_inner_content():
        if isinstance(item, Paragraph):
            yield item.text
        elif isinstance(item, Table):
            for row in item.rows:
                for cell in row.cells:
                    yield from document_texts(cell)
