"""Which columns of the recipients changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.changed.difference import Difference
from generator.changed.side import Side
from generator.changed.words import show_values
from generator.model import Recipient

PLAIN = ("honorific", "service", "gender", "email", "versions")
PER_LANGUAGE = ("name", "designation", "addressee", "address", "salutation")


def recipient_differences(old: Side, new: Side) -> Iterator[Difference]:
    """The changed cells that bear on the letter: its recipient's own, then the others'.

    Of the others only what a ranking calls them is printed.
    """
    before = {recipient.id: recipient for recipient in old.edition.recipients}
    for recipient in sorted(new.edition.recipients, key=lambda r: r.id != new.who):
        earlier = before.get(recipient.id)
        if earlier is None:
            continue
        fields = (*PLAIN, *PER_LANGUAGE) if recipient.id == new.who else ("addressee",)
        for field in fields:
            if _bears(new, recipient, earlier, field):
                yield from _field_differences(recipient, earlier, field, new.languages)


def _bears(new: Side, recipient: Recipient, earlier: Recipient, field: str) -> bool:
    was = getattr(earlier, field)
    if was == getattr(recipient, field):
        return False
    undone = replace(recipient, **{field: was})
    others = new.edition.recipients
    return new.would_differ(recipients=tuple(undone if r.id == recipient.id else r for r in others))


def _field_differences(
    new: Recipient, old: Recipient, field: str, languages: tuple[str, ...]
) -> Iterator[Difference]:
    """One a column: a field of several languages has several."""
    now, was = getattr(new, field), getattr(old, field)
    columns = [field] if field in PLAIN else [f"{field}_{code}" for code in languages]
    for column in columns:
        first, second = _in_column(was, column), _in_column(now, column)
        if first != second:
            place = new.places.get(column) or old.places.get(column) or new.place
            yield Difference(place, *show_values(first, second), f"{new.id}, {column}")


def _in_column(value: object, column: str) -> object:
    return value.get(column.rpartition("_")[2]) if isinstance(value, Mapping) else value
