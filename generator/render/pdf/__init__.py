"""Letter → PDF: each version laid out, shared annexures joined, one tagged file written."""

from generator.render.pdf.lookups import look_up_types
from generator.render.pdf.renderer import PdfRenderer, RenderedPdf
from generator.render.pdf.shelf import Shelf

__all__ = ["PdfRenderer", "RenderedPdf", "Shelf", "look_up_types"]
