"""Is each English text in English: no Devanagari but in brackets and quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from generator.audit.dossier import Dossier
from generator.audit.texts.faults import HOLE, Fault, tell, typed_text
from generator.audit.texts.old_fonts import Letters, letters_of
from generator.audit.texts.passages import Passage, edition_passages
from generator.findings import Finding
from generator.locales import LANGUAGES, language_cache, language_name
from generator.model import Language

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|“[^“”]*”|‘[^‘’]*’|\"[^\"]*\"")
_DANDA = re.compile("[^\\s।॥]*[ \u00a0]?[।॥]+")
_ANY_DANDA = re.compile("[।॥]")
_SHOWN = 60


def check_language_unmixed(case: Dossier) -> Iterator[Finding]:
    """An English text has no Hindi words and no danda but in brackets and quotation marks.

    The same holds of any language with the full stop for the scripts of all others but Latin.
    Of a recipient's cells ``names-in-their-script`` tells.
    """
    for passage in edition_passages(case.edition):
        scripts = _foreign_scripts(passage.language)
        if scripts and passage.who is None:
            language = language_name(passage.language)
            article = "an" if language[0] in "AEIOU" else "a"
            yield from tell(
                passage,
                "language-unmixed",
                _foreign(passage, scripts),
                f"{' or '.join(script.name for script in scripts)} in {article} {language} text",
                f"Put it into {language}, or into quotation marks or brackets if it is meant.",
            )


@language_cache
def _foreign_scripts(language: Language) -> tuple[Letters, ...]:
    """The scripts of other languages; none where a sentence ends in another sign than "."."""
    signs = LANGUAGES[language].sentences
    if signs and signs.stop != ".":
        return ()
    own, found = letters_of(language), (letters_of(code) for code in LANGUAGES)
    names = {own.name.casefold()} if own else set()
    return tuple(script for script in found if script and script.name.casefold() not in names)


@cache
def _foreign_words(scripts: tuple[Letters, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A letter of some scripts, and words on end that hold one."""
    letter = "|".join(script.letter.pattern for script in scripts)
    words = rf"\S*(?:{letter})(?:\S|\s+(?=\S*(?:{letter})))*"
    return re.compile(letter), re.compile(words)


def _foreign(passage: Passage, scripts: tuple[Letters, ...]) -> Iterator[Fault]:
    letter, foreign = _foreign_words(scripts)
    if not (letter.search(passage.text) or _ANY_DANDA.search(passage.text)):
        return
    text = _ASIDE.sub(lambda aside: HOLE * len(aside[0]), typed_text(passage))
    words = list(foreign.finditer(text))
    for found in words:
        shown = found[0] if len(found[0]) <= _SHOWN else f"{found[0][:_SHOWN]}…"
        yield Fault(found.start(), shown)
    if LANGUAGES[passage.language].sentences is None:
        return  # it may end its sentences in a danda, as Bengali and Odia do
    for danda in _DANDA.finditer(text):
        if not any(word.start() < danda.end() <= word.end() for word in words):
            mended = re.sub("[ \u00a0]?[।॥]+", ".", danda[0])
            yield Fault(danda.start(), danda[0], mended)
