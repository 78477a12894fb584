"""The edition of the month before the sample, which is not shipped."""

from __future__ import annotations

import shutil
from pathlib import Path

from openpyxl import load_workbook

from generator.inputs.edition import read_edition
from generator.paths import Paths
from tests.command import ROOT

BEFORE = "2025-11"


def write_month_before(folder: Path) -> Path:
    """Puts a month before an edition: counts 2 to 6 % lower, strengths the same, names it there.

    One section of its compendium reads otherwise.
    """
    before = folder.with_name(BEFORE)
    shutil.copytree(folder, before)
    edition, _findings = read_edition(Paths.at(ROOT), folder)
    book = load_workbook(before / "scores.xlsx")
    for line, row in enumerate(edition.rows):
        for place, figure in enumerate(row.counts.values()):
            lower = int(figure.value) * (94 + (3 * line + place) % 5) // 100
            cell = str(figure.cells[0].cell)
            if place:  # the strength stands first
                book["Scores"][cell] = lower
    book.save(before / "scores.xlsx")
    section = min((before / "compendium").glob("*.en.md"))
    section.write_text(section.read_text("utf-8") + "\nOf the month before.\n", "utf-8")
    _edit(before, "date = 2025-12-11", "date = 2025-11-11")
    _edit(before, "as_on = 2025-11-30", "as_on = 2025-10-31")
    _edit(before, "value = 14000000", "value = 13500000")
    _edit(folder, "date = 2025-12-11", f'previous = "{BEFORE}"\ndate = 2025-12-11')
    return before


def _edit(folder: Path, old: str, new: str) -> None:
    path = folder / "edition.toml"
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} does not stand once in {path}"
    path.write_text(text.replace(old, new), "utf-8")
