"""Is Hindi in Unicode: not typed for an old font, not garbled or lost, not left in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.audit.dossier import Dossier
from generator.audit.texts.faults import Fault, tell, typed_text
from generator.audit.texts.old_fonts import Stretch, find_mojibake, find_old_font, letters_of
from generator.audit.texts.passages import Passage, edition_passages
from generator.audit.texts.words import is_person, prose
from generator.findings import Finding

_LATIN_WORD = re.compile("[A-Za-z]{2,}")
_UNTRANSLATED = 3
"""So many words without one in the language's own script are no name or abbreviation."""

_SHOWN = 60
_LOST = re.compile(r"\?{3,}(?:\s+\?{2,})*|\?{2,}(?:\s+\?{2,})+")


@dataclass(frozen=True, slots=True)
class _Kind:
    """A way in which letters are no letters of the language."""

    what: str
    remedy: str


_MISREAD = _Kind("Read in a wrong encoding", "Type it again, and save the file as UTF-8.")
_OLD_FONT = _Kind(
    "Typed for an old font (Kruti Dev, DevLys)",
    "Type it again in a Unicode font (Nirmala UI, Mangal, Noto), or convert it from Kruti Dev "
    "or DevLys to Unicode.",
)
_QUESTION_MARKS = _Kind(
    "Letters lost to question marks", "Type the words again, and save the file as UTF-8."
)
_ENGLISH = _Kind("Not translated", "Put it into the language of the text, in its own script.")


def check_hindi_in_unicode(case: Dossier) -> Iterator[Finding]:
    """Hindi is typed in Unicode, and is Hindi (domain LANG-04, §8).

    Kruti Dev and DevLys store Latin letters. A recipient's cell that holds no Devanagari at all
    is left to ``names-in-their-script``, one with question marks to ``names-not-lost``.
    """
    for passage in edition_passages(case.edition):
        if garbling := _garbling(passage):
            stretch, kind = garbling
            found = " ".join(passage.text[stretch.start : stretch.end].split())
            fault = Fault(stretch.start, found if len(found) < _SHOWN else f"{found[:_SHOWN]}…")
            yield from tell(passage, "hindi-in-unicode", [fault], kind.what, kind.remedy)


def _garbling(passage: Passage) -> tuple[Stretch, _Kind] | None:
    """The first stretch of a passage that is not in its language's letters."""
    text = typed_text(passage)
    script = letters_of(passage.language)
    has_letters = bool(script and script.letter.search(text))
    if passage.who and script and not has_letters:
        return None
    if stretch := find_mojibake(text):
        return stretch, _MISREAD
    if script is None or passage.is_name:
        return None
    if stretch := find_old_font(text):
        return stretch, _OLD_FONT
    if lost := None if passage.who else _LOST.search(text):
        return Stretch(lost.start(), lost.end()), _QUESTION_MARKS
    if not has_letters and _is_sentence(passage):
        return Stretch(0, len(text)), _ENGLISH
    return None


def _is_sentence(passage: Passage) -> bool:
    """Whether a passage has so many words that one should be the language's own; a name, any."""
    needed = 1 if is_person(passage) else _UNTRANSLATED
    words = [w for w in prose(passage.text).split() if _LATIN_WORD.search(w)]
    return passage.kind != "row" and len(words) >= needed
