"""A line's glyphs, written word by word, each shaped word with its text."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pydyf

from generator.errors import RenderError
from generator.render.pdf.engine import ffi, pango

SHAPED = re.compile(
    "[\u0300-\u036f\u0900-\u1cff\u1dc0-\u1dff\u20d0-\u20ff\ua800-\uabff\U00011000-\U00011fff]"
)
"""Scripts whose glyphs are not their letters, one for one: from Devanagari to Vedic Extensions,
marks that are set on letters, and what Unicode has of these scripts further on.

Not those written from right to left (Urdu): readers turn their glyphs' letters round, and Poppler
and PDFium do so with a true text too, which comes out backwards. Of the last range PDFium reads
nothing, as it passes over all that lies beyond U+FFFD; others read it.
"""
WORD = re.compile(r"\S+\s*")
TOKEN = re.compile(r"<([0-9a-f]*)>|(-?[0-9.e-]+)")
"""What a TJ operator shows: glyphs of four hexadecimal digits, and moves between them."""
GLYPH = 4


def needs_true_text(text: str) -> bool:
    """Whether a line holds a script whose text a PDF font cannot give back."""
    return SHAPED.search(text) is not None


class WordStream:
    """A page's stream that marks each shaped word of one line while its glyphs are shown.

    The glyphs, their order and every move between them stay as the engine wrote them.

    Args:
        stream: The engine's stream of the page.
        textbox: The line.

    Raises:
        RenderError: The engine shows other glyphs than the line has.
    """

    def __init__(self, stream: Any, textbox: Any) -> None:  # noqa: ANN401
        self._stream = stream
        self._words, self._glyphs = _words_and_glyphs(textbox)
        self._next = 0
        self._open: int | None = None
        self._shown = ""
        self._move = 0.0

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the engine's stream has
        return getattr(self._stream, name)

    def show_text(self, string: str) -> None:
        """Shows glyphs: what the engine calls once for a line, or for parts of it."""
        for glyphs, move in TOKEN.findall(string):
            for start in range(0, len(glyphs), GLYPH):
                self._enter(self._glyphs[self._next : self._next + 1])
                self._next += 1
                self._show(glyphs[start : start + GLYPH])
            self._move += float(move or 0)
        self._flush()

    def finish(self) -> None:
        """Closes the last word."""
        self._enter([None])
        if self._next != len(self._glyphs):
            raise _other_glyphs(len(self._glyphs), self._next)

    def _enter(self, found: list[int | None]) -> None:
        """Begins the word that the next glyph belongs to, where it is another one."""
        if not found:
            raise _other_glyphs(len(self._glyphs), self._next + 1)
        if found[0] == self._open:
            return
        self._flush()
        if self._open is not None:
            self._stream.end_marked_content()
        self._open = found[0]
        if self._open is not None:
            text = pydyf.String(self._words[self._open])
            self._stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": text}))

    def _show(self, glyph: str) -> None:
        """One glyph, after the move before it: PDFium loses a move that ends a TJ operator."""
        self._shown += f"{self._move:g}<{glyph}>" if self._move else f"<{glyph}>"
        self._move = 0.0

    def _flush(self) -> None:
        if self._shown:
            self._stream.show_text(self._shown.replace("><", ""))
        self._shown = ""


def _words_and_glyphs(textbox: Any) -> tuple[list[str], list[int | None]]:  # noqa: ANN401
    """A line's words, and of each of its glyphs the word it belongs to: None for all unshaped."""
    layout = textbox.pango_layout
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _index = layout.get_first_line()
    words, owners = _owners(layout.text)
    glyphs: list[int | None] = []
    run = line.runs[0]
    while run != ffi.NULL:
        item = run.data
        run = run.next
        shown, offset = item.glyphs, item.item.offset
        glyphs += [
            owners[offset + shown.log_clusters[i]]
            for i in range(shown.num_glyphs)
            if shown.glyphs[i].glyph != pango.PANGO_GLYPH_EMPTY
        ]
    return words, glyphs


def _owners(text: str) -> tuple[list[str], list[int | None]]:
    """The shaped words of a text in NFC, and of each of its bytes in UTF-8 the word it is in."""
    words: list[str] = []
    owners: list[int | None] = []
    end = 0
    for found in WORD.finditer(text):
        owners += [None] * len(text[end : found.start()].encode())
        shaped = needs_true_text(found[0])
        owners += [len(words) if shaped else None] * len(found[0].encode())
        words += [unicodedata.normalize("NFC", found[0])] if shaped else []
        end = found.end()
    return words, owners + [None] * len(text[end:].encode())


def _other_glyphs(expected: int, found: int) -> RenderError:
    return RenderError(
        f"a line has {expected} glyphs, and the engine shows {found} or more",
        "generator/render/pdf/words.py does not fit this version of WeasyPrint.",
    )
