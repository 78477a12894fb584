"""The commands; each imports what it needs when it runs, so that ``--help`` starts fast."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cli import show
from generator.cli.failures import log_bug
from generator.errors import ArchiveError, PatraError, RenderError, TemplateError, UsageError
from generator.paths import Paths, find_root

if TYPE_CHECKING:
    from generator.run import LetterResult, Prepared

app = typer.Typer(
    help="Merge an edition's figures into bilingual official letters, as DOCX and PDF.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

EditionName = Annotated[
    str, typer.Argument(metavar="EDITION", help="An edition's folder, or its name under editions/.")
]
NewName = Annotated[
    str, typer.Argument(metavar="NAME", help="The new edition's name under editions/.")
]
Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="WHO", help="Recipients: id, State name or code. None: everyone."),
]
Who = Annotated[str, typer.Argument(metavar="WHO", help="A recipient: id, State name or code.")]
Root = Annotated[
    Path | None,
    typer.Option(help="Holds letter_templates/, fonts/, editions/; default: nearest upwards."),
]
Output = Annotated[Path | None, typer.Option(help="Where letters go; default: ROOT/output.")]
Jobs = Annotated[int | None, typer.Option(min=1, help="Processes; default: the processors.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress and no tables.")]
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
    from generator.run.new_edition import start_edition

    paths = _paths(root, None)
    folder, dates = start_edition(paths, name, _folder(paths, source))
    if json:
        show.as_json({"edition": name, "folder": str(folder), **dates})
    else:
        told = ", ".join(f"{key} = {value}" for key, value in dates.items())
        show.done(f"{folder} is started with {told}.")
        show.done("Read its edition.toml, confirm the recipients, put the new scores.xlsx into it.")


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
    from generator.run import check_edition

    paths = _paths(root, output)
    prepared = check_edition(paths, _folder(paths, edition), who or ())
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
    from generator.cli.explain import explained_json, print_explained
    from generator.run.explain import explain_recipient

    paths = _paths(root, None)
    explained = explain_recipient(paths, _folder(paths, edition), who)
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
    from generator.run.score import write_scores

    paths = _paths(root, None)
    prepared = write_scores(paths, _folder(paths, edition), output)
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
    format: Format = None,  # noqa: A002 - the option's name is the contract's
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Make drafts without numbers under output/drafts/, despite errors in figures."""
    from generator.run import draft_edition

    if format not in (None, "docx", "pdf"):
        raise UsageError(f'--format is "{format}"', "Write --format docx or --format pdf.")
    started = time.monotonic()
    paths = _paths(root, output)
    formats = (format,) if format else ("docx", "pdf")
    with show.progress(shown=not (json or quiet)) as progress:
        prepared, results = draft_edition(
            paths,
            _folder(paths, edition),
            who or (),
            formats=formats,
            jobs=jobs or _processors(),
            progress=progress,
        )
    if not (json or quiet):
        show.findings(prepared.findings)
    folder = paths.output / "drafts" / prepared.edition.name
    _finish(prepared, results, str(folder), started, json=json, quiet=quiet)


@app.command()
def issue(
    edition: EditionName,
    who: Names = None,
    root: Root = None,
    output: Output = None,
    jobs: Jobs = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check, number, render and archive every letter, or those of the named recipients."""
    from generator.run import issue_edition

    started = time.monotonic()
    paths = _paths(root, output)
    with show.progress(shown=not (json or quiet)) as progress:
        prepared, results = issue_edition(
            paths,
            _folder(paths, edition),
            who or (),
            jobs=jobs or _processors(),
            progress=progress,
        )
    folder = paths.output / prepared.edition.folder_name
    _finish(prepared, results, str(folder), started, json=json, quiet=quiet)


def _finish(
    prepared: Prepared,
    results: Sequence[LetterResult],
    folder: str,
    started: float,
    *,
    json: bool,
    quiet: bool,
) -> None:
    seconds = time.monotonic() - started
    for result in results:
        if result.error and result.error.__cause__ and result.error.exit_code == 1:
            log_bug(result.error.__cause__)
    if json:
        show.as_json(show.results_json(prepared, results, folder, seconds))
    elif not quiet:
        show.run_summary(prepared, results, folder, seconds)
    raise typer.Exit(_exit_code(results))


def _exit_code(results: Sequence[LetterResult]) -> int:
    """6 where letters failed (5 where all did, by a template), else 7 where some were refused."""
    errors: list[PatraError] = [r.error for r in results if r.status == "failed" and r.error]
    if errors and len(errors) == len(results) and all(isinstance(e, TemplateError) for e in errors):
        return TemplateError.exit_code
    if errors:
        return RenderError.exit_code
    return ArchiveError.exit_code if any(r.status == "refused" for r in results) else 0


def _paths(root: Path | None, output: Path | None) -> Paths:
    found = root.absolute() if root else find_root(Path.cwd())
    if found is None or not (found / "letter_templates").is_dir():
        raise UsageError(
            f"No letter_templates/ in {root or 'this folder or above it'}",
            "Go into the project's folder, or name it with --root.",
        )
    return Paths.at(found, output.absolute() if output else None)


def _folder(paths: Paths, edition: str) -> Path:
    """EDITION is a folder's path, or a name under editions/."""
    path = Path(edition)
    return path.absolute() if path.is_dir() else paths.editions / edition


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
