"""How the paragraph styles of ``letter.docx`` look: fonts, languages, bold and italic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from generator.render.docx.wordml import w

_OFF = ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class Look:
    """What a text in a style looks like: attributes of ``w:rFonts`` and ``w:lang``, and more."""

    fonts: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    bold: bool = False
    italic: bool = False


def read_looks(root: etree._Element) -> Mapping[str, Look]:
    """The looks of all paragraph styles by id; "" is a paragraph's that names no style.

    A style is based on another, in the end on the document's defaults (ECMA-376 17.7.2).
    """
    styles = {
        style.get(w("styleId")): style
        for style in root.iter(w("style"))
        if style.get(w("type")) == "paragraph"
    }
    base = _added(Look(), root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}"))
    looks: dict[str, Look] = {}

    def look_of(identifier: str) -> Look:
        if identifier not in looks:
            looks[identifier] = base  # ends a circle
            style = styles[identifier]
            parent = style.find(w("basedOn"))
            known = parent is not None and parent.get(w("val")) in styles
            below = look_of(parent.get(w("val"))) if known else base
            looks[identifier] = _added(below, style.find(w("rPr")))
        return looks[identifier]

    default = next((i for i, style in styles.items() if style.get(w("default")) == "1"), None)
    return {"": look_of(default) if default else base, **{i: look_of(i) for i in styles}}


def is_on(properties: etree._Element | None, name: str, otherwise: bool = False) -> bool:
    """Whether an on/off property is switched on: it needs no value for it (ECMA-376 17.17.4)."""
    element = properties.find(w(name)) if properties is not None else None
    return otherwise if element is None else element.get(w("val"), "1") not in _OFF


def _added(look: Look, properties: etree._Element | None) -> Look:
    if properties is None:
        return look
    return Look(
        fonts={**look.fonts, **_attributes(properties.find(w("rFonts")))},
        languages={**look.languages, **_attributes(properties.find(w("lang")))},
        bold=is_on(properties, "b", look.bold),
        italic=is_on(properties, "i", look.italic),
    )


def _attributes(element: etree._Element | None) -> dict[str, str]:
    return {} if element is None else {str(k): str(v) for k, v in element.attrib.items()}
