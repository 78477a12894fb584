"""A finished letter as canonical JSON and back: what the store keeps, and what is fingerprinted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any, cast

from generator import content, letter_data
from generator.content import Letter
from generator.model import Language, Place

_TYPES: Mapping[str, type[Any]] = {
    cls.__name__: cls
    for cls in (
        content.Span,
        content.Heading,
        content.Paragraph,
        content.Item,
        content.List,
        content.Row,
        content.Table,
        content.Bar,
        content.Chart,
        content.Running,
        content.Annexure,
        content.HeadLine,
        content.Letterhead,
        content.Version,
        content.Tongue,
        content.Letter,
        letter_data.Datum,
        letter_data.IndicatorData,
        letter_data.LevelData,
        letter_data.CategoryData,
        letter_data.RankedData,
        letter_data.LetterData,
        Place,
    )
}

_FIELDS = {cls: tuple(f.name for f in fields(cls)) for cls in _TYPES.values()}

LATER = frozenset({"further"})
"""Fields that letters issued earlier do not have: empty, they are left out, so that the fingerprint
of such a letter is what it was."""


def letter_to_json(letter: Letter) -> bytes:
    """The letter as JSON in UTF-8, the same bytes for the same content.

    A logo stands by its name alone: where its file lies makes no difference.
    """
    text = json.dumps(_plain(letter), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def letter_from_json(data: bytes, logo: Path | None = None) -> Letter:
    """The letter that ``letter_to_json`` wrote; ``logo`` is where its logo's file lies now.

    Raises:
        ValueError: The data is no letter.
    """
    letter = _value(json.loads(data), logo)
    if not isinstance(letter, Letter):
        raise ValueError("not a letter")
    return letter


def languages_in_json(data: bytes) -> tuple[Language, ...]:
    """The languages of the versions of the letter that ``letter_to_json`` wrote.

    Raises:
        ValueError: The data is no JSON.
        KeyError: It is no letter.
        TypeError: Likewise.
    """
    return tuple(version["language"] for version in json.loads(data)["versions"])


def _plain(value: object) -> object:
    kind = type(value)
    if kind in _FIELDS:
        named = ((name, getattr(value, name)) for name in _FIELDS[kind])
        plain = {name: _plain(item) for name, item in named if item or name not in LATER}
        plain["type"] = kind.__name__
        return plain
    if kind is str:
        return value
    if kind is tuple or kind is list:
        return [_plain(item) for item in cast("Sequence[object]", value)]
    if isinstance(value, Mapping):
        return {"type": "map", "items": {key: _plain(item) for key, item in value.items()}}
    if isinstance(value, date):
        return {"type": "date", "iso": value.isoformat()}
    if isinstance(value, Path):
        return {"type": "file", "name": value.name}
    return value


def _value(plain: object, logo: Path | None) -> object:
    if isinstance(plain, list):
        return tuple(_value(item, logo) for item in plain)
    if not isinstance(plain, dict):
        return plain
    match plain.pop("type"):
        case "map":
            return {key: _value(item, logo) for key, item in plain["items"].items()}
        case "date":
            return date.fromisoformat(plain["iso"])
        case "file":
            return logo
        case name:
            return _TYPES[name](**{key: _value(item, logo) for key, item in plain.items()})
