"""The register's lines as values."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from functools import lru_cache
from typing import Any

from generator.errors import ArchiveError


@dataclass(frozen=True, slots=True)
class Revision:
    """One issue of a letter: its first is revision 1.

    ``date`` is the date it bears, ``reason`` why it was made ("" for the first), ``stem`` the name
    of its files without their ending. ``package`` is the SHA-256 in the store of the list of what
    it was made of. ``program`` and ``engines`` are the versions that made it.
    """

    revision: int
    date: date
    fingerprint: str
    docx_sha256: str
    pdf_sha256: str
    pages: int
    stem: str
    package: str
    program: str
    reason: str = ""
    engines: Mapping[str, str] = field(default_factory=dict)

    @property
    def hashes(self) -> dict[str, str]:
        """SHA-256 of each of its files, by the file's name."""
        return {f"{self.stem}.docx": self.docx_sha256, f"{self.stem}.pdf": self.pdf_sha256}


@dataclass(frozen=True, slots=True)
class Entry:
    """A letter's line: its number, whose it is, and every revision that was issued.

    ``edition`` is the edition's key, ``folder`` the dated folder's name, ``status`` "reserved",
    "issued" or "cancelled", ``reason`` why it was cancelled.
    """

    number: str
    edition: str
    folder: str
    who: str
    serial: int
    date: date
    status: str
    reason: str = ""
    revisions: tuple[Revision, ...] = ()

    @property
    def latest(self) -> Revision | None:
        """The revision in force; None where the letter was never issued."""
        return self.revisions[-1] if self.revisions else None


def plain_entry(entry: Entry) -> dict[str, Any]:
    """A letter's line as JSON has it; so it stands in manifests."""
    values = asdict(entry)
    values["date"] = entry.date.isoformat()
    values["revisions"] = [{**asdict(r), "date": r.date.isoformat()} for r in entry.revisions]
    return values


_LETTER = "number, edition, folder, who, serial, date, status, reason"
_REVISION = tuple(name.name for name in fields(Revision))


def read_entries(db: sqlite3.Connection, edition: str | None = None) -> list[Entry]:
    """The lines of an edition, or of all, in the order of date, folder and serial.

    Raises:
        ArchiveError: A line cannot be understood.
    """
    try:
        return _read_lines(db, edition)
    except (ValueError, TypeError) as error:  # a date, a list of engines or a text that is none
        raise ArchiveError(
            f"The register holds a line that cannot be understood: {error}",
            "Restore it from a backup.",
        ) from error


def _read_lines(db: sqlite3.Connection, edition: str | None) -> list[Entry]:
    revisions: dict[str, list[Revision]] = {}
    columns = ", ".join(_REVISION)
    query = (
        f"SELECT number, {columns} FROM revision WHERE ?1 IS NULL"  # noqa: S608
        " OR number IN (SELECT number FROM letter WHERE edition = ?1) ORDER BY number, revision"
    )
    for number, *values in db.execute(query, (edition,)):
        revisions.setdefault(number, []).append(_revision(tuple(values)))
    query = (
        f"SELECT {_LETTER} FROM letter WHERE ?1 IS NULL OR edition = ?1"  # noqa: S608
        " ORDER BY date, folder, serial"
    )
    rows = db.execute(query, (edition,))
    return [_entry(row, tuple(revisions.get(row[0], ()))) for row in rows]


def _entry(row: tuple[str, str, str, str, int, str, str, str], own: tuple[Revision, ...]) -> Entry:
    number, edition, folder, who, serial, day, status, reason = row
    return Entry(number, edition, folder, who, serial, date.fromisoformat(day), status, reason, own)


def _revision(row: tuple[Any, ...]) -> Revision:
    """A row of the columns in _REVISION: SQLite has checked their types."""
    named = dict(zip(_REVISION, row, strict=True))
    named["date"] = date.fromisoformat(named["date"])
    named["engines"] = _engines(named["engines"])
    return Revision(**named)


@lru_cache(maxsize=64)
def _engines(text: str) -> Mapping[str, str]:
    """The same for all revisions that were made alike: there may be thousands."""
    engines: Mapping[str, str] = json.loads(text)
    return engines


def write_revision(db: sqlite3.Connection, number: str, revision: Revision) -> None:
    """Adds a revision to a letter, or replaces the record of the same one made again."""
    values = {name: getattr(revision, name) for name in _REVISION}
    values["date"] = revision.date.isoformat()
    values["engines"] = json.dumps(dict(revision.engines), sort_keys=True)
    columns, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
    db.execute(
        f"INSERT OR REPLACE INTO revision (number, {columns}) VALUES (:number, {marks})",  # noqa: S608
        {**values, "number": number},
    )
