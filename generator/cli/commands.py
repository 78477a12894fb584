"""The commands; each imports what it needs when it runs, so that ``--help`` starts fast."""

from __future__ import annotations

import os
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from generator.cli import archive, revise, templates
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
from generator.errors import UsageError

app = typer.Typer(
    help="Merge an edition's figures into bilingual official letters, as DOCX and PDF.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(archive.app, name="archive")
app.add_typer(templates.app, name="templates")

NewName = Annotated[
    str, typer.Argument(metavar="NAME", help="The new edition's name under editions/.")
]
Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="WHO", help="Recipients: id, State name or code. None: everyone."),
]
Jobs = Annotated[int | None, typer.Option(min=1, help="Processes; default: the processors.")]
Format = Annotated[str | None, typer.Option(help="docx or pdf alone; default: both.")]
Workbook = Annotated[Path, typer.Option("-o", "--output", help="The workbook to write (.xlsx).")]


@app.callback()
def patra() -> None:
    """Merge an edition's figures into bilingual official letters, as DOCX and PDF."""


@app.command()
def new(
    name: NewName,
    source: Annotated[str, typer.Option("--from", help="The edition to start from.")],
    root: Root = None,
    json: Json = False,
) -> None:
    """Start an edition from an earlier one: texts and people copied, figures left out."""
    from generator.cli import show
    from generator.run.new_edition import next_steps, start_edition

    paths = find_paths(root, None)
    folder, dates = start_edition(paths, name, find_edition(paths, source))
    if json:
        show.as_json({"edition": name, "folder": str(folder), **dates})
    else:
        told = ", ".join(f"{key} = {value}" for key, value in dates.items())
        show.done(f"{folder} is started with {told}.")
        show.done(f"{next_steps(folder)}.")


@app.command()
def check(
    edition: EditionName,
    who: Names = None,
    root: Root = None,
    output: Output = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Read everything, recompute every figure, check texts and templates; write nothing."""
    from generator.cli import show
    from generator.run import check_edition

    paths = find_paths(root, output)
    prepared = check_edition(paths, find_edition(paths, edition), who or ())
    if json:
        show.as_json(show.check_json(prepared))
    elif not quiet:
        show.findings(prepared.findings)
        show.check_summary(prepared)
    raise typer.Exit(4 if prepared.blocking else 0)


@app.command()
def explain(
    edition: EditionName,
    who: Who,
    root: Root = None,
    json: Json = False,
) -> None:
    """Say of every figure in a letter how it comes about and where it stands; write nothing."""
    from generator.cli import show
    from generator.cli.explain import explained_json, print_explained
    from generator.run.explain import explain_recipient

    paths = find_paths(root, None)
    explained = explain_recipient(paths, find_edition(paths, edition), who)
    if json:
        show.as_json(explained_json(explained))
    else:
        print_explained(explained)


@app.command()
def score(
    edition: EditionName,
    output: Workbook,
    root: Root = None,
    json: Json = False,
) -> None:
    """Write shares, composite, category and rank as a workbook."""
    from generator.cli import show
    from generator.run.score import write_scores

    paths = find_paths(root, None)
    prepared = write_scores(paths, find_edition(paths, edition), output)
    if json:
        show.as_json({"edition": prepared.edition.name, "output": str(output)})
    else:
        show.done(f"{len(prepared.cards)} scorecards are in {output}")


@app.command()
def draft(
    edition: EditionName,
    who: Names = None,
    root: Root = None,
    output: Output = None,
    jobs: Jobs = None,
    scheduler: Scheduler = "",
    format: Format = None,  # noqa: A002 - the option's name is the contract's
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Make drafts without numbers under output/drafts/, despite errors in figures."""
    if format not in (None, "docx", "pdf"):
        raise UsageError(f'--format is "{format}"', "Write --format docx or --format pdf.")
    started = time.monotonic()
    paths = find_paths(root, output)
    formats = (format,) if format else ("docx", "pdf")
    jobs = jobs or _processors()
    with ExitStack() as shown:
        from generator.cli import show
        from generator.cli.finish import finish
        from generator.run import draft_edition

        progress = shown.enter_context(show.progress(shown=not (json or quiet)))
        prepared, results = draft_edition(
            paths,
            find_edition(paths, edition),
            who or (),
            formats=formats,
            jobs=jobs,
            progress=progress,
            scheduler=scheduler,
        )
    if not (json or quiet):
        show.findings(prepared.findings)
    folder = paths.output / "drafts" / prepared.edition.name
    finish(prepared, results, str(folder), started, json=json, quiet=quiet)


@app.command()
def issue(
    edition: EditionName,
    who: Names = None,
    root: Root = None,
    output: Output = None,
    jobs: Jobs = None,
    scheduler: Scheduler = "",
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check, number, render and archive every letter, or those of the named recipients."""
    started = time.monotonic()
    paths = find_paths(root, output)
    jobs = jobs or _processors()
    with ExitStack() as shown:
        from generator.cli import show
        from generator.cli.finish import finish
        from generator.run import issue_edition

        progress = shown.enter_context(show.progress(shown=not (json or quiet)))
        prepared, results = issue_edition(
            paths,
            find_edition(paths, edition),
            who or (),
            jobs=jobs,
            progress=progress,
            scheduler=scheduler,
        )
    folder = paths.output / prepared.edition.folder_name
    finish(prepared, results, str(folder), started, json=json, quiet=quiet)


app.command()(revise.reissue)
app.command()(revise.cancel)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
