"""The register's file: opened to write in one transaction, or to read without a trace."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.errors import ArchiveError
from generator.files import FILE_MODE, make_folder
from generator.register.schema import VERSION, bring_up_to_date, version_of

WAIT_SECONDS = 30

ISSUED = "*/manifest.json"
"""What dated folders hold from which letters were issued."""


@contextmanager
def transaction(path: Path) -> Iterator[sqlite3.Connection]:
    """The register, made where there is none; all that is done in it is kept, or nothing.

    Raises:
        ArchiveError: It cannot be used; or it is gone, and letters were issued: a new one would
            give their numbers again.
    """
    with _refusing(path):
        make_folder(path.parent)
        if not path.exists() or not path.stat().st_size:
            _refuse_lost(path)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, FILE_MODE))
        with closing(sqlite3.connect(path, timeout=WAIT_SECONDS)) as db:
            db.isolation_level = None
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("BEGIN IMMEDIATE")
            with db:  # commits, or rolls back when anything is raised
                bring_up_to_date(db)
                yield db


def _refuse_lost(path: Path) -> None:
    folders = sorted(manifest.parent.name for manifest in path.parent.glob(ISSUED))
    if folders:
        raise ArchiveError(
            f"The register {path.name} is empty or gone, but letters were issued: "
            f"{', '.join(folders[-3:])}",
            "Restore the register from a backup: a new one would give their numbers again.",
        )


def refuse_damaged(db: sqlite3.Connection) -> None:
    """Raises where a page or an index is not whole; what is read might look right still."""
    found = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(found)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """The register as it stands, and nothing is written; an empty one where there is none.

    Where a run was cut off while it wrote, or the tables are of an earlier version, a copy is put
    right and read.
    """
    with _refusing(path), ExitStack() as stack:
        is_there = path.exists() and path.stat().st_size > 0
        db = _open_to_read(path, stack) if is_there else sqlite3.connect(":memory:")
        stack.enter_context(closing(db))
        bring_up_to_date(db)
        yield db


def _open_to_read(path: Path, stack: ExitStack) -> sqlite3.Connection:
    address = f"{path.resolve().as_uri()}?mode=ro"
    db = sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS)
    try:
        if version_of(db) == VERSION:
            return db
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK:
            db.close()
            raise
    db.close()
    folder = Path(stack.enter_context(TemporaryDirectory()))
    for part in path.parent.glob(f"{path.name}*"):
        shutil.copy(part, folder)
    return sqlite3.connect(folder / path.name)


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Turns what stops the database into a refusal."""
    try:
        yield
    except (sqlite3.DatabaseError, OSError) as error:
        raise ArchiveError(
            f"The register {path.name} cannot be used: {error}",
            "Check that the disk is not full, that the output folder can be written, and "
            "that no other program uses or has changed the register; else restore it from a "
            "backup.",
        ) from error
