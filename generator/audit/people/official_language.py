"""Are the languages of each letter lawful, and the translations vetted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.audit.dossier import Dossier
from generator.findings import Finding, Severity
from generator.locales import LANGUAGES, language_name
from generator.model import Edition, Language, Recipient, State

NEEDED: Mapping[str, tuple[Language, str]] = {
    "A": ("hi", "Official Languages Rules 1976, r. 3(1)"),
    "B": ("hi", "Official Languages Rules 1976, r. 3(2)"),
    "C": ("en", "Official Languages Rules 1976, r. 3(3)"),
}
"""By region: the language that no letter may lack, and the law that says so."""

BOTH: tuple[Language, ...] = ("hi", "en")
ORDERS = "Official Languages Act 1963, s. 3(3)"
"""The law on resolutions and general orders, and the languages that it asks for."""

BEYOND_RULES = "Official Languages Act 1963, s. 3(1)"
"""To Tamil Nadu the Rules do not extend; it needs English under the Act."""


def check_versions_lawful(case: Dossier) -> Iterator[Finding]:
    """English alone to Region A or B, and Hindi alone to Region C, are unlawful.

    Official Languages Rules 1976, r. 3(1)-(3); house decision 6. A fault of the edition's own
    versions is one finding. What goes to a distribution list is a general order, in both
    languages (Official Languages Act 1963, s. 3(3)).
    """
    edition = case.edition
    if edition.distribution is not None:
        yield from _general_order(edition)
        return
    unlawful: dict[Language, list[Recipient]] = {}
    for recipient in edition.recipients:
        versions = recipient.versions or edition.versions
        if recipient.state is None or (needed := NEEDED[recipient.state.region][0]) in versions:
            continue
        if recipient.versions:
            yield _own_versions(recipient, recipient.state, needed)
        else:
            unlawful.setdefault(needed, []).append(recipient)
    for needed, recipients in unlawful.items():
        yield _versions_of_edition(edition, recipients, needed)


def _general_order(edition: Edition) -> Iterator[Finding]:
    for recipient in (None, *edition.recipients):
        versions = edition.versions if recipient is None else recipient.versions
        missing = [code for code in BOTH if versions is not None and code not in versions]
        if missing:
            yield Finding(
                Severity.ERROR,
                "versions-lawful",
                f"{recipient.id if recipient else 'What goes to a distribution list'} has no "
                f"version in {', '.join(missing)}; a general order is issued in both ({ORDERS})",
                f'Add "{missing[0]}" to versions.',
                who=recipient.id if recipient else None,
                where=recipient.places.get("versions", recipient.place)
                if recipient
                else edition.places.get("versions"),
            )


def _own_versions(recipient: Recipient, state: State, needed: Language) -> Finding:
    return Finding(
        Severity.ERROR,
        "versions-lawful",
        f"{recipient.id} is in Region {state.region}, and its letter holds only "
        f"{', '.join(recipient.versions or ())} ({_law(state)})",
        f'Add "{needed}" to its versions, or clear the cell.',
        who=recipient.id,
        where=recipient.places.get("versions", recipient.place),
    )


def _versions_of_edition(
    edition: Edition, recipients: list[Recipient], needed: Language
) -> Finding:
    states = [recipient.state for recipient in recipients if recipient.state]
    regions = " and ".join(sorted({state.region for state in states}))
    laws = "; ".join(sorted({_law(state) for state in states}, reverse=True))
    return Finding(
        Severity.ERROR,
        "versions-lawful",
        f"The letters hold only {', '.join(edition.versions)}, and these are in Region {regions}: "
        f"{', '.join(recipient.id for recipient in recipients)} ({laws})",
        f'Add "{needed}" to versions in edition.toml.',
        who=recipients[0].id if len(recipients) == 1 else None,
        where=edition.places.get("versions"),
    )


def _law(state: State) -> str:
    return NEEDED[state.region][1] if state.rules_extend else BEYOND_RULES


def check_texts_vetted(case: Dossier) -> Iterator[Finding]:
    """Each translation was vetted by an officer (house decision 10)."""
    for language in case.edition.versions:
        if LANGUAGES[language].translated and language not in case.edition.vetting:
            yield Finding(
                Severity.WARNING,
                "texts-vetted",
                f"No officer has vetted the texts in {language_name(language)}",
                _how_to_record(case.edition, language),
                where=case.edition.places.get("vetting") or case.edition.places.get("versions"),
            )


def _how_to_record(edition: Edition, language: Language) -> str:
    """The lines to paste, the table's name only where the settings have no such table yet."""
    line = f'{language} = {{ by = "…", on = {edition.date:%Y-%m-%d} }}'
    vetted = "Have them vetted, and write who did and when"
    if edition.vetting:
        return f"{vetted} below [vetting] in edition.toml:\n{line}"
    return f"{vetted} at the end of edition.toml:\n[vetting]\n{line}"
