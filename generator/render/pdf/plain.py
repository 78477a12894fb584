"""Short ways through the layout for boxes that are nothing special: most boxes of a letter.

The engine asks of each box, again and again, what follows from its style alone: whether it floats,
has rounded corners, pictures, a shadow. Styles that letters share never change (``styles.py``), and
so the answer is kept with them. Any other box goes the engine's own way. No byte differs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from generator.render.pdf.engine import get_color
from generator.render.pdf.styles import Watched

TEXTS = 4_096
"""Ends and beginnings of texts of which it is known whether a line may be broken there."""
CORNERS = tuple(
    f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
)
SHARP = (0, 0)


def with_free_room(avoid: Callable[..., Any]) -> Callable[..., Any]:
    """``avoid_collisions``: where nothing floats, a box has all of its line."""

    @wraps(avoid)
    def avoid_collisions(context: Any, box: Any, block: Any, outer: bool = True) -> Any:  # noqa: ANN401
        floats = context.excluded_shapes or box.style["float"] != "none"
        if floats or not outer or block.style["direction"] == "rtl":
            return avoid(context, box, block, outer)
        left = block.content_box_x()
        right = left + block.width
        return left, box.position_y, right - left  # in this order, as the engine rounds

    return avoid_collisions


def with_kept_flow(ask: Callable[..., bool]) -> Callable[..., bool]:
    """``Box.is_in_normal_flow``, kept with the style."""

    @wraps(ask)
    def is_in_normal_flow(box: Any) -> bool:  # noqa: ANN401
        style = box.style
        if not isinstance(style, Watched):
            return ask(box)
        answer: bool | None = style.__dict__.get("_in_flow")
        if answer is None:
            answer = style.__dict__["_in_flow"] = ask(box)
        return answer

    return is_in_normal_flow


def with_bare_boxes(lay: Callable[..., None]) -> Callable[..., None]:
    """``layout_box_backgrounds``: a box that has none needs only to be told so."""

    @wraps(lay)
    def layout_box_backgrounds(
        page: Any,  # noqa: ANN401
        box: Any,  # noqa: ANN401
        get_image: Any,  # noqa: ANN401
        layout_children: bool = True,
        style: Any = None,  # noqa: ANN401
    ) -> None:
        if style is not None or box is page or not _is_bare(box.style):
            lay(page, box, get_image, layout_children, style)
            return
        for corner in CORNERS:
            setattr(box, corner, SHARP)
        if layout_children:
            for child in box.all_children():
                layout_box_backgrounds(page, child, get_image)
        box.background = None

    return layout_box_backgrounds


def _is_bare(style: Any) -> bool:  # noqa: ANN401
    """Whether boxes of a style have no background, nor anything that is asked for with it."""
    if not isinstance(style, Watched):
        return False
    bare: bool | None = style.__dict__.get("_bare")
    if bare is None:
        bare = style.__dict__["_bare"] = _has_nothing(style)
    return bare


def _has_nothing(style: Any) -> bool:  # noqa: ANN401
    return bool(
        all((0, "px") in style[corner] for corner in CORNERS)
        and style["border_image_source"][0] == "none"
        and style["mask_border_source"][0] == "none"
        and not any(value for _type, value in style["background_image"])
        and not style["box_shadow"]
        and get_color(style, "background_color").alpha == 0
    )


def with_kept_breaks(ask: Callable[..., bool]) -> Callable[..., bool]:
    """``can_break_text``, of a text and its language alone."""
    return lru_cache(TEXTS)(ask)
