"""``patra archive verify``: every file beside register, listings, store and its own words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from generator.content import Letter
from generator.errors import UsageError
from generator.files import STAGING
from generator.paths import Paths
from generator.register import Entry, Revision, recorded_sums
from generator.run.archived.attached import compare_data
from generator.run.archived.contents import StoreCheck, compare_words
from generator.run.archived.dated import Case, compare_files
from generator.run.archived.differences import Difference, Verified, listed
from generator.run.archived.listings import compare_listings
from generator.run.archived.lookup import DatedFolder, folder_name, read_folders, unknown_folder
from generator.run.archived.records import (
    compare_fingerprint,
    compare_record,
    compare_records,
)
from generator.store import Store

DATED = re.compile(r"\d{4}-\d{2}-\d{2}(-.+)?")


def verify_archive(paths: Paths, name: str | None = None) -> Verified:
    """Looks at everything that was issued, or at what is in one dated folder; writes nothing.

    Raises:
        UsageError: There is no such dated folder, in the register or on disk, or nothing at all
            to look at.
        ArchiveError: The register cannot be read.
    """
    folders = read_folders(paths.output)
    unknown = _unknown_folders(paths.output, {folder.name for folder in folders})
    if name is not None:
        meant = folder_name(name)
        known = [*(folder.name for folder in folders), *unknown]
        if meant not in known:
            raise unknown_folder(name, known)
        folders = [folder for folder in folders if folder.name == meant]
        unknown = [other for other in unknown if other == meant]
    cases = [_case(paths, folder) for folder in folders if _has_something(paths, folder)]
    verified = _verify(paths, cases, unknown)
    if not (verified.folders or verified.differences):
        raise _nothing(paths, sum(folder.count("reserved") for folder in folders))
    return verified


def _nothing(paths: Paths, reserved: int) -> UsageError:
    waiting = f"; {reserved} numbers are reserved" if reserved else ""
    return UsageError(
        f"Nothing was looked at: {paths.relative(paths.output)} holds no issued letter{waiting}",
        "Issue first, or name the folder of the register with --output.",
    )


def _unknown_folders(output: Path, known: Iterable[str]) -> list[str]:
    """The dated folders on disk that the register does not know."""
    if not output.is_dir():
        return []
    names = {path.name for path in output.iterdir() if path.is_dir()}
    return sorted(name for name in names - {*known} if DATED.fullmatch(name))


def _has_something(paths: Paths, folder: DatedFolder) -> bool:
    return bool(folder.issued) or (paths.output / folder.name).exists()


def _case(paths: Paths, folder: DatedFolder) -> Case:
    path = paths.output / folder.name
    return Case(folder, path, paths.relative(path), recorded_sums(paths.output, folder.name))


def _verify(paths: Paths, cases: list[Case], unknown: list[str]) -> Verified:
    store = StoreCheck(Store(paths.output))
    notes = list(_leftovers(paths.output))
    found: list[Difference] = []
    for case in cases:
        found += [*compare_files(case), *_unrecorded(case), *compare_listings(case)]
        records = compare_records(case)
        found += [*records.values(), *_compare_letters(case, store, notes, records)]
    found += [*store.differences(), *map(_unknown_folder, unknown)]
    return Verified(
        folders=len(cases) + len(unknown),
        letters=sum(len(case.folder.issued) for case in cases),
        files=sum(name in case.present for case in cases for name in case.expected),
        differences=tuple(found),
        notes=tuple(notes),
    )


def _compare_letters(
    case: Case, store: StoreCheck, notes: list[str], told: Collection[str]
) -> Iterator[Difference]:
    """What is wrong with the letters in the store, or with their words and data in the files.

    Of the numbers in ``told`` the register is known to be wrong already.
    """
    for entry in case.folder.issued:
        for revision in entry.revisions:
            letter = None
            if revision.package:
                letter = store.letter_of(entry, revision)
            else:
                which = f"{case.folder.name}, {entry.who}, revision {revision.revision}"
                notes.append(f"{which}: issued before there was a store; words not compared")
            known = entry.number in told
            yield from _compare_letter(case, store, entry, revision, letter, known=known)


def _compare_letter(
    case: Case,
    store: StoreCheck,
    entry: Entry,
    revision: Revision,
    letter: Letter | Difference | None,
    *,
    known: bool,
) -> Iterator[Difference]:
    """One revision beside its letter in the store; ``known``: the register is, to be wrong."""
    if not isinstance(letter, Letter):
        yield from (letter,) if letter else ()
        yield from compare_data(case, entry, revision, None, register=not known)
        return
    records = [] if known else list(compare_record(case, entry, revision, letter))
    words = list(compare_words(case, revision, letter, store.proofs_of(revision)))
    if not (known or records or words) and letter.data:
        # before there were data, other things made a fingerprint
        records += compare_fingerprint(case, entry, revision, store.fingerprint_of(revision))
    yield from (*records, *words)
    if not any(difference.file.endswith(".pdf") for difference in words):
        is_right = not (known or records)
        yield from compare_data(case, entry, revision, letter, register=is_right)


def _unrecorded(case: Case) -> Iterator[Difference]:
    """The letters whose status and whose revisions do not belong together."""
    for entry in case.folder.letters:
        if (entry.status == "issued" and not entry.revisions) or (
            entry.status == "reserved" and entry.revisions
        ):
            yield case.differ(
                "register.sqlite3",
                f"{entry.number} ({entry.who}) is {entry.status}, with "
                f"{len(entry.revisions)} revisions",
                "a revision for each letter issued, and for no other",
                "Restore the register from a backup.",
            )


def _unknown_folder(name: str) -> Difference:
    return Difference(
        name,
        "",
        "a dated folder of no edition in the register",
        "no such folder",
        "Move it away; if its letters were issued, restore the register from a backup.",
    )


def _leftovers(output: Path) -> Iterator[str]:
    left = sorted(path.name for path in output.glob(f"{STAGING}*"))
    if left:
        yield f"left by a run that was cut off, or of one at work now: {listed(left)}"
