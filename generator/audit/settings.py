"""Is the edition as a whole in order: its dates, and the vetting of its texts."""

from __future__ import annotations

from collections.abc import Iterator

from generator.audit.dossier import Dossier
from generator.findings import Finding, Severity
from generator.locales import LANGUAGES


def check_dates_in_order(case: Dossier) -> Iterator[Finding]:
    """Figures are not dated after the letter that prints them (domain DATE-01)."""
    if case.edition.as_on and case.edition.as_on > case.edition.date:
        yield Finding(
            Severity.ERROR,
            "dates-in-order",
            f"The figures are as on {case.edition.as_on}, "
            f"after the letter's date {case.edition.date}",
            "Correct as_on or date in edition.toml.",
            where=case.edition.places.get("as_on"),
        )


def check_texts_vetted(case: Dossier) -> Iterator[Finding]:
    """Each translation was vetted by an officer (house decision 10)."""
    for language in case.edition.versions:
        if LANGUAGES[language].translated and language not in case.edition.vetting:
            yield Finding(
                Severity.WARNING,
                "texts-vetted",
                f'No officer has vetted the texts in "{language}"',
                f'Have them vetted and write [vetting] {language} = {{ by = "…", on = … }}.',
                where=case.edition.places.get("vetting") or case.edition.places.get("versions"),
            )
