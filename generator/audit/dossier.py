"""What the checks look at: an edition with all that is known of it before a letter is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from generator.content import Letter
from generator.findings import Finding
from generator.model import Edition, Scorecard


@dataclass(frozen=True, slots=True)
class Dossier:
    """An edition, its scorecards, and what its surroundings say.

    ``numbers`` are those the letters will bear, by recipient's id; ``taken`` are numbers of other
    editions in the register, each with the edition that has it. ``characters`` are the code points
    that the fonts can print, None where that is not known. ``found`` is what earlier checks found.
    """

    edition: Edition
    cards: Mapping[str, Scorecard]
    numbers: Mapping[str, str] = field(default_factory=dict)
    taken: Mapping[str, str] = field(default_factory=dict)
    characters: frozenset[int] | None = None
    found: Sequence[Finding] = ()


Check: TypeAlias = Callable[[Dossier], Iterable[Finding]]
"""A rule: yields what breaks it. It changes nothing."""


class LetterReader(Protocol):
    """A rule on finished letters, which it is shown one by one: it keeps only what breaks it."""

    def read(self, letter: Letter) -> None:
        """Looks at one letter."""

    def findings(self) -> Iterable[Finding]:
        """What breaks the rule, in all letters that were read."""


LetterCheck: TypeAlias = Callable[[Dossier], LetterReader]
"""Begins to read an edition's letters by one rule."""
