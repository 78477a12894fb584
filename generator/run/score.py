"""The scorecards as a workbook."""

from __future__ import annotations

from pathlib import Path

from generator.errors import ArchiveError, FindingsError, UsageError
from generator.findings import Severity, standing
from generator.inputs.states import load_states
from generator.paths import Paths
from generator.run.prepare import Prepared, prepare_edition
from generator.scoresheet import write_scorecards

BLOCKING = ("cells-understood", "counts-whole")


def write_scores(paths: Paths, folder: Path, target: Path) -> Prepared:
    """Writes shares, composite, category and rank of every row to ``target``.

    Raises:
        UsageError: The target is no .xlsx, or would lie among the inputs.
        FindingsError: Cells of the scores could not be understood; nothing is written.
        ArchiveError: The target cannot be written.
    """
    if target.suffix.lower() != ".xlsx":
        raise UsageError(f"{target} is no workbook's name", "Write -o FILE.xlsx.")
    if target.resolve().is_relative_to(folder.resolve()):
        raise UsageError(
            f"{target} lies in the edition's own folder, among its inputs",
            "Write the workbook elsewhere.",
        )
    prepared = prepare_edition(paths, folder)
    if not prepared.edition.rows:
        raise FindingsError(
            f"The edition {prepared.edition.name} has no scores", "Put scores.xlsx into its folder."
        )
    errors = [f for f in standing(prepared.findings, Severity.ERROR) if f.check in BLOCKING]
    if errors:
        raise FindingsError(
            f"{len(errors)} cells of the scores are wrong; nothing was written",
            "Correct the cells.",
            errors,
        )
    try:
        write_scorecards(prepared.edition, prepared.cards, target, load_states())
    except OSError as error:
        raise ArchiveError(
            f"{target} cannot be written: {error.strerror or error}", "Choose another place."
        ) from error
    return prepared
