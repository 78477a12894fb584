"""A short way through the layout for what is nothing special: most boxes of a letter.

Of each box the engine asks whether it has pictures, a shadow, a colour behind it, which follows
from its style. Styles that letters share never change (``styles.py``), and so the answer is kept
with them. Any other box goes the engine's own way. No byte differs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from generator.render.pdf.engine import boxes, get_color
from generator.render.pdf.flow import CORNERS, SHARP, stays


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
        plain = style is None and box is not page and isinstance(box, boxes.Box)
        if not (plain and _is_bare(box.style)):
            lay(page, box, get_image, layout_children, style)
            return
        box.__dict__.update(CORNERS)
        if layout_children:
            for child in box.all_children():
                layout_box_backgrounds(page, child, get_image)
        box.background = None

    return layout_box_backgrounds


def _is_bare(style: Any) -> bool:  # noqa: ANN401
    """Whether boxes of a style have no background, nor anything that is asked for with it."""
    if not stays(style):
        return False
    bare: bool | None = style.__dict__.get("_bare")
    if bare is None:
        bare = style.__dict__["_bare"] = _has_nothing(style)
    return bare


def _has_nothing(style: Any) -> bool:  # noqa: ANN401
    return bool(
        all(SHARP in style[corner] for corner in CORNERS)
        and style["border_image_source"][0] == "none"
        and style["mask_border_source"][0] == "none"
        and not any(value for _type, value in style["background_image"])
        and not style["box_shadow"]
        and get_color(style, "background_color").alpha == 0
    )
