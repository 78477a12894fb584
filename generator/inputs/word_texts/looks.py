"""How words look in Word: what a letter prints too (bold, italic), and what it would lose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from generator.inputs.word_texts.faults import Fault
from generator.inputs.word_texts.fonts import old_font_fault
from generator.inputs.word_texts.names import qn
from generator.inputs.word_texts.styles import Styles, is_on

_LOOKS = {
    "w:u": "underlined",
    "w:strike": "struck out",
    "w:dstrike": "struck out",
    "w:vanish": "hidden",
    "w:webHidden": "hidden",
    "w:highlight": "highlighted",
    "w:vertAlign": "raised or lowered",
    "w:position": "raised or lowered",
    "w:em": "marked with dots",
    "w:caps": "in capitals by a Word setting",
    "w:smallCaps": "in small capitals",
}
_NONE = ("0", "false", "off", "none", "baseline")
_OF_HEADINGS = ("w:u", "w:caps", "w:smallCaps")
"""Looks that a style of headings may have: a letter has its own."""
_ORDINAL_ENDS = ("st", "nd", "rd", "th")
"""What Word raises by itself behind a figure: 4th is printed as it is typed."""
_INK = ("auto", "000000")
_DARKEST = 0x60
"""Up to here, a grey is taken for black."""
_PAPER = ("auto", "FFFFFF", "ffffff")


def is_marked(
    run: etree._Element, paragraph: etree._Element, styles: Styles, text: str, name: str
) -> bool:
    """Whether words are bold or italic; Word has a mark of its own for Devanagari (``w:bCs``)."""
    names = [name, f"{name}Cs"] if any(map(_is_complex, text)) else [name]
    return any(styles.is_marked(run, paragraph, each) for each in names)


def look_faults(
    run: etree._Element, paragraph: etree._Element, styles: Styles, text: str
) -> Iterator[Fault]:
    """Looks that may mean something, and that no letter has; and fonts that no one can read."""
    heading = styles.heading_level(paragraph) > 0
    for name, look in _LOOKS.items():
        own_alone = heading and name in _OF_HEADINGS
        mark = styles.property_of(run, None if own_alone else paragraph, name)
        raised = name == "w:vertAlign" and text.strip() in _ORDINAL_ENDS
        if mark is not None and mark.get(qn("w:val"), "1").lower() not in _NONE and not raised:
            yield _fault(look)
    colour = styles.property_of(run, None, "w:color")
    if colour is not None and not _is_ink(colour.get(qn("w:val"), "auto")):
        yield _fault("coloured")
    shade = styles.property_of(run, None, "w:shd")
    if shade is not None and shade.get(qn("w:fill"), "auto") not in _PAPER:
        yield _fault("highlighted")
    if fault := old_font_fault(_latin_fonts(run, paragraph, styles, text)):
        yield fault


def _fault(look: str) -> Fault:
    return Fault(
        f"the words are {look}, which a letter does not print",
        "Select them and press Ctrl+Space; then make bold or italic what should be.",
    )


LINK_LOOKS = (_fault("underlined"), _fault("coloured"))
"""Word's own looks of a link."""


def _is_ink(colour: str) -> bool:
    """Whether a colour is black, or a grey as dark as print."""
    if colour in _INK or not re.fullmatch("[0-9A-Fa-f]{6}", colour):
        return colour in _INK
    parts = {int(colour[n : n + 2], 16) for n in (0, 2, 4)}
    return len(parts) == 1 and max(parts) <= _DARKEST


def _latin_fonts(
    run: etree._Element, paragraph: etree._Element, styles: Styles, text: str
) -> Iterator[str]:
    """The fonts in which a run's Latin letters are shown.

    Words in Unicode's Devanagari are right whatever font is set: an old one has no sign for them.
    """
    if not any(letter.isalpha() and not _is_complex(letter) for letter in text):
        return
    switched = any(is_on(styles.property_of(run, paragraph, tag)) for tag in ("w:cs", "w:rtl"))
    for form in ("ascii", "hAnsi", *(("cs",) if switched else ())):
        yield styles.font(run, paragraph, form)


def _is_complex(letter: str) -> bool:
    """Whether Word treats a letter as one of a complex script, as it does Devanagari."""
    return "\u0590" <= letter <= "\u1cff"
