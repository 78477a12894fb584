"""How a run that makes letters ends: its table or document, and its exit code."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from generator.cli import show
from generator.cli.failures import log_bug
from generator.errors import ArchiveError, PatraError, RenderError, TemplateError

if TYPE_CHECKING:
    from generator.run import LetterResult, Prepared


def finish(
    prepared: Prepared,
    results: Sequence[LetterResult],
    folder: str,
    started: float,
    *,
    json: bool,
    quiet: bool,
) -> None:
    """Shows what became of the letters, and leaves with the exit code.

    Args:
        prepared: The edition.
        results: What became of each letter.
        folder: Where the files lie.
        started: When the run began (``time.monotonic``).
        json: Whether one JSON document is shown.
        quiet: Whether nothing is shown.
    """
    seconds = time.monotonic() - started
    for result in results:
        if result.error and result.error.__cause__ and result.error.exit_code == 1:
            log_bug(result.error.__cause__)
    if json:
        show.as_json(show.results_json(prepared, results, folder, seconds))
    elif not quiet:
        show.run_summary(prepared, results, folder, seconds)
    raise typer.Exit(exit_code(results))


def exit_code(results: Sequence[LetterResult]) -> int:
    """6 where letters failed (5 where all did, by a template), else 7 where anything is refused."""
    errors: list[PatraError] = [r.error for r in results if r.status == "failed" and r.error]
    if errors and len(errors) == len(results) and all(isinstance(e, TemplateError) for e in errors):
        return TemplateError.exit_code
    if errors:
        return RenderError.exit_code
    return ArchiveError.exit_code if any(r.error for r in results) else 0
