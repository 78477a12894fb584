"""A dated folder's files beside the register: missing, extra, altered, exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.archive import MANIFEST, SUMS
from generator.files import stem_of
from generator.fingerprint import sha256
from generator.inputs.states import find_state
from generator.model import EVERYONE
from generator.register import Entry, Revision
from generator.run.archived.differences import Difference
from generator.run.archived.lookup import DatedFolder, edition_argument

UNREADABLE, LINK = "unreadable", "a link to somewhere else"


@dataclass(frozen=True)
class Case:
    """A dated folder under examination.

    ``shown`` is how messages name it, ``recorded`` the SHA-256 that the register has of its
    manifest, index and sums.
    """

    folder: DatedFolder
    path: Path
    shown: str
    recorded: Mapping[str, str]

    @cached_property
    def present(self) -> dict[str, str]:
        """SHA-256 of every file below the folder, by its path in it; or UNREADABLE, or LINK."""
        files = (p for p in self.path.rglob("*") if p.is_symlink() or not p.is_dir())
        return {path.relative_to(self.path).as_posix(): _hash(path) for path in sorted(files)}

    @cached_property
    def empty_folders(self) -> list[str]:
        """The folders below the folder that hold nothing."""
        below = (p for p in self.path.rglob("*") if p.is_dir() and not p.is_symlink())
        empty = (path for path in below if not any(path.iterdir()))
        return sorted(path.relative_to(self.path).as_posix() for path in empty)

    @cached_property
    def owners(self) -> dict[str, tuple[Entry, Revision]]:
        """Whose each letter's file is, by its name."""
        issued = self.folder.issued
        return {name: (e, r) for e in issued for r in e.revisions for name in r.hashes}

    @cached_property
    def expected(self) -> dict[str, str]:
        """SHA-256 of each letter's file, by its name, as the register has it."""
        return {name: r.hashes[name] for name, (_entry, r) in self.owners.items()}

    @property
    def edition(self) -> str:
        """The folder's edition as the command line names it."""
        return edition_argument(self.folder.edition)

    @property
    def own_files(self) -> tuple[str, ...]:
        """The files of the folder that are no letter's."""
        return tuple(dict.fromkeys((MANIFEST, SUMS, *self.recorded)))

    def restore(self, name: str) -> str:
        """What puts a letter's file back."""
        entry, revision = self.owners[name]
        which = "" if revision is entry.latest else f" --revision {revision.revision}"
        name = self.folder.name
        return f"patra archive restore {name} {entry.who}{which} --to {self.shown}"

    def differ(self, file: str, found: str, expected: str, remedy: str) -> Difference:
        """A difference in this folder."""
        return Difference(self.folder.name, file, found, expected, remedy)


def _hash(path: Path) -> str:
    if path.is_symlink():
        return LINK
    try:
        return sha256(path.read_bytes())
    except OSError:
        return UNREADABLE


def compare_files(case: Case) -> Iterator[Difference]:
    """What is wrong with the letters' files, and which files are of no letter."""
    if case.expected and not case.path.is_dir():
        yield case.differ(
            "",
            "no such folder",
            f"{len(case.expected)} files of {len(case.folder.issued)} letters",
            f"Restore {case.shown} from a backup, or each letter: "
            f"patra archive restore {case.folder.name} WHO --to {case.shown}",
        )
        return
    for name in case.expected:
        if name not in case.present:
            yield _missing(case, name)
        elif case.present[name] != case.expected[name]:
            yield _altered(case, name)
    for name in case.present:
        if name not in case.expected and name not in case.own_files:
            yield _extra(case, name)
    for name in case.empty_folders:
        yield case.differ(name, "an empty folder", "no such folder", "Remove it.")


def _missing(case: Case, name: str) -> Difference:
    entry, revision = case.owners[name]
    told = f"the file of {entry.who}, {entry.number}, revision {revision.revision}"
    return case.differ(name, "no such file", told, case.restore(name))


def _altered(case: Case, name: str) -> Difference:
    digest = case.present[name]
    expected = f"SHA-256 {case.expected[name]}"
    if digest == UNREADABLE:
        remedy = "Give its owner the right to read it."
        return case.differ(name, "a file that cannot be read", expected, remedy)
    if digest == LINK:
        remedy = f"Remove the link; then {case.restore(name)}"
        return case.differ(name, digest, expected, remedy)
    other = next((n for n, known in case.expected.items() if known == digest), None)
    if other is None:
        remedy = f"Move it out of the folder; then {case.restore(name)}"
        return case.differ(name, f"SHA-256 {digest}", expected, remedy)
    if case.present.get(other) == case.expected[name]:
        found, remedy = f"the content of {other}: the two were exchanged", "Exchange them again."
    else:
        found = f"the content of {other}"
        remedy = f"Move it out of the folder; then {case.restore(name)}"
    return case.differ(name, found, expected, remedy)


def _extra(case: Case, name: str) -> Difference:
    digest = case.present[name]
    entry = _beginning_with(case, name)
    if entry:
        return case.differ(
            name,
            f"a file of {entry.who}, not recorded: {entry.number} is {entry.status}",
            "no such file",
            f"patra issue {case.edition} {entry.who} finishes what was cut off; "
            "if it does not, move the file out of the folder.",
        )
    same = next((known for known, own in case.expected.items() if own == digest), None)
    copy = f", a copy of {same}" if same else ""
    return case.differ(
        name,
        f"a file of no letter in the register{copy} (SHA-256 {digest})",
        "no such file",
        "Move it out of the folder; if it is a letter that was issued, restore the register "
        "from a backup.",
    )


def _beginning_with(case: Case, name: str) -> Entry | None:
    """The letter for which a run that was cut off would have left such a file."""
    stem, _, rest = name.partition(".")
    if not re.fullmatch(r"(r\d+\.)?(docx|pdf)", rest):
        return None
    stems = {stem_of(entry.who, find_state(entry.who)): entry for entry in case.folder.letters}
    to_all = next((e for e in case.folder.letters if e.who == EVERYONE), None)
    return stems.get(stem) or (to_all if stem.startswith(f"{EVERYONE}-") else None)
