"""The 36 States and Union Territories, and how each is found by any name or code in use.

``states.csv`` is curated data: Hindi names, heads of administration and codes are never computed
(CLDR, iso-codes and transliteration are each wrong somewhere).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process

from generator.kept import keep_last
from generator.model import Language, Recipient, State

SIMILAR = 85
"""From this likeness on (of 100), a text is meant to be a State's name: Hariana, Uttarkhand."""

TABLE = Path(__file__).with_name("states.csv")

FORMER_CODES: Mapping[str, tuple[str, ...]] = {
    "CG": ("CT", "IN-CT"),
    "OD": ("OR", "IN-OR"),
    "TS": ("TG", "IN-TG"),
    "UK": ("UA", "IN-UT"),
    "DH": ("DN", "IN-DN", "IN-DD"),
}
"""ISO and vehicle codes no longer in force. Uttarakhand's bare "UT" is missing on purpose: it
reads as "Union Territory". Telangana's TS and TG crossed over (ISO 2023, vehicles 2024)."""

_CODE = 3
"""Keys of so many characters are codes, with which nothing is compared."""

_IGNORED = re.compile("[\\s._,()'\u2019\u0970\u200b-\u200f\u2010-\u2015\u2060\ufeff\u00ad-]+")
_LEADING = re.compile(
    r"^(?:the|state of|ut of|union territory of|राज्य|संघ राज्य क्षेत्र|केंद्र शासित प्रदेश)\s+"
)


def normalise_name(text: str) -> str:
    """The form in which names are compared.

    Case, spaces of any kind, dots, hyphens, brackets and zero-width characters do not count, "&"
    is "and", Devanagari is compared after NFC (which makes the two encodings of ढ़ equal), and a
    leading "the", "State of" or "UT of" is dropped.
    """
    folded = unicodedata.normalize("NFC", text).casefold().replace("&", " and ")
    words = " ".join(re.sub("[.\u200b-\u200f\u2060\ufeff\u00ad]", "", folded).split())
    while (shorter := _LEADING.sub("", words)) != words:
        words = shorter
    return _IGNORED.sub("", words)


@cache
def load_states() -> tuple[State, ...]:
    """Every State and UT in the order of the LGD codes (``states.csv``)."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(_state(row) for row in csv.DictReader(file))


def _state(row: Mapping[str, str]) -> State:
    code = row["iso_3166_2"].removeprefix("IN-")
    return State(
        id=code,
        lgd_code=row["lgd_code"],
        name={"en": row["name_en"], "hi": row["name_hi"]},
        short_name={"en": row["short_en"], "hi": row["short_hi"]},
        is_ut=row["type_en"] == "UT",
        has_legislature=row["legislature"] == "yes",
        region=row["ol_region_en"],
        rules_extend=row["ol_rules_1976_extend"] == "yes",
        head={"en": row["head_designation_en"], "hi": row["head_designation_hi"]},
        government={"en": row["government_en"], "hi": row["government_hi"]},
        keys=(
            row["iso_3166_2"],
            row["vehicle_code"],
            row["lgd_code"].zfill(2),
            row["name_hi_constitution"],
            *FORMER_CODES.get(code, ()),
            *filter(None, row["aliases"].split("|")),
        ),
    )


def names_of(state: State) -> tuple[str, ...]:
    """Every name and code by which a State is found."""
    official = (state.id, state.lgd_code, *state.name.values(), *state.short_name.values())
    return (*official, *state.keys)


@cache
def _index() -> Mapping[str, State]:
    return {normalise_name(name): s for s in load_states() for name in names_of(s)}


def find_state(text: str) -> State | None:
    """The State meant by a name in English or Hindi, a known spelling, or a code; else None.

    Codes are ISO 3166-2:IN (with or without ``IN-``), LGD and vehicle codes.
    """
    return _index().get(normalise_name(text))


def is_other_spelling(state: State, text: str) -> bool:
    """Whether a name that means this State is not one of its own names or codes."""
    own = (state.id, state.lgd_code, *state.name.values(), *state.short_name.values())
    codes = state.keys[:3]
    return normalise_name(text) not in {normalise_name(name) for name in (*own, *codes)}


def resembles_state(text: str) -> bool:
    """Whether a text, though no State's name, is likely to be meant as one."""
    names = [key for key in _index() if len(key) > _CODE]
    name = normalise_name(text)
    return process.extractOne(name, names, scorer=fuzz.ratio, score_cutoff=SIMILAR) is not None


def nearest_states(text: str, count: int = 3) -> tuple[State, ...]:
    """The States whose names come nearest to an unknown one, best first."""
    index = _index()
    names = [key for key in index if len(key) > _CODE]
    found: dict[str, State] = {}
    matches = process.extract(normalise_name(text), names, scorer=fuzz.ratio, limit=count * 8)
    for name, _score, _position in matches:
        found.setdefault(index[name].id, index[name])
    return tuple(found.values())[:count]


@keep_last
def display_names(
    recipients: Iterable[Recipient], language: Language, states: Iterable[State] = ()
) -> Mapping[str, str]:
    """How each id is called in a table: a State by its name, others by their addressee.

    ``states`` are an edition's, with names in further languages; without them, the program's own.
    """
    known = tuple(states) or load_states()
    names = {state.id: state.name[language] for state in known if language in state.name}
    others = {r.id: r.addressee.get(language) or r.id for r in recipients if not r.state}
    return names | others
