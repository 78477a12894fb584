"""No personal mobile number goes out: an office has a line of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain

from generator.audit.dossier import Dossier
from generator.audit.passages import Passage, edition_passages, setting_place
from generator.findings import Finding, Severity
from generator.model import Edition

_GAP = "[ \u00a0\u2010\u2011-]"
_MOBILE = re.compile(
    rf"""
    (?<!\d)(?<!\d\.)
    (?P<prefix>\+?91{_GAP}{{0,3}}|0{_GAP}?)?
    (?P<number>
        [6-9]\d{{4}}{_GAP}?\d{{5}}
        | (?:9|(?(prefix)(?!)|[6-8]))      # in 0612 221 7642 a prefix begins a landline's code
          (?:\d{{3}}{_GAP}\d{{6}} | \d{{3}}{_GAP}\d{{3}}{_GAP}\d{{3}} | \d\d{_GAP}\d{{3}}{_GAP}\d{{4}})
    )
    (?!\d)(?!\.\d)
    """,
    re.VERBOSE,
)
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")


def check_mobile_numbers_absent(case: Dossier) -> Iterator[Finding]:
    """No mobile number stands in a text, a setting or a recipient's row (domain PII-01).

    It is personal data (Digital Personal Data Protection Act 2023), and the signing officer's
    office line is meant (CSMOP). The finding does not repeat it.
    """
    told = set()
    for passage in chain(edition_passages(case.edition), _contacts(case.edition)):
        for offset, number in find_mobile_numbers(passage.text):
            place = passage.place_at(offset)
            if (place, number) not in told:
                told.add((place, number))
                yield Finding(
                    Severity.ERROR,
                    "mobile-numbers-absent",
                    f"The mobile number {number[:2]}XXXXXX{number[-2:]} stands there",
                    "Write an office line, its code set apart by a hyphen (011-…); or delete it.",
                    who=passage.who,
                    where=place,
                )


def find_mobile_numbers(text: str) -> Iterator[tuple[int, str]]:
    """The Indian mobile numbers in a text: where each begins, and its ten digits.

    Ten digits that begin with 6 to 9, in one or in groups of 5-5, 4-6, 4-3-3 or 3-3-4, after
    +91, 91, 0 or nothing. Landlines have a code of two to four digits, after a 0, that begins
    with 1 to 8; figures stand in Indian grouping.
    """
    digits = _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)
    for found in _MOBILE.finditer(digits):
        yield found.start(), re.sub(r"\D", "", found["number"])


def _contacts(edition: Edition) -> Iterator[Passage]:
    """What stands beside the texts: telephones and e-mails."""
    signatory, contact = edition.signatory, edition.contact
    values = {
        "signatory.phone": signatory.phone,
        "signatory.email": signatory.email,
        "contact.phone": contact.phone if contact else "",
        "contact.email": contact.email if contact else "",
    }
    language = edition.versions[0]
    for key, text in values.items():
        yield Passage("value", text, language, setting_place(edition, key), key=key)
    for recipient in edition.recipients:
        place = recipient.places.get("email", recipient.place)
        yield Passage("value", recipient.email, language, place, key="email", who=recipient.id)
