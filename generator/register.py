"""The despatch register: which number was given to which letter, with which files (SQLite).

A number is reserved before it is printed and never given twice: the table's keys see to that,
also when two runs reserve at the same moment.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.errors import ArchiveError
from generator.model import Edition

FILE = "register.sqlite3"
SCHEMA_VERSION = 1
WAIT_SECONDS = 30
SCHEMA = """
CREATE TABLE folder (name TEXT PRIMARY KEY, edition TEXT NOT NULL);
CREATE TABLE letter (
    number TEXT PRIMARY KEY,
    edition TEXT NOT NULL,
    who TEXT NOT NULL,
    serial INTEGER NOT NULL,
    date TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    status TEXT NOT NULL CHECK (status IN ('reserved', 'issued')),
    fingerprint TEXT,
    docx_sha256 TEXT,
    pdf_sha256 TEXT,
    pages INTEGER,
    UNIQUE (edition, who),
    UNIQUE (edition, serial)
);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the register. The last four are None until the letter is issued."""

    number: str
    who: str
    revision: int
    status: str
    fingerprint: str | None
    docx_sha256: str | None
    pdf_sha256: str | None
    pages: int | None


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
        with self._transaction() as db:
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
        with self._reading() as db:
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
                "INSERT INTO letter (number, edition, who, serial, date, status)"
                " VALUES (?, ?, ?, ?, ?, 'reserved')",
                (number, self.key, who, serial, edition.date.isoformat()),
            )
        except sqlite3.IntegrityError as error:
            raise ArchiveError(
                f"The number {number} for {who} is taken in the register",
                "Change the pattern or first_serial under [number] in edition.toml.",
            ) from error
        return number

    def entries(self) -> dict[str, Entry]:
        """The edition's lines by recipient's id, in the order of their serials."""
        if not self.path.exists():
            return {}
        query = (
            "SELECT number, who, revision, status, fingerprint, docx_sha256, pdf_sha256, pages"
            " FROM letter WHERE edition = ? ORDER BY serial"
        )
        with self._transaction() as db:
            return {row[1]: Entry(*row) for row in db.execute(query, (self.key,))}

    def record_issue(self, number: str, values: Mapping[str, object]) -> None:
        """Marks a reserved number as issued, with the letter's fingerprint, hashes and pages."""
        with self._transaction() as db:
            db.execute(
                "UPDATE letter SET status = 'issued', fingerprint = :fingerprint,"
                " docx_sha256 = :docx, pdf_sha256 = :pdf, pages = :pages"
                " WHERE number = :number",
                {**values, "number": number},
            )

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._refusing():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=WAIT_SECONDS)) as db:
                db.isolation_level = None
                db.execute("BEGIN IMMEDIATE")
                with db:  # commits, or rolls back when anything is raised
                    self._prepare(db)
                    yield db

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """The register as it stands, and nothing is written; an empty one where there is none."""
        with self._refusing(), ExitStack() as stack:
            is_there = self.path.exists() and self.path.stat().st_size > 0
            db = self._open_to_read(stack) if is_there else sqlite3.connect(":memory:")
            stack.enter_context(closing(db))
            self._prepare(db)
            yield db

    def _open_to_read(self, stack: ExitStack) -> sqlite3.Connection:
        """The file itself; where a run was cut off while it wrote, a copy that is put right."""
        address = f"{self.path.resolve().as_uri()}?mode=ro"
        db = sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS)
        try:
            db.execute("PRAGMA user_version")
        except sqlite3.OperationalError as error:
            db.close()
            if error.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK:
                raise
            folder = Path(stack.enter_context(TemporaryDirectory()))
            for path in self.path.parent.glob(f"{FILE}*"):
                shutil.copy(path, folder)
            db = sqlite3.connect(folder / FILE)
        return db

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        """Turns what stops the database into a refusal."""
        try:
            yield
        except (sqlite3.DatabaseError, OSError) as error:
            raise ArchiveError(
                f"The register {self.path.name} cannot be used: {error}",
                "Check that the disk is not full, that the output folder can be written, and "
                "that the register was not changed by another program.",
            ) from error

    def _prepare(self, db: sqlite3.Connection) -> None:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            for statement in SCHEMA.split(";"):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        elif version != SCHEMA_VERSION:
            raise ArchiveError(
                f"The register's schema is version {version}; this program knows {SCHEMA_VERSION}",
                "Use the version of the program that wrote it, or a newer one.",
            )


def format_number_of(edition: Edition, serial: int) -> str:
    """A DO number from the edition's pattern, its date and a serial."""
    day = edition.date
    return edition.number.pattern.format(year=day.year, month=day.month, day=day.day, serial=serial)
