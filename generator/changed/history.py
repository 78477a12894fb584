"""The stored inputs of issued letters, read again by the readers that read an edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from generator.changed.difference import Difference
from generator.changed.letters import letter_differences
from generator.changed.materials import material_differences
from generator.changed.people import recipient_differences
from generator.changed.scores import score_differences
from generator.changed.settings import read_values, setting_differences
from generator.changed.side import Side
from generator.changed.texts import text_differences
from generator.content import Letter
from generator.errors import ArchiveError, InputError
from generator.files import temporary
from generator.fingerprint import hash_logo
from generator.inputs.edition import read_edition
from generator.letter_json import letter_from_json, letter_to_json
from generator.model import Edition
from generator.paths import Paths
from generator.store import Package, Store

MOST = 12
"""So many differences are told; of more, how many."""


@dataclass(frozen=True)
class _Read:
    """An edition, and every value of its settings by its dotted key."""

    edition: Edition
    settings: Mapping[str, object]


class History:
    """Tells what changed since letters of one edition were issued.

    Args:
        store: The store of the output folder.
        edition: The edition as it is now.
        templates: SHA-256 of the kind's files now.
        fonts: SHA-256 of the fonts now.
        program: The program's version.
    """

    def __init__(
        self,
        store: Store,
        edition: Edition,
        templates: Mapping[str, str],
        fonts: Mapping[str, str],
        program: str,
    ) -> None:
        self.store, self.edition, self.program = store, edition, program
        self.templates, self.fonts = templates, fonts
        self._before: dict[object, _Read | None] = {}

    @cached_property
    def _now(self) -> _Read:
        return _Read(self.edition, read_values(self.edition.folder))

    def tell_changes(self, letter: Letter, package: str) -> str:
        """What changed since a letter was issued, one difference a line.

        Args:
            letter: The letter as it would be now, as the revision that was issued.
            package: What that was made of, by its SHA-256 in the store.
        """
        if not package:
            return (
                "What it was made of is not in the store, since an earlier version of the program "
                "issued it: what changed cannot be named."
            )
        try:
            found = self._changes(letter, self.store.fetch_package(package))
        except ArchiveError as error:
            return f"What changed cannot be named: {error.message}."
        if not found:
            return "Nothing that can be named changed."
        lines = [str(difference) for difference in found]
        more = [f"and {len(lines) - MOST} more"] if len(lines) > MOST else []
        told = "".join(f"\n  {line}" for line in (*lines[:MOST], *more))
        return f"Changed since:{told}"

    def edition_of(self, package: Package) -> Edition | None:
        """The edition as a package holds it; None where the present readers cannot read it.

        Raises:
            ArchiveError: The store does not hold its files.
        """
        read = self._read(package)
        return read.edition if read else None

    def _changes(self, letter: Letter, package: Package) -> list[Difference]:
        data = self.store.fetch(package.letter)
        before = letter_from_json(data)
        is_same = data == letter_to_json(letter)
        now = self._side(self._now, letter)
        old = replace(
            now,
            letter=before,
            templates=package.templates,
            fonts=package.fonts,
            logo=package.logo_files,
            program=package.program,
        )
        if (read := self._read(package)) is None:  # it is no edition to the present readers
            files = material_differences(old, now, ())
            return [*files, *letter_differences(before, letter)]
        old = replace(old, edition=read.edition, settings=read.settings)
        return list_changes(old, now, is_same=is_same)

    def _side(self, read: _Read, letter: Letter) -> Side:
        edition, settings, logo = read.edition, read.settings, hash_logo(letter)
        return Side(edition, settings, letter, self.templates, self.fonts, logo, self.program)

    def _read(self, package: Package) -> _Read | None:
        """The edition that a package holds; once for all letters that were made of it."""
        key = (package.kind, *sorted(package.inputs.items()), *sorted(package.templates.items()))
        if key not in self._before:
            with temporary() as root:
                self._before[key] = self._read_below(root, package)
        return self._before[key]

    def _read_below(self, root: Path, package: Package) -> _Read | None:
        paths = Paths.at(root)
        folder = paths.editions / self.edition.name
        self.store.write_folder(package.inputs, folder)
        self.store.write_folder(package.templates, paths.kind(package.kind))
        try:
            return _Read(read_edition(paths, folder)[0], read_values(folder))
        except InputError:
            return None


def list_changes(old: Side, new: Side, *, is_same: bool) -> list[Difference]:
    """Every difference that bears on the letter: settings, figures, recipient, words, files.

    ``is_same`` says that the finished letter is the same, so that only its files can differ.
    Where nothing else is found, the finished letters themselves are compared.
    """
    found = [*(() if is_same else _inputs(old, new)), *_unique(text_differences(old, new))]
    told = {difference.place.file for difference in found}
    found += material_differences(old, new, told)
    return found or list(letter_differences(old.letter, new.letter))


def _inputs(old: Side, new: Side) -> Iterator[Difference]:
    yield from setting_differences(old, new)
    yield from score_differences(old, new)
    yield from recipient_differences(old, new)


def _unique(differences: Iterator[Difference]) -> list[Difference]:
    return list(dict.fromkeys(differences))
