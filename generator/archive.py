"""The archive: dated folders in which files appear whole and are never overwritten."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from stat import S_ISREG

from generator.errors import ArchiveError
from generator.files import flush_folder, make_folder, staging, stem_of, write_pieces, write_whole
from generator.fingerprint import sha256
from generator.model import Edition, Recipient

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
LETTERS = "letters"
"""The manifest's list that grows with the recipients."""


def file_stem(recipient: Recipient, kind: str = "") -> str:
    """The name of a recipient's files without ending (``stem_of``)."""
    return stem_of(recipient.id, recipient.state, kind)


class Archive:
    """One edition's dated folder."""

    def __init__(self, output: Path, edition: Edition) -> None:
        self.output = output
        self.folder = output / edition.folder_name

    def place_letter(self, files: Mapping[str, bytes]) -> dict[str, str]:
        """Moves a letter's files (by name) into the folder, all or none; returns their SHA-256.

        A file that is there already with the same bytes (a run was cut off after moving it) is
        left as it is.

        Raises:
            ArchiveError: A different file has the name; the folder cannot be written.
        """
        hashes = {name: sha256(data) for name, data in files.items()}
        with _refusals(self.folder), staging(self.output) as place:
            absent = {n: data for n, data in files.items() if self._is_absent(n, hashes[n])}
            self._move_in(place, absent)
        return hashes

    def _is_absent(self, name: str, expected: str) -> bool:
        present = self.hash_of(name)
        if present not in (None, expected):
            raise ArchiveError(
                f"{self.folder.name}/{name} is on disk with other content than this run makes",
                "Move the file away; issued letters are never overwritten.",
            )
        return present is None

    def _move_in(self, place: Path, files: Mapping[str, bytes]) -> None:
        """Writes all files, then moves them: one that cannot be written leaves all as it was."""
        for name, data in files.items():
            write_whole(place / name, data)
        self._move(place, files)

    def _move(self, place: Path, names: Iterable[str]) -> None:
        make_folder(self.folder)
        for name in names:
            (place / name).replace(self.folder / name)
        flush_folder(self.folder)
        flush_folder(self.output)

    def hash_of(self, name: str) -> str | None:
        """SHA-256 of a file in the folder, None where nothing has the name.

        Raises:
            ArchiveError: It cannot be read, or is a folder, a link or the like.
        """
        path, shown = self.folder / name, f"{self.folder.name}/{name}"
        try:
            if S_ISREG(path.lstat().st_mode):
                return sha256(path.read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise ArchiveError(
                f"{shown} cannot be read: {error.strerror}",
                "Give its owner the right to read it; then run again.",
            ) from error
        raise ArchiveError(
            f"{shown} is a folder or a link, where a letter's file belongs",
            "Move it away; then run again.",
        )

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While inside, no other run replaces this folder's manifest, index and sums.

        Where the file system has no locks it does without.
        """
        with ExitStack() as stack:
            if self.folder.is_dir():
                with _refusals(self.folder):
                    folder = os.open(self.folder, os.O_RDONLY)
                stack.callback(os.close, folder)
                with suppress(OSError):
                    fcntl.flock(folder, fcntl.LOCK_EX)
            yield

    def write_manifest(
        self,
        manifest: Mapping[str, object],
        letters: Iterable[Mapping[str, object]],
        files: Mapping[str, str],
        pages: Mapping[str, Iterable[bytes]],
    ) -> dict[str, str]:
        """Replaces manifest, index and SHA256SUMS as wholes, one right after the other.

        Args:
            manifest: What the manifest says, its list of letters empty.
            letters: Its lines, which are written one by one: there may be thousands.
            files: SHA-256 of every letter's file, by its name.
            pages: Further files of the folder (index.html), by name, piece by piece.

        Returns:
            SHA-256 of each file written, by its name.
        """
        every_page = {MANIFEST: _manifest(manifest, letters), **pages}
        with _refusals(self.folder), staging(self.output) as place:
            hashes = {name: write_pieces(place / name, page) for name, page in every_page.items()}
            every = {**files, **hashes}
            sums = "".join(f"{every[name]}  {name}\n" for name in sorted(every)).encode()
            write_whole(place / SUMS, sums)
            self._move(place, (*hashes, SUMS))
        return {**hashes, SUMS: sha256(sums)}


def _manifest(
    manifest: Mapping[str, object], letters: Iterable[Mapping[str, object]]
) -> Iterator[bytes]:
    """The manifest as ``json.dumps`` writes it, piece by piece."""
    begin, end = _json({**manifest, LETTERS: [None]}).split(f'"{LETTERS}": [\n    null\n  ]')
    yield f'{begin}"{LETTERS}": ['.encode()
    separator = "\n    "
    for letter in letters:
        yield (separator + _json(letter).replace("\n", "\n    ")).encode()
        separator = ",\n    "
    yield f"\n  ]{end}\n".encode()


def _json(values: Mapping[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False, indent=2)


def write_draft(output: Path, edition: Edition, files: Mapping[str, bytes]) -> list[Path]:
    """Writes a draft's files under ``drafts/<edition>/``, replacing an earlier draft's."""
    folder = output / "drafts" / edition.name
    with _refusals(folder), staging(output) as place:
        make_folder(folder)
        for name, data in files.items():
            write_whole(place / name, data)
            (place / name).replace(folder / name)
    return [folder / name for name in files]


@contextmanager
def _refusals(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ArchiveError(
            f"{error.filename2 or folder} cannot be written: {error.strerror or error}",
            "Check that nothing else stands in its way, the disk's space and the permissions; "
            "then run again.",
        ) from error
