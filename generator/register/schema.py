"""The register's tables, and how a register of an earlier version is brought up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from generator.errors import ArchiveError
from generator.files import stem_of
from generator.inputs.states import find_state

VERSION = 2

_TABLES = """
CREATE TABLE folder (name TEXT PRIMARY KEY, edition TEXT NOT NULL UNIQUE);
CREATE TABLE letter (
    number TEXT PRIMARY KEY,
    edition TEXT NOT NULL,
    folder TEXT NOT NULL,
    who TEXT NOT NULL,
    serial INTEGER NOT NULL,
    date TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('reserved', 'issued', 'cancelled')),
    reason TEXT NOT NULL DEFAULT '',
    UNIQUE (edition, who),
    UNIQUE (edition, serial)
);
CREATE TABLE revision (
    number TEXT NOT NULL REFERENCES letter (number),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    date TEXT NOT NULL,
    reason TEXT NOT NULL,
    stem TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    docx_sha256 TEXT NOT NULL,
    pdf_sha256 TEXT NOT NULL,
    pages INTEGER NOT NULL,
    package TEXT NOT NULL,
    program TEXT NOT NULL,
    engines TEXT NOT NULL,
    PRIMARY KEY (number, revision)
);
CREATE TABLE sums (
    folder TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (folder, file)
);
"""
"""A letter has a number; each time it is issued, a revision with its files. ``package`` is the
SHA-256 in the store of the list of what the revision was made of ('' where that is not known),
``engines`` a JSON object. ``sums`` holds the hashes of each folder's manifest, index and sums."""

_BEFORE_2 = """
ALTER TABLE folder RENAME TO folder_1;
ALTER TABLE letter RENAME TO letter_1;
"""
_AFTER_2 = """
INSERT INTO folder SELECT name, edition FROM folder_1;
INSERT INTO letter
    SELECT l.number, l.edition, f.name, l.who, l.serial, l.date, l.status, ''
    FROM letter_1 l JOIN folder_1 f ON f.edition = l.edition;
INSERT INTO revision
    SELECT number, revision, date, '', stem_of(who),
        fingerprint, docx_sha256, pdf_sha256, pages, '', '', '{}'
    FROM letter_1 WHERE status = 'issued';
DROP TABLE letter_1;
DROP TABLE folder_1;
"""

_STEPS: Mapping[int, tuple[str, ...]] = {0: (_TABLES,), 1: (_BEFORE_2, _TABLES, _AFTER_2)}
"""What brings a register of a version to the present one."""


def version_of(db: sqlite3.Connection) -> int:
    """The version of a register's tables; 0 for a new one."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def bring_up_to_date(db: sqlite3.Connection) -> None:
    """Makes the tables, or changes those of an earlier version; inside a transaction.

    Raises:
        ArchiveError: The register was written by a newer version of the program.
    """
    version = version_of(db)
    if version == VERSION:
        return
    if version not in _STEPS:
        raise ArchiveError(
            f"The register's schema is version {version}; this program knows {VERSION}",
            "Use the version of the program that wrote it, or a newer one.",
        )
    db.create_function("stem_of", 1, lambda who: stem_of(who, find_state(who)))
    for statement in ";".join(_STEPS[version]).split(";"):
        db.execute(statement)
    db.execute(f"PRAGMA user_version = {VERSION}")
