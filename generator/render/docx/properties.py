"""A Word file's properties (title, author, dates, pages), all from the letter."""

from __future__ import annotations

from lxml import etree

from generator.content import Letter
from generator.locales import LANGUAGES
from generator.render.docx.wordml import serialise

_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_DCTERMS = "http://purl.org/dc/terms/"
_APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
APP_PROPERTIES = "docProps/app.xml"
APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


def core_properties(letter: Letter) -> bytes:
    """The part ``docProps/core.xml``; the letter's date at midnight UTC stands for all dates."""
    root = etree.Element(
        f"{{{_CP}}}coreProperties",
        nsmap={"cp": _CP, "dc": _DC, "dcterms": _DCTERMS, "xsi": _XSI},
    )
    values = {
        f"{{{_DC}}}title": letter.title,
        f"{{{_DC}}}subject": letter.subject,
        f"{{{_DC}}}creator": letter.author,
        f"{{{_CP}}}lastModifiedBy": letter.author,
        f"{{{_CP}}}revision": "1",
        f"{{{_DC}}}language": ", ".join(LANGUAGES[v.language].tag for v in letter.versions),
    }
    for name, value in values.items():
        etree.SubElement(root, name).text = value
    for name in ("created", "modified"):
        element = etree.SubElement(root, f"{{{_DCTERMS}}}{name}")
        element.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
        element.text = f"{letter.date.isoformat()}T00:00:00Z"
    return serialise(root)


def app_properties(letter: Letter, pages: int) -> bytes:
    """The part ``docProps/app.xml``: what made the file, for whom, and its pages.

    No version of the program is named: the same letter is the same file under the next one.
    """
    root = etree.Element(f"{{{_APP}}}Properties", nsmap={None: _APP})
    right = letter.versions[-1].letterhead.right
    values = {
        "Pages": str(pages),
        "Application": "patra",
        "Company": right[0].text if right else "",
    }
    for name, value in values.items():
        etree.SubElement(root, f"{{{_APP}}}{name}").text = value
    return serialise(root)
