"""What the register says of the dated folders, and which of them, and which letter, is meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from generator.archive import MANIFEST
from generator.errors import ArchiveError, UsageError
from generator.inputs.nearest import nearest_names
from generator.inputs.states import find_state, load_states, nearest_states
from generator.model import Language
from generator.register import FILE, Entry, all_entries


@dataclass(frozen=True, slots=True)
class DatedFolder:
    """A dated folder: its letters in the order of their serials, at least one."""

    name: str
    letters: tuple[Entry, ...]

    @property
    def edition(self) -> str:
        """The key of the edition that it belongs to."""
        return self.letters[0].edition

    @property
    def date(self) -> date:
        """The date of its letters."""
        return self.letters[0].date

    @property
    def issued(self) -> tuple[Entry, ...]:
        """The letters that were ever issued, those cancelled since among them."""
        return tuple(entry for entry in self.letters if entry.revisions)

    def count(self, status: str) -> int:
        """How many letters have a status."""
        return sum(entry.status == status for entry in self.letters)

    @property
    def reissues(self) -> int:
        """How many revisions were issued after the first of each letter."""
        return sum(len(entry.revisions) - 1 for entry in self.issued)


def read_folders(output: Path) -> list[DatedFolder]:
    """Every dated folder in the register, in the order of date and name.

    Raises:
        ArchiveError: The register cannot be read.
    """
    try:
        entries = all_entries(output)
    except ValueError as error:  # a date or a list of engines that is none
        raise ArchiveError(
            f"The register {FILE} holds a line that cannot be understood: {error}",
            "Restore it from a backup.",
        ) from error
    grouped = groupby(entries, key=lambda entry: entry.folder)
    letters: dict[str, list[Entry]] = {}
    for name, group in grouped:
        letters.setdefault(name, []).extend(group)
    return [DatedFolder(name, tuple(own)) for name, own in letters.items()]


def choose_folder(output: Path, folders: Sequence[DatedFolder], name: str) -> DatedFolder:
    """The dated folder of a name, or of a path that ends with it.

    Raises:
        UsageError: There is none; with the nearest names.
        ArchiveError: It is on disk, and the register does not know it.
    """
    meant = folder_name(name)
    for folder in folders:
        if folder.name == meant:
            return folder
    if (output / meant / MANIFEST).is_file():
        raise ArchiveError(
            f"{meant} is on disk with its {MANIFEST}, but the register {FILE} has no letter of it",
            "Restore the register from a backup, and issue nothing before: numbers would be given "
            "again.",
        )
    raise unknown_folder(name, [folder.name for folder in folders])


def folder_name(text: str) -> str:
    """The dated folder's name in what the user typed: output/2025-12-11/ means 2025-12-11."""
    return Path(text).name


def unknown_folder(name: str, known: Sequence[str]) -> UsageError:
    """The refusal of a name that no dated folder has."""
    if not known:
        return UsageError(f'"{name}" is no dated folder: no letter was issued yet', "Issue first.")
    offer = ", ".join(nearest_names(name, known) or known[-3:])
    return UsageError(
        f'"{name}" is no dated folder; nearest: {offer}', "patra archive list names all."
    )


def choose_letter(folder: DatedFolder, name: str) -> Entry:
    """The letter to a recipient: by id, State's name in any known spelling, code, or DO number.

    Raises:
        UsageError: There is none; with the nearest.
    """
    by_id = {entry.who: entry for entry in folder.letters}
    own = {key.casefold(): entry for entry in folder.letters for key in (entry.number, entry.who)}
    state = find_state(name)
    entry = own.get(name.casefold()) or (by_id.get(state.id) if state else None)
    if entry:
        return entry
    show = f"patra archive show {folder.name} names all."
    if state:
        raise UsageError(f'"{name}" has no letter in {folder.name}', show)
    raise UsageError(f'"{name}" is not known; nearest: {_nearest(name, by_id)}', show)


def _nearest(name: str, by_id: Mapping[str, Entry]) -> str:
    states = [state for state in nearest_states(name) if state.id in by_id]
    if states:
        return ", ".join(f"{state.name['en']} ({state.id})" for state in states)
    numbers = [entry.number for entry in by_id.values()]
    return ", ".join(nearest_names(name, [*by_id, *numbers]) or list(by_id)[:5])


def state_name(who: str, language: Language = "en") -> str:
    """How a table calls a recipient: a State by its name, others by their id."""
    return next((state.name[language] for state in load_states() if state.id == who), who)


def edition_argument(edition: str) -> str:
    """How the command line names an edition that the register knows by its key."""
    return edition.removeprefix("editions/")


def refuse_inside(target: Path, folders: Iterable[Path]) -> None:
    """Raises UsageError where a target lies in one of the folders that nothing is to be put in."""
    for folder in folders:
        if target.resolve().is_relative_to(folder.resolve()):
            raise UsageError(
                f"{target} lies in {folder}, where only what belongs there may stand",
                "Choose a folder of your own.",
            )
