"""``patra archive restore``: the exact files of an issued letter, copied or made again."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from generator.content import Letter
from generator.errors import ArchiveError, PatraError, UsageError
from generator.files import make_folder, temporary, write_whole
from generator.fingerprint import sha256
from generator.letter_json import letter_from_json
from generator.paths import Paths
from generator.register import Entry, Revision
from generator.run.archived.lookup import (
    DatedFolder,
    choose_folder,
    choose_letter,
    read_folders,
    refuse_inside,
)
from generator.run.versions import other_version
from generator.store import Package, Store
from generator.workers import make_letter, start_worker

Source = Literal["archive", "store"]


@dataclass(frozen=True, slots=True)
class Restored:
    """A letter's files put into a folder, by their names; ``source`` is where they are from."""

    entry: Entry
    revision: Revision
    source: Source
    files: Mapping[str, Path]


def restore_letter(
    paths: Paths, date: str, who: str, target: Path, number: int | None = None
) -> Restored:
    """Puts the DOCX and PDF of a letter's revision (None: the latest) into a folder.

    They are taken from the dated folder where they are there unchanged, else made again from the
    store, whatever became of edition, kind and fonts since.

    Raises:
        UsageError: There is no such folder, letter or revision, or the target is no place for it.
        ArchiveError: The letter was never issued, is not in the store, comes out with other bytes
            under this version of the program, or a different file is in the way.
    """
    folders = read_folders(paths.output)
    folder = choose_folder(paths.output, folders, date)
    entry = choose_letter(folder, who)
    revision = _choose_revision(entry, number)
    _refuse_places(paths, folders, folder, target)
    files = _archived(paths.output / folder.name, revision)
    source: Source = "archive" if files else "store"
    files = files or _made_again(Store(paths.output), entry, revision)
    return Restored(entry, revision, source, _put(files, target))


def _choose_revision(entry: Entry, number: int | None) -> Revision:
    if entry.latest is None:
        raise ArchiveError(
            f"{entry.number} ({entry.who}) is {entry.status}: it was never issued",
            "patra issue makes the letter.",
        )
    if number is None:
        return entry.latest
    for revision in entry.revisions:
        if revision.revision == number:
            return revision
    numbers = ", ".join(str(revision.revision) for revision in entry.revisions)
    raise UsageError(
        f"{entry.number} ({entry.who}) has no revision {number}", f"There is: {numbers}."
    )


def _refuse_places(
    paths: Paths, folders: list[DatedFolder], own: DatedFolder, target: Path
) -> None:
    """Letters go nowhere among inputs, nor into another dated folder or the store."""
    others = [paths.output / folder.name for folder in folders if folder.name != own.name]
    inputs = (paths.editions, paths.templates, paths.fonts)
    refuse_inside(target, (*inputs, Store(paths.output).folder, *others))


def _archived(folder: Path, revision: Revision) -> dict[str, bytes] | None:
    """The files in the dated folder; None unless both are those that were issued."""
    files = {}
    for name, digest in revision.hashes.items():
        try:
            files[name] = (folder / name).read_bytes()
        except OSError:
            return None
        if sha256(files[name]) != digest:
            return None
    return files


def _made_again(store: Store, entry: Entry, revision: Revision) -> dict[str, bytes]:
    """The files made of what is in the store; they are those that were issued, byte for byte."""
    if not revision.package:
        raise ArchiveError(
            f"{entry.number} ({entry.who}) was issued before there was a store, and its files "
            f"in {entry.folder} are missing or changed",
            "Restore them from a backup.",
        )
    package = store.fetch_package(revision.package)
    try:
        made = _make(store, package, revision.fingerprint)
    except (TypeError, KeyError, ValueError) as error:  # another version's letter
        raise other_version(entry, revision, "cannot be read by this program") from error
    except ArchiveError:
        raise
    except PatraError as error:
        told = f"cannot be made again: {error.message}"
        raise other_version(entry, revision, told) from error
    files = {f"{revision.stem}.docx": made[0], f"{revision.stem}.pdf": made[1]}
    if {name: sha256(data) for name, data in files.items()} != revision.hashes:
        raise other_version(entry, revision, "made again gives other bytes than were issued")
    return files


def _make(store: Store, package: Package, fingerprint: str) -> tuple[bytes, bytes]:
    """DOCX and PDF, with templates, fonts and logo as they were."""
    with temporary() as place:
        kind, fonts = place / "letter_templates" / package.kind, place / "fonts"
        store.write_folder(package.templates, kind)
        store.write_folder(package.fonts, fonts)
        start_worker(kind, fonts)
        made = make_letter(_letter(store, package, place / "edition"), fingerprint)
    return made.docx, made.pdf


def _letter(store: Store, package: Package, edition: Path) -> Letter:
    """The stored letter; a logo lies among the edition's files, with its twin for old Words."""
    logo = None
    if package.logo:
        store.write_folder(package.inputs, edition)
        names = (name for name, digest in package.inputs.items() if digest == package.logo)
        name = next(names, "logo")
        store.write_folder({name: package.logo}, edition)
        logo = edition / name
    return letter_from_json(store.fetch(package.letter), logo)


def _put(files: Mapping[str, bytes], target: Path) -> dict[str, Path]:
    """Writes the files, each whole; one that is there already is left, a different one refused."""
    try:
        present = {n: (target / n).read_bytes() for n in files if (target / n).exists()}
        different = [name for name, data in present.items() if data != files[name]]
        if different:
            raise ArchiveError(
                f"{target / different[0]} is there with other content; nothing was written",
                "Move it away, or name another folder with --to.",
            )
        make_folder(target)
        for name in files.keys() - present.keys():
            part = target / f".{name}.{os.getpid()}.part"
            write_whole(part, files[name])
            part.replace(target / name)
    except OSError as error:
        raise ArchiveError(
            f"{target} cannot be written: {error.strerror or error}",
            "Name a folder that can be written with --to.",
        ) from error
    return {name: target / name for name in files}
