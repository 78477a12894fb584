"""The fonts of a theme: a style in Word may name "the theme's font for headings" and no other."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from generator.render.docx.package import Parts
from generator.render.docx.wordml import parse, w

_THEME = "word/theme/theme1.xml"
_SETTINGS = "word/settings.xml"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SCRIPTS = {
    **dict.fromkeys(("hi", "mr", "ne", "sa", "kok", "mai", "doi", "brx"), "Deva"),
    **{"bn": "Beng", "as": "Beng", "gu": "Gujr", "pa": "Guru", "kn": "Knda", "ml": "Mlym"},
    **{"or": "Orya", "ta": "Taml", "te": "Telu", "ur": "Arab", "ks": "Arab", "sd": "Arab"},
}
"""The scripts of India's languages, by which a theme chooses a font (ECMA-376 20.1.4.1.16)."""

ThemeFonts = Mapping[str, str]
"""The families by the names that styles have for them: ``minorHAnsi``, ``majorBidi`` …"""


def read_theme(parts: Parts) -> ThemeFonts:
    """The fonts of a package's theme (ECMA-376 17.18.96); none where it has no theme."""
    if _THEME not in parts:
        return {}
    root, language = parse(parts[_THEME]), _complex_language(parts)
    found: dict[str, str] = {}
    for kind in ("major", "minor"):
        fonts = root.find(f".//{_A}{kind}Font")
        if fonts is not None:
            latin = _typeface(fonts, "latin")
            found |= {f"{kind}Ascii": latin, f"{kind}HAnsi": latin}
            found[f"{kind}EastAsia"] = _typeface(fonts, "ea")
            found[f"{kind}Bidi"] = _of_script(fonts, language) or _typeface(fonts, "cs")
    return {name: family for name, family in found.items() if family}


def _complex_language(parts: Parts) -> str:
    settings = parts.get(_SETTINGS)
    language = parse(settings).find(w("themeFontLang")) if settings else None
    return "" if language is None else str(language.get(w("bidi"), ""))


def _typeface(fonts: etree._Element, name: str) -> str:
    font = fonts.find(f"{_A}{name}")
    return "" if font is None else str(font.get("typeface", ""))


def _of_script(fonts: etree._Element, language: str) -> str:
    script = _SCRIPTS.get(language.partition("-")[0])
    named = (font for font in fonts.iter(f"{_A}font") if font.get("script") == script)
    return next((str(font.get("typeface", "")) for font in named), "")
