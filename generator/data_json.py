"""A letter's data as JSON and back: the file that its PDF carries for machines.

``letter-data.schema.json`` describes it (JSON Schema, draft 2020-12).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from generator.letter_data import LetterData

SCHEMA = "urn:patra:letter-data:1"
"""What the file says it is: the ``$id`` of the schema."""

SCHEMA_FILE = Path(__file__).with_name("letter-data.schema.json")


@dataclass(frozen=True, slots=True)
class AttachedData:
    """What a PDF carries: the letter's data, and the letter's fingerprint ("" in a draft)."""

    data: LetterData
    fingerprint: str


def decimal_text(value: Decimal) -> str:
    """A number in full, without exponent or closing zeros: 476234, 47.03, 67.6167598…."""
    return f"{value.normalize():f}"


def data_to_json(data: LetterData, fingerprint: str) -> bytes:
    """The file: UTF-8, keys sorted, two spaces a level; the same bytes for the same content."""
    plain = {"$schema": SCHEMA, "fingerprint": fingerprint, **_plain_fields(data)}
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, indent=2).encode() + b"\n"


def data_from_json(text: bytes) -> AttachedData:
    """What ``data_to_json`` wrote.

    Raises:
        ValueError: It is something else; with what is wrong.
    """
    plain = json.loads(text)
    if not isinstance(plain, dict) or plain.pop("$schema", None) != SCHEMA:
        raise ValueError(f"no file by the schema {SCHEMA}")
    fingerprint = _built(str, plain.pop("fingerprint", None), "fingerprint")
    return AttachedData(_built(LetterData, plain, "letter"), fingerprint)


def _plain_fields(value: Any) -> dict[str, object]:  # noqa: ANN401 - any of our dataclasses
    """A dataclass by its fields' names; of a cell's place only what there is."""
    named = {field.name: (field, getattr(value, field.name)) for field in fields(value)}
    return {n: _plain(v) for n, (f, v) in named.items() if v is not None or f.default is not None}


def _plain(value: object) -> object:
    if is_dataclass(value):
        return _plain_fields(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return dict(value)
    return value.isoformat() if isinstance(value, date) else value


def _built(kind: Any, plain: Any, where: str) -> Any:  # noqa: ANN401 - by the fields' own types
    """The value of a type; raises ValueError where another stands."""
    if get_origin(kind) is UnionType:
        (own,) = (option for option in get_args(kind) if option is not NoneType)
        return None if plain is None else _built(own, plain, where)
    if get_origin(kind) is tuple and isinstance(plain, list):
        item = get_args(kind)[0]
        return tuple(_built(item, part, f"{where}.{n}") for n, part in enumerate(plain))
    if is_dataclass(kind) and isinstance(plain, dict):
        return _built_fields(kind, plain, where)
    if get_origin(kind) is not None and isinstance(plain, dict):
        return {key: _built(str, text, f"{where}.{key}") for key, text in plain.items()}
    if kind is date and isinstance(plain, str):
        return date.fromisoformat(plain)
    if type(plain) is not kind:
        raise ValueError(f"{where}: {json.dumps(plain, ensure_ascii=False)[:80]}")
    return plain


def _built_fields(kind: Any, plain: Mapping[str, object], where: str) -> Any:  # noqa: ANN401
    hints = get_type_hints(kind)
    needed = {field.name for field in fields(kind) if field.default is not None}
    wrong = (plain.keys() - hints.keys()) | (needed - plain.keys())
    if wrong:
        raise ValueError(f"{where}: {', '.join(sorted(wrong))} missing or unknown")
    return kind(
        **{key: _built(hints[key], value, f"{where}.{key}") for key, value in plain.items()}
    )
