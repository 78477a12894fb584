"""Is each term of the glossary written in its one spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.audit.dossier import Dossier
from generator.audit.texts.passages import Passage, edition_passages
from generator.audit.texts.words import excerpt, is_person, literal, prose, whole_words
from generator.findings import Finding, Severity
from generator.model import Language, Term


def check_terms_consistent(case: Dossier) -> Iterator[Finding]:
    """No text spells a term otherwise than the glossary (domain STYLE-01).

    A spelling inside a longer term that the glossary has is right: with "World Food Program" in
    it, "program" is not found there.
    """
    edition = case.edition
    spellings = {code: _spelling(edition.glossary, code) for code in edition.versions}
    for passage in edition_passages(edition):
        spelling = spellings[passage.language]
        if spelling and not is_person(passage) and (found := spelling.wrong_in(passage.text)):
            yield _finding(passage, found)


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A spelling that stands in a text, and the term to be written instead."""

    start: int
    written: str
    term: str


@dataclass(frozen=True, slots=True)
class _Spelling:
    """What one language writes: ``terms`` by their variants, and a pattern that finds these."""

    pattern: re.Pattern[str]
    terms: Mapping[str, str]
    protected: frozenset[str]

    def wrong_in(self, text: str) -> list[_Wrong]:
        """Each wrong spelling once, in the order of the text."""
        found: dict[str, _Wrong] = {}
        for match in self.pattern.finditer(prose(text)):
            written = " ".join(match[0].split())
            if written not in self.protected:
                term = self.terms.get(written) or self.terms[written.casefold()]
                found.setdefault(written, _Wrong(match.start(), written, term))
        return list(found.values())


def _spelling(glossary: Sequence[Term], language: Language) -> _Spelling | None:
    """None where no variant is to be looked for."""
    terms = {
        variant: term.name[language]
        for term in glossary
        for variant in term.variants.get(language, ())
        if language in term.name
    }
    names = (term.name[language] for term in glossary if language in term.name)
    inner = [variant.casefold() for variant in terms]
    protected = frozenset(name for name in names if any(v in name.casefold() for v in inner))
    if not terms:
        return None
    longest = sorted({*protected, *terms}, key=lambda words: (-len(words), words))
    pattern = whole_words(_pattern(words, words in protected) for words in longest)
    return _Spelling(re.compile(pattern), terms, protected)


def _pattern(words: str, is_term: bool) -> str:
    """A variant in small letters is found in capitals too; any other only as it is written."""
    any_case = words == words.casefold() and not is_term
    return f"(?i:{literal(words)})" if any_case else literal(words)


def _finding(passage: Passage, found: Sequence[_Wrong]) -> Finding:
    first = found[0]
    others = "".join(f', and "{wrong.written}"' for wrong in found[1:])
    end = first.start + len(first.written)
    terms = list(dict.fromkeys(wrong.term for wrong in found))
    return Finding(
        Severity.WARNING,
        "terms-consistent",
        f'"{first.written}" stands in "{excerpt(passage.text, first.start, end)}"{others}',
        "Write the term as the glossary has it, or change letter_templates/glossary.csv.",
        who=passage.who,
        where=passage.place_at(first.start),
        expected=", ".join(terms),
    )
