"""The files that a PDF carries within it, as PDFium reads them."""

from __future__ import annotations

import pypdfium2


def read_attachments(data: bytes) -> dict[str, bytes]:
    """Each file within a PDF by its name.

    Raises:
        ValueError: It is no PDF, or a file within it cannot be read.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ValueError("no PDF that can be read") from error
    try:
        files = (document.get_attachment(n) for n in range(document.count_attachments()))
        return {file.get_name(): bytes(file.get_data()) for file in files}
    except (pypdfium2.PdfiumError, UnicodeDecodeError) as error:
        raise ValueError("a file within it cannot be read") from error
    finally:
        document.close()
