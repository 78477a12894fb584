"""Lines of text as a page shows them, kept for the next file that has the same line.

The engine sets up a layout anew for each line that it draws, and goes through its glyphs one by
one; most lines of a letter stand in other letters too. What is kept of a line are its operators,
and what it enters in the fonts of its file. It is used again only where the file would get the very
same: not where its fonts have another width for a glyph already (two sizes may round it otherwise).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import wraps
from typing import Any, NamedTuple

from generator.render.pdf.lines import LINES


class Kept:
    """Lines of one style of text, and what keeps their fonts in Pango alive."""

    def __init__(self) -> None:
        self.lines: dict[tuple[str, str, float], Shown] = {}
        self.layouts: dict[tuple[str, float], tuple[Any, Any]] = {}
        """A font with a layout that has it, by name and size."""

    def keep(self, key: tuple[str, str, float], shown: Shown) -> None:
        """Keeps a line; beyond ``LINES``, all begins anew."""
        if len(self.lines) >= LINES:
            self.lines.clear()
        self.lines[key] = shown


class LineFont(NamedTuple):
    """A font of Pango's, and what a line enters in a file's font for it."""

    pango: Any
    widths: Mapping[int, int]
    to_unicode: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A line's operators, each after the font that it sets, and what it enters in the fonts."""

    parts: tuple[tuple[tuple[str, float] | None, bytes], ...]
    fonts: tuple[LineFont, ...]


class Recorder:
    """A page's stream that notes what the engine does to show one line.

    Args:
        stream: The engine's stream of the page.
        layout: The line's layout in Pango, which keeps its fonts.
        kept: Where the line shall be kept.
    """

    def __init__(self, stream: Any, layout: Any, kept: Kept) -> None:  # noqa: ANN401
        self._stream, self._layout, self._kept = stream, layout, kept
        self._parts: list[tuple[tuple[str, float] | None, bytes]] = []
        self._fonts: dict[str, tuple[Any, Any]] = {}
        self._set: tuple[str, float] | None = None
        self._from = 0

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the engine's stream has
        return getattr(self._stream, name)

    def set_text_matrix(self, *matrix: float) -> None:
        """Where the line stands, which the engine says first, is not noted."""
        self._stream.set_text_matrix(*matrix)
        self._from = len(self._stream.stream)

    def add_font(self, pango_font: Any) -> tuple[Any, float]:  # noqa: ANN401
        """A copy of the file's font for this line alone, with its size."""
        font, size = self._stream.add_font(pango_font)
        kept = self._kept.layouts.setdefault((font.hash, size), (pango_font, self._layout))
        if font.hash not in self._fonts:
            own = copy(font)
            own.widths, own.to_unicode = {}, {}
            self._fonts[font.hash] = kept[0], own
        return self._fonts[font.hash][1], size

    def set_font_size(self, font: str, size: float) -> None:
        """The stream says it only where it changes."""
        self._cut()
        self._stream.set_font_size(font, size)
        self._set, self._from = (font, size), len(self._stream.stream)

    def shown(self) -> Shown | None:
        """The line; None where it has a glyph that no font has, of which each letter is told."""
        self._cut()
        fonts = self._fonts.values()
        if any(font.missing for _pango, font in fonts):
            return None
        lines = (LineFont(pango, font.widths, font.to_unicode) for pango, font in fonts)
        return Shown(tuple(self._parts), tuple(lines))

    def _cut(self) -> None:
        operators = self._stream.stream[self._from :]
        if operators or self._set:
            self._parts.append((self._set, b"\n".join(map(_written, operators))))


def _written(operator: Any) -> bytes:  # noqa: ANN401 - bytes, text or an object of PDF
    if isinstance(operator, str):
        return operator.encode()
    return operator if isinstance(operator, bytes) else bytes(operator.data)


def enter_glyphs(stream: Any, shown: Shown) -> bool:  # noqa: ANN401
    """Enters a line's glyphs in the fonts of a file; False if these have other widths for them."""
    fonts = [(stream.add_font(line.pango)[0], line) for line in shown.fonts]
    for font, line in fonts:
        if any(font.widths.get(glyph, width) != width for glyph, width in line.widths.items()):
            return False
    for font, line in fonts:
        for glyph, width in line.widths.items():
            font.widths.setdefault(glyph, width)
        for glyph, text in line.to_unicode.items():
            font.to_unicode.setdefault(glyph, text)
    return True


def with_kept_text(draw: Callable[..., None]) -> Callable[..., None]:
    """``draw_text``: a line that is kept is shown without the engine."""

    @wraps(draw)
    def draw_text(
        stream: Any,  # noqa: ANN401
        textbox: Any,  # noqa: ANN401
        offset_x: float,
        text_overflow: str,
        block_ellipsis: str,
    ) -> None:
        kept = _kept(textbox) if (text_overflow, block_ellipsis) == ("clip", "none") else None
        shown = kept and kept.lines.get(_key(textbox))
        if shown and enter_glyphs(stream, shown):
            _show(stream, textbox, shown)
        else:
            draw(stream, textbox, offset_x, text_overflow, block_ellipsis)

    return draw_text


def _show(stream: Any, textbox: Any, shown: Shown) -> None:  # noqa: ANN401
    """As ``draw_text`` does for a line without decoration."""
    stream.set_color(textbox.style["color"])
    stream.begin_text()
    at = textbox.position_x, textbox.position_y + textbox.baseline
    stream.set_text_matrix(1, 0, 0, -1, *at)
    for font, operators in shown.parts:
        if font:
            stream.set_font_size(*font)
        if operators:
            stream.stream.append(operators)
    stream.end_text()


def with_noted_lines(draw: Callable[..., Any]) -> Callable[..., Any]:
    """``draw_first_line``: what it does is kept, where it does the same in every file."""

    @wraps(draw)
    def draw_first_line(
        stream: Any,  # noqa: ANN401
        textbox: Any,  # noqa: ANN401
        text_overflow: str,
        block_ellipsis: str,
        matrix: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        kept = _kept(textbox) if (text_overflow, block_ellipsis) == ("clip", "none") else None
        if kept is None:
            return draw(stream, textbox, text_overflow, block_ellipsis, matrix)
        begin, font = len(stream.stream), stream._current_font
        recorder = Recorder(stream, textbox.pango_layout.layout, kept)
        pictures = draw(recorder, textbox, text_overflow, block_ellipsis, matrix)
        shown = None if pictures else recorder.shown()
        if shown and enter_glyphs(stream, shown):
            kept.keep(_key(textbox), shown)
            return pictures
        del stream.stream[begin:]
        stream._current_font = font
        return draw(stream, textbox, text_overflow, block_ellipsis, matrix)

    return draw_first_line


def _kept(textbox: Any) -> Kept | None:  # noqa: ANN401
    """Where lines like this one are kept; None for one that is more than its glyphs."""
    style = textbox.style
    breaker = style.__dict__.get("_breaker")
    if breaker is None or style["visibility"] != "visible" or not textbox.text.strip():
        return None
    if style["text_decoration_line"] != "none":
        return None
    kept: Kept = breaker.__dict__.setdefault("shown", Kept())
    return kept


def _key(textbox: Any) -> tuple[str, str, float]:  # noqa: ANN401
    layout = textbox.pango_layout
    return textbox.text, layout.text, layout.justification_spacing
