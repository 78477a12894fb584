"""What two libraries of the engine look up anew each time, though they mean to keep it.

cffi parses ``hb_codepoint_t[2135]`` as C, with every type of Pango's before it, and does so for
each other number: 2 ms, several times a letter. tinyhtml5 keeps its regular expressions under a key
that is never asked for, and so makes them anew for each piece of a text. No byte differs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from generator.render.pdf.engine import ffi

OPEN_TYPES = (
    *("PangoFcFontMap *", "PangoRectangle *", "PangoLogAttr[]", "FcChar8 **"),
    *("hb_codepoint_t[]", "hb_tag_t[]", "char[]", "unsigned int *"),
)
"""The types that the engine asks for, sizes left open."""

_SIZED = re.compile(r"(.+\[)(\d+)\]")


def with_open_sizes(new: Callable[..., Any]) -> Callable[..., Any]:
    """``ffi.new``: an array of a given size, without a type of its own for each size."""

    @wraps(new)
    def new_array(kind: Any, init: Any = None) -> Any:  # noqa: ANN401
        sized = _SIZED.fullmatch(kind) if isinstance(kind, str) else None
        if sized is None or (init is not None and len(init) != int(sized[2])):
            return new(kind, init)
        return new(f"{sized[1]}]", int(sized[2]) if init is None else init)

    return new_array


class Until(dict[tuple[Any, bool], re.Pattern[str]]):
    """Regular expressions of ``chars_until``, by characters and whether they are the ones wanted.

    Like the library's own, which enters each under a key of its own making.
    """

    def __missing__(self, key: tuple[Any, bool]) -> re.Pattern[str]:
        characters, wanted = key
        listed = "".join(rf"\x{ord(character):02x}" for character in characters)
        self[key] = re.compile(f"[{'' if wanted else '^'}{listed}]+")
        return self[key]


def look_up_types() -> None:
    """Parses the types that every letter needs, before there is one."""
    for kind in OPEN_TYPES:
        ffi.typeof(kind)
