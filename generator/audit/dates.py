"""Are the edition's dates in order: of the figures and of the letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.audit.dossier import Dossier
from generator.findings import Finding, Severity

MOST_DAYS = 31
"""How old a month's figures may be (domain §7.3)."""

SUNDAY = 6

NATIONAL_HOLIDAYS: Mapping[tuple[int, int], str] = {
    (1, 26): "Republic Day",
    (8, 15): "Independence Day",
    (10, 2): "Mahatma Gandhi's birthday",
}
"""By month and day; all other holidays are notified anew each year, or are a State's own."""


def check_dates_in_order(case: Dossier) -> Iterator[Finding]:
    """Figures are not dated after the letter that prints them (domain DATE-01)."""
    edition = case.edition
    if edition.as_on and edition.as_on > edition.date:
        yield Finding(
            Severity.ERROR,
            "dates-in-order",
            f"The figures are as on {edition.as_on}, after the letter's date {edition.date}",
            "Correct as_on or date in edition.toml.",
            where=edition.places.get("as_on"),
        )


def check_figures_recent(case: Dossier) -> Iterator[Finding]:
    """Figures are not more than 31 days older than the letter (domain §7.3)."""
    edition = case.edition
    days = (edition.date - edition.as_on).days if edition.as_on else 0
    if days > MOST_DAYS:
        yield Finding(
            Severity.WARNING,
            "figures-recent",
            f"The figures are as on {edition.as_on}, {days} days before the letter's date "
            f"{edition.date}",
            "Take newer figures, or correct as_on or date in edition.toml.",
            where=edition.places.get("as_on"),
            expected=f"{MOST_DAYS} days at most",
        )


def check_date_is_working_day(case: Dossier) -> Iterator[Finding]:
    """A letter is not dated on a Sunday or a national holiday, when no office despatches."""
    day = case.edition.date
    names = [
        NATIONAL_HOLIDAYS.get((day.month, day.day)),
        "a Sunday" if day.weekday() == SUNDAY else None,
    ]
    named = " and ".join(name for name in names if name)
    if named:
        yield Finding(
            Severity.WARNING,
            "date-is-working-day",
            f"The letters' date, {day}, is {named}",
            "Date the letters on the day on which they are signed and sent.",
            where=case.edition.places.get("date"),
            expected="a working day",
        )
