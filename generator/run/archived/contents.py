"""The store's contents beside their hashes, and the letters' words beside those in the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.content import Letter
from generator.errors import ArchiveError
from generator.letter_json import letter_from_json
from generator.readback import Mismatch, compare_docx, compare_pdf
from generator.register import Entry, Revision
from generator.run.archived.dated import Case
from generator.run.archived.differences import Difference, listed
from generator.store import Package, Store

STORE = "store"


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


def compare_words(case: Case, revision: Revision, letter: Letter) -> Iterator[Difference]:
    """Whether a revision's files, where they are those that were issued, say what it says."""
    for name, digest in revision.hashes.items():
        if case.present.get(name) != digest:
            continue  # told already
        compare = compare_pdf if name.endswith(".pdf") else compare_docx
        mismatch = compare((case.path / name).read_bytes(), letter)
        if mismatch:
            yield _other_words(case, name, mismatch)


def _other_words(case: Case, name: str, mismatch: Mismatch) -> Difference:
    return case.differ(
        name,
        mismatch.found,
        mismatch.expected,
        "The file is the one that was recorded, but not the letter in the store: restore the "
        "register from a backup, and compare with what was sent.",
    )
