"""Which settings changed, with their lines in edition.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from functools import cache
from pathlib import Path

from generator.changed.difference import Difference
from generator.changed.side import Side
from generator.changed.words import show_values
from generator.inputs.text_files import read_text_file
from generator.model import Edition, Place

FILE = "edition.toml"
PARTS: Mapping[str, tuple[str, ...]] = {
    "scores": ("scoring", "rows"),
    "columns": ("rows",),
}
"""The parts of the edition that a table of settings makes, where they bear other names."""

_FIELDS = {field.name for field in fields(Edition)}


def read_values(folder: Path) -> dict[str, object]:
    """Every value in an edition's settings by its dotted key, list items counted from 0."""
    source = read_text_file(folder / FILE, FILE)
    return dict(_flatten(tomllib.loads(source, parse_float=Decimal), ""))


def _flatten(value: object, key: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _flatten(item, f"{key}.{name}" if key else name)
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for number, item in enumerate(value):
            yield from _flatten(item, f"{key}.{number}")
    else:
        yield key, value


def setting_differences(old: Side, new: Side) -> Iterator[Difference]:
    """The changed settings of those tables that bear on the letter, in the file's order."""
    keys = dict.fromkeys((*new.settings, *old.settings))
    changed = [key for key in keys if old.settings.get(key) != new.settings.get(key)]

    @cache
    def bears(table: str) -> bool:
        parts = [part for part in PARTS.get(table, (table,)) if part in _FIELDS]
        swapped = {part: getattr(old.edition, part) for part in parts}
        return table == "kind" or (bool(swapped) and new.would_differ(**swapped))

    for key in changed:
        if bears(key.partition(".")[0]):
            values = show_values(old.settings.get(key), new.settings.get(key))
            yield Difference(_place(key, old, new), *values, key)


def _place(key: str, old: Side, new: Side) -> Place:
    """The line of the key as it stands now, else as it stood; else that of its table."""
    for places in (new.edition.places, old.edition.places):
        if place := places.get(key):
            return place
    parts = key.split(".")
    above = (".".join(parts[:end]) for end in range(len(parts) - 1, 0, -1))
    return next((new.edition.places[k] for k in above if k in new.edition.places), Place(FILE))
