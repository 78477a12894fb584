"""What makes a letter's bytes, as one hash: its content, its kind's files, the fonts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from generator.content import Letter
from generator.letter_json import letter_to_json

HIDDEN = (".", "~$")
"""Beginnings of names that editors leave beside a file in hand."""


NOTES = frozenset({"README.md", "HINDI.md", "translations.toml"})
"""Files of a kind that are about its texts, and make no byte of a letter."""


def sha256(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def hash_folder(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder by its path in it, sorted; hidden files left out."""
    files = (path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in files}
    return {
        name: sha256(names[name].read_bytes())
        for name in sorted(names)
        if not any(part.startswith(HIDDEN) for part in Path(name).parts)
    }


def fingerprint_letter(letter: Letter, materials: Mapping[str, str]) -> str:
    """SHA-256 of a letter's finished content and of what it is made with.

    Args:
        letter: The finished letter; its versions share one letterhead.
        materials: Hashes of the kind's files and the fonts, by name.
    """
    logo = letter.versions[0].letterhead.logo
    content = {
        "letter": letter_to_json(letter).decode(),
        "materials": {name: materials[name] for name in materials if name not in NOTES},
        "logo": sha256(logo.read_bytes()) if logo else None,
    }
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode())
