"""Is Devanagari whole: each vowel sign stands on a letter, and no word is parted unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.audit.dossier import Dossier
from generator.audit.texts.faults import Fault, tell, typed_text
from generator.audit.texts.passages import Passage, edition_passages
from generator.findings import Finding

_LETTERS = "\u0904-\u0939\u0958-\u0961\u0972-\u097f"
_NUKTA = "\u093c"
_VIRAMA = "\u094d"
_VOWEL_SIGNS = "\u093a\u093b\u093e-\u094c\u094e\u094f\u0955-\u0957\u0962\u0963"
_NASALS = "\u0900-\u0902"
"""Anusvara and candrabindu. Of the visarga tells ``colon-not-visarga``."""

_JOINERS = "\u200c\u200d"
_SHOWN_ALONE = "\u25cc"
"""A dotted circle that is typed: ◌ा."""

_ALONE = re.compile(
    f"(?<![{_LETTERS}{_NUKTA}{_JOINERS}{_SHOWN_ALONE}])[{_VOWEL_SIGNS}]"
    f"|(?<![{_LETTERS}{_NUKTA}{_SHOWN_ALONE}]){_VIRAMA}"
    f"|(?<![{_LETTERS}{_SHOWN_ALONE}]){_NUKTA}"
    f"|(?<![{_LETTERS}{_NUKTA}{_VOWEL_SIGNS}{_JOINERS}{_SHOWN_ALONE}])[{_NASALS}]"
    "|अ[\u093a\u093b\u093e\u0945\u0946\u0949-\u094c\u094f\u0956\u0957]|आ[\u093a\u0945-\u0948]"
    "|उ\u0941|ए[\u0945-\u0947]"  # आ, ओ, औ, ऊ, ऐ typed in two parts
)
"""A sign with nothing to stand on, which prints as a dotted circle."""

_PART = f"[{_LETTERS}{_NUKTA}{_VIRAMA}{_VOWEL_SIGNS}\u0900-\u0903]"
_PARTED = re.compile(f"(?<={_PART})[\u200b\u2060\ufeff\u00ad]+(?={_PART})")
"""A word with a space or hyphen in it that is not to be seen."""

_BEFORE = re.compile(r"[^\s\0]*[ \u00a0]?$")
_AFTER = re.compile(r"[^\s\0]*")
_LONGEST = 40
_WHOLE = {
    **{"अ\u093e": "आ", "अ\u094b": "ओ", "अ\u094c": "औ", "अ\u0949": "ऑ", "अ\u0945": "ॲ"},
    **{"आ\u0947": "ओ", "आ\u0948": "औ", "आ\u0945": "ऑ", "उ\u0941": "ऊ", "ए\u0947": "ऐ"},
}


def check_letters_joined(case: Dossier) -> Iterator[Finding]:
    """No vowel sign, halant, nukta or nasal stands alone (domain LANG-04): "विभाग ों"."""
    for passage in edition_passages(case.edition):
        yield from tell(
            passage,
            "letters-joined",
            _faults(passage),
            "Broken Devanagari, printed with a dotted circle or parted",
            "Type the word again.",
        )


def _faults(passage: Passage) -> Iterator[Fault]:
    end = 0
    text = typed_text(passage)
    for pattern in (_ALONE, _PARTED):
        for found in pattern.finditer(text):
            if found.start() < end:
                continue  # a further sign of the same word
            start, end = _word(text, found)
            yield Fault(found.start(), text[start:end], _mended(text[start:end], found[0]))
        end = 0


def _word(text: str, found: re.Match[str]) -> tuple[int, int]:
    """The word of a fault, with the word before where a space parts the sign from it."""
    before = _BEFORE.search(text, max(0, found.start() - _LONGEST), found.start())
    after = _AFTER.match(text, found.end())
    return before.start() if before else found.start(), after.end() if after else found.end()


def _mended(word: str, sign: str) -> str:
    """The word as it should be, where that is sure."""
    if sign in _WHOLE:
        return word.replace(sign, _WHOLE[sign])
    head, space, tail = word.replace("\u00a0", " ").partition(" ")
    if space and re.search(f"[{_LETTERS}]", tail):
        return ""  # the sign may belong to the word behind it
    joined = _PARTED.sub("", head + tail)
    return joined if joined != word and not _ALONE.search(joined) else ""
