"""Register and archive together: number, settle what is issued already, keep what is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace

from generator import __version__
from generator.archive import LETTERS, Archive, file_stem
from generator.changed import History
from generator.content import Letter
from generator.errors import ArchiveError, PatraError
from generator.fingerprint import digest_of, hash_folder, named_fonts, sha256
from generator.index import INDEX
from generator.register import Entry, Register, Revision, plain_entry
from generator.run.contents import Contents
from generator.run.glance import Glance
from generator.run.packing import start_packing
from generator.run.prepare import Prepared
from generator.run.refusals import (
    recorded,
    refuse_cancelled,
    refuse_changed,
    refuse_other_bytes,
)
from generator.run.results import LetterResult, failed
from generator.run.versions import engine_versions
from generator.store import Package, Store
from generator.workers import MadeLetter


class Despatch:
    """One run's dealings with register, archive and store."""

    def __init__(self, prepared: Prepared, register: Register, numbers: Mapping[str, str]) -> None:
        self.prepared, self.register, self.numbers = prepared, register, numbers
        output, edition = prepared.paths.output, prepared.edition
        self.archive, self.store = Archive(output, edition), Store(output)
        self.kind = prepared.paths.kind(edition.kind)
        self.templates = hash_folder(self.kind)
        self.all_fonts = hash_folder(prepared.paths.fonts)
        self.fonts = named_fonts(self.kind, self.all_fonts)
        self.inputs = hash_folder(edition.folder)
        self.contents = Contents(self.templates, self.fonts, self.all_fonts)
        self.made_with = digest_of(self.templates, self.all_fonts)
        self.engines = engine_versions()
        self.stems = {r.id: file_stem(r, edition.kind) for r in edition.recipients}
        self.entries = register.entries()
        self.history = History(
            *(self.store, edition, self.templates, self.fonts), __version__, self.all_fonts
        )
        self._kept = False
        self._folders = ((self.kind, self.templates), (edition.folder, self.inputs))
        self._packs = False
        self._kept_fonts: set[str] = set()

    @classmethod
    def begin(cls, prepared: Prepared) -> Despatch:
        """Reserves a number for every recipient of the edition, in file order.

        Raises:
            ArchiveError: A number or the dated folder is another edition's.
        """
        register = Register(prepared.paths.output, prepared.key)
        ids = [recipient.id for recipient in prepared.edition.addressees]
        return cls(prepared, register, register.reserve_numbers(prepared.edition, ids))

    def fingerprint(self, letter: Letter) -> str:
        """What the letter's bytes follow from."""
        return self.contents.of(letter).fingerprint

    def due(
        self, letters: Iterable[Letter], tell: Callable[[LetterResult], object]
    ) -> Iterator[Letter]:
        """Those of the letters that are to be made; ``tell`` gets the results of the others."""
        for letter in letters:
            if result := self.settle(letter):
                self.contents.drop(letter)
                tell(result)
            else:
                yield letter
                self._pack_ahead(letter)

    def _pack_ahead(self, letter: Letter) -> None:
        """Beside the making of the first letter: what keeping it will need."""
        if not self._packs:
            fonts = (self.prepared.paths.fonts, self.contents.fonts_of(letter))
            start_packing(self.store, (*self._folders, fonts))
        self._packs = True

    def settle(self, letter: Letter) -> LetterResult | None:
        """The result of a letter that was issued before; None for one that is due.

        A letter issued before and unchanged is verified on disk; one missing there is due again.
        """
        entry = self.entries[letter.who]
        try:
            return self._settle(letter, entry)
        except ArchiveError as error:  # what stands on disk cannot be read
            return self.refused(entry, error)

    def _settle(self, letter: Letter, entry: Entry) -> LetterResult | None:
        if entry.status == "cancelled":
            named = not self.prepared.everyone
            refused = self.refused(entry, refuse_cancelled(entry))
            return refused if named else self.result(entry, "cancelled")
        last = entry.latest
        if last is None:
            return None
        if last.fingerprint != self.fingerprint(letter):
            return self.refused(entry, self._changed(letter, entry, last))
        present = {name: self.archive.hash_of(name) for name in last.hashes}
        altered = [n for n, digest in last.hashes.items() if present[n] not in (None, digest)]
        if altered:
            return self.refused(
                entry,
                ArchiveError(
                    f"{', '.join(altered)} was changed on disk since it was issued",
                    "Move the changed file away and run again: the issued one is made anew.",
                ),
            )
        return None if None in present.values() else self.result(entry, "unchanged")

    def _changed(self, letter: Letter, entry: Entry, last: Revision) -> ArchiveError:
        """The refusal of a letter whose content changed since it was issued."""
        changes = self.history.tell_changes(letter, last.package)
        return ArchiveError(
            f"{entry.number} was issued with other content. {changes}",
            "Undo the change, or issue a revision: patra reissue "
            f'{self.prepared.edition.name} {letter.who} --reason "…".',
        )

    def refused(self, entry: Entry, error: PatraError) -> LetterResult:
        """A letter that register or archive refuse."""
        revision = entry.latest.revision if entry.latest else 1
        return LetterResult(entry.who, entry.number, "refused", error=error, revision=revision)

    def keep(self, letter: Letter, made: MadeLetter | Exception, reason: str = "") -> LetterResult:
        """Archives a letter's files and records it as issued; the letter is in hand no more."""
        try:
            return self._keep(letter, made, reason)
        finally:
            self.contents.drop(letter)

    def _keep(self, letter: Letter, made: MadeLetter | Exception, reason: str) -> LetterResult:
        if isinstance(made, Exception):
            return failed(letter.who, letter.number, made)
        entry = self.entries[letter.who]
        if made.made_with != self.made_with:
            return self.refused(entry, refuse_changed())
        again = recorded(entry, letter.revision)
        revision = self._revision(letter, made, reason)
        files = {f"{revision.stem}.docx": made.docx, f"{revision.stem}.pdf": made.pdf}
        try:
            refuse_other_bytes(entry, revision)
            revision = self._with_package(again or revision, letter, made)
            with self.register.issuing(letter.number, revision):
                self.archive.place_letter(files)
        except ArchiveError as error:
            return self.refused(entry, error)
        others = tuple(r for r in entry.revisions if r.revision != revision.revision)
        self.entries[letter.who] = replace(entry, status="issued", revisions=(*others, revision))
        return self.result(self.entries[letter.who], "issued")

    def stem(self, who: str, revision: int) -> str:
        """The name of a revision's files without their ending."""
        return self.stems[who] + (f".r{revision}" if revision > 1 else "")

    def _revision(self, letter: Letter, made: MadeLetter, reason: str) -> Revision:
        return Revision(
            revision=letter.revision,
            date=letter.date,
            fingerprint=self.fingerprint(letter),
            docx_sha256=sha256(made.docx),
            pdf_sha256=sha256(made.pdf),
            pages=made.pages,
            stem=self.stem(letter.who, letter.revision),
            package="",
            program=__version__,
            reason=reason,
            engines=self.engines,
        )

    def _with_package(self, revision: Revision, letter: Letter, made: MadeLetter) -> Revision:
        """The revision with what it is made of in the store: for one made again, what it was."""
        package = self._keep_package(letter, made)  # puts back what was lost in the store
        if revision.package and self.store.holds(revision.package):
            return revision
        return replace(revision, package=package)

    def _keep_package(self, letter: Letter, made: MadeLetter) -> str:
        """Keeps in the store what the letter is made of, files of the run only once."""
        edition, logo = self.prepared.edition, letter.versions[0].letterhead.logo
        if not self._kept:
            for folder, names in self._folders:
                self.store.keep_folder(folder, names)
            self._kept = True
        self.store.keep_folder(self.prepared.paths.fonts, self._new_fonts(letter))
        package = Package(
            kind=edition.kind,
            letter=self.store.keep(self.contents.of(letter).data),
            templates=self.templates,
            fonts=self.contents.fonts_of(letter),
            inputs=self.inputs,
            logo=self.store.keep(logo.read_bytes()) if logo else "",
            program=__version__,
            engines=self.engines,
            proof=asdict(made.proof),
        )
        return self.store.keep_package(package)

    def _new_fonts(self, letter: Letter) -> Mapping[str, str]:
        """A letter's fonts that this run has not kept yet."""
        fonts = {
            n: d for n, d in self.contents.fonts_of(letter).items() if n not in self._kept_fonts
        }
        self._kept_fonts |= fonts.keys()
        return fonts

    def result(self, entry: Entry, status: str) -> LetterResult:
        """What became of an issued letter, with its files."""
        last = entry.latest
        if last is None:
            return LetterResult(entry.who, entry.number, status)
        path = str(self.archive.folder / last.stem)
        pdf: dict[str, object] = {
            "path": f"{path}.pdf",
            "sha256": last.pdf_sha256,
            "pages": last.pages,
        }
        word: dict[str, object] = {"path": f"{path}.docx", "sha256": last.docx_sha256}
        files = {"pdf": pdf, "docx": word}
        return LetterResult(entry.who, entry.number, status, files, revision=last.revision)

    def close(self, results: Sequence[LetterResult]) -> list[LetterResult]:
        """Replaces manifest, index and sums of the dated folder, if any letter was ever issued.

        The register is read again first, and alone: another run may have issued letters too.

        Returns:
            The results; where the three could not be replaced, each letter tells so.
        """
        try:
            with self.archive.alone():
                self.entries = {}  # those of thousands are not held twice
                self.entries = self.register.entries()
                self._write_manifest()
        except ArchiveError as error:
            told = f"Manifest, index and sums are not up to date: {error.message}"
            unlisted = ArchiveError(told, error.remedy)
            return [replace(result, error=result.error or unlisted) for result in results]
        return list(results)

    def _write_manifest(self) -> None:
        issued = [entry for entry in self.entries.values() if entry.revisions]
        if not issued:
            return
        cancelled = [e for e in self.entries.values() if e.status == "cancelled"]
        listed = {entry.who: entry for entry in (*issued, *cancelled)}
        edition = self.prepared.edition
        sums = {name: d for e in issued for r in e.revisions for name, d in r.hashes.items()}
        glance = Glance(self.prepared, self.archive.folder, self.inputs, self.store, self.history)
        pages = {INDEX: glance.page(self.entries.values())}
        manifest = {
            "edition": self.prepared.key,
            "date": edition.date.isoformat(),
            "specimen": edition.specimen,
            "program": {"patra": __version__, **self.engines},
            LETTERS: [],
            "files": sums,
            "inputs": self.inputs,
            "templates": self.templates,
            "fonts": {**self.fonts, **{n: self.all_fonts[n] for n in sorted(self._kept_fonts)}},
            "findings": [_plain(asdict(finding)) for finding in self.prepared.findings],
            "waivers": [_plain(asdict(waiver)) for waiver in edition.waivers],
        }
        letters = (self._line(entry) for entry in listed.values())
        hashes = self.archive.write_manifest(manifest, letters, sums, pages)
        self.register.record_sums(self.archive.folder.name, hashes)

    def _line(self, entry: Entry) -> dict[str, object]:
        """A letter's line in the manifest, each revision with its proof, in this run or earlier."""
        line = plain_entry(entry)
        for revision in line["revisions"]:
            with suppress(ArchiveError):  # lost in the store: verify tells
                revision["proof"] = self.store.fetch_package(revision["package"]).proof
        return line


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if key != "place"}
