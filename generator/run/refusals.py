"""Letters that register and archive refuse, and what is told of each."""

from __future__ import annotations

from generator.errors import ArchiveError
from generator.register import Entry, Revision
from generator.run.versions import other_version


def refuse_cancelled(entry: Entry) -> ArchiveError:
    """The refusal of a letter that was cancelled."""
    return ArchiveError(
        f"{entry.number} was cancelled: {entry.reason}",
        "Its number is never used again; issue the letter in an edition or series of its own.",
    )


def refuse_changed() -> ArchiveError:
    """The refusal of a letter whose process had read other templates or fonts than are recorded."""
    return ArchiveError(
        "A file of the letter's kind, or a font, was changed while the run was on", "Run again."
    )


def recorded(entry: Entry, revision: int) -> Revision | None:
    """What is recorded of a revision; None where it was not issued."""
    return next((r for r in entry.revisions if r.revision == revision), None)


def refuse_other_bytes(entry: Entry, made: Revision) -> None:
    """A letter made again must be the one that was issued, byte for byte."""
    before = recorded(entry, made.revision)
    if before and before.hashes != made.hashes:
        raise other_version(entry, before, "made again gives other bytes than were issued")
