"""``patra archive``: the register and the archive, listed, verified, restored, exported."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from generator.cli.options import Json, Output, Quiet, Root, Who, find_paths
from generator.errors import ArchiveError, UsageError

app = typer.Typer(
    help="List, verify, restore and export what was issued.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Date = Annotated[
    str, typer.Argument(metavar="DATE", help="A dated folder: 2025-12-11, 2025-12-11-SERIES.")
]
SomeDate = Annotated[
    str | None, typer.Argument(metavar="DATE", help="A dated folder alone. None: everything.")
]
SomeOne = Annotated[
    str | None, typer.Argument(metavar="WHO", help="A recipient: id, State name or code.")
]
Target = Annotated[Path, typer.Option("--to", metavar="DIR", help="Where the files are put.")]
Number = Annotated[int | None, typer.Option("--revision", min=1, help="Default: the latest.")]
Data = Annotated[
    bool, typer.Option("--data", help="Print the data that the letter's PDF carries, as JSON.")
]
Workbook = Annotated[Path, typer.Argument(metavar="FILE", help="The workbook to write (.xlsx).")]


@app.command(name="list")
def list_(root: Root = None, output: Output = None, json: Json = False) -> None:
    """List every dated folder with its edition and how many letters it holds."""
    from generator.cli import show as shown
    from generator.cli.archive_tables import list_json, print_list
    from generator.run.archived.lookup import read_folders

    folders = read_folders(find_paths(root, output).output)
    if json:
        shown.as_json(list_json(folders))
    else:
        print_list(folders)


@app.command()
def show(
    date: Date,
    who: SomeOne = None,
    data: Data = False,
    root: Root = None,
    output: Output = None,
    json: Json = False,
) -> None:
    """Show the letters of a dated folder, or all that is known of one, or its data."""
    from generator.cli import show as shown
    from generator.cli.archive_tables import print_folder, print_letter, show_json
    from generator.run.archived.carried import read_data
    from generator.run.archived.lookup import choose_folder, choose_letter, read_folders

    paths = find_paths(root, output)
    folder = choose_folder(paths.output, read_folders(paths.output), date)
    letter = choose_letter(folder, who) if who is not None else None
    if data and letter is None:
        raise UsageError("--data needs a letter", f"patra archive show {folder.name} WHO --data")
    carried = read_data(paths, letter) if data and letter else None
    if json:
        shown.as_json(show_json(folder, (letter,) if letter else folder.letters, carried))
    elif carried is not None:
        shown.as_json(carried)
    elif letter:
        print_letter(letter)
    else:
        print_folder(folder)


@app.command()
def verify(
    date: SomeDate = None,
    root: Root = None,
    output: Output = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Recompute every hash, read every file back, and tell every difference."""
    from generator.cli import show as shown
    from generator.cli.archive_tables import print_verified, verified_json
    from generator.run.archived.verify import verify_archive

    verified = verify_archive(find_paths(root, output), date)
    if json:
        shown.as_json(verified_json(verified))
    elif not quiet:
        print_verified(verified)
    raise typer.Exit(ArchiveError.exit_code if verified.differences else 0)


@app.command()
def restore(
    date: Date,
    who: Who,
    target: Target,
    revision: Number = None,
    root: Root = None,
    output: Output = None,
    json: Json = False,
) -> None:
    """Hand out the exact files of an issued letter, made again from the store if need be."""
    from generator.cli import show as shown
    from generator.cli.archive_tables import print_restored, restored_json
    from generator.run.archived.restore import restore_letter

    paths = find_paths(root, output)
    restored = restore_letter(paths, date, who, target.absolute(), revision)
    if json:
        shown.as_json(restored_json(restored))
    else:
        print_restored(restored)


@app.command()
def export(file: Workbook, root: Root = None, output: Output = None, json: Json = False) -> None:
    """Write the register as a workbook, a row for each revision."""
    from generator.cli import show as shown
    from generator.run.archived.export import export_register

    folders = export_register(find_paths(root, output), file.absolute())
    letters = [entry for folder in folders for entry in folder.letters]
    revisions = sum(len(entry.revisions) for entry in letters)
    if json:
        shown.as_json({"output": str(file), "letters": len(letters), "revisions": revisions})
    else:
        shown.done(f"letters {len(letters)}, issues {revisions}: in {file}")
