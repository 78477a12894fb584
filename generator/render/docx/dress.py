"""Gives every run of a finished text what Word needs to show and proof Devanagari.

Word has two of each property: one for Latin, one for complex scripts such as Devanagari, chosen
character by character (ECMA-376 17.3.2). A run of a letter carries a character style, both fonts
and both languages; all else comes from its paragraph's style.
"""

from __future__ import annotations

from lxml import etree

from generator.render.docx.looks import Look
from generator.render.docx.runs import EMPHASES
from generator.render.docx.styles import Styles
from generator.render.docx.wordml import w

_TWINS = {"b": "bCs", "i": "iCs", "sz": "szCs"}
_AFTER_LANGUAGE = {w(name) for name in ("eastAsianLayout", "specVanish", "oMath", "rPrChange")}


def dress_runs(root: etree._Element, styles: Styles) -> None:
    """Completes the properties of all runs below ``root``, in the order that the schema wants."""
    for run in root.iter(w("r")):
        paragraph = next(run.iterancestors(w("p")), None)
        if paragraph is not None:
            _dress(run, look_of(paragraph, styles), styles)


def look_of(paragraph: etree._Element, styles: Styles) -> Look:
    """The look of a paragraph's style."""
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return styles.looks.get("" if style is None else style.get(w("val")), styles.looks[""])


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
    if properties.find(w("rFonts")) is None and look.fonts:
        at = 1 if properties.find(w("rStyle")) is not None else 0
        properties.insert(at, etree.Element(w("rFonts"), look.fonts))
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


def _set_languages(properties: etree._Element, look: Look) -> None:
    """Word keeps the language of whoever typed the tag: the style's is meant."""
    old = properties.find(w("lang"))
    if old is not None:
        properties.remove(old)
    after = sum(child.tag in _AFTER_LANGUAGE for child in properties)
    properties.insert(len(properties) - after, etree.Element(w("lang"), look.languages))
