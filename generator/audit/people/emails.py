"""Can each e-mail address be one, and does it belong to one recipient."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.audit.dossier import Dossier
from generator.audit.texts.passages import setting_place
from generator.findings import Finding, Severity
from generator.inputs.clean import shorten
from generator.model import Edition, Place, Recipient

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_TOP = r"[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])"
_EMAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+{_TOP}")


def check_email_well_formed(case: Dossier) -> Iterator[Finding]:
    """An e-mail address is one that can exist (RFC 5321, without quotes and comments)."""
    for text, whose, who, place in _emails(case.edition):
        if fault := fault_in_email(text):
            yield Finding(
                Severity.ERROR,
                "email-well-formed",
                f'The e-mail of {whose}, "{shorten(text)}", {fault}',
                "Write one address and nothing else.",
                who=who,
                where=place,
                expected="one address, such as name@example.in",
            )


def _emails(edition: Edition) -> Iterator[tuple[str, str, str | None, Place]]:
    """Every address of the edition: the text, whose it is, the recipient's id, the place."""
    yield edition.signatory.email, "[signatory]", None, setting_place(edition, "signatory.email")
    if edition.contact:
        yield edition.contact.email, "[contact]", None, setting_place(edition, "contact.email")
    for recipient in edition.recipients:
        yield recipient.email, recipient.id, recipient.id, _cell(recipient)


def _cell(recipient: Recipient) -> Place:
    return recipient.places.get("email", recipient.place)


def fault_in_email(text: str) -> str:
    """What is wrong with an address, in words that follow it; "" for nothing, or no address."""
    if not text or _EMAIL.fullmatch(text):
        return ""
    domain = text.rpartition("@")[2]
    foreign = next((c for c in text if not c.isascii()), "")
    faults: dict[str, object] = {
        "holds several addresses": sum("@" in part for part in re.split(r"[;,/\s]+", text)) > 1,
        "holds a space": re.search(r"\s", text),
        f'holds "{foreign}" (U+{ord(foreign or " "):04X})': foreign,
        "holds no @": "@" not in text,
        "holds several @": text.count("@") > 1,
        f'ends in "{text[-1]}"': not text[-1].isalnum(),
        f'has no dot in "{domain}"': "." not in domain,
    }
    return next((fault for fault, is_there in faults.items() if is_there), "cannot be an address")


def check_emails_unique(case: Dossier) -> Iterator[Finding]:
    """No two recipients have one e-mail address, or a letter would go to the wrong office."""
    owners: dict[str, list[Recipient]] = {}
    for recipient in case.edition.recipients:
        if _EMAIL.fullmatch(recipient.email):
            owners.setdefault(recipient.email.casefold(), []).append(recipient)
    for *earlier, last in owners.values():
        if earlier:
            others = tuple(recipient.id for recipient in earlier)
            yield Finding(
                Severity.ERROR,
                "emails-unique",
                f'"{last.email}" is the e-mail of {last.id}, and already of '
                f"{', '.join(others)} ({_cell(earlier[0])})",
                "Ask whose address it is, and correct or clear the other.",
                who=last.id,
                where=_cell(last),
                also=others,
            )
