"""What makes a letter's bytes, as one hash: its content, its kind's files, fonts, logo."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from generator.content import Letter, picture_for_word
from generator.errors import InputError
from generator.files import is_font_of, unpacks_too_far
from generator.letter_json import letter_to_json

HIDDEN = (".", "~$")
"""Beginnings of names that editors leave beside a file in hand."""


LOOK = frozenset({".css", ".html"})
"""Endings of a kind's files that may name fonts."""

FONT_TABLE = "word/fontTable.xml"
"""The part of a Word file that names the families it is set in (ECMA-376 17.8.3.11)."""

_FONT = re.compile(rb'<w:font\b[^>]*?\sw:name="([^"]+)"')
_CHOSEN = re.compile(rb'\b(?:w:(?:ascii|hAnsi|cs)|typeface)="([^"]+)"')
"""A font of a style or text, or of a theme (``w:rFonts``; DrawingML's ``a:latin`` and others)."""


TEXTS = "text."
"""So begins the name of a text: written in Word, it gives its words and not its look."""

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


def digest_of(*folders: Mapping[str, str]) -> str:
    """One SHA-256 of folders as ``hash_folder`` lists them."""
    return sha256(json.dumps([dict(folder) for folder in folders]).encode())


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
    worded = (p for p in kind_folder.rglob("*.docx") if not p.name.startswith(TEXTS))
    families = frozenset[str]().union(*map(_families, sorted(worded)))
    return {
        name: digest for name, digest in fonts.items() if name in look or is_font_of(name, families)
    }


def further_fonts(letter: Letter, fonts: Mapping[str, str]) -> dict[str, str]:
    """Those of the fonts, hashed by name, that the letter's own further languages are set in."""
    families = {tongue.font for tongue in letter.further.values()}
    return {name: digest for name, digest in fonts.items() if is_font_of(name, families)}


def families_in(parts: Mapping[str, bytes]) -> frozenset[str]:
    """The families that a Word file names: LibreOffice leaves out some in its font table."""
    found = _FONT.findall(parts.get(FONT_TABLE, b""))
    for name in parts:
        if name.startswith("word/") and name.endswith(".xml"):
            found += _CHOSEN.findall(parts[name])
    return frozenset(unescape(name.decode(errors="replace")) for name in found)


def _families(word_file: Path) -> frozenset[str]:
    """The families of a Word file; none where it cannot be read, which its renderer tells."""
    try:
        if unpacks_too_far(word_file):
            return frozenset()
        with zipfile.ZipFile(word_file) as package:
            return families_in({name: package.read(name) for name in package.namelist()})
    except (OSError, zipfile.BadZipFile):
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
