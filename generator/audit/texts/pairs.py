"""Texts in pairs: each translation beside the original that it was made from.

Only pairs that are built alike are compared further: where a paragraph is missing, every later
one would differ as well, and one fault would be told many times.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.audit.texts.citations import Style, style_of
from generator.audit.texts.passages import (
    Passage,
    edition_passages,
    section_passages,
    text_passages,
)
from generator.locales import LANGUAGES, language_name
from generator.model import Edition, Language, Text

QUOTED = 40
"""How much of a passage is quoted in a message, in characters."""


@dataclass(frozen=True, slots=True)
class Version:
    """One language's text of a kind or section, passage by passage."""

    text: Text
    language: Language
    passages: tuple[Passage, ...]

    @property
    def name(self) -> str:
        """The language's name: "Hindi"."""
        return language_name(self.language)

    @property
    def fields(self) -> Mapping[str, Passage]:
        """The front matter by key; a form that depends on gender by "salutation.m"."""
        return {p.key: p for p in self.passages if p.kind == "field"}

    @property
    def blocks(self) -> tuple[Passage, ...]:
        """The body and annexures."""
        return tuple(p for p in self.passages if p.kind != "field")

    @property
    def is_kind(self) -> bool:
        """Whether it is a kind's text rather than a section."""
        return bool(self.fields)

    @property
    def annexures(self) -> tuple[Passage, ...]:
        """The headings of the annexures; a section has none."""
        return tuple(b for b in self.blocks if (b.kind, b.level) == ("heading", 1) and b.part)

    @property
    def style(self) -> Style:
        """How the text names its annexures."""
        return style_of([heading.text for heading in self.annexures], self.language)


@dataclass(frozen=True, slots=True)
class Pair:
    """A translation and its original."""

    original: Version
    translation: Version

    @property
    def parallel(self) -> bool:
        """Whether both are built alike: the same keys, the same blocks in the same order."""
        keys = [{base(key) for key in v.fields} for v in (self.original, self.translation)]
        shapes = [[shape(block) for block in v.blocks] for v in (self.original, self.translation)]
        return keys[0] == keys[1] and shapes[0] == shapes[1]

    def passages(self) -> Iterator[tuple[Passage, Passage]]:
        """Each passage of the translation with that of the original; none if not parallel."""
        if not self.parallel:
            return
        originals = self.original.fields
        for key, passage in self.translation.fields.items():
            yield passage, originals.get(key) or _same_field(originals, key)
        yield from zip(self.translation.blocks, self.original.blocks, strict=True)


def kind_versions(edition: Edition) -> dict[Language, Version]:
    """The kind's text in each of the edition's languages.

    One without front matter is left out: composing the letter refuses it.
    """
    texts = {c: t for c, t in edition.texts.items() if c in edition.versions}
    found = {c: Version(t, c, text_passages(t, c)) for c, t in texts.items()}
    return {code: version for code, version in found.items() if version.is_kind}


def versions(edition: Edition) -> Iterator[Mapping[Language, Version]]:
    """The kind's text, then each section of the compendium, in each of the edition's languages."""
    yield kind_versions(edition)
    for section in edition.compendium:
        texts = {c: t for c, t in section.texts.items() if c in edition.versions}
        yield {c: Version(t, c, section_passages(section, c)) for c, t in texts.items()}


def text_pairs(edition: Edition) -> Iterator[Pair]:
    """Each translation of the kind's text and of the sections, with its original."""
    for texts in versions(edition):
        original = texts.get(original_language(edition) or "")
        for language, version in texts.items():
            if original and LANGUAGES[language].translated:
                yield Pair(original, version)


def value_pairs(edition: Edition) -> Iterator[tuple[Passage, Passage]]:
    """The texts of the settings: each translation with its original."""
    original = original_language(edition)
    values = {
        (p.key, p.language): p for p in edition_passages(edition) if p.kind == "value" and not p.who
    }
    for (key, language), passage in values.items():
        source = values.get((key, original or ""))
        if LANGUAGES[language].translated and source:
            yield passage, source


def unlike_files(edition: Edition) -> frozenset[str]:
    """The files of pairs that are not built alike."""
    return frozenset(
        version.text.file
        for pair in text_pairs(edition)
        if not pair.parallel
        for version in (pair.original, pair.translation)
    )


def original_language(edition: Edition) -> Language | None:
    """The first version that is no translation."""
    return next((c for c in edition.versions if not LANGUAGES[c].translated), None)


def shape(block: Passage) -> tuple[str, int, bool, int]:
    """What of a block must be the same in every language: kind, level, numbering, columns."""
    return block.kind, block.level, block.ordered, block.text.count("\t") + 1


def base(key: str) -> str:
    """A key without the gender its form is for: "salutation.m" is a salutation."""
    return key.partition(".")[0]


def _same_field(fields: Mapping[str, Passage], key: str) -> Passage:
    """The field that another language has in other forms, or in one."""
    return next(passage for name, passage in fields.items() if base(name) == base(key))


def other_place(passage: Passage) -> str:
    """Where the other language's passage stands, for a message: "line 5 of text.en.md"."""
    place = passage.place
    if place.paragraph:
        return f"paragraph {place.paragraph} of {place.file}"
    return f"line {place.line} of {place.file}" if place.line else place.file


def quote(passage: Passage) -> str:
    """The first words of a passage, for a message."""
    words = " ".join(passage.text.split())
    return words if len(words) <= QUOTED else words[: QUOTED - 1] + "…"
