"""Characters typed into ``page.html`` or a style sheet that no font has, with their lines.

The engine tells of them when it draws a letter, and knows neither file nor line.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from generator.findings import Finding
from generator.kinds.sources import error
from generator.model import Place

_REMARKS = re.compile(r"/\*.*?\*/|<!--.*?-->|\{#.*?#\}", re.DOTALL)
_WORDS_OF_STYLES = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'", re.DOTALL)
_ESCAPE = re.compile(r"\\([0-9A-Fa-f]{1,6})\s?")
_LAST = 0x10FFFF


def check_glyphs(
    source: str, file: str, characters: frozenset[int], *, page: bool = False
) -> Iterator[Finding]:
    """Characters without a glyph in a kind's page or style sheet.

    Args:
        source: The file's text.
        file: Its name in findings.
        characters: Code points that the fonts have.
        page: Whether it is a page; in a style sheet only what stands in quotation marks prints.
    """
    plain = _REMARKS.sub(lambda remark: re.sub(r"[^\n]", " ", remark[0]), source)
    for start, words in [(0, plain)] if page else _quoted(plain):
        for number, line in enumerate(words.split("\n"), plain.count("\n", 0, start) + 1):
            typed = html.unescape(line) if page else _ESCAPE.sub(_escaped, line)
            for character in dict.fromkeys(typed):
                if ord(character) not in characters and not character.isspace():
                    yield _finding(character, Place(file, line=number))


def _quoted(style: str) -> list[tuple[int, str]]:
    return [(found.start(), found[0]) for found in _WORDS_OF_STYLES.finditer(style)]


def _escaped(escape: re.Match[str]) -> str:
    point = int(escape[1], 16)
    return chr(point) if point <= _LAST else escape[0]


def _finding(character: str, where: Place) -> Finding:
    name = unicodedata.name(character, "a character without a name")
    shown = f'"{character}" ' if character.isprintable() else ""
    return error(
        "characters-in-fonts",
        where,
        f"No font in fonts/ has {shown}(U+{ord(character):04X}, {name})",
        "Delete it, or write it with other characters.",
    )
