"""Gives the words of further languages their own script's font and language.

The template's styles are made for Latin and Devanagari. A run with letters of another script is
cut where that script begins and ends, and takes the letter's own font and language for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy

from lxml import etree

from generator.content import Tongue
from generator.render.docx.package import Parts
from generator.render.docx.styles import Styles
from generator.render.docx.wordml import parse, serialise, w

_TEXTS = ("word/document.xml", "word/header", "word/footer")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_OTHER = "\u0904-\u0963\u0971-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff"
"""Letters of complex scripts, of which each run has one: Devanagari to Sinhala, and further on."""
_HINDI = "हिन्दी"
_BEFORE_FONTS = (w("rStyle"),)
_AFTER_LANGUAGE = tuple(w(name) for name in ("eastAsianLayout", "specVanish", "oMath", "rPrChange"))


def set_tongues(parts: Parts, tongues: Mapping[str, Tongue], styles: Styles) -> None:
    """Dresses the words of further languages in all texts of a finished file.

    Words in Devanagari stay as the template has them: nothing tells Marathi from the letterhead's
    Hindi. Where the template has a style for the language ("Body Text (ta)"), its fonts are the
    office's own choice, and only the language is set.
    """
    for name in [name for name in parts if name.startswith(_TEXTS)]:
        root = parse(parts[name])
        for code, tongue in tongues.items():
            if re.search(f"[{tongue.letters}]", _HINDI):
                continue
            own = {i for style, i in styles.paragraphs.items() if style.endswith(f" ({code})")}
            for run in list(root.iter(w("r"))):
                for piece in _pieces(run, tongue):
                    _dress(piece, tongue, with_font=_style_of(piece) not in own)
        parts[name] = serialise(root)


def _style_of(run: etree._Element) -> str | None:
    paragraph = next(run.iterancestors(w("p")), None)
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}") if paragraph is not None else None
    return None if style is None else str(style.get(w("val")))


def _pieces(run: etree._Element, tongue: Tongue) -> Iterator[etree._Element]:
    """The runs that hold letters of a script, cut out of one that holds others too."""
    text = run.find(w("t"))
    if text is None or not re.search(f"[{tongue.letters}]", text.text or ""):
        return
    stretches = _stretches(text.text, tongue.letters)
    if len(stretches) == 1 or len(run.findall(w("t"))) > 1:
        yield run
        return
    for stretch, own in reversed(stretches[1:]):
        other = deepcopy(run)
        _put(other, stretch)
        run.addnext(other)
        if own:
            yield other
    _put(run, stretches[0][0])
    if stretches[0][1]:
        yield run


def _stretches(text: str, letters: str) -> list[tuple[str, bool]]:
    """The text cut at the first letter of each other script; whether a part is in this one."""
    cuts: list[int] = []
    owns: list[bool] = []
    for letter in re.finditer(f"(?P<own>[{letters}])|[{_OTHER}]", text):
        own = letter["own"] is not None
        if not owns or owns[-1] != own:
            cuts.append(letter.start() if owns else 0)
            owns.append(own)
    ends = [*cuts[1:], len(text)]
    return [(text[cut:end], own) for cut, end, own in zip(cuts, ends, owns, strict=True)]


def _put(run: etree._Element, text: str) -> None:
    element = run.find(w("t"))
    element.text = text
    element.set(_SPACE, "preserve")


def _dress(run: etree._Element, tongue: Tongue, *, with_font: bool) -> None:
    properties = run.find(w("rPr"))
    if properties is None:
        properties = etree.Element(w("rPr"))
        run.insert(0, properties)
    if with_font:
        fonts = properties.find(w("rFonts"))
        if fonts is None:
            fonts = etree.Element(w("rFonts"))
            properties.insert(sum(child.tag in _BEFORE_FONTS for child in properties), fonts)
        fonts.attrib.pop(w("cstheme"), None)
        fonts.set(w("cs"), tongue.font)
    language = properties.find(w("lang"))
    if language is None:
        language = etree.Element(w("lang"))
        after = sum(child.tag in _AFTER_LANGUAGE for child in properties)
        properties.insert(len(properties) - after, language)
    language.set(w("bidi"), tongue.tag)
