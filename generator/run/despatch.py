"""Register and archive together: number, settle what is issued already, keep what is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version

from generator import __version__
from generator.archive import Archive, file_stem
from generator.content import Letter
from generator.errors import ArchiveError, PatraError
from generator.fingerprint import fingerprint_letter, hash_folder, sha256
from generator.register import Entry, Register
from generator.run.prepare import Prepared
from generator.run.results import LetterResult, failed
from generator.workers import MadeLetter

ENGINES = ("weasyprint", "docxtpl", "python-docx", "babel")


class Despatch:
    """One run's dealings with register and archive."""

    def __init__(self, prepared: Prepared, register: Register, numbers: Mapping[str, str]) -> None:
        self.prepared, self.register, self.numbers = prepared, register, numbers
        self.archive = Archive(prepared.paths.output, prepared.edition)
        self.stems = {r.id: file_stem(r) for r in prepared.edition.recipients}
        self.templates = hash_folder(prepared.paths.kind(prepared.edition.kind))
        self.fonts = hash_folder(prepared.paths.fonts)
        self.fingerprints: dict[str, str] = {}
        self.due: list[Letter] = []

    @classmethod
    def begin(cls, prepared: Prepared) -> Despatch:
        """Reserves a number for every recipient of the edition, in file order.

        Raises:
            ArchiveError: A number or the dated folder is another edition's.
        """
        register = Register(prepared.paths.output, prepared.key)
        ids = [recipient.id for recipient in prepared.edition.recipients]
        return cls(prepared, register, register.reserve_numbers(prepared.edition, ids))

    def settle(self, letters: Sequence[Letter]) -> list[LetterResult]:
        """Results of the letters that were issued before; the others become ``due``.

        A letter issued before and unchanged is verified on disk; one missing there is due again.
        """
        entries = self.register.entries()
        results = []
        for letter in letters:
            self.fingerprints[letter.who] = self._fingerprint(letter)
            result = self._settle_one(letter, entries[letter.who])
            if result is None:
                self.due.append(letter)
            else:
                results.append(result)
        return results

    def _fingerprint(self, letter: Letter) -> str:
        materials = {**self.templates, **self.fonts, "patra": __version__}
        return fingerprint_letter(letter, materials)

    def _settle_one(self, letter: Letter, entry: Entry) -> LetterResult | None:
        if entry.status != "issued":
            return None
        if entry.fingerprint != self.fingerprints[letter.who]:
            return self._refused(
                letter,
                ArchiveError(
                    f"{entry.number} was issued with other content; this edition or its "
                    "templates changed since",
                    "Undo the change; an issued letter is never overwritten.",
                ),
            )
        recorded = {"docx": entry.docx_sha256, "pdf": entry.pdf_sha256}
        present = {f: self.archive.hash_of(f"{self.stems[letter.who]}.{f}") for f in recorded}
        altered = [f for f in recorded if present[f] not in (None, recorded[f])]
        if altered:
            names = ", ".join(f"{self.stems[letter.who]}.{f}" for f in altered)
            return self._refused(
                letter,
                ArchiveError(
                    f"{names} was changed on disk since it was issued",
                    "Move the changed file away and run again: the issued one is made anew.",
                ),
            )
        if None in present.values():
            return None
        return self._result(entry, "unchanged")

    def _refused(self, letter: Letter, error: PatraError) -> LetterResult:
        return LetterResult(letter.who, letter.number, "refused", error=error)

    def keep(self, letter: Letter, made: MadeLetter | Exception) -> LetterResult:
        """Archives a letter's files and records it as issued."""
        if isinstance(made, Exception):
            return failed(letter.who, letter.number, made)
        stem = self.stems[letter.who]
        entry = self.register.entries()[letter.who]
        try:
            self._refuse_other_bytes(entry, made)
            files = {f"{stem}.docx": made.docx, f"{stem}.pdf": made.pdf}
            hashes = self.archive.place_letter(files)
            self.register.record_issue(
                letter.number,
                {
                    "fingerprint": self.fingerprints[letter.who],
                    "docx": hashes[f"{stem}.docx"],
                    "pdf": hashes[f"{stem}.pdf"],
                    "pages": made.pages,
                },
            )
        except ArchiveError as error:
            return self._refused(letter, error)
        entries = self.register.entries()
        return self._result(entries[letter.who], "issued")

    def _refuse_other_bytes(self, entry: Entry, made: MadeLetter) -> None:
        """A letter made again must be the one that was issued, byte for byte."""
        recorded = (entry.docx_sha256, entry.pdf_sha256)
        if entry.status == "issued" and recorded != (sha256(made.docx), sha256(made.pdf)):
            raise ArchiveError(
                f"{entry.number} made again gives other bytes than were issued",
                "Make it with the version of the program and its engines in the manifest.",
            )

    def _result(self, entry: Entry, status: str) -> LetterResult:
        return LetterResult(entry.who, entry.number, status, self._files(entry))

    def _files(self, entry: Entry) -> dict[str, dict[str, object]]:
        path = str(self.archive.folder / self.stems[entry.who])
        pdf: dict[str, object] = {
            "path": f"{path}.pdf",
            "sha256": entry.pdf_sha256,
            "pages": entry.pages,
        }
        return {"pdf": pdf, "docx": {"path": f"{path}.docx", "sha256": entry.docx_sha256}}

    def write_manifest(self) -> None:
        """Replaces the manifest and sums of the dated folder, if any letter was ever issued."""
        edition = self.prepared.edition
        entries = self.register.entries()
        issued = [entry for entry in entries.values() if entry.status == "issued"]
        if not issued:
            return
        sums = {
            f"{self.stems[e.who]}.{f}": str(value)
            for e in issued
            for f, value in (("docx", e.docx_sha256), ("pdf", e.pdf_sha256))
            if e.who in self.stems
        }
        manifest = {
            "edition": self.prepared.key,
            "date": edition.date.isoformat(),
            "specimen": edition.specimen,
            "program": {"patra": __version__, **{e: version(e) for e in ENGINES}},
            "letters": [asdict(entry) for entry in issued],
            "files": sums,
            "inputs": hash_folder(edition.folder),
            "templates": self.templates,
            "fonts": self.fonts,
            "findings": [_plain(asdict(finding)) for finding in self.prepared.findings],
            "waivers": [_plain(asdict(waiver)) for waiver in edition.waivers],
        }
        self.archive.write_manifest(manifest, sums)


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if key != "place"}
