"""Is each letter lawful for its addressee."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.findings import Finding, Severity
from generator.model import Edition, Scorecard


def check_versions_lawful(edition: Edition, _cards: Mapping[str, Scorecard]) -> Iterator[Finding]:
    """English alone to Region A or B, and Hindi alone to Region C, are unlawful.

    Official Languages Rules 1976, r. 3(1)–(3); house decision 6. Tamil Nadu, to which the Rules
    do not extend, needs English under s. 3(1) of the Official Languages Act.
    """
    for recipient in edition.recipients:
        versions = recipient.versions or edition.versions
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
