"""Is each English text in English: no Devanagari but in brackets and quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.audit.dossier import Dossier
from generator.audit.texts.faults import HOLE, Fault, tell, typed_text
from generator.audit.texts.old_fonts import SCRIPTS
from generator.audit.texts.passages import Passage, edition_passages
from generator.findings import Finding

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|“[^“”]*”|‘[^‘’]*’|\"[^\"]*\"")
_LETTER = "|".join(script.letter.pattern for script in SCRIPTS.values())
_FOREIGN = re.compile(rf"\S*(?:{_LETTER})(?:\S|\s+(?=\S*(?:{_LETTER})))*")
_DANDA = re.compile("[^\\s।॥]*[ \u00a0]?[।॥]+")
_ANY = re.compile(rf"{_LETTER}|[।॥]")
_SHOWN = 60


def check_language_unmixed(case: Dossier) -> Iterator[Finding]:
    """An English text has no Hindi words and no danda but in brackets and quotation marks.

    Of a recipient's cells ``names-in-their-script`` tells.
    """
    for passage in edition_passages(case.edition):
        if passage.language not in SCRIPTS and passage.who is None:
            yield from tell(
                passage,
                "language-unmixed",
                _foreign(passage),
                "Devanagari in an English text",
                "Put it into English, or into quotation marks or brackets if it is meant.",
            )


def _foreign(passage: Passage) -> Iterator[Fault]:
    if not _ANY.search(passage.text):
        return
    text = _ASIDE.sub(lambda aside: HOLE * len(aside[0]), typed_text(passage))
    words = list(_FOREIGN.finditer(text))
    for found in words:
        shown = found[0] if len(found[0]) <= _SHOWN else f"{found[0][:_SHOWN]}…"
        yield Fault(found.start(), shown)
    for danda in _DANDA.finditer(text):
        if not any(word.start() < danda.end() <= word.end() for word in words):
            mended = re.sub("[ \u00a0]?[।॥]+", ".", danda[0])
            yield Fault(danda.start(), danda[0], mended)
