"""Numbered, bilingual official letters from a workbook of figures."""

__version__ = "0.1.0"
