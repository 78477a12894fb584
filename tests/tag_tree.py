"""The tag tree of a PDF as PDFium reads it: types, languages, texts."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from generator.content import Letter, version_texts
from generator.locales import LANGUAGES
from generator.readback import squeeze
from tests.pdf_reading import fold


@dataclass(frozen=True)
class Tagged:
    """A structure element: its type, the language in force, its ancestors' types, its text.

    ``text`` is that of the element with all below it; ``scope`` is a head's ("Column").
    """

    kind: str
    language: str
    above: tuple[str, ...]
    text: str
    alt: str
    scope: str


def tag_tree(data: bytes) -> list[Tagged]:
    """Every structure element of every page, in reading order."""
    document = pypdfium2.PdfDocument(data)
    found: list[Tagged] = []
    for page in document:
        texts = _texts(page)
        tree = pdfium.FPDF_StructTree_GetForPage(page)
        for n in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            child = pdfium.FPDF_StructTree_GetChildAtIndex(tree, n)
            found += _elements(child, "", (), texts)
        pdfium.FPDF_StructTree_Close(tree)
    document.close()
    return found


def spoken(tree: list[Tagged]) -> list[tuple[str, str]]:
    """Each letter of the text with the language that it is read in."""
    leaves = [
        tag
        for tag, following in zip(tree, [*tree[1:], None], strict=True)
        if following is None or len(following.above) <= len(tag.above)
    ]
    return [(sign, tag.language) for tag in leaves for sign in squeeze(tag.text)]


def expected(letter: Letter) -> Iterator[tuple[str, str]]:
    """Each letter of the text and the language that it should be read in."""
    for version in letter.versions:
        lines = (*version.letterhead.left, *version.letterhead.right)
        texts = [(line.text, line.language) for line in lines]
        texts += [(text, version.language) for text in [*version_texts(version)][len(lines) :]]
        for text, language in texts:
            yield from ((sign, LANGUAGES[language].tag) for sign in squeeze(text))


def _texts(page: pypdfium2.PdfPage) -> dict[int, str]:
    """The text of each marked content of a page."""
    textpage = page.get_textpage()
    texts: dict[int, str] = {}
    for item in page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT]):
        mark = pdfium.FPDFPageObj_GetMarkedContentID(item.raw)
        size = pdfium.FPDFTextObj_GetText(item.raw, textpage, None, 0)
        buffer = (ctypes.c_ushort * (size // 2))()
        pdfium.FPDFTextObj_GetText(item.raw, textpage, buffer, size)
        texts[mark] = texts.get(mark, "") + bytes(buffer).decode("utf-16-le").rstrip("\0")
    return texts


def _elements(
    element: object, language: str, above: tuple[str, ...], texts: dict[int, str]
) -> Iterator[Tagged]:
    kind = _string(pdfium.FPDF_StructElement_GetType, element)
    language = _string(pdfium.FPDF_StructElement_GetLang, element) or language
    alt = _string(pdfium.FPDF_StructElement_GetAltText, element)
    below: list[Tagged] = []
    own = ""
    for n in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, n)
        if child:
            inner = list(_elements(child, language, (*above, kind), texts))
            own += inner[0].text
            below += inner
        else:
            own += texts.get(pdfium.FPDF_StructElement_GetChildMarkedContentID(element, n), "")
    yield Tagged(kind, language, above, own, alt, _scope(element))
    yield from below


def _scope(element: object) -> str:
    for n in range(pdfium.FPDF_StructElement_GetAttributeCount(element)):
        attributes = pdfium.FPDF_StructElement_GetAttributeAtIndex(element, n)
        value = pdfium.FPDF_StructElement_Attr_GetValue(attributes, b"Scope")
        if value:
            buffer, size = ctypes.create_string_buffer(40), ctypes.c_ulong()
            pdfium.FPDF_StructElement_Attr_GetStringValue(value, buffer, 40, size)
            return buffer.raw[: size.value].decode("utf-16-le").rstrip("\0")
    return ""


def _string(get: Callable[..., int], element: object) -> str:
    size = get(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    get(element, buffer, size)
    return fold(buffer.raw.decode("utf-16-le").rstrip("\0"))
