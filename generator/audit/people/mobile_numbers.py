"""No personal mobile number goes out: an office has a line of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain

from generator.audit.dossier import Dossier
from generator.audit.texts.passages import Passage, edition_passages, setting_place
from generator.findings import Finding, Severity
from generator.model import Edition, Place

_GAP = "[ \u00a0\u2010\u2011-]"
_TEN_DIGITS = "|".join(
    _GAP.join(rf"\d{{{digits}}}" for digits in group)
    for group in ((10,), (5, 5), (4, 6), (4, 3, 3), (3, 3, 4))
)
_NUMBER = re.compile(
    rf"(?<!\d)(?<!\d\.)(?P<prefix>\+?91{_GAP}{{0,3}}|0{_GAP}?)?(?=[6-9])(?P<number>{_TEN_DIGITS})"
    r"(?!\d)(?!\.\d)"
)
_WITHOUT_CODE = re.compile(rf"\d{{5}}{_GAP}?\d{{5}}")
_NEAR = 40
_PAPERS = re.compile(
    r"(?i:\b(?:bills?|invoices?|account|a/c|acct|file|utr|reference|ref|order|transaction|challan"
    r"|receipt|voucher|registration|cheque|PAN|GSTIN)\b|बिल|खाता|खाते|फाइल|फ़ाइल|मिसिल|संदर्भ|आदेश|चालान"
    r"|रसीद|वाउचर|पंजीकरण|पंजीयन|लेनदेन|यूटीआर|(?<!मोबाइल )(?<!दूरभाष )(?<!फोन )(?<!फ़ोन )(?<!संपर्क )क्रमांक)"
    r"[\s.:–-]*(?:(?i:number|no|id)\b|संख्या|सं|क्रमांक|नंबर|नं)?[\s.:–ः-]*$"
)
"""What has a number of ten digits that is no telephone's."""

_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")


def check_mobile_numbers_absent(case: Dossier) -> Iterator[Finding]:
    """No mobile number stands in a text, a setting or a recipient's row (domain PII-01).

    It is personal data (Digital Personal Data Protection Act 2023), and the signing officer's
    office line is meant (CSMOP). The finding does not repeat it.
    """
    told: set[tuple[Place, str]] = set()
    for passage in chain(edition_passages(case.edition), _contacts(case.edition)):
        found = [(passage.place_at(at), no) for at, no in find_mobile_numbers(passage.text)]
        if new := [one for one in found if one not in told]:
            told.update(new)
            shown = dict.fromkeys(f"{number[:2]}XXXXXX{number[-2:]}" for _, number in new)
            yield Finding(
                Severity.ERROR,
                "mobile-numbers-absent",
                f"The mobile number {' and '.join(shown)} stands there",
                "Write an office line, its code set apart by a hyphen (011-…); or delete it.",
                who=passage.who,
                where=new[0][0],
            )


def find_mobile_numbers(text: str) -> Iterator[tuple[int, str]]:
    """The Indian mobile numbers in a text: where each begins, and its ten digits.

    They begin with 6 to 9 and are grouped as 10, 5-5, 4-6, 4-3-3 or 3-3-4, after +91, 91, 0 or
    nothing. In 0612 221 7642, or with +91 for the 0, the first group is a landline's code; no
    such code begins with 9. Numbers of bills, accounts and files are none.
    """
    digits = _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)
    for found in _NUMBER.finditer(digits):
        number = found["number"]
        has_code = found["prefix"] and not _WITHOUT_CODE.fullmatch(number)
        of_paper = _PAPERS.search(digits[: found.start()][-_NEAR:])
        if not of_paper and (number.startswith("9") or not has_code):
            yield found.start(), re.sub(r"\D", "", number)


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
