"""Does a letter hold what belongs to another recipient: a name, an e-mail address, a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from generator.audit.dossier import Dossier
from generator.content import Letter, version_texts
from generator.findings import Finding, Severity
from generator.locales import with_honorific
from generator.model import Edition, Place, Recipient

_BEGINNING, _END = re.compile(r"(?<![\w.@/-])\S"), re.compile(r"(?!\w|[.@/-]\w)")
"""Where a name, an address or a number may begin and end: "N/1" is not in "N/12" or "N/1-A"."""


class OthersAbsentFromLetter:
    """No other recipient's name, e-mail address or number stands in a letter (domain LEAK-01).

    What every letter holds stands in a text, and is one finding of the edition.
    """

    def __init__(self, case: Dossier) -> None:
        self._owners = _identities(case)
        self._finder = Finder(self._owners)
        self._recipients = {recipient.id: recipient for recipient in case.edition.recipients}
        self._leaks: dict[tuple[str, str], list[str]] = {}

    def read(self, letter: Letter) -> None:
        """Keeps what of others stands in a letter."""
        for identity in sorted(_held(letter, self._finder)):
            if letter.who not in self._owners[identity]:
                owner = ", ".join(sorted(self._owners[identity]))
                self._leaks.setdefault((identity, owner), []).append(letter.who)

    def findings(self) -> Iterator[Finding]:
        """One for each text, with all letters that hold it."""
        for (identity, owner), ids in self._leaks.items():
            who = ids[0] if len(ids) == 1 else None
            yield Finding(
                Severity.ERROR,
                "others-absent-from-letter",
                f"“{identity}” of {owner} stands in "
                + (f"the letter to {who}" if who else f"{len(ids)} letters to others"),
                "Take it out of the text or of the row it stands in.",
                who=who,
                where=_place(self._recipients[who], identity) if who else None,
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


class Finder:
    """Finds any of many texts in another, the longest first: a name may lie within another.

    One pattern of all of them would try each at every word: too slow for thousands.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = frozenset(texts)
        lengths: dict[str, set[int]] = {}
        for text in self._texts:
            lengths.setdefault(text[0], set()).add(len(text))
        self._lengths = {first: sorted(known, reverse=True) for first, known in lengths.items()}

    def find_in(self, text: str) -> Iterator[str]:
        """The texts that stand in another as words of their own, from left to right."""
        done = 0
        for start in _BEGINNING.finditer(text):
            if start.start() >= done and (found := self._at(text, start.start())):
                done = start.start() + len(found)
                yield found

    def _at(self, text: str, start: int) -> str:
        for length in self._lengths.get(text[start], ()):
            found = text[start : start + length]
            if found in self._texts and _END.match(text, start + length):
                return found
        return ""


def _held(letter: Letter, finder: Finder) -> set[str]:
    texts = (text for version in letter.versions for text in version_texts(version))
    return {found for text in texts for found in _held_in(text, finder)}


@lru_cache(maxsize=1024)
def _held_in(text: str, finder: Finder) -> tuple[str, ...]:
    """What stands in one text of a letter; most texts stand in many letters."""
    return tuple(finder.find_in(_folded(text)))


def _folded(text: str) -> str:
    return " ".join(text.split())
