"""One difference between what a letter was made of and what it would be made of now."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import Place


@dataclass(frozen=True, slots=True)
class Difference:
    """Where something changed, what it is ("HR, onboarded"), and both values as shown."""

    place: Place
    old: str
    new: str
    what: str = ""

    def __str__(self) -> str:
        what = f" ({self.what})" if self.what else ""
        return f"{self.place}{what}: {self.old} → {self.new}"
