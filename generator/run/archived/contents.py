"""The store's contents beside their hashes, and the letters' words beside those in the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TypeAlias

from generator.content import Letter
from generator.errors import ArchiveError
from generator.fingerprint import fingerprint_content
from generator.letter_json import letter_from_json
from generator.readback import Mismatch, prove_docx, prove_pdf
from generator.register import Entry, Revision
from generator.run.archived.dated import Case
from generator.run.archived.differences import Difference, listed
from generator.store import Package, Store

STORE = "store"
_REMEDY = (
    "The file is the one that was recorded, but not the letter in the store: restore the "
    "register from a backup, and compare with what was sent."
)

Proofs: TypeAlias = Mapping[str, Mapping[str, object]]
"""The proof of each file by its ending: what ``FileProof`` has, by name."""


class StoreCheck:
    """The store of an output folder, each content read once however many letters share it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._faults: dict[str, str] = {}
        self._users: dict[str, dict[str, None]] = {}

    def letter_of(self, entry: Entry, revision: Revision) -> Letter | Difference | None:
        """The letter that a revision is, all it was made of examined on the way.

        Returns:
            The letter; None where the store does not have it, which ``differences`` tells; a
            difference where this program cannot understand it.
        """
        user = f"{entry.who} revision {revision.revision} of {entry.folder}"
        if self._read(revision.package, user, "the list of what it was made of") is None:
            return None
        try:
            package = self.store.fetch_package(revision.package)
        except ArchiveError as error:
            found = f"{error.message} ({user})"
            return Difference(STORE, revision.package, found, "such a list", error.remedy)
        data = self._read(package.letter, user, "the letter's content")
        for digest, name in _contents(package):
            self._read(digest, user, name)
        if data is None:
            return None
        try:
            return letter_from_json(data)
        except (ValueError, KeyError, TypeError):
            return Difference(
                STORE,
                package.letter,
                f"a letter that this version cannot read ({user})",
                f"a letter as patra {package.program} wrote it",
                f"Verify with patra {package.program}.",
            )

    def proofs_of(self, revision: Revision) -> Proofs:
        """What was proved of each file when it was made; nothing where the store has it not."""
        try:
            return self.store.fetch_package(revision.package).proof
        except ArchiveError:
            return {}

    def fingerprint_of(self, revision: Revision) -> str:
        """What the letter's bytes follow from, by the store; "" where it does not hold it."""
        try:
            package = self.store.fetch_package(revision.package)
            letter = self.store.fetch(package.letter)
        except ArchiveError:
            return ""
        materials = {**package.templates, **package.fonts}
        return fingerprint_content(letter, materials, package.logo_files)

    def _read(self, digest: str, user: str, name: str) -> bytes | None:
        """A content, where it is whole; who needs it for what is remembered where it is not."""
        if digest not in self._faults:
            try:
                data = self.store.fetch(digest)
            except ArchiveError:
                there = (self.store.folder / digest).is_file()
                self._faults[digest] = "other content" if there else "no such file"
            else:
                return data
        self._users.setdefault(digest, {})[f"{name} of {user}"] = None
        return None

    def differences(self) -> Iterator[Difference]:
        """Each content that is missing or was changed, and whose it is."""
        for digest, found in self._faults.items():
            yield Difference(
                STORE,
                digest,
                found,
                listed(self._users[digest]),
                "Restore output/store/ from a backup; until then these letters cannot be made "
                "again.",
            )


def _contents(package: Package) -> Iterator[tuple[str, str]]:
    """SHA-256 and name of each further content of a package."""
    folders: Mapping[str, Mapping[str, str]] = {
        f"letter_templates/{package.kind}": package.templates,
        "fonts": package.fonts,
        "inputs": package.inputs,
    }
    for folder, names in folders.items():
        for name, digest in names.items():
            yield digest, f"{folder}/{name}"
    if package.logo:
        yield package.logo, "the logo"


def compare_words(
    case: Case, revision: Revision, letter: Letter, proofs: Proofs
) -> Iterator[Difference]:
    """Whether a revision's files, where they are those that were issued, say what it says.

    They are proved anew, and the proof is the one that was kept when they were made.
    """
    for name, digest in revision.hashes.items():
        if case.present.get(name) != digest:
            continue  # told already
        kind = name.rpartition(".")[2]
        prove = prove_pdf if kind == "pdf" else prove_docx
        proof = prove((case.path / name).read_bytes(), letter)
        if isinstance(proof, Mismatch):
            yield _other_words(case, name, proof)
        elif proofs and asdict(proof) != proofs.get(kind):
            kept = _proof_told(proofs.get(kind, {}))
            yield case.differ(name, _proof_told(asdict(proof)), kept, _REMEDY)


def _other_words(case: Case, name: str, mismatch: Mismatch) -> Difference:
    return case.differ(
        name,
        f"{mismatch.place}: {mismatch.found}" if mismatch.place else mismatch.found,
        mismatch.expected,
        _REMEDY,
    )


def _proof_told(values: Mapping[str, object]) -> str:
    """A proof as a message has it: its counts, and the hash of the agreed text."""
    return "a proof of " + ", ".join(f"{name} {value}" for name, value in values.items())
