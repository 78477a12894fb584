"""A small picture of a letter's first page."""

from __future__ import annotations

import io

import pypdfium2

WIDTH = 160
"""In pixels; the page shows it smaller, so that it stays sharp where pixels are dense."""

_BITS = 4
_LAST = 2**_BITS - 1
_SHADES = [shade * 255 // _LAST for shade in range(_LAST + 1)]


def picture_of(pdf: bytes) -> bytes:
    """The first page as a PNG in shades of grey; empty where the data is no PDF."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        return b""
    try:
        page = document[0]
        image = page.render(scale=WIDTH / page.get_width(), grayscale=True).to_pil()
    except (pypdfium2.PdfiumError, IndexError):
        return b""
    finally:
        document.close()
    data = io.BytesIO()
    image = image.point([round(value * _LAST / 255) for value in range(256)])
    image.putpalette([part for shade in _SHADES for part in (shade, shade, shade)])
    image.save(data, "PNG", bits=_BITS)
    return data.getvalue()
