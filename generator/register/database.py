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
from generator.register.schema import VERSION, bring_up_to_date, version_of

WAIT_SECONDS = 30


@contextmanager
def transaction(path: Path) -> Iterator[sqlite3.Connection]:
    """The register, made where there is none; all that is done in it is kept, or nothing."""
    with _refusing(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o640))
        with closing(sqlite3.connect(path, timeout=WAIT_SECONDS)) as db:
            db.isolation_level = None
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("BEGIN IMMEDIATE")
            with db:  # commits, or rolls back when anything is raised
                bring_up_to_date(db)
                yield db


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
            "that the register was not changed by another program.",
        ) from error
