"""What ``index.html`` shows, gathered from register, dated folder, store and edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from generator import __version__
from generator.changed import History
from generator.errors import ArchiveError
from generator.fingerprint import sha256
from generator.index import File, Issue, Line, Overview, picture_of, render_index
from generator.inputs.states import load_states
from generator.letter_json import letter_from_json
from generator.model import Language, Scorecard
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
        files = {SETTINGS, *(row.place.file for row in prepared.edition.rows)}
        self._figures = {name: digest for name, digest in inputs.items() if name in files}
        self._states = {state.id: state for state in load_states()}
        self._cards = {self._key(inputs): prepared.cards}

    def page(self, entries: Iterable[Entry]) -> bytes:
        """The page of these letters, in the order of their serials."""
        lines = tuple(self._line(e) for e in sorted(entries, key=lambda entry: entry.serial))
        prepared = self.prepared
        return render_index(
            Overview(prepared.edition, prepared.key, lines, prepared.findings, __version__)
        )

    def _line(self, entry: Entry) -> Line:
        package, last = self._package(entry), entry.latest
        return Line(
            entry,
            self._states.get(entry.who),
            self._cards_of(entry, package).get(entry.who),
            self._languages(entry, package),
            tuple(self._issue(revision) for revision in reversed(entry.revisions)),
            self._picture(last) if last else b"",
            tuple(f for f in self.prepared.findings if f.who == entry.who),
            tuple(w for w in self.prepared.edition.waivers if w.who == entry.who),
        )

    def _package(self, entry: Entry) -> Package | None:
        """What the letter was made of; None for one not issued, or not in the store."""
        if not entry.latest or not entry.latest.package:
            return None
        try:
            return self.store.fetch_package(entry.latest.package)
        except ArchiveError:  # patra archive verify tells of a store that was damaged
            return None

    def _cards_of(self, entry: Entry, package: Package | None) -> Mapping[str, Scorecard]:
        """The figures that the letter was made of, not those of a workbook corrected since."""
        if package is None:
            return {} if entry.latest else self.prepared.cards
        key = self._key(package.inputs)
        if key not in self._cards:
            self._cards[key] = self._read_cards(package)
        return self._cards[key]

    def _key(self, inputs: Mapping[str, str]) -> frozenset[tuple[str, str]]:
        return frozenset((name, inputs.get(name, "")) for name in self._figures)

    def _read_cards(self, package: Package) -> Mapping[str, Scorecard]:
        try:
            edition = self.history.edition_of(package)
        except ArchiveError:
            return {}
        return score_edition(edition) if edition else {}

    def _languages(self, entry: Entry, package: Package | None) -> tuple[Language, ...]:
        """The languages of the letter's versions; of one not issued, those it will have."""
        if package:
            try:
                letter = letter_from_json(self.store.fetch(package.letter))
            except (ArchiveError, ValueError, KeyError, TypeError):  # damaged, or another version's
                return ()
            return tuple(version.language for version in letter.versions)
        edition = self.prepared.edition
        own = next((r.versions for r in edition.recipients if r.id == entry.who), None)
        return own or edition.versions

    def _issue(self, revision: Revision) -> Issue:
        files = tuple(File(name, self._size(name)) for name in revision.hashes)
        return Issue(revision.revision, revision.date, revision.reason, files)

    def _size(self, name: str) -> int | None:
        path = self.folder / name
        return path.stat().st_size if path.is_file() else None

    def _picture(self, revision: Revision) -> bytes:
        """Of the PDF that was issued; none where it is missing, or another file is there."""
        try:
            data = (self.folder / f"{revision.stem}.pdf").read_bytes()
        except OSError:
            return b""
        return picture_of(data) if sha256(data) == revision.pdf_sha256 else b""
