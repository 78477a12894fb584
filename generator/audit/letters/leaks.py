"""Does a letter hold what belongs to another recipient: a name, an e-mail address, a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from generator.audit.dossier import Dossier
from generator.content import Letter, version_texts
from generator.findings import Finding, Severity
from generator.locales import with_honorific
from generator.model import Edition, Place, Recipient

_BEFORE, _AFTER = r"(?<![\w.@/-])", r"(?!\w|[.@/-]\w)"
"""What continues a name, an address or a number: "N/1" does not stand in "N/12" or "N/1-A"."""


def check_others_absent_from_letter(case: Dossier) -> Iterator[Finding]:
    """No other recipient's name, e-mail address or number stands in a letter (domain LEAK-01).

    What every letter holds stands in a text, and is one finding of the edition.
    """
    owners = _identities(case)
    if not owners:
        return
    pattern = _pattern(owners)
    leaks: dict[tuple[str, str], list[str]] = {}
    for letter in case.letters:
        for identity in sorted(_held(letter, pattern)):
            if letter.who not in owners[identity]:
                owner = ", ".join(sorted(owners[identity]))
                leaks.setdefault((identity, owner), []).append(letter.who)
    recipients = {recipient.id: recipient for recipient in case.edition.recipients}
    for (identity, owner), ids in leaks.items():
        who = ids[0] if len(ids) == 1 else None
        yield Finding(
            Severity.ERROR,
            "others-absent-from-letter",
            f"“{identity}” of {owner} stands in "
            + (f"the letter to {who}" if who else f"{len(ids)} letters to others"),
            "Take it out of the text or of the row it stands in.",
            who=who,
            where=_place(recipients[who], identity) if who else None,
        )


def _place(recipient: Recipient, identity: str) -> Place:
    """The cell of the recipient's row that holds a text, or the row."""
    for column in ("name", "designation", "addressee", "address", "salutation"):
        for language, text in getattr(recipient, column).items():
            if identity in _folded(text):
                return recipient.places.get(f"{column}_{language}", recipient.place)
    return recipient.place


def _identities(case: Dossier) -> dict[str, set[str]]:
    """Each text that belongs to recipients, with whose it is.

    The names of those who sign and answer belong to all: every letter prints them.
    """
    owners: dict[str, set[str]] = {}
    for recipient in case.edition.recipients:
        for text in (*_names(recipient), recipient.email, case.numbers.get(recipient.id, "")):
            owners.setdefault(_folded(text), set()).add(recipient.id)
    everyone = {recipient.id for recipient in case.edition.recipients}
    owners |= dict.fromkeys(_shared(case.edition), everyone)
    return {text: whose for text, whose in owners.items() if text}


def _names(recipient: Recipient) -> Iterator[str]:
    """The name in each language; a single word only with its honorific: it may be any word."""
    for language, name in recipient.name.items():
        if len(name.split()) > 1:
            yield name
        if recipient.honorific:
            yield with_honorific(recipient.honorific, name, language)


def _shared(edition: Edition) -> Iterator[str]:
    """The signatory's and the contact's names and addresses."""
    signatory, contact = edition.signatory, edition.contact
    texts = [*signatory.name.values(), signatory.email]
    if contact:
        named = contact.name.items()
        texts += [*contact.name.values(), contact.email]
        texts += [with_honorific(contact.honorific, name, language) for language, name in named]
    yield from map(_folded, texts)


def _pattern(owners: Mapping[str, set[str]]) -> re.Pattern[str]:
    """Finds any of the texts, the longest first: a name may lie within another."""
    texts = sorted(owners, key=len, reverse=True)
    anyone = "|".join(re.escape(text) for text in texts)
    return re.compile(rf"{_BEFORE}(?:{anyone}){_AFTER}")


def _held(letter: Letter, pattern: re.Pattern[str]) -> set[str]:
    texts = (text for version in letter.versions for text in version_texts(version))
    return {found for text in texts for found in _held_in(text, pattern)}


@lru_cache(maxsize=4096)
def _held_in(text: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
    """What stands in one text of a letter; most texts stand in many letters."""
    return tuple(pattern.findall(_folded(text)))


def _folded(text: str) -> str:
    return " ".join(text.split())
