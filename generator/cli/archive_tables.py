"""Register and archive: tables for people, documents for programs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from generator.model import EVERYONE
from generator.run.archived.lookup import state_name

if TYPE_CHECKING:
    from generator.register import Entry, Revision
    from generator.run.archived.differences import Verified
    from generator.run.archived.lookup import DatedFolder
    from generator.run.archived.restore import Restored

LEAST_WIDTH = 240
"""Where no terminal says how wide it is: a pipe, a file."""

_HASH = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{52}\b")


def list_json(folders: Iterable[DatedFolder]) -> dict[str, object]:
    """The document of ``archive list --json``."""
    return {
        "folders": [
            {
                "folder": folder.name,
                "edition": folder.edition,
                "date": folder.date.isoformat(),
                "issued": folder.count("issued"),
                "reserved": folder.count("reserved"),
                "cancelled": folder.count("cancelled"),
                "revisions": folder.reissues,
            }
            for folder in folders
        ]
    }


def print_list(folders: Sequence[DatedFolder]) -> None:
    """A row a dated folder."""
    if not folders:
        _print("The register holds no letters.")
        return
    table = _table("Folder", "Edition", "Date")
    for column in ("issued", "reserved", "cancelled", "revisions"):
        table.add_column(column, justify="right")
    for folder in folders:
        counts = [folder.count(status) for status in ("issued", "reserved", "cancelled")]
        told = (folder.name, folder.edition, folder.date.isoformat(), *counts, folder.reissues)
        table.add_row(*(escape(str(value)) for value in told))
    _print(table)


def show_json(
    folder: DatedFolder, letters: Iterable[Entry], data: Mapping[str, object] | None = None
) -> dict[str, object]:
    """The document of ``archive show --json``; ``data`` is what the one letter's PDF carries."""
    carried = {} if data is None else {"data": data}
    return {
        "folder": folder.name,
        "edition": folder.edition,
        "date": folder.date.isoformat(),
        "letters": [{**_letter_json(entry), **carried} for entry in letters],
    }


def _letter_json(entry: Entry) -> dict[str, object]:
    return {
        "who": entry.who,
        "name": {"en": state_name(entry.who), "hi": state_name(entry.who, "hi")},
        "number": entry.number,
        "status": entry.status,
        "reason": entry.reason or None,
        "revisions": [_revision_json(revision) for revision in entry.revisions],
    }


def _revision_json(revision: Revision) -> dict[str, object]:
    return {
        "revision": revision.revision,
        "date": revision.date.isoformat(),
        "reason": revision.reason or None,
        "files": files_json(revision),
        "fingerprint": revision.fingerprint,
        "package": revision.package or None,
        "program": revision.program,
        "engines": dict(revision.engines),
    }


def files_json(revision: Revision) -> dict[str, dict[str, object]]:
    """A revision's files by format: name, SHA-256 and the PDF's pages."""
    pdf = {"name": f"{revision.stem}.pdf", "sha256": revision.pdf_sha256, "pages": revision.pages}
    return {"pdf": pdf, "docx": {"name": f"{revision.stem}.docx", "sha256": revision.docx_sha256}}


def print_folder(folder: DatedFolder) -> None:
    """A row a file, so that each stands beside its own hash; a letter is named in its first."""
    table = _table("Id", "State/UT", "Number", "Status", "Revision", "Pages", "File", "SHA-256")
    table.add_column("patra")
    for entry in folder.letters:
        first = _first_cells(entry)
        for cells in _file_rows(entry) or [("",) * 5]:
            table.add_row(*map(escape, (*first, *cells)))
            first = ("",) * len(first)
    _print(f"{folder.name}: {folder.edition}, letters {len(folder.letters)}")
    _print(table)


def _first_cells(entry: Entry) -> tuple[str, ...]:
    reason = f"\n{entry.reason}" if entry.reason else ""
    return entry.who, state_name(entry.who), entry.number, entry.status + reason


def _file_rows(entry: Entry) -> list[tuple[str, ...]]:
    """The cells on each file of a letter; what is said of a revision stands at its first."""
    rows: list[tuple[str, ...]] = []
    for r in entry.revisions:
        reason = f"\n{r.reason}" if r.reason else ""
        told = (f"{r.revision}, {r.date.isoformat()}{reason}", str(r.pages))
        for name, digest in r.hashes.items():
            rows.append((*told, name, _short(digest), r.program))
            told = ("", "")
    return rows


def print_letter(entry: Entry) -> None:
    """All that the register says of one letter."""
    table = Table(box=None, show_header=False)
    rows = [
        ("recipient", _recipient(entry.who)),
        ("number", entry.number),
        ("date", entry.date.isoformat()),
        ("edition", entry.edition),
        ("folder", entry.folder),
        ("status", f"{entry.status}: {entry.reason}" if entry.reason else entry.status),
    ]
    for revision in entry.revisions:
        rows += [("", ""), *_revision_rows(revision)]
    for name, value in rows:
        table.add_row(name, escape(value))
    _print(table)


def _recipient(who: str) -> str:
    """A State by its names; another recipient by its id."""
    if who == EVERYONE:
        return f"all on the list ({who})"
    names = [state_name(who), state_name(who, "hi")]
    return who if who in names else f"{' · '.join(names)} ({who})"


def _revision_rows(revision: Revision) -> list[tuple[str, str]]:
    made = {"patra": revision.program, **revision.engines}
    return [
        ("revision", f"{revision.revision}, of {revision.date.isoformat()}"),
        *([("reason", revision.reason)] if revision.reason else []),
        ("pages", str(revision.pages)),
        *(("file", f"{name}\nSHA-256 {digest}") for name, digest in revision.hashes.items()),
        ("fingerprint", revision.fingerprint),
        ("made of", revision.package or "not known"),
        ("made with", ", ".join(f"{name} {number}" for name, number in made.items())),
    ]


def verified_json(verified: Verified) -> dict[str, object]:
    """The document of ``archive verify --json``."""
    return {
        "folders": verified.folders,
        "letters": verified.letters,
        "files": verified.files,
        "differences": [asdict(difference) for difference in verified.differences],
        "notes": list(verified.notes),
    }


def print_verified(verified: Verified) -> None:
    """A row a difference, then what was looked at."""
    if verified.differences:
        table = _table("Folder", "File", "What stands there", "Expected", "To do", lines=True)
        for difference in verified.differences:
            table.add_row(*(escape(_shortened(value)) for value in asdict(difference).values()))
        _print(table)
    for note in verified.notes:
        _print(f"Note: {note}")
    counts = [(verified.folders, "folder"), (verified.letters, "letter"), (verified.files, "file")]
    looked = ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts)
    found = len(verified.differences)
    _print(f"{looked}; differences: {found or 'none'}")


def restored_json(restored: Restored) -> dict[str, object]:
    """The document of ``archive restore --json``."""
    entry, files = restored.entry, files_json(restored.revision)
    for file in files.values():
        file["path"] = str(restored.files[str(file.pop("name"))])
    return {
        "who": entry.who,
        "number": entry.number,
        "status": entry.status,
        "reason": entry.reason or None,
        "revision": restored.revision.revision,
        "from": restored.source,
        "files": files,
    }


def print_restored(restored: Restored) -> None:
    """What was restored, which way, and what to know of it."""
    entry, revision = restored.entry, restored.revision
    for path in restored.files.values():
        _print(str(path))
    ways = {
        "archive": f"copied from {entry.folder}, where they are as issued",
        "store": "made again from the store, with the bytes that were issued",
    }
    _print(f"{entry.number} ({entry.who}), revision {revision.revision}: {ways[restored.source]}.")
    if entry.status == "cancelled":
        _print(f"This letter is cancelled: {entry.reason}")
    elif entry.latest and entry.latest is not revision:
        _print(f"Revision {entry.latest.revision} is in force since.")


def _table(*columns: str, lines: bool = False) -> Table:
    table = Table(box=SIMPLE_HEAD, show_lines=lines)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _print(what: Table | str) -> None:
    console = Console(highlight=False)
    if isinstance(what, str):
        console.print(escape(what), soft_wrap=True)
        return
    if not console.is_terminal:
        console = Console(highlight=False, width=max(console.width, LEAST_WIDTH))
    console.print(what)


def _shortened(text: str) -> str:
    """A text with its hashes cut short, as a table shows them."""
    return _HASH.sub(r"\1…", text)


def _short(digest: str) -> str:
    return f"{digest[:12]}…"
