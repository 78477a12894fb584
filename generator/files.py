"""Files as an archive needs them: whole or not at all, on the disk, for owner and group alone."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.model import State

FILE_MODE, FOLDER_MODE = 0o640, 0o750
"""Readable by owner and group only: letters name people."""

_UNSAFE = re.compile(r"[^a-z0-9]+")


def stem_of(who: str, state: State | None) -> str:
    """The name of a letter's files without ending: HR-haryana; for others the id alone."""
    if state is None:
        return who
    slug = _UNSAFE.sub("-", state.short_name["en"].lower()).strip("-")
    return f"{who}-{slug}"


def write_whole(path: Path, data: bytes) -> None:
    """Writes a new file and waits until it is on the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def make_folder(folder: Path) -> None:
    """Makes a folder, and those above it, for owner and group."""
    folder.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)


def flush_folder(folder: Path) -> None:
    """Waits until the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def staging(output: Path) -> Iterator[Path]:
    """A folder beside the dated ones, gone afterwards whatever happens."""
    make_folder(output)
    folder = Path(tempfile.mkdtemp(prefix=".staging-", dir=output))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
