"""Who writes and who is written to."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model.figures import Place
from generator.model.language import Bilingual, Language

EVERYONE = "ALL"
"""The recipient's id of one document to all (``[distribution]``, mode "list")."""


@dataclass(frozen=True, slots=True)
class State:
    """A State or Union Territory (a row of ``inputs/states.csv``)."""

    id: str
    """ISO 3166-2:IN without ``IN-`` (HR, CG, DH)."""
    lgd_code: str
    name: Bilingual
    short_name: Bilingual
    is_ut: bool
    has_legislature: bool
    region: str
    """Region A, B or C of the Official Languages Rules 1976, r. 2."""
    rules_extend: bool
    """False for Tamil Nadu alone (Official Languages Rules 1976, r. 1(2))."""
    head: Bilingual
    """Designation of the head of administration."""
    government: Bilingual
    keys: tuple[str, ...]
    """Every other spelling, code and Hindi form by which the State is found."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs. ``gender`` ("m", "f") decides the subscription."""

    name: Bilingual
    gender: str
    designation: Bilingual
    service: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom the addressee may ask."""

    name: Bilingual
    honorific: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who a letter is addressed to. ``state`` is None for recipients that are no State.

    ``name`` is empty where the letter is addressed by office. ``honorific`` and ``service`` are
    the settings' own codes ("Shri", "IAS"); ``gender`` is "m", "f" or None.
    """

    id: str
    place: Place
    state: State | None = None
    honorific: str = ""
    name: Bilingual = field(default_factory=dict)
    service: str = ""
    gender: str | None = None
    designation: Bilingual = field(default_factory=dict)
    addressee: Bilingual = field(default_factory=dict)
    address: Bilingual = field(default_factory=dict)
    email: str = ""
    versions: tuple[Language, ...] | None = None
    salutation: Bilingual = field(default_factory=dict)
    confirmed_on: datetime.date | None = None
    places: Mapping[str, Place] = field(default_factory=dict)
    """The cell of each filled column ("name_hi", "email")."""
