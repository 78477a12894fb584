"""``patra templates``: kinds of communication, started and checked."""

from __future__ import annotations

from typing import Annotated

import typer

from generator.cli.options import Json, Quiet, Root, find_paths
from generator.errors import TemplateError

app = typer.Typer(
    help="Start a new kind of letter, and check the kinds there are.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

NewKind = Annotated[str, typer.Argument(metavar="NAME", help="The new kind: small letters and _.")]
FromKind = Annotated[str, typer.Option("--from", metavar="KIND", help="The kind to copy.")]
SomeKind = Annotated[
    str | None, typer.Argument(metavar="KIND", help="A kind. None: every kind there is.")
]


@app.command()
def new(name: NewKind, source: FromKind, root: Root = None, json: Json = False) -> None:
    """Start a kind as a copy of one that works."""
    from generator.cli import show
    from generator.kinds import start_kind

    folder, files = start_kind(find_paths(root, None), name, source)
    if json:
        show.as_json({"kind": name, "from": source, "folder": str(folder), "files": files})
        return
    show.done(f"{folder} is started from {source}: {', '.join(files)}.")
    show.done(
        f"Change its words and its look, run   patra templates check {name}   and write   "
        f'kind = "{name}"   in an edition.'
    )


@app.command()
def check(
    kind: SomeKind = None, root: Root = None, json: Json = False, quiet: Quiet = False
) -> None:
    """Find everything that is wrong with a kind's texts, Word file and page; write nothing."""
    from generator.cli import show
    from generator.findings import Severity, standing
    from generator.kinds import check_kind, kinds

    paths = find_paths(root, None)
    names = [kind] if kind is not None else kinds(paths)
    checked = [check_kind(paths, name) for name in names]
    found = [finding for one in checked for finding in one.findings]
    errors, warnings = (len(standing(found, s)) for s in (Severity.ERROR, Severity.WARNING))
    if json:
        document: dict[str, object] = {"kind": kind}
        if kind is None:
            document["kinds"] = names
        findings = [show.finding_json(finding) for finding in found]
        show.as_json({**document, "findings": findings, "errors": errors, "warnings": warnings})
    elif not quiet:
        show.findings(found, heading="The kind" if kind else "The kinds")
        show.done(f"{', '.join(names)}: errors {errors}, warnings {warnings}")
    raise typer.Exit(TemplateError.exit_code if errors else 0)
