"""WeasyPrint without the machine's fonts, and heard when it complains.

The same letter must come out the same on every machine, so no font is known but those that
``page.css`` loads from ``fonts/``; and what the engine would only log (a character without a glyph,
CSS it does not know) is collected, to stop the letter.
"""

from __future__ import annotations

import ctypes.util
import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.util import Finalize
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><cachedir>{cache}</cachedir></fontconfig>
"""


@contextmanager
def without_machine_fonts() -> Iterator[None]:
    """Fontconfig, when it is loaded inside, knows no font; they come by @font-face alone.

    The environment is put back, since other programs that we start need their fonts.
    """
    before = os.environ.get("FONTCONFIG_FILE")
    with TemporaryDirectory(prefix="patra-") as folder:
        settings = Path(folder) / "fonts.conf"
        settings.write_text(FONTCONFIG.format(cache=folder), encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = str(settings)
        try:
            yield
        finally:
            del os.environ["FONTCONFIG_FILE"]
            if before is not None:
                os.environ["FONTCONFIG_FILE"] = before


@contextmanager
def libraries_by_name() -> Iterator[None]:
    """Inside, a system library is loaded by the name that it bears on Linux, or not found.

    WeasyPrint tries the names of every system, and ctypes has other programs (ldconfig, gcc) look
    for each that Linux does not know: a seventh of what a process needs to get ready.
    """
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _not_found
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _not_found(name: str) -> str | None:  # noqa: ARG001 - as ctypes has it
    return None


with without_machine_fonts(), libraries_by_name(), warnings.catch_warnings():
    # WeasyPrint looks for fonts when it is imported, and would warn that there are none.
    warnings.simplefilter("ignore")
    import weasyprint
    from tinyhtml5 import inputstream as markup
    from weasyprint import css as styling
    from weasyprint import draw as pages
    from weasyprint import layout as layouts
    from weasyprint import urls
    from weasyprint.css.functions import check_math as has_math
    from weasyprint.draw import text as drawing
    from weasyprint.draw.color import get_color
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import (
        absolute,
        background,
        block,
        column,
        flex,
        grid,
        inline,
        percent,
        preferred,
        table,
    )
    from weasyprint.layout import float as floating
    from weasyprint.layout import page as paging
    from weasyprint.pdf import tags as tagging
    from weasyprint.text import line_break as breaking
    from weasyprint.text.ffi import ffi, pango
    from weasyprint.text.fonts import FontConfiguration

laying = (
    *(absolute, background, block, column, flex, floating, grid, inline, layouts, paging),
    *(percent, preferred, table, boxes.Box),
)
"""The engine's modules that lay out, and the class of what they lay out."""

__all__ = [
    "Fonts",
    "background",
    "boxes",
    "breaking",
    "complaints",
    "drawing",
    "ffi",
    "floating",
    "get_color",
    "has_math",
    "inline",
    "laying",
    "markup",
    "missing_character",
    "pages",
    "paging",
    "pango",
    "percent",
    "preferred",
    "styling",
    "tagging",
    "urls",
    "weasyprint",
    "without_machine_fonts",
]


class Fonts(FontConfiguration):  # type: ignore[misc]
    """A set of fonts that is empty but for those that @font-face rules add to it.

    The engine copies them into a folder that it deletes with the set; a worker process ends without
    deleting anything, so that the folder is its own and goes at the process's end.
    """

    def __init__(self) -> None:
        with without_machine_fonts():
            super().__init__()
        self.families: set[str] = set()
        """Those that were added."""
        self.kept: object | None = None
        """What letters set in these fonts share: ``styles.KeptStyles``."""
        self.breakers: dict[str, Any] = {}
        """And their lines, by what a style says of text: ``lines.Breaker``."""
        self._folder = Path(mkdtemp(prefix="patra-fonts-"))
        Finalize(self, rmtree, (self._folder,), {"ignore_errors": True}, exitpriority=0)

    def forget(self) -> None:
        """Begins anew what letters share."""
        self.kept = self.kept and type(self.kept)()
        self.breakers.clear()

    def add_font_face(self, rule_descriptors: Any, url_fetcher: Any) -> None:  # noqa: ANN401
        """Adds the font of an @font-face rule, and remembers its family."""
        self.families.add(str(rule_descriptors["font_family"]))
        super().add_font_face(rule_descriptors, url_fetcher)


_IGNORED = "Ignored `"
"""How what the engine says of CSS begins that it drops; of some it says so to programmers only."""


class _Complaints(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.WARNING or str(record.msg).startswith(_IGNORED):
            self.records.append(record)


@contextmanager
def complaints() -> Iterator[list[logging.LogRecord]]:
    """Collects what the engine would only log: warnings, and all CSS that it ignores."""
    logger = logging.getLogger("weasyprint")
    handler, level = _Complaints(), logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield handler.records
    finally:
        logger.setLevel(level)
        logger.removeHandler(handler)


def missing_character(record: logging.LogRecord) -> str | None:
    """The character that no font has, if that is what the engine complains of."""
    if record.funcName == drawing.draw_first_line.__name__ and isinstance(record.args, tuple):
        return str(record.args[0])
    return None
