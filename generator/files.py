"""Files as an archive needs them: whole or not at all, on the disk, for owner and group alone."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import socket
import tempfile
import zipfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.model import EVERYONE, State

FILE_MODE, FOLDER_MODE = 0o640, 0o750
"""Readable by owner and group only: letters name people."""

STAGING, TEMPORARY = ".staging-", "patra-work-"
"""How the names of folders begin that are for a moment only."""

OLD_SECONDS = 24 * 60 * 60
"""A folder for a moment that is as old as this is nobody's any more."""

MOST_UNPACKED = 100_000_000
"""Bytes of a Word file or workbook, all its parts unpacked: usual are some hundred thousand."""

OTHER_BYTES = "The disk gives back other bytes than were written"

_HOST = re.sub(r"[^A-Za-z0-9]+", "_", socket.gethostname())
_UNSAFE = re.compile(r"[^a-z0-9]+")


def stem_of(who: str, state: State | None, kind: str = "") -> str:
    """The name of a letter's files without ending: HR-haryana; for others the id alone.

    One document to all is named after its kind: ALL-office-memorandum.
    """
    if who == EVERYONE and kind:
        return f"{who}-{kind.replace('_', '-')}"
    if state is None:
        return who
    slug = _UNSAFE.sub("-", state.short_name["en"].lower()).strip("-")
    return f"{who}-{slug}"


def leads_elsewhere(path: Path) -> bool:
    """Whether a file is a link to one that lies in no folder of the same place."""
    return not path.resolve().is_relative_to(path.parent.resolve())


def own_bytes(path: Path) -> bytes:
    """The bytes of a file of a kind, which must lie in the kind's folder itself.

    Raises:
        OSError: There is no such file, or it is a link to one elsewhere.
    """
    if leads_elsewhere(path):
        raise OSError(errno.EPERM, f"{path.name} is a link to a file elsewhere")
    return path.read_bytes()


def own_text(path: Path) -> str:
    """The text of such a file.

    Raises:
        OSError: As ``own_bytes``.
        UnicodeDecodeError: It is not UTF-8.
    """
    return own_bytes(path).decode("utf-8-sig").replace("\r\n", "\n")


def unpacks_too_far(path: Path) -> bool:
    """Whether a ZIP file (.docx, .xlsx) unpacks to more than any of ours would, whatever it says.

    Raises:
        OSError, zipfile.BadZipFile: It cannot be read.
    """
    total = 0
    with zipfile.ZipFile(path) as package:
        for entry in package.infolist():
            entry.file_size = 2 * MOST_UNPACKED  # what it says of itself may be a lie
            with package.open(entry) as part:
                while data := part.read(1 << 20):
                    total += len(data)
                    if total > MOST_UNPACKED:
                        return True
    return False


def write_whole(path: Path, data: bytes) -> None:
    """Writes a new file, waits until it is on the disk, and reads it back.

    Raises:
        OSError: It cannot be written, or other bytes come back.
    """
    _write(path, (data,))
    if path.read_bytes() != data:
        raise OSError(errno.EIO, OTHER_BYTES)


def write_pieces(path: Path, pieces: Iterable[bytes]) -> str:
    """As ``write_whole``, of a file that is never in memory as a whole; returns its SHA-256."""
    digest = hashlib.sha256()

    def digested() -> Iterator[bytes]:
        for piece in pieces:
            digest.update(piece)
            yield piece

    _write(path, digested())
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").digest() != digest.digest():
            raise OSError(errno.EIO, OTHER_BYTES)
    return digest.hexdigest()


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    """Writes a new file, and waits until it is on the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
    with os.fdopen(descriptor, "wb") as file:
        file.writelines(pieces)
        file.flush()
        os.fsync(descriptor)
        if hasattr(os, "posix_fadvise"):  # the disk is asked then, not the memory
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def make_folder(folder: Path) -> None:
    """Makes a folder, and those above it, for owner and group."""
    if not folder.parent.exists():
        make_folder(folder.parent)  # mkdir(parents=True) would leave those above open to all
    folder.mkdir(exist_ok=True, mode=FOLDER_MODE)


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
    with _own_folder(output, STAGING) as folder:
        yield folder


@contextmanager
def temporary() -> Iterator[Path]:
    """A folder for temporary files of this process and its workers, gone afterwards."""
    with _own_folder(Path(tempfile.gettempdir()), TEMPORARY) as folder:
        yield folder


@contextmanager
def _own_folder(place: Path, prefix: str) -> Iterator[Path]:
    """A new folder that bears this process's name, for its owner alone.

    A process that is killed leaves its folder behind; the next one to make a folder removes it.
    """
    folder = Path(tempfile.mkdtemp(prefix=f"{prefix}{_HOST}-{os.getpid()}-", dir=place))
    _sweep(place, prefix, folder.stat().st_mtime)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(place: Path, prefix: str, now: float) -> None:
    for left in place.glob(f"{prefix}*"):
        if _is_left_over(left, prefix, now):
            shutil.rmtree(left, ignore_errors=True)


def _is_left_over(folder: Path, prefix: str, now: float) -> bool:
    """Whether its process is gone, or cannot be asked (another machine's) and it is old."""
    host, _, rest = folder.name.removeprefix(prefix).rpartition("-")[0].rpartition("-")
    if host == _HOST and rest.isdecimal() and not _runs(int(rest)):
        return True
    try:
        return now - folder.stat().st_mtime > OLD_SECONDS
    except OSError:  # another run was faster
        return False


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        pass
    return True


def is_font_of(file: str, families: Collection[str]) -> bool:
    """Whether a font's file is named after one of the families: ``NotoSerif-Bold.ttf``."""
    stem, _, _style = file.rpartition(".")[0].partition("-")
    return stem in {family.replace(" ", "") for family in families}
