"""What the engine would only log, or stop at in its own words, told as an error with a way out."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from logging import LogRecord
from pathlib import Path

from generator.content import Letter, version_texts
from generator.errors import RenderError, TemplateError
from generator.render.html import LOGO_URL
from generator.render.pdf.engine import complaints, missing_character
from generator.render.pdf.files import RefusedUrlError


@contextmanager
def searching_no_garbage() -> Iterator[None]:
    """Most of the engine's trees is freed as it is left; cycles are looked for once, at the end."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


@contextmanager
def strictly(letter: Letter) -> Iterator[None]:
    """Turns what the engine would only log into an error that names the letter."""
    try:
        with complaints() as records:
            yield
    except RefusedUrlError as error:
        raise refused(error) from error
    except RecursionError as error:
        raise too_deep() from error
    if records:
        said = "; ".join(dict.fromkeys(_complaint(letter, record) for record in records))
        raise RenderError(
            f"{letter.who}: {said}",
            "Replace a character that no font in fonts/ has; otherwise correct the template.",
        )


def _complaint(letter: Letter, record: LogRecord) -> str:
    character = missing_character(record)
    if character is None:
        told = record.getMessage()
        drawing = "the logo cannot be drawn, or takes a file from elsewhere: put it in whole"
        return f"{told}: {drawing}" if told.endswith(Path(LOGO_URL).name) else told
    texts = (text for version in letter.versions for text in version_texts(version))
    text = next((text for text in texts if character in text), "")
    return f'no font has "{character}" (U+{ord(character):04X}), in "{text[:80]}"'


def too_deep() -> TemplateError:
    """Of a template whose depth Python cannot follow."""
    return TemplateError(
        "page.html or page.css: elements lie too deep in one another, or sheets import each other",
        "A style sheet imports no other that imports it again.",
    )


def beyond(error: Exception, place: str) -> TemplateError:
    """Of a place where the engine stopped with an error of its own."""
    return TemplateError(
        f"{place}: the PDF's engine cannot lay this out ({type(error).__name__}: {error})",
        "Undo the last change, or write it in a simpler way.",
    )


def refused(error: RefusedUrlError) -> TemplateError:
    """Of a file that a template may not use."""
    return TemplateError(
        f"page.html, page.css or the logo asks for {error}, which is missing or out of bounds",
        "A kind may use files of its own folder, and fonts of fonts/; a logo nothing but itself.",
    )
