"""The text layer of Devanagari: what a reader copies, searches and hears is what was written.

A PDF font says of each glyph which letters it stands for, once for the whole file; in Devanagari
one glyph stands for different letters in different places, so that 12–17 % of the characters came
back wrong (प्रशिक्षण as प्रशक्षण). Each Devanagari line is therefore wrapped in marked content that
carries its text as it was written (/ActualText; ISO 32000-1, 14.9.4).

WeasyPrint has no option for it: ``draw_first_line`` is private. The version is pinned in
pyproject.toml, and a test fails loudly when the function changes.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

import pydyf

from generator.render.pdf.engine import drawing

DEVANAGARI = re.compile("[\u0900-\u097f\u1cd0-\u1cff\ua8e0-\ua8ff]")


def write_true_text() -> None:
    """From now on every line of Devanagari carries its text; calling it again does nothing."""
    if not hasattr(drawing.draw_first_line, "__wrapped__"):
        drawing.draw_first_line = _with_actual_text(drawing.draw_first_line)


def write_engine_text() -> None:
    """Undoes ``write_true_text``; only a comparison of the two needs it."""
    drawing.draw_first_line = getattr(
        drawing.draw_first_line, "__wrapped__", drawing.draw_first_line
    )


def _with_actual_text(draw: Callable[..., object]) -> Callable[..., object]:
    @functools.wraps(draw)
    def draw_first_line(stream: Any, textbox: Any, *rest: object) -> object:  # noqa: ANN401
        if not DEVANAGARI.search(textbox.text):
            return draw(stream, textbox, *rest)
        text = pydyf.String(textbox.text)
        stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": text}))
        try:
            return draw(stream, textbox, *rest)
        finally:
            stream.end_marked_content()

    return draw_first_line
