"""Names and serialisation of the XML in a Word file."""

from __future__ import annotations

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def w(name: str) -> str:
    """The qualified name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{name}"


def r(name: str) -> str:
    """The qualified name of an attribute that points to a relationship."""
    return f"{{{R}}}{name}"


def parse(data: bytes | str) -> etree._Element:
    """The root element. Raises ``lxml.etree.XMLSyntaxError`` where the XML is not well-formed."""
    return etree.fromstring(data.encode() if isinstance(data, str) else data, _PARSER)


def serialise(root: etree._Element) -> bytes:
    """The part's bytes, as Word writes them: UTF-8, standalone."""
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return data
