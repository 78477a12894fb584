"""What the page shows, as values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from generator.findings import Finding, Severity, standing
from generator.model import Edition, Language, Scorecard, State, Waiver
from generator.register import Entry


@dataclass(frozen=True, slots=True)
class File:
    """A letter's file; ``size`` in bytes, None where it is not in the folder."""

    name: str
    size: int | None

    @property
    def format(self) -> str:
        """DOCX or PDF."""
        return self.name.rpartition(".")[2].upper()


@dataclass(frozen=True, slots=True)
class Issue:
    """One revision of a letter, with its files."""

    revision: int
    date: date
    reason: str
    files: tuple[File, ...]

    @property
    def size(self) -> int:
        """Bytes of all its files that are there."""
        return sum(file.size or 0 for file in self.files)


@dataclass(frozen=True, slots=True)
class Line:
    """One letter.

    ``card`` holds the figures that stand in the letter, None where they are not known; ``issues``
    are its revisions, the latest first; ``picture`` gives a PNG of its first page, or nothing:
    it is drawn when the page comes to it, and not kept.
    """

    entry: Entry
    state: State | None
    card: Scorecard | None
    languages: tuple[Language, ...]
    issues: tuple[Issue, ...] = ()
    picture: Callable[[], bytes] = bytes
    findings: tuple[Finding, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    @property
    def cohort(self) -> str:
        """Its category; "" where that is not known."""
        return (self.card.cohort if self.card else None) or ""

    @property
    def rank(self) -> int | None:
        """Its rank in its category."""
        return int(self.card.rank.value) if self.card and self.card.rank else None

    @property
    def pages(self) -> int | None:
        """The pages of its latest revision."""
        return self.entry.latest.pages if self.entry.latest else None

    @property
    def size(self) -> int:
        """Bytes of its latest revision's files."""
        return self.issues[0].size if self.issues else 0


@dataclass(frozen=True, slots=True)
class Overview:
    """A dated folder: its edition, its letters, and the findings of the last run.

    ``lines`` has a line for each of ``entries``, and is gone through once: they may be thousands.
    ``key`` is what the register knows the edition by; ``program`` is its version; ``former`` the
    edition as letters were made of it when other people stood in it.
    """

    edition: Edition
    key: str
    entries: tuple[Entry, ...]
    lines: Iterable[Line]
    findings: Sequence[Finding]
    program: str
    former: tuple[Edition, ...] = ()

    @property
    def general(self) -> list[Finding]:
        """The findings on the whole edition, or on those whom no letter is for."""
        told = {entry.who for entry in self.entries}
        return [finding for finding in self.findings if finding.who not in told]

    @property
    def waivers(self) -> list[Waiver]:
        """The waivers that are for everyone, or for those whom no letter is for."""
        told = {entry.who for entry in self.entries}
        return [waiver for waiver in self.edition.waivers if waiver.who not in told]

    @property
    def totals(self) -> dict[str, int]:
        """What is counted at the head of the page, by its label."""
        entries = self.entries
        errors = [f for f in self.findings if f.severity is Severity.ERROR]
        return {
            "Issued": sum(entry.status == "issued" for entry in entries),
            "Revisions": sum(r.revision > 1 for entry in entries for r in entry.revisions),
            "Cancelled": sum(entry.status == "cancelled" for entry in entries),
            "Number reserved": sum(entry.status == "reserved" for entry in entries),
            "Errors waived": sum(finding.waived for finding in errors),
            "Warnings": len(standing(self.findings, Severity.WARNING)),
        }
