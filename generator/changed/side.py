"""All that a letter is made of, as it was when it was issued or as it is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.compose import Revised, compose_letter
from generator.content import Letter
from generator.errors import PatraError
from generator.letter_json import letter_to_json
from generator.model import Edition, Language, Recipient, Scorecard, ScoreRow
from generator.scoring import score_edition


@dataclass(frozen=True)
class Side:
    """An edition at one time, and the letter to one recipient made of it.

    ``settings`` maps each key of edition.toml by its dotted name to its value; ``templates`` and
    ``fonts`` map files to their SHA-256, ``logo`` its files; ``program`` is its version.
    """

    edition: Edition
    settings: Mapping[str, object]
    letter: Letter
    templates: Mapping[str, str]
    fonts: Mapping[str, str]
    logo: Mapping[str, str]
    program: str

    @property
    def who(self) -> str:
        """To whom the letter is."""
        return self.letter.who

    @property
    def recipient(self) -> Recipient | None:
        """The recipient's row; None where the edition had none."""
        return next((r for r in self.edition.recipients if r.id == self.who), None)

    @property
    def rows(self) -> dict[str, ScoreRow]:
        """The rows of figures by recipient's id."""
        return {row.who: row for row in self.edition.rows}

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages of the letter's versions."""
        return tuple(version.language for version in self.letter.versions)

    def score(self, rows: Sequence[ScoreRow]) -> dict[str, Scorecard]:
        """The scorecards of the edition, had it these rows."""
        return score_edition(replace(self.edition, rows=tuple(rows)))

    def would_differ(self, **parts: Any) -> bool:  # noqa: ANN401 - the fields of Edition
        """Whether the letter would be another if these parts of the edition were other ones."""
        edition = replace(self.edition, **parts)
        try:
            letter = self._compose(edition)
        except (PatraError, LookupError):  # parts of two times need not fit together
            return True
        return letter_to_json(letter) != letter_to_json(self.letter)

    def _compose(self, edition: Edition) -> Letter:
        letter = self.letter
        recipient = next(r for r in edition.recipients if r.id == self.who)
        revised = Revised(letter.revision, letter.date) if letter.revision > 1 else None
        cards = score_edition(edition)
        return compose_letter(edition, cards, recipient, letter.number, revised)
