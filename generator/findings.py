"""Problems in data, text or template, as values: collected and shown together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from generator.model import Place


class Severity(StrEnum):
    """How grave a finding is: an error blocks the letters it concerns."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem: which check found it, whom and what place it concerns, what to do.

    ``message`` says what stands there and what was expected; ``who`` is a recipient's id, or None
    for a fault of the whole edition.
    """

    severity: Severity
    check: str
    message: str
    remedy: str
    who: str | None = None
    where: Place | None = None
    waived: bool = False


def standing(findings: Iterable[Finding], severity: Severity) -> list[Finding]:
    """The findings of one severity that are not waived."""
    return [f for f in findings if f.severity is severity and not f.waived]
