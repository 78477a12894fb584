"""The previous edition as far as this one is compared with it: dates, figures, compendium."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from generator.errors import InputError
from generator.findings import Finding, Severity
from generator.inputs.settings.file import SettingsFile, read_settings
from generator.inputs.settings.keys import EditionSettings
from generator.inputs.settings.values import facts_from
from generator.inputs.texts import read_compendium
from generator.model import Earlier, Place, ScoreRow
from generator.paths import Paths

ReadRows: TypeAlias = Callable[[Path, EditionSettings], tuple[ScoreRow, ...]]
"""Reads the figures in an edition's folder as its settings say."""


def read_earlier(
    paths: Paths, folder: Path, file: SettingsFile, read_rows: ReadRows
) -> tuple[Earlier | None, list[Finding]]:
    """Reads the edition that ``previous`` names, by its own settings and its own columns.

    That it cannot be read is a warning, never a refusal: this edition is whole without it.

    Args:
        paths: Where kinds lie; files are named from the root.
        folder: The earlier edition's folder.
        file: The settings of the edition in hand.
        read_rows: Reads the earlier figures; raises InputError.

    Returns:
        What the earlier edition says, or None and the warning that says why.
    """
    name = paths.relative(folder)
    try:
        before = read_settings(folder / "edition.toml", f"{name}/edition.toml", paths.templates)
        settings = before.settings
        if settings.specimen and not file.settings.specimen:
            return None, [_not_compared(file, "is a specimen, whose figures are made up")]
        rows = read_rows(folder, settings)
        compendium, _findings = read_compendium(paths, folder, settings.versions)
    except InputError as error:
        return None, [_not_compared(file, f"cannot be read ({error.message})")]
    facts = facts_from(settings)
    return Earlier(name, settings.date, settings.as_on, rows, facts, compendium), []


def _not_compared(file: SettingsFile, why: str) -> Finding:
    return Finding(
        Severity.WARNING,
        "previous-found",
        f"previous = “{file.settings.previous}” {why}; nothing is compared with it",
        "Correct that edition or name another, or delete the line.",
        where=file.places.get("previous", Place(file.file)),
    )
