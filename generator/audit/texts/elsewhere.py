"""Does a letter name another State where only the addressee may stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TypeAlias

from generator.audit.dossier import Dossier
from generator.audit.texts.passages import RECIPIENT_TEXTS, Passage, text_passages
from generator.audit.texts.words import excerpt, literal, prose, whole_words
from generator.findings import Finding, Severity
from generator.inputs.states import load_states
from generator.locales import LANGUAGES, OWN
from generator.model import Edition, Place, Recipient

PLACES = ("New Delhi", "नई दिल्ली")
"""Towns whose names hold that of a State."""

OWN_TEXTS = tuple(column for column in RECIPIENT_TEXTS if column not in ("name", "address"))
"""Columns that may name the recipient's own State alone. A person may be called as a State is,
and an address may lie in another: Chandigarh is the seat of two."""


_CITIES = frozenset({"chandigarh", "चंडीगढ़", "delhi", "दिल्ली", "goa", "गोवा", "puducherry", "पुडुचेरी"})
"""States whose names are more often a venue's or an institution's in a text for all."""


Names: TypeAlias = tuple[re.Pattern[str], Mapping[str, str]]
"""A pattern of all States' names, and their ids by name."""

_NEAR = 60
_QUOTED = re.compile(r"“[^“”]{0,80}”|‘[^‘’]{0,80}’|\"[^\"]{0,80}\"")
"""A title or slogan, which may hold a State's name: ‘मिशन कर्मयोगी बिहार’."""


def check_other_states_unnamed(case: Dossier) -> Iterator[Finding]:
    """A letter names no State but the addressee's outside rankings and compendium (LEAK-01).

    In a text for all, a venue, an institution and a quoted title may be called after a State;
    of Chandigarh, Delhi, Goa and Puducherry only what speaks of their administration is told.
    """
    names = _names(_further_names(case.edition))
    yield from _in_texts(case, names)
    for recipient in case.edition.recipients:
        yield from _in_cells(recipient, names)


def _in_texts(case: Dossier, names: Names) -> Iterator[Finding]:
    """A State typed in a kind's text, which goes to other States too."""
    edition = case.edition
    states = {r.state.id for r in edition.recipients if r.state}
    only = next(iter(states)) if len(edition.recipients) == 1 and states else None
    if not states:
        return
    for language in edition.versions:
        text = edition.texts.get(language)
        for passage in text_passages(text, language) if text else ():
            found = [n for n in _named(passage.text, only, names) if _is_the_state(n, passage)]
            if found:
                yield _in_text(passage, found)


def _is_the_state(name: re.Match[str], passage: Passage) -> bool:
    """Whether a name in a text for all is that of the State as such."""
    words = LANGUAGES[passage.language].states
    if words is None:
        return True
    text = re.sub(r"\s", " ", passage.text)
    before, after = text[max(0, name.start() - _NEAR) : name.start()], text[name.end() :][:_NEAR]
    if _key(name[0]) in _CITIES:
        return _stands_beside(words.government_before, words.government_after, before, after)
    titled = any(
        q.start() < name.start() and name.end() < q.end() and q[0][1:-1].strip() != name[0]
        for q in _QUOTED.finditer(text)
    )
    placed = _ends(words.venue_before, before) and re.match(words.venue_after, after)
    institution = (words.institution_before, words.institution_after)
    return not (titled or placed or _stands_beside(*institution, before, after))


def _stands_beside(ahead: str, behind: str, before: str, after: str) -> bool:
    """Whether one of two patterns stands before a name, or the other after it."""
    return _ends(ahead, before) or bool(re.match(behind, after))


def _ends(pattern: str, text: str) -> bool:
    return bool(re.search(f"(?:{pattern})$", text))


def _in_text(passage: Passage, found: Sequence[re.Match[str]]) -> Finding:
    quoted = excerpt(passage.text, *found[0].span())
    names = dict.fromkeys(name[0] for name in found)
    named = ", ".join(f'"{name}"' for name in names)
    return Finding(
        Severity.ERROR,
        "other-states-unnamed",
        f'{named} {"is" if len(names) == 1 else "are"} named in "{quoted}", which goes to every '
        "recipient",
        "If it is the addressee's State, write {{ state.name }}; take out any other; if it is a "
        "venue or an institution, waive this check for the file in edition.toml.",
        where=passage.place_at(found[0].start()),
        expected="{{ state.name }}",
    )


def _in_cells(recipient: Recipient, names: Names) -> Iterator[Finding]:
    """Another State in a recipient's own cells, by a slip of row or of paste."""
    if recipient.state is None:
        return
    for column in OWN_TEXTS:
        for language, text in getattr(recipient, column).items():
            name = f"{column}_{language}"
            place = recipient.places.get(name)
            found = _first_named(text, recipient.state.id, names) if place else None
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


def _first_named(text: str, own: str, names: Names) -> re.Match[str] | None:
    return next(_named(text, own, names), None)


def _named(text: str, own: str | None, names: Names) -> Iterator[re.Match[str]]:
    """The States named in a text that are not the own one; towns are passed over."""
    pattern, states = names
    for found in pattern.finditer(prose(text)):
        state = states.get(_key(found[0]))
        if state is not None and state != own:
            yield found


def _further_names(edition: Edition) -> tuple[tuple[str, str], ...]:
    """The names that the edition adds in further languages, each with the State's id."""
    return tuple(
        (name, state.id)
        for state in edition.states
        for code, name in state.name.items()
        if code not in OWN
    )


@cache
def _names(further: tuple[tuple[str, str], ...]) -> Names:
    """A pattern of all States' names, with or without &, and towns'; the States' ids by name."""
    states = {
        _key(name): state.id
        for state in load_states()
        for name in (*state.name.values(), *state.short_name.values())
    } | {_key(name): who for name, who in further}
    longest = sorted({*states, *map(_key, PLACES)}, key=lambda name: (-len(name), name))
    patterns = (literal(name).replace(r"\s+and\s+", r"\s*(?:\band\b|&)\s*") for name in longest)
    return re.compile(whole_words(patterns), re.IGNORECASE), states


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("&", " and ").split())
