"""What ``index.html`` shows, gathered from register, dated folder, store and edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from generator import __version__
from generator.changed import History
from generator.errors import ArchiveError
from generator.findings import Finding
from generator.fingerprint import sha256
from generator.index import File, Issue, Line, Overview, picture_of, render_index
from generator.inputs.states import load_states
from generator.letter_json import languages_in_json
from generator.model import Edition, Language, Scorecard
from generator.register import Entry, Revision
from generator.run.prepare import Prepared
from generator.scoring import score_edition
from generator.store import Package, Store

SETTINGS = "edition.toml"


class Glance:
    """Makes the page of one dated folder.

    Args:
        prepared: The edition as it is now.
        folder: The dated folder, whose files are read.
        inputs: SHA-256 of the edition's files as they are now.
        store: What issued letters were made of.
        history: Reads an edition as it was.
    """

    def __init__(
        self,
        prepared: Prepared,
        folder: Path,
        inputs: Mapping[str, str],
        store: Store,
        history: History,
    ) -> None:
        self.prepared, self.folder = prepared, folder
        self.store, self.history = store, history
        self.inputs, edition = inputs, prepared.edition
        self._figures = {SETTINGS, *(row.place.file for row in edition.rows)}
        self._people = {SETTINGS, *(recipient.place.file for recipient in edition.recipients)}
        self._own_versions = {r.id: r.versions for r in edition.recipients}
        self._findings = _by_recipient(prepared.findings)
        self._states = {state.id: state for state in load_states()}
        self._cards = {_those(self._figures, inputs): prepared.cards}

    def page(self, entries: Iterable[Entry]) -> Iterator[bytes]:
        """The page of these letters, in the order of their serials, piece by piece."""
        in_order = sorted(entries, key=lambda entry: entry.serial)
        prepared = self.prepared
        return render_index(
            Overview(
                prepared.edition,
                prepared.key,
                tuple(in_order),
                (self._line(entry) for entry in in_order),
                prepared.findings,
                __version__,
                tuple(self._former(in_order)),
            )
        )

    def _former(self, entries: Iterable[Entry]) -> Iterator[Edition]:
        """The edition as it was, once for each change of its people: reasons name those too."""
        seen = {_those(self._people, self.inputs)}
        for revision in (revision for entry in entries for revision in entry.revisions):
            package = self._package(revision)
            if package is None or (key := _those(self._people, package.inputs)) in seen:
                continue
            seen.add(key)
            if edition := self._edition_of(package):
                yield edition

    def _line(self, entry: Entry) -> Line:
        last = entry.latest
        package = self._package(last) if last else None
        return Line(
            entry,
            self._states.get(entry.who),
            self._cards_of(entry, package).get(entry.who),
            self._languages(entry, package),
            tuple(self._issue(revision) for revision in reversed(entry.revisions)),
            partial(self._picture, last) if last else bytes,
            self._findings.get(entry.who, ()),
            tuple(w for w in self.prepared.edition.waivers if w.who == entry.who),
        )

    def _package(self, revision: Revision) -> Package | None:
        """What a revision was made of; None where that is not in the store."""
        if not revision.package:
            return None
        try:
            return self.store.fetch_package(revision.package)
        except ArchiveError:  # patra archive verify tells of a store that was damaged
            return None

    def _cards_of(self, entry: Entry, package: Package | None) -> Mapping[str, Scorecard]:
        """The figures that the letter was made of, not those of a workbook corrected since."""
        if package is None:
            return {} if entry.latest else self.prepared.cards
        key = _those(self._figures, package.inputs)
        if key not in self._cards:
            edition = self._edition_of(package)
            self._cards[key] = score_edition(edition) if edition else {}
        return self._cards[key]

    def _edition_of(self, package: Package) -> Edition | None:
        """The edition that a letter was made of; None where it cannot be read any more."""
        try:
            return self.history.edition_of(package)
        except ArchiveError:
            return None

    def _languages(self, entry: Entry, package: Package | None) -> tuple[Language, ...]:
        """The languages of the letter's versions; of one not issued, those it will have."""
        if package:
            try:
                return languages_in_json(self.store.fetch(package.letter))
            except (ArchiveError, ValueError, KeyError, TypeError):  # damaged, or another version's
                return ()
        edition = self.prepared.edition
        return self._own_versions.get(entry.who) or edition.versions

    def _issue(self, revision: Revision) -> Issue:
        files = tuple(File(name, self._size(name)) for name in revision.hashes)
        return Issue(revision.revision, revision.date, revision.reason, files)

    def _size(self, name: str) -> int | None:
        path = self.folder / name
        return path.stat().st_size if path.is_file() else None

    def _picture(self, revision: Revision) -> bytes:
        """Of the PDF that was issued; none where it is missing, or something else is there."""
        path = self.folder / f"{revision.stem}.pdf"
        try:
            data = path.read_bytes() if path.is_file() else b""  # a pipe would never end
        except OSError:
            return b""
        return picture_of(data) if sha256(data) == revision.pdf_sha256 else b""


def _by_recipient(findings: Iterable[Finding]) -> Mapping[str | None, tuple[Finding, ...]]:
    """The findings on each recipient."""
    listed: dict[str | None, list[Finding]] = {}
    for finding in findings:
        listed.setdefault(finding.who, []).append(finding)
    return {who: tuple(own) for who, own in listed.items()}


def _those(names: Iterable[str], inputs: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """Some of the edition's files, by name, as a package or the folder has them."""
    return frozenset((name, inputs.get(name, "")) for name in names)
