"""Are the same States named in every language, block by block."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from generator.audit.dossier import Dossier
from generator.audit.texts.pairs import other_place, quote, text_pairs
from generator.audit.texts.passages import Passage
from generator.audit.texts.words import WORD, prose
from generator.findings import Finding, Severity
from generator.inputs.states import find_state, load_states, names_of
from generator.locales import LANGUAGES, language_name
from generator.model import Language, State

PLACES = ("New Delhi", "नई दिल्ली", "Bay of Bengal", "Mysore")
"""Towns and waters called as a State is, or was; they are named as such in both languages."""

SHORTER: Mapping[str, tuple[str, ...]] = {
    "HP": ("हिमाचल",),
    "AR": ("अरुणाचल",),
    "AP": ("आंध्र", "आन्ध्र"),
}
"""What in Hindi is as short as Himachal, Arunachal and Andhra, by the State's id."""

ABBREVIATED: Mapping[str, tuple[str, ...]] = {
    "MP": ("म.प्र.", "एमपी"),
    "UP": ("उ.प्र.", "यूपी"),
    "HP": ("हि.प्र.", "एचपी"),
    "AP": ("आं.प्र.", "आ.प्र.", "एपी"),
    "AR": ("अ.प्र.",),
    "JK": ("ज.क.", "जेएंडके"),
    "TN": ("त.ना.",),
    "CG": ("छ.ग.",),
    "DL": ("National Capital Territory", "राष्ट्रीय राजधानी क्षेत्र"),
}
"""Abbreviations besides those by which a State is found."""

_CODE = re.compile(r"[A-Z0-9]{1,2}|ANI|GNCTD|DNHDD|.*\..*|.*\b(?:J ?& ?K|A ?& ?N|D&NH|DNH)\b.*")
"""An abbreviation or code: the other language may write the name in full, or the other way."""

_AND = frozenset({"&", "and", "और", "एवं", "तथा", "व"})
_TOKEN = re.compile(f"{WORD.pattern}|[^\\s‐-–-]")
"""A word or sign; names are found with spaces, hyphens or nothing between their words."""


def check_states_parallel(case: Dossier) -> Iterator[Finding]:
    """Every block names the same States in each language, in any order (domain LANG-02)."""
    for pair in text_pairs(case.edition):
        if LANGUAGES[pair.translation.language].states is None:
            continue
        for passage, original in pair.passages():
            ours, theirs = states_in(passage.text), states_in(original.text)
            if ours == theirs:
                continue
            if misspelt := _misspelt(passage, original) or _misspelt(original, passage):
                yield misspelt
            elif told := _differing(passage, original, ours, theirs):
                yield told


def _misspelt(passage: Passage, other: Passage) -> Finding | None:
    """A heading that is no State's name, where that of the other language is one."""
    meant = find_state(other.text) if other.kind == "heading" else None
    if meant is None or states_in(passage.text):
        return None
    return Finding(
        Severity.ERROR,
        "states-parallel",
        f"“{quote(passage)}” is no State's name; the {language_name(other.language)} says "
        f"{other.text} ({other_place(other)})",
        "Correct the heading.",
        where=passage.place,
        expected=_name(meant, passage.language),
    )


def _differing(
    passage: Passage, original: Passage, ours: Mapping[str, bool], theirs: Mapping[str, bool]
) -> Finding | None:
    """States named in full in one language, and in the other in no way."""
    surplus = [who for who, in_full in ours.items() if in_full and who not in theirs]
    lack = [who for who, in_full in theirs.items() if in_full and who not in ours]
    if not surplus and not lack:
        return None
    parts = [
        f"{_names(ids, p.language)} only in the {language_name(p.language)}"
        for ids, p in ((surplus, passage), (lack, original))
        if ids
    ]
    return Finding(
        Severity.ERROR,
        "states-parallel",
        f"The States named in “{quote(passage)}” differ: {'; '.join(parts)} "
        f"({other_place(original)})",
        "Name the same States in both languages.",
        where=passage.place,
    )


def states_in(text: str) -> Mapping[str, bool]:
    """The ids of the States named in a text, and whether any is named otherwise than by code."""
    typed = _tokens(prose(text))
    folded = [token.casefold() for token in typed]
    found: dict[str, bool] = {}
    start = 0
    while start < len(typed):
        length, who, in_full = _longest(typed, folded, start)
        start += length
        if who:
            found[who] = found.get(who, False) or in_full
    return found


def _longest(typed: Sequence[str], folded: Sequence[str], start: int) -> tuple[int, str, bool]:
    """The longest name that begins at a word: its length in words, the State's id, if in full."""
    index = _index()
    for length in range(index.longest.get(folded[start], 0), 0, -1):
        end = start + length
        if (who := index.names.get("".join(folded[start:end]))) is not None:
            return length, who, True
        if (who := index.codes.get("".join(typed[start:end]))) is not None:
            return length, who, False
    return 1, "", False


@dataclass(frozen=True, slots=True)
class _Index:
    """States' ids by their names in small letters and by their codes as they are.

    ``longest``: by the first word of names, how many words the longest of them has.
    """

    names: Mapping[str, str]
    codes: Mapping[str, str]
    longest: Mapping[str, int]


@cache
def _index() -> _Index:
    names = {"".join(_tokens(place)).casefold(): "" for place in PLACES}
    codes: dict[str, str] = {}
    longest: dict[str, int] = {}
    for who, name in _all_names():
        tokens = _tokens(name)
        if _CODE.fullmatch(name) or name in ABBREVIATED.get(who, ()):
            codes.setdefault("".join(tokens), who)
        else:
            names.setdefault("".join(tokens).casefold(), who)
        first = tokens[0].casefold()
        longest[first] = max(len(tokens), longest.get(first, 0))
    longest |= {_tokens(place)[0].casefold(): 3 for place in PLACES}
    return _Index(names, codes, longest)


def _all_names() -> Iterator[tuple[str, str]]:
    """The id of each State with every name and abbreviation that it may have in a text."""
    for state in load_states():
        more = (*SHORTER.get(state.id, ()), *ABBREVIATED.get(state.id, ()))
        for name in (*names_of(state), *more):
            if not re.search(r"\d|^IN-", name):
                yield state.id, name


def _tokens(text: str) -> list[str]:
    """The words and signs of a text, all words for "and" made one."""
    tokens = _TOKEN.findall(unicodedata.normalize("NFC", text))
    return ["&" if token.casefold() in _AND else token for token in tokens]


def _names(ids: Iterable[str], language: Language) -> str:
    states = {state.id: state for state in load_states()}
    return ", ".join(_name(states[who], language) for who in sorted(ids))


def _name(state: State, language: Language) -> str:
    return state.name.get(language) or state.name["en"]
