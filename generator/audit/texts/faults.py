"""Faults of one kind in one passage, told as one finding at the first of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.audit.texts.passages import PLACEHOLDER, Passage
from generator.findings import RULES, Finding
from generator.model import Place

MOST_SHOWN = 4
HOLE = "\0"
"""Stands for each character of a value that is put in later."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a passage: its offset, what stands there, what should ("" if unknown)."""

    start: int
    found: str
    expected: str = ""


def typed_text(passage: Passage) -> str:
    """A passage's text, as long as it is, with holes for the values that stand in it."""
    return PLACEHOLDER.sub(lambda value: HOLE * len(value[0]), passage.text)


def tell(
    passage: Passage, check: str, faults: Iterable[Fault], what: str, remedy: str
) -> Iterator[Finding]:
    """One finding that lists a passage's faults, at the line or cell of the first; or none.

    Args:
        passage: The passage.
        check: The check, which has one severity.
        faults: Its faults, in any order.
        what: What is wrong; a list of what stands there follows it.
        remedy: What to do.
    """
    ordered = sorted(faults, key=lambda fault: fault.start)
    if not ordered:
        return
    yield Finding(
        RULES[check].severities[0],
        check,
        f"{what}: {_quoted(fault.found for fault in ordered)}",
        remedy,
        who=passage.who,
        where=_place(passage, ordered[0]),
        expected=_quoted(fault.expected for fault in ordered),
    )


def _place(passage: Passage, fault: Fault) -> Place:
    """A value of the settings may have lines, and yet stand in one line of the file."""
    return passage.place if passage.kind == "value" else passage.place_at(fault.start)


def _quoted(texts: Iterable[str]) -> str:
    """Each text once, the first few of them, in quotation marks."""
    known = [" ".join(text.replace(HOLE, "…").split()) for text in dict.fromkeys(texts) if text]
    more = f" and {len(known) - MOST_SHOWN} more" if len(known) > MOST_SHOWN else ""
    return ", ".join(f"“{text}”" for text in known[:MOST_SHOWN]) + more
