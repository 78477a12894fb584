"""Is the edition as a whole in order: its dates, and the vetting of its texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.findings import Finding, Severity
from generator.locales import LANGUAGES
from generator.model import Edition, Scorecard


def check_dates_in_order(edition: Edition, _cards: Mapping[str, Scorecard]) -> Iterator[Finding]:
    """Figures are not dated after the letter that prints them (domain DATE-01)."""
    if edition.as_on and edition.as_on > edition.date:
        yield Finding(
            Severity.ERROR,
            "dates-in-order",
            f"The figures are as on {edition.as_on}, after the letter's date {edition.date}",
            "Correct as_on or date in edition.toml.",
            where=edition.places.get("as_on"),
        )


def check_texts_vetted(edition: Edition, _cards: Mapping[str, Scorecard]) -> Iterator[Finding]:
    """Each translation was vetted by an officer (house decision 10)."""
    for language in edition.versions:
        if LANGUAGES[language].translated and language not in edition.vetting:
            yield Finding(
                Severity.WARNING,
                "texts-vetted",
                f'No officer has vetted the texts in "{language}"',
                f'Have them vetted and write [vetting] {language} = {{ by = "…", on = … }}.',
                where=edition.places.get("vetting") or edition.places.get("versions"),
            )
