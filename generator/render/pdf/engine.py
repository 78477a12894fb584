"""WeasyPrint without the machine's fonts, and heard when it complains.

The same letter must come out the same on every machine, so no font is known but those that
``page.css`` loads from ``fonts/``; and what the engine would only log (a character without a glyph,
CSS it does not know) is collected, to stop the letter.
"""

from __future__ import annotations

import logging
import os
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


with without_machine_fonts(), warnings.catch_warnings():
    # WeasyPrint looks for fonts when it is imported, and would warn that there are none.
    warnings.simplefilter("ignore")
    import weasyprint
    from weasyprint import urls
    from weasyprint.draw import text as drawing
    from weasyprint.pdf import tags as tagging
    from weasyprint.text.ffi import ffi, pango
    from weasyprint.text.fonts import FontConfiguration

__all__ = [
    "Fonts",
    "complaints",
    "drawing",
    "ffi",
    "missing_character",
    "pango",
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
        self._folder = Path(mkdtemp(prefix="patra-fonts-"))
        Finalize(self, rmtree, (self._folder,), {"ignore_errors": True}, exitpriority=0)

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
