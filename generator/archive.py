"""The archive: dated folders in which files appear whole and are never overwritten."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from generator.errors import ArchiveError
from generator.fingerprint import sha256
from generator.model import Edition, Recipient

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
UNSAFE = re.compile(r"[^a-z0-9]+")


def file_stem(recipient: Recipient) -> str:
    """The name of a letter's files: HR-haryana; for others than States their id alone."""
    if recipient.state is None:
        return recipient.id
    slug = UNSAFE.sub("-", recipient.state.short_name["en"].lower()).strip("-")
    return f"{recipient.id}-{slug}"


class Archive:
    """One edition's dated folder."""

    def __init__(self, output: Path, edition: Edition) -> None:
        self.output = output
        self.folder = output / edition.folder_name

    def place_letter(self, files: Mapping[str, bytes]) -> dict[str, str]:
        """Moves a letter's files (by name) into the folder, whole; returns their SHA-256.

        A file that is there already with the same bytes (a run was cut off after moving it) is
        left as it is.

        Raises:
            ArchiveError: A different file has the name; the folder cannot be written.
        """
        hashes = {name: sha256(data) for name, data in files.items()}
        with _refusals(self.folder), _staging(self.output) as staging:
            self._refuse_other_files(hashes)
            for name, data in files.items():
                write_whole(staging / name, data)
            self.folder.mkdir(exist_ok=True)
            for name in files:
                (staging / name).replace(self.folder / name)
            _flush_folder(self.folder)
        return hashes

    def _refuse_other_files(self, hashes: Mapping[str, str]) -> None:
        for name, expected in hashes.items():
            present = self.hash_of(name)
            if present not in (None, expected) or (self.folder / name).is_dir():
                raise ArchiveError(
                    f"{self.folder.name}/{name} is on disk with other content than this run makes",
                    "Move the file away; issued letters are never overwritten.",
                )

    def hash_of(self, name: str) -> str | None:
        """SHA-256 of a file in the folder, None where it is not there."""
        path = self.folder / name
        return sha256(path.read_bytes()) if path.is_file() else None

    def write_manifest(self, manifest: Mapping[str, object], files: Mapping[str, str]) -> None:
        """Replaces manifest and SHA256SUMS as wholes; ``files`` maps names to SHA-256."""
        data = json.dumps(manifest, ensure_ascii=False, indent=2).encode() + b"\n"
        hashes = {**files, MANIFEST: sha256(data)}
        sums = "".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes))
        with _refusals(self.folder), _staging(self.output) as staging:
            self.folder.mkdir(exist_ok=True)
            for name, content in ((MANIFEST, data), (SUMS, sums.encode())):
                write_whole(staging / name, content)
                (staging / name).replace(self.folder / name)
            _flush_folder(self.folder)


def write_draft(output: Path, edition: Edition, files: Mapping[str, bytes]) -> list[Path]:
    """Writes a draft's files under ``drafts/<edition>/``, replacing an earlier draft's."""
    folder = output / "drafts" / edition.name
    with _refusals(folder), _staging(output) as staging:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            write_whole(staging / name, data)
            (staging / name).replace(folder / name)
    return [folder / name for name in files]


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file and waits until it is on the disk."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _staging(output: Path) -> Iterator[Path]:
    """A folder beside the dated ones, gone afterwards whatever happens."""
    output.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".staging-", dir=output))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _refusals(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ArchiveError(
            f"{folder} cannot be written: {error.strerror or error}",
            "Check that no file stands in its way, the disk's space and the permissions; "
            "then run again.",
        ) from error


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
