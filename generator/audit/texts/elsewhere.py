"""Does a letter name another State where only the addressee may stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from generator.audit.dossier import Dossier
from generator.audit.texts.passages import RECIPIENT_TEXTS, Passage, text_passages
from generator.audit.texts.words import excerpt, literal, prose, whole_words
from generator.findings import Finding, Severity
from generator.inputs.states import load_states
from generator.model import Place, Recipient

PLACES = ("New Delhi", "नई दिल्ली")
"""Towns whose names hold that of a State."""

OWN_TEXTS = tuple(column for column in RECIPIENT_TEXTS if column not in ("name", "address"))
"""Columns that may name the recipient's own State alone. A person may be called as a State is,
and an address may lie in another: Chandigarh is the seat of two."""


def check_other_states_unnamed(case: Dossier) -> Iterator[Finding]:
    """A letter names no State but the addressee's outside rankings and compendium (LEAK-01)."""
    yield from _in_texts(case)
    for recipient in case.edition.recipients:
        yield from _in_cells(recipient)


def _in_texts(case: Dossier) -> Iterator[Finding]:
    """A State typed in a kind's text, which goes to other States too."""
    edition = case.edition
    states = {r.state.id for r in edition.recipients if r.state}
    only = next(iter(states)) if len(edition.recipients) == 1 and states else None
    if not states:
        return
    for language in edition.versions:
        text = edition.texts.get(language)
        for passage in text_passages(text, language) if text else ():
            if found := _first_named(passage.text, only):
                yield _in_text(passage, found)


def _in_text(passage: Passage, found: re.Match[str]) -> Finding:
    quoted = excerpt(passage.text, *found.span())
    return Finding(
        Severity.ERROR,
        "other-states-unnamed",
        f'"{found[0]}" is named in "{quoted}", which goes to every recipient',
        "Write {{ state.name }} for the addressee's State; take out any other.",
        where=passage.place_at(found.start()),
        expected="{{ state.name }}",
    )


def _in_cells(recipient: Recipient) -> Iterator[Finding]:
    """Another State in a recipient's own cells, by a slip of row or of paste."""
    if recipient.state is None:
        return
    for column in OWN_TEXTS:
        for language, text in getattr(recipient, column).items():
            name = f"{column}_{language}"
            place = recipient.places.get(name)
            found = _first_named(text, recipient.state.id) if place else None
            if place and found:
                yield _in_cell(recipient, name, text, found, place)


def _in_cell(
    recipient: Recipient, name: str, text: str, found: re.Match[str], place: Place
) -> Finding:
    own = recipient.state.name["en"] if recipient.state else recipient.id
    return Finding(
        Severity.ERROR,
        "other-states-unnamed",
        f'{name} is "{text}", which names {found[0]} in the row of {own}',
        f"Correct the cell; the letter goes to {own}.",
        who=recipient.id,
        where=place,
        expected=own,
    )


def _first_named(text: str, own: str | None) -> re.Match[str] | None:
    """The first State named in a text that is not the own one; towns are passed over."""
    pattern, states = _names()
    for found in pattern.finditer(prose(text)):
        state = states.get(_key(found[0]))
        if state is not None and state != own:
            return found
    return None


@cache
def _names() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """A pattern of all States' names, with or without &, and towns'; the States' ids by name."""
    states = {
        _key(name): state.id
        for state in load_states()
        for name in (*state.name.values(), *state.short_name.values())
    }
    longest = sorted({*states, *map(_key, PLACES)}, key=lambda name: (-len(name), name))
    patterns = (literal(name).replace(r"\s+and\s+", r"\s*(?:\band\b|&)\s*") for name in longest)
    return re.compile(whole_words(patterns), re.IGNORECASE), states


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("&", " and ").split())
