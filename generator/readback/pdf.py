"""The words of a PDF, from its text layer, as PDFium (Chrome) reads them."""

from __future__ import annotations

import pypdfium2

from generator.readback.squeeze import squeeze


def read_pdf(data: bytes) -> list[str]:
    """Each page's words, squeezed: the text, then what stands in its head and foot."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [squeeze(page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()
