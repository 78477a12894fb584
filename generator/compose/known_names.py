"""All names and filters that a text may use: what ``build_names`` gives, before there is a letter.

``patra templates check`` finds unknown names by it. ``letter_templates/README.md`` lists the same
names for officers; a test compares all three.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Known:
    """What a name stands for.

    ``printed``: it is a text. ``fields`` are the names behind its dot; ``every`` stands for any
    name there. ``row`` is what each round of a loop over it gives. ``blocks``: it is finished
    paragraphs. What is none of these is true or false, for choices.
    """

    printed: bool = False
    fields: Mapping[str, Known] = field(default_factory=dict)
    row: Known | None = None
    every: Known | None = None
    blocks: bool = False


TEXT = Known(printed=True)
CHOICE = Known()


def group(*names: str, choices: tuple[str, ...] = ()) -> Known:
    """Texts, and what is true or false, behind a dot."""
    return Known(fields=dict.fromkeys(names, TEXT) | dict.fromkeys(choices, CHOICE))


def rows(*names: str, choices: tuple[str, ...] = ()) -> Known:
    """A list; each row has these texts, and what is true or false."""
    return Known(row=group(*names, choices=choices))


TEXT_NAMES: Mapping[str, Known] = {
    "number": TEXT,
    "date": TEXT,
    "as_on": TEXT,
    "place": TEXT,
    "organisation": TEXT,
    "letterhead": group("lines", "address"),
    "state": group("name", "short_name", choices=("is_ut", "has_legislature")),
    "recipient": group("name", "service", "designation", "government", "address", "email"),
    "signatory": group("name", "service", "designation", "phone", "email"),
    "contact": group("name", "email", "phone"),
    "facts": Known(every=TEXT),
    "category": TEXT,
    "composite": TEXT,
    "rank": TEXT,
    "total_weight": TEXT,
    "shares": rows("name", "value", "share", "level"),
    "indicators": rows("number", "name", "objective", "definition", "weight"),
    "bands": rows("name", "range"),
    "categories": rows("id", "strength"),
    "ranking": rows("name", "category", "composite", "rank", choices=("own",)),
    "distribution": Known(fields=dict.fromkeys(("to", "copy_to"), rows("label", "name"))),
    "compendium": rows("number", "heading", "body"),
}
"""The names of a text, of its front matter and its body alike."""

TEXT_FILTERS = ("bold_if",)
"""The filters of a text."""


def dotted(names: Mapping[str, Known], *, lists: bool = False) -> Iterator[str]:
    """Every name as it is written: "state.name"; with ``lists`` also "shares.name".

    Args:
        names: What is known.
        lists: Whether the names of a list's rows are given, behind the list's own name.
    """
    for name, known in names.items():
        yield name
        below = known.row.fields if lists and known.row else known.fields
        yield from (f"{name}.{inner}" for inner in dotted(below, lists=lists))
