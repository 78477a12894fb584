"""Can the fonts print every character of every letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from generator.audit.dossier import Dossier
from generator.audit.texts.passages import PLACEHOLDER, Passage, edition_passages, setting_place
from generator.audit.texts.words import excerpt
from generator.findings import Finding, Severity
from generator.inputs.states import load_states
from generator.locales import HONORIFICS, OWN, SERVICES, read_catalogue
from generator.model import Edition, Language, Place

MOST_SHOWN = 5
FLAG = "⚑"
"""A draft's mark: markup-absent tells of it."""


def check_characters_in_fonts(case: Dossier) -> Iterator[Finding]:
    """Every character that a letter may print has a glyph in our fonts (domain §8).

    One that has none would print as an empty box in Word, and stops the PDF.
    """
    if case.characters is None:
        return
    for passages in (
        edition_passages(case.edition),
        _values(case.edition),
        _own_words(case.edition),
    ):
        for passage in passages:
            if missing := _missing(passage.text, case.characters):
                yield _finding(passage, missing)


def _missing(text: str, characters: frozenset[int]) -> list[str]:
    """The characters without a glyph, each once, in the order of the text."""
    if characters.issuperset(map(ord, text)):
        return []
    typed = PLACEHOLDER.sub("", text).replace(FLAG, "")
    return [c for c in dict.fromkeys(typed) if ord(c) not in characters]


def _finding(passage: Passage, missing: list[str]) -> Finding:
    first = passage.text.index(missing[0])
    named = ", ".join(map(_describe, missing[:MOST_SHOWN]))
    more = " and others" if len(missing) > MOST_SHOWN else ""
    return Finding(
        Severity.ERROR,
        "characters-in-fonts",
        f'No font in fonts/ has {named}{more}, in "{excerpt(passage.text, first, first + 1)}"',
        "Delete it, or write it with other characters.",
        who=passage.who,
        where=passage.place_at(first),
    )


def _describe(character: str) -> str:
    name = unicodedata.name(character, "a character without a name")
    shown = f'"{character}" ' if character.isprintable() else ""
    return f"{shown}(U+{ord(character):04X}, {name})"


def _values(edition: Edition) -> Iterator[Passage]:
    """What a letter prints in the same form in every language."""
    signatory, contact, language = edition.signatory, edition.contact, edition.versions[0]
    values = {
        "number.pattern": edition.number.pattern,
        "signatory.phone": signatory.phone,
        "signatory.email": signatory.email,
        "contact.email": contact.email if contact else "",
        "contact.phone": contact.phone if contact else "",
    }
    for key, text in values.items():
        yield Passage("value", text, language, setting_place(edition, key), key=key)
    for key, code, text in _distribution(edition):
        yield Passage("value", text, code, setting_place(edition, key), key=key)
    for recipient in edition.recipients:
        place = recipient.places.get("email", recipient.place)
        yield Passage("value", recipient.email, language, place, key="email", who=recipient.id)


def _distribution(edition: Edition) -> Iterator[tuple[str, Language, str]]:
    """The lists of those to whom a memorandum goes: key, language, lines."""
    if table := edition.distribution:
        for key, lists in (("to", table.to), ("copy_to", table.copy_to)):
            for code, lines in lists.items():
                yield f"distribution.{key}.{code}", code, "\n".join(lines)


def _own_words(edition: Edition) -> Iterator[Passage]:
    """The program's own words: States, forms of address, services, labels."""
    for code in dict.fromkeys((*OWN, *edition.versions)):
        known = edition.states or load_states()
        states = [t.get(code, "") for s in known for t in (s.name, s.short_name, s.government)]
        forms = [form[code] for form in (*HONORIFICS.values(), *SERVICES.values())]
        labels = read_catalogue(code).values()
        home = "generator/" if code in OWN else ""
        yield Passage(
            "value",
            "\n".join(states),
            code,
            Place("generator/inputs/states.csv" if home else "states.csv"),
        )
        yield Passage("value", "\n".join(forms), code, Place(f"{home}locale/{code}.toml"))
        yield Passage("value", "\n".join(labels), code, Place(f"{home}locale/{code}.po"))
