"""A small installation of its own: the real kind and fonts, three recipients, one section."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.command import ROOT

NAME = "2025-12"
RECIPIENTS = (
    ("HR", "Shri", "नमूना एक", "Namuna One", "IAS", "m"),
    ("GA", "", "", "", "", ""),
    ("CH", "Smt.", "नमूना तीन", "Namuna Three", "IAS", "f"),
)
COLUMNS = ("state", "honorific", "name_hi", "name_en", "service", "gender", "email", "confirmed_on")


@dataclass(frozen=True)
class Small:
    """The folders of the installation."""

    root: Path

    @property
    def edition(self) -> Path:
        """The edition's folder."""
        return self.root / "editions" / NAME

    @property
    def kind(self) -> Path:
        """The kind's folder, a copy that a test may break."""
        return self.root / "letter_templates" / "do_letter"

    @property
    def output(self) -> Path:
        """Where letters go."""
        return self.root / "output"

    @property
    def dated(self) -> Path:
        """The edition's dated folder."""
        return self.output / "2025-12-11"

    def edit(self, name: str, old: str, new: str) -> None:
        """Replaces a text in a file of the edition; the text must be there."""
        path = self.edition / name
        text = path.read_text("utf-8-sig")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    def write_recipients(self, *rows: tuple[str, ...]) -> None:
        """Replaces the recipients; a row is as in RECIPIENTS."""
        with (self.edition / "recipients.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for row in rows:
                writer.writerow([*row, f"{row[0].lower()}@state.example", "2025-12-01"])

    def written(self) -> list[str]:
        """Every file below the output folder."""
        return sorted(
            path.relative_to(self.output).as_posix()
            for path in self.output.rglob("*")
            if path.is_file()
        )


def make_small(root: Path) -> Small:
    """Makes the installation below ``root``."""
    small = Small(root)
    shutil.copytree(ROOT / "letter_templates", root / "letter_templates")
    (root / "fonts").symlink_to(ROOT / "fonts")
    shutil.copytree(ROOT / "editions" / NAME, small.edition)
    removed = sorted((small.edition / "compendium").iterdir())[2:]
    for path in removed:
        path.unlink()
    record = small.edition / "translations.toml"
    kept = [s for s in record.read_text("utf-8").splitlines() if not _names(s, removed)]
    record.write_text("\n".join(kept) + "\n", "utf-8")
    small.edit("edition.toml", "specimen = true", "specimen = true\npartial = true")
    small.write_recipients(*RECIPIENTS)
    return small


def _names(line: str, paths: Sequence[Path]) -> bool:
    return any(path.name in line for path in paths)
