"""Bold words of a PDF beside the letter's."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from pypdfium2 import raw

from generator.readback.expected import Expected, Unit
from generator.readback.mismatch import CONTEXT, Mismatch
from generator.readback.pdf import PdfPage
from generator.readback.squeeze import squeeze
from generator.readback.words import Words

PLAIN, BOLD, ANY = 0, 1, 2
"""What a character of the letter is; ANY in its labels."""
_NAME = 128


def compare_weight(
    pages: Sequence[PdfPage], bodies: Sequence[Words], expected: Expected
) -> Mismatch | None:
    """Whether the letter's bold words are bold, and its others not; None if so.

    The words are known to be equal. Each is looked at where it begins. A block that is bold
    throughout is the affair of ``page.css``.
    """
    wanted = b"".join(map(_wanted, expected.units))
    found: list[tuple[int, bool]] = []
    reached = 0
    for page, body in zip(pages, bodies, strict=True):
        end = reached + len(body.text)
        own = wanted[reached:end]
        weights = page.notes.recall(("weights", own), partial(_weights, page, own))
        found += [(reached + at, bold) for at, bold in weights]
        reached = end
    return next(_faults(found, wanted, expected), None)


def _faults(
    found: Sequence[tuple[int, bool]], wanted: bytes, expected: Expected
) -> Iterator[Mismatch]:
    at = 0
    for unit, (_start, end) in zip(expected.units, pairwise(expected.starts), strict=True):
        looks = []
        while at < len(found) and found[at][0] < end:
            looks.append((*found[at], wanted[found[at][0]]))
            at += 1
        plain = [place for place, bold, meant in looks if meant == BOLD and not bold]
        strong = [place for place, bold, meant in looks if meant == PLAIN and bold]
        throughout = all(bold for _place, bold, meant in looks if meant == PLAIN)
        if plain:
            yield _fault(unit, expected, plain[0], "plain", "bold")
        elif strong and unit.styled and not throughout:
            yield _fault(unit, expected, strong[0], "bold", "plain")


def _fault(unit: Unit, expected: Expected, place: int, found: str, wanted: str) -> Mismatch:
    words = f"“{expected.words.text[place : place + CONTEXT]}”"
    return Mismatch(f"the words {words} {found}", f"{words} {wanted}", unit.place)


def _wanted(unit: Unit) -> bytes:
    label = bytes([ANY]) * len(squeeze(unit.label))
    spans = (bytes([span.bold]) * len(squeeze(span.text)) for span in unit.inline)
    return label + b"".join(spans)


def _weights(page: PdfPage, wanted: bytes) -> tuple[tuple[int, bool], ...]:
    """Where each word of a page's body begins, or turns bold, and whether it is."""
    at, before = 0, -1
    fonts: dict[int, bool] = {}
    found = []
    text = page.text.raw
    for index, character in enumerate(page.text.get_text_range()):
        if character.isspace():
            before = -1
            continue
        if at >= len(wanted):
            break
        if wanted[at] != before:
            before = wanted[at]
            found.append((at, _is_bold(text, index, fonts)))
        at += 1
    return tuple(found)


def _is_bold(text: Any, index: int, fonts: dict[int, bool]) -> bool:  # noqa: ANN401
    """Whether a character is; ``fonts`` are those of the page met so far, by where they lie."""
    item = raw.FPDFText_GetTextObject(text, index)
    if not item:
        return False
    font = raw.FPDFTextObj_GetFont(item)
    place = ctypes.addressof(font.contents)
    if place not in fonts:
        name = ctypes.create_string_buffer(_NAME)
        raw.FPDFFont_GetBaseFontName(font, name, _NAME)
        fonts[place] = b"Bold" in name.value
    return fonts[place]
