"""Is the compendium this month's, and not a copy of last month's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.audit.dossier import Dossier
from generator.findings import Finding, Severity
from generator.model import Place, Section


def check_compendium_renewed(case: Dossier) -> Iterator[Finding]:
    """Not every section of the compendium is one of the previous edition's, word for word."""
    edition, earlier = case.edition, case.edition.earlier
    if earlier is None or not edition.compendium or not earlier.compendium:
        return
    if set(_contents(edition.compendium)) <= set(_contents(earlier.compendium)):
        first = next(iter(edition.compendium[0].texts.values()), None)
        yield Finding(
            Severity.WARNING,
            "compendium-renewed",
            f"All sections of the compendium are the same as in {earlier.name}: "
            + ", ".join(section.id for section in edition.compendium),
            "Put this month's best practices into compendium/, and delete last month's.",
            where=Place(first.file.rpartition("/")[0] or first.file) if first else None,
        )


def _contents(sections: Sequence[Section]) -> Iterator[tuple[tuple[str, str], ...]]:
    """What each section says in its languages, whatever its number is."""
    for section in sections:
        yield tuple(sorted((code, text.source.strip()) for code, text in section.texts.items()))
