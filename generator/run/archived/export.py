"""``patra archive export``: the register as a workbook."""

from __future__ import annotations

from pathlib import Path

from generator.errors import ArchiveError, UsageError
from generator.inputs.states import load_states
from generator.paths import Paths
from generator.register_sheet import write_register
from generator.run.archived.lookup import DatedFolder, read_folders, refuse_inside
from generator.store import Store


def export_register(paths: Paths, target: Path) -> list[DatedFolder]:
    """Writes every letter and revision to a workbook; gives what it was written from.

    Raises:
        UsageError: The target is no .xlsx, or would lie among inputs or issued letters.
        ArchiveError: The register cannot be read, or the target not be written.
    """
    if target.suffix.lower() != ".xlsx":
        raise UsageError(f"{target} is no workbook's name", "Write patra archive export FILE.xlsx.")
    folders = read_folders(paths.output)
    inputs = (paths.editions, paths.templates, paths.fonts)
    issued = (paths.output / folder.name for folder in folders)
    refuse_inside(target, (*inputs, Store(paths.output).folder, *issued))
    entries = [entry for folder in folders for entry in folder.letters]
    try:
        write_register(entries, target, load_states())
    except OSError as error:
        raise ArchiveError(
            f"{target} cannot be written: {error.strerror or error}", "Choose another place."
        ) from error
    return folders
