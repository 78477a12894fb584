"""Was each name confirmed, and not too long ago: heads of administration change monthly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from generator.audit.dossier import Dossier
from generator.findings import Finding, Severity
from generator.model import Place, Recipient

MOST_DAYS = 31


def check_recipients_confirmed(case: Dossier) -> Iterator[Finding]:
    """Each name was confirmed (domain NAME-02); one warning lists those without a date.

    A date that is filled in, but not understood, is told while reading.
    """
    named = [r for r in case.edition.addressees if r.name]
    open_names = [r for r in named if not (r.confirmed_on or "confirmed_on" in r.places)]
    if open_names:
        yield Finding(
            Severity.WARNING,
            "recipients-confirmed",
            "No date on which the name was confirmed: " + ", ".join(r.id for r in open_names),
            "Confirm each name with the State, and fill in confirmed_on.",
            who=_only_one(open_names),
            where=open_names[0].place,
        )


def check_confirmations_recent(case: Dossier) -> Iterator[Finding]:
    """Each name was confirmed in the 31 days before the letter's date (domain NAME-02)."""
    last = case.edition.date
    first = last - timedelta(days=MOST_DAYS)
    named = [r for r in case.edition.addressees if r.name]
    stale = [r for r in named if r.confirmed_on and not first <= r.confirmed_on <= last]
    if stale:
        dates = ", ".join(f"{r.id} (on {r.confirmed_on})" for r in stale)
        yield Finding(
            Severity.WARNING,
            "confirmations-recent",
            f"Not confirmed in the {MOST_DAYS} days before the letter's date {last}: {dates}",
            "Confirm each name with the State again, and correct confirmed_on.",
            who=_only_one(stale),
            where=_cell(stale[0]),
            expected=f"a date from {first} to {last}",
        )


def _only_one(recipients: Sequence[Recipient]) -> str | None:
    """The recipient that a finding concerns, where it concerns one alone."""
    return recipients[0].id if len(recipients) == 1 else None


def _cell(recipient: Recipient) -> Place:
    return recipient.places.get("confirmed_on", recipient.place)
