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

The engine has no option for either: the functions wrapped are private. Their version is pinned in
pyproject.toml, and their source is compared with what was read when this was written.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
from collections.abc import Callable, Iterator
from typing import Any

from generator.errors import RenderError
from generator.render.pdf.engine import drawing, tagging, weasyprint
from generator.render.pdf.tags import add_language, add_scope, keep_source, move_label
from generator.render.pdf.words import WordStream, needs_true_text

VERSION = "70.0"
WRAPPED = (
    (drawing, "draw_first_line", "1bb8eae6d88e71b1"),
    (drawing, "draw_text", "ebaf96239c6ca363"),
    (tagging, "_build_box_tree", "f716251a83e7096e"),
    (tagging, "add_tags", "f0e74575b0bafaf3"),
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
    drawing.draw_first_line = _with_true_text(drawing.draw_first_line)
    tagging._build_box_tree = _with_whole_tags(tagging._build_box_tree)


def unpatch_engine() -> None:
    """Undoes ``patch_engine``; only a comparison of the two needs it."""
    for module, name, _digest in WRAPPED:
        setattr(module, name, inspect.unwrap(getattr(module, name)))


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
