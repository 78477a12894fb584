"""Is each addressee's own data in order, and its letter lawful."""

from __future__ import annotations

from collections.abc import Iterator

from generator.audit.dossier import Dossier
from generator.findings import Finding, Severity


def check_versions_lawful(case: Dossier) -> Iterator[Finding]:
    """English alone to Region A or B, and Hindi alone to Region C, are unlawful.

    Official Languages Rules 1976, r. 3(1)–(3); house decision 6. Tamil Nadu, to which the Rules
    do not extend, needs English under s. 3(1) of the Official Languages Act.
    """
    for recipient in case.edition.recipients:
        versions = recipient.versions or case.edition.versions
        if recipient.state is None:
            continue
        needed = "en" if recipient.state.region == "C" else "hi"
        if needed not in versions:
            yield Finding(
                Severity.ERROR,
                "versions-lawful",
                f"{recipient.id} is in Region {recipient.state.region}, and its letter holds "
                f"only {', '.join(versions)} (Official Languages Rules 1976, r. 3)",
                f'Add "{needed}" to its versions.',
                who=recipient.id,
                where=recipient.place,
            )


def check_names_not_lost(case: Dossier) -> Iterator[Finding]:
    """No Hindi was lost to question marks, as Excel's plain "CSV" does."""
    for recipient in case.edition.recipients:
        texts = (recipient.name, recipient.designation, recipient.addressee, recipient.address)
        lost = [text for group in texts for text in group.values() if "??" in text]
        if lost:
            yield Finding(
                Severity.ERROR,
                "names-not-lost",
                f'"{lost[0]}" stands where {recipient.id} should have a name or address',
                'Type it again, and save the file as "CSV UTF-8" or as a workbook (.xlsx).',
                who=recipient.id,
                where=recipient.place,
            )


def check_recipients_confirmed(case: Dossier) -> Iterator[Finding]:
    """Each name was confirmed; one warning lists those without a date."""
    open_names = [r for r in case.edition.recipients if r.name and r.confirmed_on is None]
    if open_names:
        yield Finding(
            Severity.WARNING,
            "recipients-confirmed",
            "No date on which the name was confirmed: " + ", ".join(r.id for r in open_names),
            "Confirm each name with the State, and fill in confirmed_on.",
            where=open_names[0].place,
        )
