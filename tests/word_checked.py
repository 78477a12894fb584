"""Word files looked at by other programs: two validators, and LibreOffice on a bare machine."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

from openxml_audit import OpenXmlValidator

from generator.readback import read_pdf
from tests.command import ROOT

VALIDATOR = ROOT / ".tools" / "node_modules" / ".bin" / "ooxml-validator"
"""Microsoft's Open XML SDK; setup/install.sh puts it there."""
BARE = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def faults(file: Path) -> list[str]:
    """What the two validators find in a Word file."""
    ran = subprocess.run([VALIDATOR, file], capture_output=True, text=True, check=False)
    found = [str(error["description"]) for error in json.loads(ran.stdout)["errors"]]
    return found + [str(error) for error in OpenXmlValidator().validate(file).errors]


def altered(file: Path, part: str, old: bytes, new: bytes) -> Path:
    """A copy of a Word file beside it with one part changed; the text must be there."""
    broken = file.with_name("broken.docx")
    with zipfile.ZipFile(file) as package, zipfile.ZipFile(broken, "w") as copy:
        for name in package.namelist():
            data = package.read(name)
            assert name != part or old in data
            copy.writestr(name, data.replace(old, new, 1) if name == part else data)
    return broken


def shown_bare(files: Sequence[Path], folder: Path) -> list[Path]:
    """The files as LibreOffice prints them on a machine that has one font, a Latin sans-serif.

    A font that one file carries serves those after it as well: only a file alone shows what it
    lacks.
    """
    fonts = folder / "fonts"
    fonts.mkdir(parents=True)
    (fonts / "one.ttf").symlink_to(ROOT / "fonts" / "NotoSans-Regular.ttf")
    conf = folder / "fonts.conf"
    conf.write_text(BARE.format(fonts=fonts, cache=folder / "cache"), "utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    options: list[str | Path] = ["--headless", "--convert-to", "pdf", "--outdir", folder]
    subprocess.run(
        ["soffice", profile, *options, *files],
        check=True,
        capture_output=True,
        env={**os.environ, "FONTCONFIG_FILE": str(conf)},
    )
    return [folder / f"{file.stem}.pdf" for file in files]


def version_pages(pdf: Path, second: str) -> tuple[int, int]:
    """How many pages a letter's two versions have; ``second`` begins the other one's number."""
    pages = read_pdf(pdf.read_bytes())
    begin = next(number for number, page in enumerate(pages) if second in page[:400])
    return begin, len(pages) - begin
