"""Bold words, marked rows and what is seen of a Word file beside the letter's."""

from __future__ import annotations

from itertools import pairwise

from generator.readback.expected import Expected, Unit
from generator.readback.mismatch import CONTEXT, Mismatch
from generator.readback.squeeze import squeeze
from generator.readback.word import BOLD, HALF, MARKED, PLAIN, WordFile

SEEN = (
    "In letter.docx of the kind, give the paragraph's style and its tag letters that can be seen: "
    "not hidden, 5 points or more, in lines as high as they are, in a colour that stands out from "
    "its ground by 4.5 to 1 (WCAG 2.1, 1.4.3)."
)


def compare_sight(file: WordFile, expected: Expected) -> Mismatch | None:
    """Whether all words can be seen; None if so. The words are known to be equal."""
    for start, told in file.unseen:
        words = f"the words “{expected.words.text[start : start + CONTEXT]}”"
        place = expected.unit_at(start).place
        return Mismatch(f"{words} {told}", "words that can be read", place, SEEN)
    return None


def compare_emphasis(file: WordFile, expected: Expected) -> Mismatch | None:
    """Whether bold is what is bold in the letter, and marked the rows that are; None if so.

    The words are known to be equal. A paragraph style that is bold throughout is the template's
    affair; bold for Devanagari must be as for other scripts.
    """
    if len(file.looks) != len(expected.words.text):
        return Mismatch("a letter that is torn between two runs", "each letter in one run")
    for unit, (start, end) in zip(expected.units, pairwise(expected.starts), strict=True):
        looks = file.looks[start:end]
        fault = _marked_fault(unit, looks) or _bold_fault(unit, looks)
        if fault:
            return fault
    return None


def _marked_fault(unit: Unit, looks: bytes) -> Mismatch | None:
    if unit.marked is None or not looks:
        return None
    marked = {bool(look & MARKED) for look in looks}
    if marked == {unit.marked}:
        return None
    told = ("a row that is not marked", "a marked row, the addressee's")
    return Mismatch(told[not unit.marked], told[unit.marked], unit.place)


def _bold_fault(unit: Unit, looks: bytes) -> Mismatch | None:
    at = len(squeeze(unit.label))
    for span in unit.inline:
        text = squeeze(span.text)
        own = {look & ~MARKED for look in looks[at : at + len(text)]}
        at += len(text)
        wrong = own & {PLAIN, HALF} if span.bold else own & {BOLD, HALF} if unit.styled else set()
        if wrong:
            words = f"“{text[:CONTEXT]}”"
            found = "bold in one script only" if HALF in wrong else "plain" if span.bold else "bold"
            wanted = "bold" if span.bold else "plain"
            return Mismatch(f"the words {words} {found}", f"{words} {wanted}", unit.place)
    return None
