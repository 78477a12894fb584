"""A finished letter as canonical JSON and back: what the store keeps, and what is fingerprinted."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

from generator import content, letter_data
from generator.content import Letter
from generator.model import Place

_TYPES: Mapping[str, Callable[..., object]] = {
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


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        named = {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
        return {"type": type(value).__name__, **named}
    if isinstance(value, Mapping):
        return {"type": "map", "items": {key: _plain(item) for key, item in value.items()}}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
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
