"""The logo: a picture whole in itself, which takes nothing from elsewhere and grows no further.

The PDF's engine passes over much of what an SVG names and cannot get; so it is looked at before
any letter has a number.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from PIL import Image, ImageFile

from generator.content import picture_for_word
from generator.files import leads_elsewhere

MOST_BYTES = 5_000_000
"""Of a logo's file: usual are some ten thousand."""
MOST_DOTS = 25_000_000
"""Of a PNG or JPEG: at the size of a letterhead a fiftieth is plenty."""
MOST_SHAPES = 20_000
"""Of an SVG, those that ``use`` draws again counted each time."""
_REFUSED = frozenset({"script", "foreignObject", "include", "handler", "listener"})
_TEXTS = frozenset({"text", "tspan", "textPath"})
_ADDRESSES = frozenset({"href", "src", "base"})
_URL = re.compile(r"url\(\s*['\"]?\s*([^#)'\"\s][^)'\"]*)", re.IGNORECASE)
_IMPORT = re.compile(r"@import\s*(?:url\()?\s*['\"]?([^;'\")]*)", re.IGNORECASE)


def fault_in_logo(path: Path) -> str | None:
    """What makes a file no logo, and that of its PNG for Word where it is an SVG."""
    svg = path.suffix.lower() == ".svg"
    fault = _fault_in_file(path) or (_fault_in_svg(path) if svg else _fault_in_dots(path))
    if fault or not svg:
        return fault
    twin = picture_for_word(path)
    if not twin.is_file():
        return f"has no {twin.name} beside it, which Word needs"
    fault = _fault_in_file(twin) or _fault_in_dots(twin)
    return f"has a {twin.name} beside it, for Word, that {fault}" if fault else None


def _fault_in_file(path: Path) -> str | None:
    if leads_elsewhere(path):
        return "is a link to a file elsewhere"
    if path.stat().st_size > MOST_BYTES:
        return f"is larger than {MOST_BYTES // 1_000_000} MB"
    return None


def _fault_in_dots(path: Path) -> str | None:
    truncated, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:  # the PDF's engine, where it is loaded, lets truncated pictures in
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of its size, which is looked at here
            with Image.open(path, formats=("PNG", "JPEG")) as picture:
                width, height = picture.size
                if width * height > MOST_DOTS:
                    return f"has {width:,} × {height:,} dots (at most {MOST_DOTS:,} in all)"
                picture.load()
    except Image.DecompressionBombError:
        return f"has more than {MOST_DOTS:,} dots"
    except (OSError, ValueError, SyntaxError):
        return "cannot be read as a PNG or JPEG picture"
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = truncated
    return None


def _fault_in_svg(path: Path) -> str | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except (etree.XMLSyntaxError, OSError) as error:
        return f"cannot be read as an SVG picture ({str(error)[:80]})"
    if etree.QName(root).localname != "svg":
        return "cannot be read as an SVG picture"
    document = root.getroottree().docinfo.internalDTD
    if document is not None and next(iter(document.iterentities()), None) is not None:
        return "declares entities, which may name files or grow without end"
    return next(_takes(root), None) or _fault_in_number(root)


def _takes(root: etree._Element) -> Iterator[str]:
    """What an SVG takes from elsewhere, and what it holds that is no shape."""
    if root.getprevious() is not None or root.getnext() is not None:
        beside = (*root.itersiblings(preceding=True), *root.itersiblings())
        for node in beside:
            if isinstance(node, etree._ProcessingInstruction):
                yield f"holds <?{node.target}?>, which is no shape"
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if name in _REFUSED:
            yield f"holds <{name}>, which is no shape"
        if name in _TEXTS:
            yield f"holds <{name}>: letters must be turned into paths"
        for address in _addresses(element, name):
            yield f"takes from elsewhere: {address[:120]}"


def _addresses(element: etree._Element, name: str) -> Iterator[str]:
    for attribute, value in element.attrib.items():
        local = etree.QName(attribute).localname
        if local in _ADDRESSES and not value.strip().startswith("#"):
            yield value
        yield from _URL.findall(value)
    if name == "style":
        for text in element.itertext():
            yield from _IMPORT.findall(text)
            yield from _URL.findall(text)


def _fault_in_number(root: etree._Element) -> str | None:
    """Whether ``use`` draws what it is part of, or more shapes than a logo has."""
    named = {element.get("id"): element for element in root.iter(etree.Element)}
    drawn: dict[etree._Element, int] = {}
    ahead: list[etree._Element] = [root]
    begun: set[etree._Element] = set()
    while ahead:
        element = ahead[-1]
        parts = list(_parts(element, named))
        missing = [part for part in parts if part not in drawn]
        if any(part in begun for part in missing):
            return "holds a shape that is drawn inside itself"
        if missing:
            begun.add(element)
            ahead.extend(missing)
            continue
        begun.discard(element)
        drawn[element] = 1 + sum(drawn[part] for part in parts)
        ahead.pop()
    if drawn[root] > MOST_SHAPES:
        return f"draws more than {MOST_SHAPES:,} shapes"
    return None


def _parts(
    element: etree._Element, named: dict[str | None, etree._Element]
) -> Iterator[etree._Element]:
    yield from element.iterchildren(etree.Element)
    if etree.QName(element).localname == "use":
        for attribute, value in element.attrib.items():
            if etree.QName(attribute).localname == "href" and value.strip()[1:] in named:
                yield named[value.strip()[1:]]
