"""What makes a letter's bytes, as one hash: its content, its kind's files, fonts, logo."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Collection, Mapping
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from generator.content import Letter, picture_for_word
from generator.errors import InputError
from generator.letter_json import letter_to_json

HIDDEN = (".", "~$")
"""Beginnings of names that editors leave beside a file in hand."""


LOOK = frozenset({".css", ".html"})
"""Endings of a kind's files that may name fonts."""

FONT_TABLE = "word/fontTable.xml"
"""The part of a Word file that names the families it is set in (ECMA-376 17.8.3.11)."""

_FONT = re.compile(rb'<w:font\b[^>]*?\sw:name="([^"]+)"')


NOTES = frozenset({"README.md", "HINDI.md", "translations.toml"})
"""Files of a kind that are about its texts, and make no byte of a letter."""


def sha256(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def hash_folder(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder by its path in it, sorted; hidden files left out.

    Raises:
        InputError: A file cannot be read.
    """
    files = (path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in files}
    return {
        name: _hash_file(names[name], f"{folder.name}/{name}")
        for name in sorted(names)
        if not any(part.startswith(HIDDEN) for part in Path(name).parts)
    }


def _hash_file(path: Path, shown: str) -> str:
    try:
        return sha256(path.read_bytes())
    except OSError as error:
        raise InputError(
            f"{shown} cannot be read: {error.strerror}",
            "Give its owner the right to read it, or move it out of the folder.",
        ) from error


def named_fonts(kind_folder: Path, fonts: Mapping[str, str]) -> dict[str, str]:
    """Those of the fonts, hashed by name, that a kind's look names: no other is ever loaded.

    Pages name files, Word files name families.
    """
    files = sorted(path for path in kind_folder.rglob("*") if path.suffix in LOOK)
    look = "".join(unquote(path.read_text("utf-8", errors="replace")) for path in files)
    families = frozenset[str]().union(*map(_families, sorted(kind_folder.rglob("*.docx"))))
    return {
        name: digest for name, digest in fonts.items() if name in look or is_font_of(name, families)
    }


def is_font_of(file: str, families: Collection[str]) -> bool:
    """Whether a font's file is named after one of the families: ``NotoSerif-Bold.ttf``."""
    stem, _, _style = file.rpartition(".")[0].partition("-")
    return stem in {family.replace(" ", "") for family in families}


def families_in(font_table: bytes) -> frozenset[str]:
    """The families that the font table of a Word file names."""
    return frozenset(unescape(name.decode()) for name in _FONT.findall(font_table))


def _families(word_file: Path) -> frozenset[str]:
    """The families of a Word file; none where it cannot be read, which its renderer tells."""
    try:
        with zipfile.ZipFile(word_file) as package:
            return families_in(package.read(FONT_TABLE))
    except (OSError, zipfile.BadZipFile, KeyError):
        return frozenset()


def hash_logo(letter: Letter) -> dict[str, str]:
    """SHA-256 of the logo's files, the picture for Word too, by name; none where it has no logo."""
    logo = letter.versions[0].letterhead.logo
    files = {logo.name: logo, picture_for_word(logo).name: picture_for_word(logo)} if logo else {}
    return {name: sha256(file.read_bytes()) for name, file in files.items() if file.is_file()}


def fingerprint_letter(letter: Letter, materials: Mapping[str, str]) -> str:
    """SHA-256 of a letter's finished content and of what it is made with.

    Args:
        letter: The finished letter; its versions share one letterhead.
        materials: Hashes of the kind's files and of the fonts it names, by name.
    """
    return fingerprint_content(letter_to_json(letter), materials, hash_logo(letter))


def fingerprint_content(
    letter: bytes, materials: Mapping[str, str], logo: Mapping[str, str]
) -> str:
    """As ``fingerprint_letter``, of a letter as JSON, and of its logo's files hashed by name."""
    content = {
        "letter": letter.decode(),
        "materials": {name: materials[name] for name in materials if name not in NOTES},
        "logo": dict(logo),
    }
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode())
