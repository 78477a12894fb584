"""Gives every run of a finished text what Word needs to show and proof Devanagari.

Word has two of each property: one for Latin, one for complex scripts such as Devanagari, chosen
character by character (ECMA-376 17.3.2). A run of a letter carries a character style, both fonts
and both languages; all else comes from its paragraph's style.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from generator.render.docx.looks import Look, fonts_of
from generator.render.docx.runs import EMPHASES
from generator.render.docx.styles import Styles
from generator.render.docx.wordml import w

_RUN, _PARAGRAPH, _PROPERTIES, _VALUE = w("r"), w("p"), w("rPr"), w("val")
_STYLE = f"{w('pPr')}/{w('pStyle')}"
_TWINS = {"b": "bCs", "i": "iCs", "sz": "szCs"}
_AFTER_LANGUAGE = {w(name) for name in ("eastAsianLayout", "specVanish", "oMath", "rPrChange")}


def dress_runs(root: etree._Element, styles: Styles) -> None:
    """Completes the properties of all runs below ``root``, in the order that the schema wants."""
    dressed: dict[tuple[int, bytes], etree._Element] = {}
    for run in root.iter(_RUN):
        paragraph = next(run.iterancestors(_PARAGRAPH), None)
        if paragraph is None:
            continue
        look, properties = look_of(paragraph, styles), run.find(_PROPERTIES)
        written = b"" if properties is None else etree.tostring(properties, with_tail=False)
        ready = dressed.get((id(look), written))
        if ready is None:
            _dress(run, look, styles)
            dressed[id(look), written] = run.find(_PROPERTIES)
            continue
        if properties is not None:
            run.remove(properties)
        run.insert(0, deepcopy(ready))


def look_of(paragraph: etree._Element, styles: Styles) -> Look:
    """The look of a paragraph's style."""
    style = paragraph.find(_STYLE)
    return styles.looks.get("" if style is None else style.get(_VALUE), styles.looks[""])


def _dress(run: etree._Element, look: Look, styles: Styles) -> None:
    properties = run.find(w("rPr"))
    if properties is None:
        properties = etree.Element(w("rPr"))
        run.insert(0, properties)
    _set_emphasis(properties, look, styles)
    for name, twin in _TWINS.items():
        element = properties.find(w(name))
        if element is not None and properties.find(w(twin)) is None:
            element.addnext(etree.Element(w(twin), element.attrib))
    _set_fonts(properties, look, styles)
    _set_languages(properties, look)


def _set_emphasis(properties: etree._Element, look: Look, styles: Styles) -> None:
    """Gives our own character styles the template's ids.

    Bold in a paragraph style and in a character style put each other out (toggle properties,
    ECMA-376 17.7.3): in a paragraph that is bold, a bold run takes no style.
    """
    style = properties.find(w("rStyle"))
    if style is None or style.get(w("val")) not in EMPHASES:
        return
    bold, italic = EMPHASES[style.get(w("val"))]
    wanted = (bold and not look.bold, italic and not look.italic)
    for name, emphasis in EMPHASES.items():
        if emphasis == wanted:
            style.set(w("val"), styles.characters[name.lower()])
            return
    properties.remove(style)


def _set_fonts(properties: etree._Element, look: Look, styles: Styles) -> None:
    """All fonts by name: those of the run, then of its character style, then of its paragraph's."""
    own, style = properties.find(w("rFonts")), properties.find(w("rStyle"))
    named = styles.own_fonts.get(style.get(w("val")), {}) if style is not None else {}
    fonts = {**look.fonts, **named, **fonts_of(own, styles.theme)}
    if own is not None:
        properties.remove(own)
    if fonts:
        properties.insert(0 if style is None else 1, etree.Element(w("rFonts"), fonts))


def _set_languages(properties: etree._Element, look: Look) -> None:
    """Word keeps the language of whoever typed the tag: the style's is meant."""
    old = properties.find(w("lang"))
    if old is not None:
        properties.remove(old)
    after = sum(child.tag in _AFTER_LANGUAGE for child in properties)
    properties.insert(len(properties) - after, etree.Element(w("lang"), look.languages))
