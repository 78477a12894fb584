"""What became of each letter of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from generator.errors import PatraError


@dataclass(frozen=True, slots=True)
class LetterResult:
    """One letter: its status is issued, unchanged, cancelled, refused, failed, or drafted.

    ``files`` maps a format to its path, SHA-256 and pages, as the contract's JSON has them.
    """

    who: str
    number: str
    status: str
    files: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    error: PatraError | None = None
    revision: int = 1


Progress: TypeAlias = Callable[[LetterResult, int, int], None]
"""Called after each letter with its result, how many are done, and of how many."""


class Count:
    """Counts letters, tells ``progress``, and keeps the results."""

    def __init__(self, total: int, progress: Progress) -> None:
        self.total, self.progress = total, progress
        self.results: list[LetterResult] = []

    def up(self, result: LetterResult) -> LetterResult:
        """One more is done; hands the result through."""
        self.results.append(result)
        self.progress(result, len(self.results), self.total)
        return result


def failed(who: str, number: str, error: Exception) -> LetterResult:
    """A letter that could not be made; a bug in the program is told apart by its exit code 1."""
    if isinstance(error, PatraError):
        return LetterResult(who, number, "failed", error=error)
    bug = PatraError(f"A bug in the program: {type(error).__name__}: {error}", "Report it.")
    bug.__cause__ = error
    return LetterResult(who, number, "failed", error=bug)
