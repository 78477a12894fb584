"""Everything that differs from one language to the next: numbers, dates, labels, forms of address.

A language is a file ``locale/<code>.toml``, a catalogue ``locale/<code>.po``, a ``text.<code>.md``
in each kind and a font; no other module asks which language it has in hand. Those of the folder
``<root>/locale/`` are known once ``use_languages`` has read it.
"""

from __future__ import annotations

from generator.locales.catalogue import label, needed_labels, read_catalogue
from generator.locales.formats import (
    DATE_STYLES,
    NO_BREAK_SPACE,
    format_date,
    format_fact,
    format_figure,
    format_limit,
    format_number,
    language_name,
    round_half_up,
    service_name,
    tag_of,
    with_honorific,
)
from generator.locales.profile import (
    HONORIFIC_GENDER,
    HONORIFICS,
    LANGUAGES,
    OWN,
    SERVICES,
    Fault,
    Profile,
    language_cache,
)
from generator.locales.reading import use_languages
from generator.locales.words import NEVER

use_languages()

__all__ = [
    "DATE_STYLES",
    "HONORIFICS",
    "HONORIFIC_GENDER",
    "LANGUAGES",
    "NEVER",
    "NO_BREAK_SPACE",
    "OWN",
    "SERVICES",
    "Fault",
    "Profile",
    "format_date",
    "format_fact",
    "format_figure",
    "format_limit",
    "format_number",
    "label",
    "language_cache",
    "language_name",
    "needed_labels",
    "read_catalogue",
    "round_half_up",
    "service_name",
    "tag_of",
    "use_languages",
    "with_honorific",
]
