"""What the engine asks of thousands of boxes, answered from what their styles say.

Whether a box is in normal flow, has round corners or stands beside a float, and how wide the words
of a table's cell are: the engine finds each out anew, a line's place three times. The answers are
those of its own functions; only of styles that stay as they are (``styles.py``) is one kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from generator.render.pdf.engine import boxes

CELLS = 1_024
"""Cells whose widths are kept of one style."""
CORNERS = {
    f"border_{corner}_radius": (0, 0)
    for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
}
"""What the engine sets of a box without round corners."""
SHARP = (0, "px")


def with_kept_flow(ask: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """``Box.is_in_normal_flow``, which five other methods answer: kept with the style."""

    @wraps(ask)
    def is_in_normal_flow(box: Any) -> bool:  # noqa: ANN401
        style = box.style
        flows: bool | None = getattr(style, "flows", None)
        if flows is None:
            flows = ask(box)
            if stays(style):
                style.flows = flows
        return flows

    return is_in_normal_flow


def with_kept_corners(resolve: Callable[[Any], None]) -> Callable[[Any], None]:
    """``resolve_radii_percentages``: few styles have round corners."""

    @wraps(resolve)
    def resolve_radii_percentages(box: Any) -> None:  # noqa: ANN401
        style = box.style
        sharp = getattr(style, "sharp", None)
        if sharp is None:
            sharp = all(SHARP in style[name] for name in CORNERS)
            if stays(style):
                style.sharp = sharp
        if sharp and isinstance(box, boxes.Box):  # others stand for a box that is placed elsewhere
            box.__dict__.update(CORNERS)
        else:
            resolve(box)

    return resolve_radii_percentages


def with_lines_beside_nothing(avoid: Callable[..., Any]) -> Callable[..., Any]:
    """``avoid_collisions``: a line has its block's whole width where nothing floats."""

    @wraps(avoid)
    def avoid_collisions(context: Any, box: Any, block: Any, outer: bool = True) -> Any:  # noqa: ANN401
        if (
            outer
            or type(box) is not boxes.LineBox
            or context.excluded_shapes
            or block.style["direction"] != "ltr"
        ):
            return avoid(context, box, block, outer)
        edge = block.content_box_x()  # sums in the engine's order: its decimals round alike
        left, right = edge + box.margin_left, edge + block.width - box.margin_right
        top = box.position_y + box.margin_top - box.margin_top
        return left - box.margin_left, top, right - left

    return avoid_collisions


def with_kept_cells(measure: Callable[..., Any]) -> Callable[..., Any]:
    """``table_cell_min_max_content_width``: most cells say in every letter the same."""

    @wraps(measure)
    def table_cell_min_max_content_width(context: Any, box: Any, outer: bool = True) -> Any:  # noqa: ANN401
        said: list[object] = [outer]
        if not _describe(box, said):
            return measure(context, box, outer)
        kept, key = box.style.__dict__.setdefault("_cells", {}), tuple(said)
        if (widths := kept.get(key)) is None:
            if len(kept) >= CELLS:
                kept.clear()
            widths = kept[key] = measure(context, box, outer)
        return widths

    return table_cell_min_max_content_width


def _describe(box: Any, said: list[object]) -> bool:  # noqa: ANN401
    """Adds all that a box's width is found from; False where it is more than texts in styles."""
    kind, style = type(box), box.style
    if kind not in _OF_WORDS or not stays(style):
        return False
    if kind is boxes.TextBox:
        said += (style.serial, box.text, box.justification_spacing)
        return True
    own = box.__dict__  # borders that cells share are set before they are measured
    borders = own.get("border_left_width"), own.get("border_right_width")
    said += (style.serial, kind, *borders, len(box.children))
    return all(_describe(child, said) for child in box.children)


_OF_WORDS = (boxes.TableCellBox, boxes.LineBox, boxes.InlineBox, boxes.TextBox)


def stays(style: Any) -> bool:  # noqa: ANN401
    """Whether nobody can change a style, so that what follows from it can be kept with it."""
    return getattr(style, "serial", None) is not None
