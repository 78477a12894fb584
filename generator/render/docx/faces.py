"""The fonts that a ``letter.docx`` is set in, and whether ``fonts/`` has them.

Word has one font for Latin letters and one for complex scripts, Devanagari among them. Its list of
fonts names both, but a choice in its ribbon is often for one alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from generator.errors import TemplateError
from generator.render.docx.dress import look_of
from generator.render.docx.fonts import FontFile
from generator.render.docx.looks import fonts_of
from generator.render.docx.places import Places, own_text
from generator.render.docx.runs import EMPHASES
from generator.render.docx.styles import PARAGRAPH_STYLES, Styles
from generator.render.docx.wordml import w

_LATIN = ("ascii", "hAnsi")
_COMPLEX = "cs"
_DEFAULT = "Times New Roman"
"""What Word takes where nothing is chosen."""
_COMPLEX_SCRIPTS = frozenset(
    (*range(0x0590, 0x0E80), *range(0x0F00, 0x10A0), *range(0x1780, 0x1800))
)
_MOST = 3


@dataclass(frozen=True, slots=True)
class Face:
    """A family, whether it is chosen for complex scripts, and where."""

    family: str
    complex: bool
    place: str


def faces_in(roots: Iterable[etree._Element], places: Places, styles: Styles) -> tuple[Face, ...]:
    """The fonts of the styles that blocks are set in, and of the paragraphs of a template."""
    found = dict.fromkeys(_of_styles(styles))
    for root in roots:
        for paragraph in root.iter(w("p")):
            if own_text(paragraph):
                found |= dict.fromkeys(_of_paragraph(paragraph, places, styles))
    return tuple(found)


def check_faces(
    faces: Iterable[Face], families: Mapping[str, Sequence[FontFile]], name: str
) -> None:
    """Refuses a template that is set in fonts which a letter cannot carry.

    Args:
        faces: What ``faces_in`` gives.
        families: The fonts that are there.
        name: The template's name, for messages.

    Raises:
        TemplateError: A family is not there, or has no letter of any complex script though it is
            chosen for them.
    """
    absent: dict[str, list[str]] = {}
    without: dict[str, list[str]] = {}
    for face in faces:
        if face.family not in families:
            absent.setdefault(face.family, []).append(face.place)
        elif face.complex and not any(
            font.characters & _COMPLEX_SCRIPTS for font in families[face.family]
        ):
            without.setdefault(face.family, []).append(face.place)
    if not absent and not without:
        return
    told = [f"{family}, which is not in fonts/ ({_told(at)})" for family, at in absent.items()]
    told += [
        f"{family} for complex scripts, of which it has no letters ({_told(at)})"
        for family, at in without.items()
    ]
    raise TemplateError(
        f"{name} is set in fonts that letters cannot carry: {'; '.join(told)}.",
        "In Word, choose a font of fonts/ for Latin text and another for complex scripts (Modify "
        "Style, Format, Font); or put the font's files into fonts/, if its licence allows it; or "
        "write embed_fonts = false under [word] in edition.toml.",
    )


def _told(places: Sequence[str]) -> str:
    several = list(dict.fromkeys(places))
    more = f"; and {len(several) - _MOST} more" if len(several) > _MOST else ""
    return "; ".join(several[:_MOST]) + more


def _of_styles(styles: Styles) -> Iterator[Face]:
    ours = {name.lower(): name for name in PARAGRAPH_STYLES}
    for name, identifier in styles.paragraphs.items():
        of, bracket, language = name.partition(" (")
        if of in ours:
            place = f"style {ours[of]}{bracket}{language}"
            yield from _faces(styles.looks[identifier].fonts, place)
    for name in EMPHASES:
        own = styles.own_fonts[styles.characters[name.lower()]]
        fonts = {**styles.looks[""].fonts, **own}
        yield from _faces(fonts if own else {}, f"style {name}")


def _of_paragraph(paragraph: etree._Element, places: Places, styles: Styles) -> Iterator[Face]:
    look = look_of(paragraph, styles)
    for run in paragraph.iter(w("r")):
        named = run.find(f"{w('rPr')}/{w('rFonts')}")
        fonts = {**look.fonts, **fonts_of(named, styles.theme)}
        yield from _faces(fonts, places[paragraph])


def _faces(fonts: Mapping[str, str], place: str) -> Iterator[Face]:
    if not fonts:
        return
    for slot in (*_LATIN, _COMPLEX):
        yield Face(fonts.get(w(slot), _DEFAULT), slot == _COMPLEX, place)
