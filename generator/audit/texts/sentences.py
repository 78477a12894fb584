"""Is each sentence closed with its language's own sign, and no word or sign typed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from generator.audit.dossier import Dossier
from generator.audit.texts.faults import Fault, tell
from generator.audit.texts.old_fonts import find_old_font
from generator.audit.texts.passages import Passage, edition_passages
from generator.audit.texts.words import excerpt, is_person, prose, whole_words
from generator.findings import Finding
from generator.locales import LANGUAGES, NEVER
from generator.locales.words import SentenceWords
from generator.model import Edition

MOST_WORDS_OF_A_NOTE = 5
"""A paragraph of so few words is a label or signature, and need be no sentence."""


_CLOSED = re.compile(r"[.?!:;,।॥…)\]}|⚑ः\0/–-]$")
"""What ends a paragraph well, or leaves it open on purpose (a value, a bracket, a list), or is
told by another check (a bar, a visarga, a mark)."""

_QUOTES = "”’\"'»*"
_COMMAS = re.compile(r",[ \u00a0]*,+")
_DANDAS = re.compile(r"।\s*।+|[ \u00a0]+[।॥]|[।॥](?=[\u0904-\u0939A-Za-z])")
_POINT = re.compile(r"(?<=[\u0900-\u0963\u0971-\u097f])\.(?=[\s”’\"')]|$)")
_BEFORE = re.compile(r"[^\s\0]*$")
_LONGEST = 40
_LONG = 5
"""A Hindi word with a point, shorter than this, may be an abbreviation: सं., डॉ., लि."""


def check_sentences_closed(case: Dossier) -> Iterator[Finding]:
    """Hindi sentences end in a danda, English in a full stop; nothing is typed twice (PROSE-01).

    A recipient's cells are no prose.
    """
    for passage in edition_passages(case.edition):
        signs = LANGUAGES[passage.language].sentences
        if signs and passage.who is None and not is_person(passage):
            yield from tell(
                passage,
                "sentences-closed",
                _faults(passage, signs, _source(case.edition, passage)),
                "Not closed as a sentence is, or typed twice",
                f"Close it with “{signs.stop}”; delete what is too much.",
            )


def _source(edition: Edition, passage: Passage) -> str | None:
    """The text as typed, where tags are left out of the passage: what they part is not joined."""
    text = edition.texts.get(passage.language)
    same = text is not None and text.file == passage.place.file and "{%" in text.source
    return text.source if text and same else None


def _faults(passage: Passage, signs: SentenceWords, source: str | None) -> Iterator[Fault]:
    text = prose(passage.text)
    if signs.stop != "." and find_old_font(passage.text):
        return
    for found, mended in _slips(text, signs):
        if source is None or found[0] in source:
            before = _word_before(text, found.start())
            yield Fault(found.start(), before + found[0], before + mended)
    if passage.kind in ("paragraph", "item"):
        yield from _end(text, signs)


def _slips(text: str, signs: SentenceWords) -> Iterator[tuple[re.Match[str], str]]:
    """Words and signs typed twice, and what stands wrongly about a danda; each as it should be."""
    for found in _doubled(signs).finditer(text):
        yield found, found[1]
    for found in _COMMAS.finditer(text):
        yield found, ","
    if (stop := signs.stop) == ".":
        return
    for found in _DANDAS.finditer(text):
        yield found, found[0].strip()[0]
    for found in _POINT.finditer(text):
        word = _word_before(text, found.start())
        is_last = not text[found.end() :].strip(f"{_QUOTES} )")
        if word in signs.verbs or (is_last and len(word) >= _LONG and "." not in word):
            yield found, stop


def _word_before(text: str, end: int) -> str:
    found = _BEFORE.search(text, max(0, end - _LONGEST), end)
    return found[0] if found else ""


def _end(text: str, signs: SentenceWords) -> Iterator[Fault]:
    """The last words of a sentence that is not closed."""
    end = len(text.rstrip().rstrip(_QUOTES).rstrip())
    words = text[:end].split()
    if len(words) <= MOST_WORDS_OF_A_NOTE or _CLOSED.search(text[:end]):
        return
    shown = words[-1:] if signs.verbs_last else words
    if any(word.strip(",;") in signs.verbs for word in shown) or _holds_sentence(text[:end], signs):
        start = end - len(words[-1])
        yield Fault(start, excerpt(text, start, end), f"{words[-1]}{signs.stop}")


def _holds_sentence(text: str, signs: SentenceWords) -> bool:
    """Whether another sentence is closed before the last one."""
    if signs.stop == ".":
        return re.search(r"[a-z]{3,}\. +[A-Z]", text) is not None
    return signs.stop in text


@cache
def _doubled(signs: SentenceWords) -> re.Pattern[str]:
    """A word that stands twice: "के के", "The the"."""
    words = "|".join(signs.doubled) or NEVER
    return re.compile(whole_words([rf"({words})\s+(?i:\1)"]), re.IGNORECASE)
