"""How the paragraph styles of ``letter.docx`` look: fonts, languages, bold and italic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from generator.render.docx.theme import ThemeFonts
from generator.render.docx.wordml import w

_OFF = ("0", "false", "off")
_ON = ("1", "true", "on")
_THEMED = {
    **{"ascii": "asciiTheme", "hAnsi": "hAnsiTheme"},
    **{"eastAsia": "eastAsiaTheme", "cs": "cstheme"},
}
"""What a font is given by; by the theme, if both are there (ECMA-376 17.3.2.26)."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a text in a style looks like: attributes of ``w:rFonts`` and ``w:lang``, and more."""

    fonts: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    bold: bool = False
    italic: bool = False


def read_looks(root: etree._Element, theme: ThemeFonts, kind: str) -> Mapping[str, Look]:
    """The looks of all styles of a kind by id; "" is that of a text that names no style.

    A paragraph style is based on another, in the end on the document's defaults; a character style
    says only what is its own (ECMA-376 17.7.2).
    """
    styles = {
        style.get(w("styleId")): style
        for style in root.iter(w("style"))
        if style.get(w("type")) == kind
    }
    defaults = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
    base = _added(Look(), defaults if kind == "paragraph" else None, theme)
    looks: dict[str, Look] = {}

    def look_of(identifier: str) -> Look:
        if identifier not in looks:
            looks[identifier] = base  # ends a circle
            style = styles[identifier]
            parent = style.find(w("basedOn"))
            known = parent is not None and parent.get(w("val")) in styles
            below = look_of(parent.get(w("val"))) if known else base
            looks[identifier] = _added(below, style.find(w("rPr")), theme)
        return looks[identifier]

    default = next((i for i, style in styles.items() if style.get(w("default")) in _ON), None)
    return {"": look_of(default) if default else base, **{i: look_of(i) for i in styles}}


def fonts_of(element: etree._Element | None, theme: ThemeFonts) -> dict[str, str]:
    """What ``w:rFonts`` says, with each font by its name."""
    fonts = _attributes(element)
    for slot, themed in _THEMED.items():
        family = theme.get(fonts.pop(w(themed), ""))
        if family:
            fonts[w(slot)] = family
    return fonts


def is_on(properties: etree._Element | None, name: str, otherwise: bool = False) -> bool:
    """Whether an on/off property is switched on: it needs no value for it (ECMA-376 17.17.4)."""
    element = properties.find(w(name)) if properties is not None else None
    return otherwise if element is None else element.get(w("val"), "1") not in _OFF


def _added(look: Look, properties: etree._Element | None, theme: ThemeFonts) -> Look:
    if properties is None:
        return look
    return Look(
        fonts={**look.fonts, **fonts_of(properties.find(w("rFonts")), theme)},
        languages={**look.languages, **_attributes(properties.find(w("lang")))},
        bold=is_on(properties, "b", look.bold),
        italic=is_on(properties, "i", look.italic),
    )


def _attributes(element: etree._Element | None) -> dict[str, str]:
    return {} if element is None else {str(k): str(v) for k, v in element.attrib.items()}
