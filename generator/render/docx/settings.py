"""The part ``word/settings.xml`` of every letter."""

from __future__ import annotations

from lxml import etree

from generator.render.docx.package import Parts, add_part, relate
from generator.render.docx.wordml import W, parse, serialise, w

SETTINGS = "word/settings.xml"
_BEFORE = (
    *("writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime"),
    *("doNotDisplayPageBoundaries", "displayBackgroundShape", "printPostScriptOverText"),
    *("printFractionalCharacterWidth", "printFormsData"),
)
"""What stands before the settings on fonts in the schema's order (ECMA-376 17.15.1.78)."""
_AFTER_COMPAT = {
    w(name)
    for name in (
        *("docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping"),
        *("doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "captions"),
        *("readModeInkLockDown", "smartTagType", "shapeDefaults", "doNotEmbedSmartTags"),
        *("decimalSymbol", "listSeparator"),
    )
} | {"{http://schemas.openxmlformats.org/officeDocument/2006/math}mathPr"}
_ON_FONTS = ("embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts")
_MODE = "compatibilityMode"
_WORD_2013 = "15"
"""The newest there is; with a lower one Word opens a file in compatibility mode ([MS-DOCX])."""
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"
_WORD = "http://schemas.microsoft.com/office/word"


def clean_settings(parts: Parts) -> None:
    """Removes traces of the template's editing, and the mode of an old Word."""
    if SETTINGS not in parts:
        add_part(parts, SETTINGS, serialise(etree.Element(w("settings"), nsmap={"w": W})), _TYPE)
        relate(parts, "word/document.xml", "rIdOurSettings", "settings", SETTINGS)
    root = parse(parts[SETTINGS])
    for name in ("rsids", *_ON_FONTS):
        for element in root.findall(w(name)):
            root.remove(element)
    _set_mode(root)
    parts[SETTINGS] = serialise(root)


def _set_mode(root: etree._Element) -> None:
    compat = root.find(w("compat"))
    if compat is None:
        compat = etree.Element(w("compat"))
        after = sum(element.tag in _AFTER_COMPAT for element in root)
        root.insert(len(root) - after, compat)
    for setting in compat.findall(w("compatSetting")):
        if setting.get(w("name")) == _MODE:
            compat.remove(setting)
    values = {"name": _MODE, "uri": _WORD, "val": _WORD_2013}
    mode = etree.Element(w("compatSetting"), {w(name): value for name, value in values.items()})
    compat.insert(sum(e.tag != w("compatSetting") for e in compat), mode)


def set_embedding(parts: Parts) -> None:
    """Says that fonts are embedded, and of each the characters in use (17.15.1.32, 17.15.1.76)."""
    root = parse(parts[SETTINGS])
    before = {w(name) for name in _BEFORE}
    at = sum(element.tag in before for element in root)
    root[at:at] = [etree.Element(w("embedTrueTypeFonts")), etree.Element(w("saveSubsetFonts"))]
    parts[SETTINGS] = serialise(root)
