"""Letters in hand as JSON, each with the fingerprint of what makes its bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.content import Letter
from generator.fingerprint import fingerprint_content, further_fonts, hash_logo
from generator.letter_json import letter_to_json


@dataclass(frozen=True, slots=True)
class Content:
    """A letter as JSON, and its fingerprint."""

    letter: Letter
    data: bytes
    fingerprint: str


class Contents:
    """Works out a letter's content once while the letter is in hand.

    Args:
        templates: SHA-256 of the kind's files, by name.
        fonts: SHA-256 of the fonts that the kind names.
        all_fonts: SHA-256 of every font, for letters in further languages.
    """

    def __init__(
        self,
        templates: Mapping[str, str],
        fonts: Mapping[str, str],
        all_fonts: Mapping[str, str],
    ) -> None:
        self._templates, self._fonts, self._all_fonts = templates, fonts, all_fonts
        self._in_hand: dict[str, Content] = {}

    def of(self, letter: Letter) -> Content:
        """A letter's content; it is kept until the letter is dropped."""
        known = self._in_hand.get(letter.who)
        if known is None or known.letter is not letter:
            data, materials = letter_to_json(letter), {**self._templates, **self.fonts_of(letter)}
            fingerprint = fingerprint_content(data, materials, hash_logo(letter))
            self._in_hand[letter.who] = known = Content(letter, data, fingerprint)
        return known

    def drop(self, letter: Letter) -> None:
        """The letter is in hand no more."""
        self._in_hand.pop(letter.who, None)

    def fonts_of(self, letter: Letter) -> Mapping[str, str]:
        """The fonts of the kind and of the letter's further languages, hashed by name."""
        return {**self._fonts, **further_fonts(letter, self._all_fonts)}
