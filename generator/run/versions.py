"""Which program and engines make a letter's bytes, and the refusal where those are other ones."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version

from generator import __version__
from generator.errors import ArchiveError
from generator.register import Entry, Revision
from generator.workers.versions import library_versions

ENGINES = (
    *("weasyprint", "pydyf", "fonttools", "uharfbuzz", "pikepdf", "matplotlib", "pillow"),
    *("docxtpl", "python-docx", "lxml", "babel"),
)


def engine_versions() -> dict[str, str]:
    """The versions of the engines at work, and of the system's libraries below them."""
    return {**{engine: version(engine) for engine in ENGINES}, **library_versions()}


def other_version(entry: Entry, revision: Revision, what: str) -> ArchiveError:
    """The refusal of a revision that cannot be made again as it was issued."""
    before = {**revision.engines, "patra": revision.program}
    now = {**engine_versions(), "patra": __version__}
    return ArchiveError(
        f"{entry.number} ({entry.who}, revision {revision.revision}) {what}. "
        f"Issued with {_told(before)}; this is {_told(now)}. Nothing was written",
        "Use the versions that issued it, or restore the dated folder from a backup.",
    )


def _told(versions: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {versions[name]}" for name in sorted(versions))
