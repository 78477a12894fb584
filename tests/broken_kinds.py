"""Copies of the DO letter's kind that a test may break, and letters made with them."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

from generator.content import Letter
from generator.workers import MadeLetter, make_letter, start_worker
from tests.command import ROOT

FONTS = ROOT / "fonts"


def copy_kind(folder: Path) -> Path:
    """A copy of the kind."""
    kind = folder / "letter_templates" / "do_letter"
    shutil.copytree(ROOT / "letter_templates" / "do_letter", kind)
    return kind


def edit(kind: Path, name: str, old: str, new: str) -> None:
    """Replaces a text in a file of the kind; the text must be there."""
    text = (kind / name).read_text("utf-8")
    assert old in text
    (kind / name).write_text(text.replace(old, new, 1), "utf-8")


def restyle(kind: Path, css: str) -> None:
    """Adds to the kind's style sheet."""
    with (kind / "page.css").open("a", encoding="utf-8") as file:
        file.write(css)


def repack(path: Path, change: Callable[[str, bytes], bytes]) -> None:
    """Changes the parts of a Word file."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, change(name, data))


def made_with(kind: Path, letter: Letter) -> MadeLetter:
    """A letter as a worker makes it: rendered, read back and proved."""
    start_worker(kind, FONTS)
    return make_letter(letter, "0" * 64)
