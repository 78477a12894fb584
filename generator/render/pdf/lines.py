"""Lines, heights and lengths that letters share: found once for a text, a style and a width.

A table asks for the same text three times, and the letters of an edition have most texts in common.
What is kept is what the engine's own functions return for equal arguments: they read nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from inspect import unwrap
from types import ModuleType
from typing import Any

from generator.render.pdf.engine import Fonts, boxes, has_math, laying
from generator.render.pdf.flow import (
    with_kept_cells,
    with_kept_corners,
    with_kept_flow,
    with_lines_beside_nothing,
)
from generator.render.pdf.plain import with_bare_boxes

LINES = 2_048
"""Lines that are kept of one style of text; the one most used has half as many in ten letters."""
WIDTHS = 64
"""Sizes of containing blocks whose lengths are kept of one style."""
TEXT_STYLE = (
    "font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_kerning",
    "font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric",
    "font_variant_alternates", "font_variant_east_asian", "font_feature_settings",
    "font_variation_settings", "font_language_override", "lang", "direction", "letter_spacing",
    "word_spacing", "white_space", "tab_size", "text_decoration_line", "overflow_wrap",
    "word_break", "hyphens", "hyphenate_limit_chars", "hyphenate_limit_zone",
    "hyphenate_character",
)  # fmt: skip
"""All that the engine reads of a style to break a text into lines."""
BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))
LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding")
      for side in ("left", "right", "top", "bottom")),
    *(f"{limit}{axis}" for axis in ("width", "height") for limit in ("", "min_", "max_")),
)  # fmt: skip
"""What the engine sets of a box from its style and the block that contains it; and its borders."""


class Breaker:
    """Lines of texts in equal styles, by all that the engine's function is given."""

    def __init__(self, split: Callable[..., Any], style: Any) -> None:  # noqa: ANN401
        self.dictionaries: dict[Any, Any] = {}
        """For hyphens: the one thing that the engine's function wants of its context."""
        self.line = lru_cache(LINES)(lambda text, *rest: split(text, style, self, *rest))


def with_kept_lines(split: Callable[..., Any]) -> Callable[..., Any]:
    """``split_first_line``, which makes up to three layouts of a text."""

    @wraps(split)
    def split_first_line(
        text: str,
        style: Any,  # noqa: ANN401
        context: Any,  # noqa: ANN401
        max_width: float | None,
        justification_spacing: float,
        is_line_start: bool = True,
        minimum: bool = False,
    ) -> Any:  # noqa: ANN401
        rest = max_width, justification_spacing, is_line_start, minimum
        breaker = style.__dict__.get("_breaker", style)
        if breaker is style:
            breaker = style._breaker = _breaker_for(split, style)
        if breaker is None:
            return split(text, style, context, *rest)
        layout, *measures = breaker.line(text, *rest)
        own = object.__new__(type(layout))
        own.__dict__.update(layout.__dict__)  # drawing writes into it
        return own, *measures

    return split_first_line


def _breaker_for(split: Callable[..., Any], style: Any) -> Breaker | None:  # noqa: ANN401
    """The breaker that styles of one sheet share if they set texts alike; None: nothing is kept."""
    fonts, values = style.font_config, tuple(style[name] for name in TEXT_STYLE)
    if not isinstance(fonts, Fonts) or any(has_math(value) for value in values):
        return None
    key = repr(values)
    if len(fonts.breakers) >= WIDTHS:
        fonts.breakers.clear()
    breaker: Breaker = fonts.breakers.setdefault(key, Breaker(split, style))
    return breaker


def with_kept_heights(strut: Callable[..., Any]) -> Callable[..., Any]:
    """``strut``, the height of a line of a style, kept with the style."""

    @wraps(strut)
    def kept_strut(style: Any) -> Any:  # noqa: ANN401
        height = style.__dict__.get("_strut")
        if height is None:
            height = style._strut = strut(style)
        return height

    return kept_strut


def with_kept_lengths(resolve: Callable[..., Any]) -> Callable[..., Any]:
    """``resolve_percentages``, which sets eighteen lengths of a box one by one."""

    @wraps(resolve)
    def resolve_percentages(box: Any, containing_block: Any) -> None:  # noqa: ANN401
        style: Any = box.style
        collapse = style["border_collapse"] == "collapse"
        if not isinstance(box, boxes.Box) or (collapse and style["box_sizing"] != "content-box"):
            resolve(box, containing_block)
            return
        key: tuple[object, ...] = (_size(containing_block), isinstance(box, boxes.PageBox))
        kept = style.__dict__.setdefault("_lengths", {})
        if lengths := kept.get(key):
            box.__dict__.update(lengths)
            _set_borders(box, style, collapse)
            return
        resolve(box, containing_block)
        if len(kept) >= WIDTHS:
            kept.clear()
        kept[key] = {name: getattr(box, name) for name in LENGTHS}

    return resolve_percentages


def _size(block: Any) -> tuple[object, ...]:  # noqa: ANN401
    return (block.width, block.height) if isinstance(block, boxes.Box) else tuple(block)


def _set_borders(box: Any, style: Any, collapse: bool) -> None:  # noqa: ANN401
    """As the engine: those of cells that share borders are set already."""
    if collapse:
        for name in BORDERS:
            box.__dict__.setdefault(name, style[name])
    else:
        box.__dict__.update({name: style[name] for name in BORDERS})


KEPT: Mapping[str, Callable[..., Callable[..., Any]]] = {
    "layout_box_backgrounds": with_bare_boxes,
    "split_first_line": with_kept_lines,
    "strut": with_kept_heights,
    "resolve_percentages": with_kept_lengths,
    "can_break_text": lru_cache(LINES),
    "is_in_normal_flow": with_kept_flow,
    "resolve_radii_percentages": with_kept_corners,
    "avoid_collisions": with_lines_beside_nothing,
    "table_cell_min_max_content_width": with_kept_cells,
}
"""The functions whose results are kept, or found in a shorter way."""


def keep_lines() -> None:
    """From now on the engine's layout keeps these results; every module has its own names."""
    for module, name in _places():
        setattr(module, name, KEPT[name](getattr(module, name)))


def forget_lines() -> None:
    """Undoes ``keep_lines``."""
    for module, name in _places():
        setattr(module, name, unwrap(getattr(module, name)))


def _places() -> list[tuple[ModuleType | type, str]]:
    return [(module, name) for module in laying for name in KEPT if hasattr(module, name)]
