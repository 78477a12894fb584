"""Which characters our fonts can print."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import uharfbuzz
from fontTools.ttLib import TTFont, TTLibError

from generator.errors import TemplateError

HANDLED = frozenset({ord("\t"), ord("\n"), *range(0xFE00, 0xFE10)})
"""Characters without a glyph that both renderers deal with: tab, line end, variation selectors."""

REFUSED = frozenset({0x2028, 0x2029})
"""Line and paragraph separators: fonts have them, but the PDF cannot be drawn with them."""


def read_characters(fonts: Path) -> frozenset[int]:
    """The code points that letters set in the fonts of a folder can hold.

    Only each font's table of characters is read. The spaces, joiners and soft hyphens that may
    stand in a text are among them, as our fonts have glyphs for these.

    Raises:
        TemplateError: A font is damaged.
    """
    return HANDLED.union(*read_fonts(fonts).values()) - REFUSED


def read_fonts(fonts: Path) -> Mapping[str, frozenset[int]]:
    """The code points that each font of a folder has, by the font's file name without its ending.

    Raises:
        TemplateError: A font is damaged.
    """
    return {path.stem: _characters(path) for path in sorted(fonts.glob("*.ttf"))}


def _characters(path: Path) -> frozenset[int]:
    """By HarfBuzz, since fontTools names each glyph first; but HarfBuzz takes any file for a font.

    Raises:
        TemplateError: The font is damaged.
    """
    try:
        with path.open("rb") as file, TTFont(file, lazy=True) as font:
            has_table = "cmap" in font
    except TTLibError as error:
        raise TemplateError(f"{path.name} is no font: {error}", "Copy it anew.") from error
    found = frozenset(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)).unicodes)
    if has_table and not found:
        raise TemplateError(f"{path.name} is damaged: it has no character", "Copy it anew.")
    return found
