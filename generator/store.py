"""What issued letters were made of: each content once, compressed, under its SHA-256.

A package is the list of what one revision of a letter was made of, itself kept in the store.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from generator.content import picture_for_word
from generator.errors import ArchiveError
from generator.files import flush_folder, make_folder, staging, write_whole
from generator.fingerprint import sha256

LEVEL = 6
"""zlib's usual: 9 takes twice as long for a fifth of a hundredth less."""


@dataclass(frozen=True, slots=True)
class Package:
    """What a revision was made of, by the SHA-256 of each content in the store.

    ``letter`` is the finished letter (``letter_json``); ``templates`` the kind's files, ``fonts``
    and ``inputs`` the edition's files, each by its path in its folder; ``logo`` "" or a content.
    ``proof`` is what was found equal when its files were read back (empty: before there was one).
    """

    kind: str
    letter: str
    templates: Mapping[str, str]
    fonts: Mapping[str, str]
    inputs: Mapping[str, str]
    logo: str = ""
    program: str = ""
    engines: Mapping[str, str] = field(default_factory=dict)
    proof: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    @property
    def logo_files(self) -> dict[str, str]:
        """SHA-256 of the files that the logo is, its picture for Word too, by name."""
        names = (Path(name) for name, digest in self.inputs.items() if digest == self.logo)
        files = {file for name in names for file in (name, picture_for_word(name))}
        found = {file.name: self.inputs.get(file.as_posix(), "") for file in files}
        return {name: digest for name, digest in found.items() if digest}


class Store:
    """The folder ``store/`` of an output folder."""

    def __init__(self, output: Path) -> None:
        self.output, self.folder = output, output / "store"
        self._packed: dict[str, bytes] = {}

    def pack_ahead(self, folder: Path, names: Mapping[str, str]) -> None:
        """Compresses files that are to be kept, while their letter is still being made.

        Nothing is written; ``keep_folder`` looks at each again.
        """
        for name, digest in names.items():
            with suppress(OSError):  # keep_folder tells
                if digest not in self._packed and not (self.folder / digest).exists():
                    data = (folder / name).read_bytes()
                    if sha256(data) == digest:
                        self._packed[digest] = zlib.compress(data, LEVEL)

    def keep(self, data: bytes) -> str:
        """Keeps a content and returns its SHA-256; one that is there already, whole, is left alone.

        Raises:
            ArchiveError: The store cannot be written.
        """
        digest = sha256(data)
        if not self.holds(digest):
            self._place({digest: data})
        return digest

    def _place(self, contents: Mapping[str, bytes]) -> None:
        """Writes contents that are not there, each whole, and waits until the disk has them."""
        try:
            make_folder(self.folder)
            with staging(self.output) as place:
                for digest, data in contents.items():
                    packed = self._packed.pop(digest, None) or zlib.compress(data, LEVEL)
                    write_whole(place / digest, packed)
                    (place / digest).replace(self.folder / digest)
            flush_folder(self.folder)
        except OSError as error:
            raise ArchiveError(
                f"The store {self.folder} cannot be written: {error.strerror or error}",
                "Check the disk's space and the permissions; then run again.",
            ) from error

    def keep_folder(self, folder: Path, names: Mapping[str, str]) -> None:
        """Keeps the files of a folder, by their path in it, as ``hash_folder`` lists them.

        Raises:
            ArchiveError: One is not what it was when they were listed; the store cannot be written.
        """
        new: dict[str, bytes] = {}
        for name, digest in names.items():
            path = folder / name
            data = path.read_bytes() if path.is_file() else b""
            if sha256(data) != digest:
                raise ArchiveError(
                    f"{folder.name}/{name} was changed while the run was on", "Run again."
                )
            if not self.holds(digest):
                new[digest] = data
        if new:
            self._place(new)

    def holds(self, digest: str) -> bool:
        """Whether a content is there, and is what it was."""
        try:
            self.fetch(digest)
        except ArchiveError:
            return False
        return True

    def fetch(self, digest: str) -> bytes:
        """A content by its SHA-256.

        Raises:
            ArchiveError: It is not in the store, or was changed there.
        """
        path = self.folder / digest
        try:
            data = zlib.decompress(path.read_bytes())
        except (OSError, zlib.error) as error:
            raise ArchiveError(
                f"The store does not hold {digest[:12]}…: {error}",
                "Restore output/store/ from a backup.",
            ) from error
        if sha256(data) != digest:
            raise ArchiveError(
                f"{digest[:12]}… was changed in the store", "Restore output/store/ from a backup."
            )
        return data

    def write_folder(self, names: Mapping[str, str], folder: Path) -> None:
        """Writes contents as files of a folder, by their path in it."""
        for name, digest in names.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.fetch(digest))

    def keep_package(self, package: Package) -> str:
        """Keeps a package; returns its SHA-256."""
        text = json.dumps(asdict(package), sort_keys=True, ensure_ascii=False)
        return self.keep(text.encode())

    def fetch_package(self, digest: str) -> Package:
        """The package of a revision.

        Raises:
            ArchiveError: It is not in the store, or cannot be read.
        """
        data = self.fetch(digest)
        try:
            return Package(**json.loads(data))
        except (ValueError, TypeError) as error:
            raise ArchiveError(
                f"{digest[:12]}… in the store is no list of what a letter was made of, though the "
                "register says so",
                "Restore the register from a backup.",
            ) from error
