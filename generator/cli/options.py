"""The options that commands share, and what --root and --output stand for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from generator.errors import UsageError
from generator.paths import Paths, find_root

EditionName = Annotated[
    str, typer.Argument(metavar="EDITION", help="An edition's folder, or its name under editions/.")
]
Who = Annotated[str, typer.Argument(metavar="WHO", help="A recipient: id, State name or code.")]
Root = Annotated[
    Path | None,
    typer.Option(help="Holds letter_templates/, fonts/, editions/; default: nearest upwards."),
]
Output = Annotated[Path | None, typer.Option(help="Where letters go; default: ROOT/output.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
Scheduler = Annotated[
    str, typer.Option(metavar="ADDRESS", help="Let a Dask cluster make them: tcp://HOST:8786.")
]
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress and no tables.")]


def find_paths(root: Path | None, output: Path | None) -> Paths:
    """The installation that a command works in; its languages are known from then on.

    Raises:
        UsageError: There is none in the folder named, or from here upwards.
    """
    from generator.locales import use_languages

    found = root.absolute() if root else find_root(Path.cwd())
    if found is None or not (found / "letter_templates").is_dir():
        raise UsageError(
            f"No letter_templates/ in {root or 'this folder or above it'}",
            "Go into the project's folder, or name it with --root.",
        )
    paths = Paths.at(found, output.absolute() if output else None)
    use_languages(paths.locale)
    return paths


def find_edition(paths: Paths, edition: str) -> Path:
    """EDITION is a folder's path, or a name under editions/."""
    path = Path(edition)
    return path.absolute() if path.is_dir() else paths.editions / edition
