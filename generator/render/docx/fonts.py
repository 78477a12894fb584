"""The font files of ``fonts/``, and a subset of one as Word embeds it.

HarfBuzz subsets, as it does for the PDF: it keeps what shaping needs (the substitutions and
positions that the characters can reach, ECMA-376 asks for no more) and gives the same bytes
everywhere. It takes 10 ms for a Devanagari face, where fontTools takes 650 ms.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import uharfbuzz
from fontTools.ttLib import TTFont, TTLibError

from generator.errors import TemplateError
from generator.fingerprint import is_font_of

_FAMILY = (16, 1)
"""Ids in a font's table of names: the typographic family, and the family (OpenType, ``name``)."""
_EDITABLE = 0x0008
_USAGE = 0x000F
_NO_SUBSET = 0x0100 | 0x0200
"""Bits of ``fsType`` (OpenType, ``OS/2``): embedding for editing; how it may be used; no subsets,
or pictures of letters alone. 0 as a whole: whatever one likes."""
_BOLD, _ITALIC = 0x20, 0x01
"""Bits of ``fsSelection`` (OpenType, ``OS/2``)."""


@dataclass(frozen=True, slots=True)
class EmbeddedFont:
    """A subset, obfuscated, and the key that it is read with."""

    data: bytes
    key: str


class FontFile:
    """One face: a file of ``fonts/``.

    Args:
        file: A TrueType or OpenType font.

    Raises:
        TemplateError: It is damaged.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            with file.open("rb") as data, TTFont(data, lazy=True) as font:
                names = font["name"]
                self.family = next(filter(None, map(names.getDebugName, _FAMILY)), "")
                self.permission = int(font["OS/2"].fsType)
                selection = int(font["OS/2"].fsSelection)
        except (OSError, TTLibError, KeyError) as error:
            raise TemplateError(f"{file.name} is no font: {error}", "Copy it anew.") from error
        self.bold, self.italic = bool(selection & _BOLD), bool(selection & _ITALIC)
        self._made: dict[frozenset[int], EmbeddedFont] = {}

    @cached_property
    def _face(self) -> uharfbuzz.Face:
        return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(self._file)))

    @cached_property
    def characters(self) -> frozenset[int]:
        """The code points that it has glyphs for."""
        return frozenset(self._face.unicodes)

    def check_permission(self) -> None:
        """Word files can be edited: a font must allow to be embedded in such, and to be subset.

        Raises:
            TemplateError: It does not (OpenType, ``OS/2``, ``fsType``).
        """
        usage = self.permission & _USAGE
        if self.permission & _NO_SUBSET or (usage and not usage & _EDITABLE):
            raise TemplateError(
                f"fonts/{self._file.name} forbids to be embedded in Word files as a subset "
                f"(fsType is {self.permission:#06x}; 0 or 0x0008 would allow it).",
                "Use a font whose licence allows it, or write embed_fonts = false under [word] in "
                "edition.toml.",
            )

    def embedded(self, characters: frozenset[int]) -> EmbeddedFont | None:
        """The font with these characters alone; None where it has none of them."""
        wanted = characters & self.characters
        if wanted and wanted not in self._made:
            self.check_permission()
            self._made[wanted] = obfuscate(self._subset(wanted))
        return self._made.get(wanted)

    def _subset(self, characters: frozenset[int]) -> bytes:
        wanted = uharfbuzz.SubsetInput()
        wanted.sets(uharfbuzz.SubsetInputSets.UNICODE).set(set(characters))
        wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
        return bytes(uharfbuzz.subset(self._face, wanted).blob.data)


def obfuscate(font: bytes) -> EmbeddedFont:
    """Hides a font from programs other than Word, as ECMA-376 Part 4 (Font Embedding) says.

    Its first 32 bytes are XORed with a GUID in reversed order, here made of the font's own hash.
    """
    guid = uuid.UUID(bytes=hashlib.sha256(font).digest()[:16], version=4)
    key = guid.bytes[::-1] * 2
    head = bytes(a ^ b for a, b in zip(font[:32], key, strict=True))
    return EmbeddedFont(head + font[32:], f"{{{guid}}}".upper())


def find_fonts(folder: Path, families: frozenset[str]) -> Mapping[str, tuple[FontFile, ...]]:
    """The faces of a folder by family, of those families that it has.

    A file is named after its family ("NotoSerif-Bold.ttf"): by that name it counts in a letter's
    fingerprint.

    Raises:
        TemplateError: A file is damaged, or named after another family than its own.
    """
    found: dict[str, list[FontFile]] = {}
    for file in sorted(folder.glob("*.[ot]tf")):
        font = FontFile(file)
        if is_font_of(file.name, families) != (font.family in families):
            raise TemplateError(
                f"fonts/{file.name} holds the font {font.family}, but its name says another.",
                f"Rename it: {font.family.replace(' ', '')}-Regular{file.suffix} (or -Bold …).",
            )
        if font.family in families:
            found.setdefault(font.family, []).append(font)
    return {family: tuple(fonts) for family, fonts in found.items()}
