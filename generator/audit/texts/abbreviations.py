"""Is each abbreviation spelt out where a reader meets it first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.audit.dossier import Dossier
from generator.audit.texts.passages import Passage, edition_passages
from generator.audit.texts.words import WORD, excerpt, hole, is_person, literal, prose, whole_words
from generator.findings import Finding, Severity
from generator.inputs.states import load_states
from generator.model import Edition, Language, Term

_LATIN = r"[A-Za-z]{2,}"
_ROMAN = re.compile("[IVX]+")
_BRACKETED = re.compile(r"\s*\(([^()]*)\)")

_FILE_NUMBER = re.compile(r"\S*(?:[0-9]/|/[0-9]|\)-[0-9]|[0-9]-[A-Z]{2})\S*")
"""MHA/2025/114-CS, 11011/4/2014-OL: what its letters stand for is not told."""

SAME_BEGINNING, LONGEST_ENDING = 2, 3
"""Words count as the same when they differ in their endings alone (Indicator, Indicators)."""

_LIST = re.compile(r"\{%-?\s*for\s+\w+\s+in\s+(\w+)")
_PRINTED_BY: Mapping[str, frozenset[str]] = {
    "indicators.name": frozenset({"indicators", "shares"}),
    "indicators.objective": frozenset({"indicators"}),
    "indicators.definition": frozenset({"indicators"}),
    "bands.name": frozenset({"bands", "shares"}),
}
"""Through which lists a text prints a setting: what no text prints needs no spelling out."""

_MORE = 4
"""How many words may stand between a full form and its abbreviation, or go without a letter."""


def check_abbreviations_spelt_out(case: Dossier) -> Iterator[Finding]:
    """An abbreviation's first use in a version comes with its full form (domain STYLE-02).

    Either the full form stands before it, and it in brackets, or the other way round. The order
    is that of the letter: body, annexures, settings' texts, compendium. In Latin script every
    word of capitals counts; in other scripts those that the glossary has.
    """
    known = _known(case.edition.glossary)
    lists = _printed_lists(case.edition)
    passages = [
        p
        for p in edition_passages(case.edition)
        if _is_read_through(p) and _PRINTED_BY.get(_setting(p), lists) & lists
    ]
    for language in case.edition.versions:
        met: set[str] = set()
        for passage in passages:
            if passage.language == language:
                yield from _first_uses(passage, known, met)


def _printed_lists(edition: Edition) -> frozenset[str]:
    """The lists that the kind's texts go through, "indicators" among them."""
    return frozenset(n for text in edition.texts.values() for n in _LIST.findall(text.source)) | {
        ""
    }


def _setting(passage: Passage) -> str:
    """A setting's key without its number: "indicators.name"; "" of other passages."""
    return re.sub(r"\.[0-9]+\b", "", passage.key) if passage.kind == "value" else ""


def _is_read_through(passage: Passage) -> bool:
    """Whether the passage belongs to the running text; what is all in capitals is a heading."""
    in_capitals = all(c.isupper() for c in passage.text if c.isalpha())
    outside = passage.kind == "field" or passage.who is not None or is_person(passage)
    return not (outside or in_capitals)


@dataclass(frozen=True, slots=True)
class _Known:
    """The glossary's abbreviations: ``terms`` by their names in any language.

    ``pattern`` finds these, and whatever looks like an abbreviation; ``exempt`` what every reader
    knows, and names in capitals, States' among them.
    """

    terms: Mapping[str, Term]
    pattern: re.Pattern[str]
    exempt: re.Pattern[str]


def _known(glossary: Sequence[Term]) -> _Known:
    terms = {name: t for t in glossary if t.full and t.spell_out for name in t.name.values()}
    exempt = {name for term in glossary if not term.spell_out for name in term.name.values()}
    exempt |= {name.upper() for state in load_states() for name in state.name.values()}
    return _Known(
        terms,
        re.compile(whole_words([*_with_plurals(terms), _LATIN])),
        re.compile(whole_words(_with_plurals(exempt))),
    )


def _with_plurals(names: Iterable[str]) -> list[str]:
    """Patterns of the names, the longest first, each with or without an s."""
    return [f"{literal(name)}s?" for name in sorted(names, key=lambda name: (-len(name), name))]


def _first_uses(passage: Passage, known: _Known, met: set[str]) -> Iterator[Finding]:
    """A finding for each abbreviation that stands here first, and is not spelt out."""
    text = known.exempt.sub(hole, _FILE_NUMBER.sub(hole, prose(passage.text)))
    for found in known.pattern.finditer(text):
        name = _abbreviation(found[0], known)
        if name is None or name in met:
            continue
        met.add(name)
        term = known.terms.get(name)
        full = tuple(term.full.values()) if term and passage.language in term.full else ()
        if not _is_spelt_out(passage.text, found.span(), name, full):
            yield _finding(passage, found.span(), name, term)


def _abbreviation(word: str, known: _Known) -> str | None:
    """The abbreviation that a word is, without the plural's s; None if it is none."""
    if word in known.terms:
        return word
    name = word.removesuffix("s")
    capitals = sum(letter.isupper() for letter in name)
    is_one = capitals > 1 and capitals > len(name) - capitals
    return name if name in known.terms or (is_one and not _ROMAN.fullmatch(name)) else None


def _is_spelt_out(text: str, span: tuple[int, int], name: str, full: Sequence[str]) -> bool:
    """Whether the full form stands directly before the brackets, or in those that follow."""
    before, after = text[: span[0]], text[span[1] :]
    opening = before.rfind("(")
    if opening > before.rfind(")"):
        outside, inside = before[:opening], before[opening + 1 :]
        return _ends_in(outside, name, full) or (bool(inside) and _ends_in(inside, name, full))
    if bracket := _BRACKETED.match(after):
        words = WORD.findall(bracket[1])
        return any(_alike(words, WORD.findall(f)) for f in full) or _has_initials(words, name)
    return False


def _ends_in(text: str, name: str, full: Sequence[str]) -> bool:
    """Whether a text ends in the full form, or nearly: a known one, or words of these letters.

    A text in another script has other letters; there any words will do for an unknown one.
    """
    words = WORD.findall(text)
    forms = [WORD.findall(form) for form in full]
    if any(_has_form(words[-len(form) - _MORE :], form) for form in forms):
        return True
    if _has_initials(words, name) or _has_letters(words, name):
        return True
    return not full and bool(words) and not words[-1].isascii()


def _has_form(words: Sequence[str], form: Sequence[str]) -> bool:
    return any(_alike(words[start:], form) for start in range(len(words)))


def _has_letters(words: Sequence[str], name: str) -> bool:
    """Whether an abbreviation's letters stand in order in the words before it.

    The first is a capital that begins a word: DIKSHA, Digital Infrastructure for Knowledge Sharing.
    """
    last = words[-len(name) - _MORE :]
    begun = (i for i, word in enumerate(last[:-1]) if word[0] == name[0])
    return any(_in_order(name.casefold(), "".join(last[i:]).casefold()) for i in begun)


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _alike(words: Sequence[str], form: Sequence[str]) -> bool:
    """Whether the words begin with those of a full form, but for endings."""
    return len(words) >= len(form) and all(map(_is_same, words, form))


def _is_same(word: str, other: str) -> bool:
    length = max(SAME_BEGINNING, min(len(word), len(other)) - SAME_BEGINNING)
    same = word.casefold()[:length] == other.casefold()[:length]
    return same and abs(len(word) - len(other)) <= LONGEST_ENDING


def _has_initials(words: Sequence[str], name: str) -> bool:
    """Whether the last words have the letters of an abbreviation, all of them or the capitals."""
    capitals = [word for word in words if word[0].isupper()]
    chosen = (words[-len(name) - _MORE :], capitals[-len(name) :])
    return any(name.upper() in _initials(some) for some in chosen)


def _initials(words: Sequence[str]) -> str:
    return "".join(word if word.isupper() else word[0].upper() for word in words)


def _finding(passage: Passage, span: tuple[int, int], name: str, term: Term | None) -> Finding:
    quoted = excerpt(passage.text, *span)
    unknown = "" if term else "; the glossary does not have it"
    full = _full_form(term, passage.language)
    return Finding(
        Severity.WARNING,
        "abbreviations-spelt-out",
        f'"{name}" is first used in "{quoted}", without its full form{unknown}',
        "Write the full form before it, and the abbreviation in brackets; if every reader knows "
        "it, enter it in letter_templates/glossary.csv with spell_out = no.",
        where=passage.place_at(span[0]),
        expected=f"{full} ({name})" if full else "",
    )


def _full_form(term: Term | None, language: Language) -> str:
    return term.full.get(language, "") if term else ""
