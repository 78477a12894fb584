"""The page names no person: it may be shown where letters may not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.findings import Finding
from generator.model import Bilingual, Edition

GAP = "[…]"
"""Stands where a name or an e-mail address stood."""

_EMAIL = r"[^\s@<>()\"“”]+@[^\s@<>()\"“”]+"

TOGETHER = 256
"""Names in one pattern: of thousands in one, Python would need tens of megabytes."""


class Concealer:
    """Takes the people of an edition out of texts.

    Args:
        edition: Whose recipients, signatory and contact are not named.
        former: The same edition as it was: those who stood in it then are not named either.
    """

    def __init__(self, edition: Edition, former: Iterable[Edition] = ()) -> None:
        people = [name for each in (edition, *former) for name in _names_in(each)]
        names = {" ".join(name.split()) for texts in people for name in texts.values()} - {""}
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        whole = (r"\s+".join(map(re.escape, name.split())) for name in longest_first)
        words = [rf"(?<!\w){name}(?!\w)" for name in whole]
        some = ("|".join(words[n : n + TOGETHER]) for n in range(0, len(words), TOGETHER))
        self._patterns = [re.compile(each, re.IGNORECASE) for each in (_EMAIL, *some)]
        self._rows = {recipient.place.file for recipient in edition.recipients}

    def conceal(self, text: str) -> str:
        """The text without names and e-mail addresses."""
        for pattern in self._patterns:
            text = pattern.sub(GAP, text)
        return text

    def text_of(self, finding: Finding) -> str:
        """What a finding says; "" where it quotes a recipient's row, in whatever spelling."""
        if finding.where and finding.where.file in self._rows:
            return ""
        return self.conceal(f"{finding.text}. {finding.remedy}".replace("..", "."))


def _names_in(edition: Edition) -> list[Bilingual]:
    names = [recipient.name for recipient in edition.recipients]
    return [*names, edition.signatory.name, edition.contact.name if edition.contact else {}]
