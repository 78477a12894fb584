"""The despatch register: which number was given to which letter, with which files (SQLite).

A number is reserved before it is printed and never given twice: the table's keys see to that,
also when two runs reserve at the same moment.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from generator.errors import ArchiveError
from generator.model import Edition
from generator.register.database import reading, refuse_damaged, transaction
from generator.register.entries import (
    Entry,
    Revision,
    plain_entry,
    read_entries,
    write_revision,
)

__all__ = [
    "FILE",
    "Entry",
    "Register",
    "Revision",
    "all_entries",
    "format_number_of",
    "plain_entry",
    "recorded_sums",
]

FILE = "register.sqlite3"


class Register:
    """The register of one output folder, as one edition uses it; made when first needed.

    Args:
        output: The folder that holds the register.
        key: What tells the edition from all others: its folder, below the root where it lies there.
    """

    def __init__(self, output: Path, key: str) -> None:
        self.path, self.key = output / FILE, key

    def reserve_numbers(self, edition: Edition, ids: Iterable[str]) -> dict[str, str]:
        """The number of each recipient, new ones reserved in the order given.

        At the first issue they run on from ``first_serial``; who comes later takes the next free.

        Raises:
            ArchiveError: The dated folder is another edition's, this edition has another dated
                folder, or a number is taken.
        """
        with transaction(self.path) as db:
            refuse_damaged(db)
            self._claim_folder(db, edition)
            known, new = self._plan(db, edition, ids)
            return known | {who: self._reserve(db, edition, who, new[who]) for who in new}

    def foresee_numbers(
        self, edition: Edition, ids: Iterable[str]
    ) -> tuple[dict[str, str], dict[str, str]]:
        """The numbers that ``reserve_numbers`` would give, and nothing is written.

        Returns:
            The number of each recipient; and those numbers that another edition has, each with
            that edition's key.

        Raises:
            ArchiveError: The register cannot be read.
        """
        with reading(self.path) as db:
            known, new = self._plan(db, edition, ids)
            numbers = {who: format_number_of(edition, serial) for who, serial in new.items()}
            query = "SELECT number, edition FROM letter WHERE number = ? AND edition != ?"
            owned = (db.execute(query, (number, self.key)) for number in numbers.values())
            return known | numbers, dict(row for rows in owned for row in rows)

    def _plan(
        self, db: sqlite3.Connection, edition: Edition, ids: Iterable[str]
    ) -> tuple[dict[str, str], dict[str, int]]:
        """The numbers that the edition has, and the serials that are next for all others."""
        query = "SELECT who, number FROM letter WHERE edition = ?"
        known = dict(db.execute(query, (self.key,)))
        query = "SELECT max(serial) FROM letter WHERE edition = ?"
        last = db.execute(query, (self.key,)).fetchone()[0]
        first = edition.number.first_serial if last is None else last + 1
        new = [who for who in dict.fromkeys(ids) if who not in known]
        return known, {who: serial for serial, who in enumerate(new, first)}

    def _claim_folder(self, db: sqlite3.Connection, edition: Edition) -> None:
        query = "SELECT edition FROM folder WHERE name = ?"
        owner = db.execute(query, (edition.folder_name,)).fetchone()
        if owner and owner[0] != self.key:
            raise ArchiveError(
                f"The folder {edition.folder_name} belongs to the edition {owner[0]}, "
                f"not to {self.key}",
                'Give this edition another date, or a series = "…" of its own.',
            )
        query = "SELECT name FROM folder WHERE edition = ?"
        own = db.execute(query, (self.key,)).fetchone()
        if own and own[0] != edition.folder_name:
            raise ArchiveError(
                f"{self.key} has its numbers under {own[0]}; with the date or series in its "
                f"settings now it would be {edition.folder_name}",
                "Put date and series back, or start a new edition: patra new NAME --from "
                f"{edition.name}.",
            )
        db.execute("INSERT OR IGNORE INTO folder VALUES (?, ?)", (edition.folder_name, self.key))

    def _reserve(self, db: sqlite3.Connection, edition: Edition, who: str, serial: int) -> str:
        number = format_number_of(edition, serial)
        try:
            db.execute(
                "INSERT INTO letter (number, edition, folder, who, serial, date, status)"
                " VALUES (?, ?, ?, ?, ?, ?, 'reserved')",
                (number, self.key, edition.folder_name, who, serial, edition.date.isoformat()),
            )
        except sqlite3.IntegrityError as error:
            raise ArchiveError(
                f"The number {number} for {who} is taken in the register",
                edition.number.remedy,
            ) from error
        return number

    def entries(self) -> dict[str, Entry]:
        """The edition's lines by recipient's id, in the order of their serials."""
        with reading(self.path) as db:
            return {entry.who: entry for entry in read_entries(db, self.key)}

    @contextmanager
    def issuing(self, number: str, revision: Revision) -> Iterator[None]:
        """Marks a number as issued, if what is done inside succeeds: its files are put in place.

        Meanwhile no other run changes the register.

        Raises:
            ArchiveError: Another run has cancelled the letter, or issued this revision otherwise.
        """
        with transaction(self.path) as db:
            _refuse_settled(db, number, revision)
            write_revision(db, number, revision)
            db.execute(
                "UPDATE letter SET status = 'issued' WHERE number = ? AND status = 'reserved'",
                (number,),
            )
            yield

    def cancel(self, number: str, reason: str) -> None:
        """Marks a letter as cancelled; its line and its number stay."""
        with transaction(self.path) as db:
            query = "UPDATE letter SET status = 'cancelled', reason = ? WHERE number = ?"
            db.execute(query, (reason, number))

    def record_sums(self, folder: str, sums: Mapping[str, str]) -> None:
        """Keeps the SHA-256 of a dated folder's manifest, index and sums."""
        with transaction(self.path) as db:
            rows = ((folder, file, digest) for file, digest in sums.items())
            db.executemany("INSERT OR REPLACE INTO sums VALUES (?, ?, ?)", rows)


def _refuse_settled(db: sqlite3.Connection, number: str, revision: Revision) -> None:
    """What another run has done to the letter while this one made it."""
    query = "SELECT status FROM letter WHERE number = ?"
    if db.execute(query, (number,)).fetchone() == ("cancelled",):
        raise ArchiveError(f"{number} was cancelled meanwhile", "Its number is never used again.")
    query = "SELECT docx_sha256, pdf_sha256 FROM revision WHERE number = ? AND revision = ?"
    issued = db.execute(query, (number, revision.revision)).fetchone()
    if issued not in (None, (revision.docx_sha256, revision.pdf_sha256)):
        raise ArchiveError(
            f"{number}, revision {revision.revision}, was issued meanwhile by another run, with "
            "other content",
            "Run again: what differs is told then.",
        )


def all_entries(output: Path) -> list[Entry]:
    """Every line of the register in ``output``, in the order of date, folder and serial."""
    with reading(output / FILE) as db:
        return read_entries(db)


def recorded_sums(output: Path, folder: str) -> dict[str, str]:
    """The SHA-256 recorded for a dated folder's manifest, index and sums, by file."""
    with reading(output / FILE) as db:
        return dict(db.execute("SELECT file, sha256 FROM sums WHERE folder = ?", (folder,)))


def format_number_of(edition: Edition, serial: int) -> str:
    """A number from the edition's pattern, its date and a serial."""
    day = edition.date
    return edition.number.pattern.format(year=day.year, month=day.month, day=day.day, serial=serial)
