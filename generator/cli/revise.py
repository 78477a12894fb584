"""What is done after a letter was issued: ``reissue`` and ``cancel``."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Annotated

import typer

from generator.cli.options import (
    EditionName,
    Json,
    Output,
    Quiet,
    Root,
    Scheduler,
    Who,
    find_edition,
    find_paths,
)

Reason = Annotated[str, typer.Option(help="Why; it stands in register and manifest.")]
Day = Annotated[
    datetime | None,
    typer.Option("--date", metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help="Default: today."),
]


def reissue(
    edition: EditionName,
    who: Who,
    reason: Reason,
    date: Day = None,
    scheduler: Scheduler = "",
    root: Root = None,
    output: Output = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Issue a corrected letter as a revision: same number, new date; earlier files stay."""
    from generator.cli import show
    from generator.cli.finish import finish
    from generator.run.revise import Order, reissue_letter

    started = time.monotonic()
    paths, today = find_paths(root, output), datetime.now(tz=UTC).astimezone().date()
    order = Order(reason, date.date() if date else None, today, scheduler)
    with show.progress(shown=not (json or quiet)) as progress:
        prepared, results = reissue_letter(
            paths, find_edition(paths, edition), who, order, progress=progress
        )
    folder = paths.output / prepared.edition.folder_name
    finish(prepared, results, str(folder), started, json=json, quiet=quiet)


def cancel(
    edition: EditionName,
    who: Who,
    reason: Reason,
    root: Root = None,
    output: Output = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Mark a letter as cancelled; its files stay, its number is never used again."""
    from generator.cli import show
    from generator.cli.finish import finish
    from generator.run.revise import cancel_letter

    started = time.monotonic()
    paths = find_paths(root, output)
    with show.progress(shown=not (json or quiet)) as progress:
        prepared, results = cancel_letter(
            paths, find_edition(paths, edition), who, reason=reason, progress=progress
        )
    folder = paths.output / prepared.edition.folder_name
    finish(prepared, results, str(folder), started, json=json, quiet=quiet)
