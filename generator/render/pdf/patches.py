"""What WeasyPrint cannot do by itself: true text, and languages and labels in the tag tree.

**Text.** A PDF font says of each glyph which letters it stands for, once for the whole file; in
Devanagari one glyph stands for different letters in different places, so that 12–17 % of the
characters came back wrong (प्रशिक्षण as प्रशक्षण). Each word of a script that is shaped is therefore
wrapped in marked content that carries it as it was written (/ActualText; ISO 32000-1, 14.9.4). Word
by word, so that a word that is found or selected is marked where it stands.

Measured: Poppler and PDFium read without an error, and Poppler draws every pixel as in the engine's
own file. PDFium loses a move that ends a TJ operator, as the engine writes one before a matra that
stands higher or lower; here it is written before the next glyph, so that the matra stands right.

**Tags.** ``lang`` on an element writes nothing into the file but for the catalog; an item's label
lies in its body; heads of columns do not say so. ``tags.py`` adds what is missing; ``tree.py``
joins what the ends of pages divide, when the tree is complete (the engine's public ``finisher``).

**Layout.** Letters of a kind have most styles, lines and lengths in common: ``styles.py``,
``lines.py``, ``flow.py`` and ``plain.py`` keep them from letter to letter; ``lookups.py`` has two
libraries keep what they find. No byte differs.

The engine has no option for any of it: the functions wrapped are private. Their version is pinned
in pyproject.toml, and their source is compared with what was read when this was written.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
from collections.abc import Callable, Iterator
from typing import Any

from generator.errors import RenderError
from generator.render.pdf.engine import (
    background,
    boxes,
    breaking,
    drawing,
    ffi,
    floating,
    markup,
    pages,
    paging,
    percent,
    preferred,
    styling,
    tagging,
    weasyprint,
)
from generator.render.pdf.lines import forget_lines, keep_lines
from generator.render.pdf.lookups import Until, with_open_sizes
from generator.render.pdf.shown import with_kept_text, with_noted_lines
from generator.render.pdf.styles import StyleFor
from generator.render.pdf.tags import add_language, add_scope, keep_source, move_label
from generator.render.pdf.words import WordStream, needs_true_text

VERSION = "70.0"
WRAPPED = (
    (drawing, "draw_first_line", "1bb8eae6d88e71b1"),
    (pages, "draw_text", "ebaf96239c6ca363"),
    (tagging, "_build_box_tree", "f716251a83e7096e"),
    (tagging, "add_tags", "f0e74575b0bafaf3"),
    (styling, "StyleFor", "dac5a13261681453"),
    (styling, "ComputedStyle", "4ff0512c0af12674"),
    (styling, "AnonymousStyle", "414bbf41061e0a4a"),
    (styling, "find_style_attributes", "c5b4eb4d3c008b07"),
    (paging, "set_page_type_computed_styles", "4e68b396b35c4a06"),
    (paging, "_standardize_page_based_counters", "6c3791760c3fbe13"),
    (breaking, "split_first_line", "39ad1016863ca34d"),
    (breaking, "first_line_metrics", "55ec5d0b58b29a8b"),
    (breaking, "create_layout", "6587192cc0ab3ffa"),
    (breaking, "Layout", "681b737d1ba5e004"),
    (breaking, "get_font_description", "85734b8947b9bf64"),
    (breaking, "strut", "b57885b70dd08efe"),
    (breaking, "can_break_text", "4f3fb5ef1c239df9"),
    (breaking, "get_log_attrs", "65c1a1c4fa75ee95"),
    (percent, "resolve_percentages", "71673078096fcf87"),
    (percent, "resolve_one_percentage", "4cfaa9ad134e4f7b"),
    (percent, "adjust_box_sizing", "88f3351db0280d16"),
    (percent, "resolve_radii_percentages", "4980b3798c671710"),
    (boxes.Box, "is_in_normal_flow", "5f49d6ab23da7e51"),
    (floating, "avoid_collisions", "5fc7793c573af328"),
    (preferred, "table_cell_min_max_content_width", "6fdf961b91fce3e9"),
    (preferred, "inline_line_widths", "6c24f789e3ce5bb7"),
    (preferred, "adjust", "20ef5faa8188ca2c"),
    (background, "layout_box_backgrounds", "617a870678c82755"),
    (ffi, "new", "7c8dfa3e98b255ed"),
    (markup.HTMLUnicodeInputStream, "chars_until", "dfe353323dff1fdc"),
)
"""The functions relied on, and how the SHA-256 of their source begins."""


def patch_engine() -> None:
    """From now on files carry true text and whole tags; calling it again does nothing.

    Raises:
        RenderError: The engine is not the one that this was written for.
    """
    if _is_patched():
        return
    _refuse_other_engine()
    drawing.draw_first_line = with_noted_lines(_with_true_text(drawing.draw_first_line))
    pages.draw_text = with_kept_text(pages.draw_text)
    tagging._build_box_tree = _with_whole_tags(tagging._build_box_tree)
    styling.StyleFor = StyleFor
    ffi.new = with_open_sizes(ffi.new)
    markup.characters_until_regex = Until()
    keep_lines()


def unpatch_engine() -> None:
    """Undoes ``patch_engine``; only a comparison of the two needs it."""
    for module, name, _digest in WRAPPED:
        setattr(module, name, inspect.unwrap(getattr(module, name)))
    markup.characters_until_regex = {}
    forget_lines()


def _is_patched() -> bool:
    return hasattr(drawing.draw_first_line, "__wrapped__")


def _refuse_other_engine() -> None:
    sources = {
        name: hashlib.sha256(inspect.getsource(getattr(module, name)).encode()).hexdigest()[:16]
        for module, name, _digest in WRAPPED
    }
    other = [name for _module, name, digest in WRAPPED if sources[name] != digest]
    if weasyprint.__version__ != VERSION or other:
        raise RenderError(
            f"WeasyPrint {weasyprint.__version__} is not the engine that "
            f"generator/render/pdf/patches.py was written for ({VERSION})"
            + (f"; it differs in {', '.join(other)}" if other else ""),
            "Install the version in constraints.txt; with a newer one, read the functions named "
            "in patches.py, run its tests, and enter their digests.",
        )


def _with_true_text(draw: Callable[..., object]) -> Callable[..., object]:
    @functools.wraps(draw)
    def draw_first_line(stream: Any, textbox: Any, *rest: object) -> object:  # noqa: ANN401
        if not needs_true_text(textbox.text):
            return draw(stream, textbox, *rest)
        words = WordStream(stream, textbox)
        emojis = draw(words, textbox, *rest)
        words.finish()
        return emojis

    return draw_first_line


def _with_whole_tags(build: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    @functools.wraps(build)
    def build_box_tree(box: Any, parent: Any, pdf: Any, *rest: object) -> Iterator[Any]:  # noqa: ANN401
        for element in build(box, parent, pdf, *rest):
            keep_source(element, box)
            add_language(element, box)
            add_scope(element, box)
            if not move_label(element, box, parent, pdf):
                yield element

    return build_box_tree
