"""What a Word file holds that cannot be carried over, with its paragraph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.findings import Finding, Severity
from generator.inputs.clean import shorten
from generator.model import Place

SHOWN = 50
"""Characters of a paragraph that a message shows."""
SHOWN_LOST = 200
"""The same of words that are shown nowhere else, since they are not in the text."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that a letter cannot print: what, and what to do in Word."""

    what: str
    remedy: str
    check: str = "text-readable"


def finding_of(
    fault: Fault, file: str, paragraph: int | None, text: str, limit: int = SHOWN
) -> Finding:
    """The finding that tells it, with the paragraph's number and first words."""
    shown = f": “{shorten(text.strip(), limit)}”" if text.strip() else ""
    return Finding(
        Severity.ERROR,
        fault.check,
        f"{fault.what}{shown}",
        fault.remedy,
        where=Place(file, paragraph=paragraph),
    )


def unique(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Each fault once, in the order in which they were found."""
    return tuple(dict.fromkeys(faults))
