"""The values of a TOML file as the typed tables that they are meant for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from types import UnionType
from typing import TypeVar, get_args, get_origin, get_type_hints

from generator.locales.profile import Fault

T = TypeVar("T")

NOT_IN_FILE = ("folder", "faults")
"""Fields of a profile that its file does not hold."""


class WrongError(Exception):
    """A value is not what is expected; its text says what is."""


@dataclass
class TableReader:
    """Builds tables of typed values, and collects a fault for each value that does not fit."""

    faults: list[Fault] = field(default_factory=list)

    def read(self, table: type[T], data: Mapping[str, object], place: str) -> T | None:
        """A table's value; None where a value that it needs is missing or wrong."""
        hints, before = get_type_hints(table), len(self.faults)
        known = {f.name: f for f in fields(table) if f.name not in NOT_IN_FILE}  # type: ignore[arg-type] # they are dataclasses
        values: dict[str, object] = {}
        for name, value in data.items():
            key = f"{place}.{name}" if place else name
            if name not in known:
                told = f"“{name}” is not known here; there are {', '.join(known)}"
                self.faults.append(Fault(key, told, "Correct its name, or delete it."))
                continue
            try:
                values[name] = self._value(hints[name], value, key)
            except WrongError as error:
                self._tell(key, error)
        for name, f in known.items():
            if name not in data and f.default is MISSING and f.default_factory is MISSING:
                told = f"[{place}] has no {name}"
                self.faults.append(Fault(place, told, f"Add {name} = … to it."))
        if place and len(self.faults) > before:
            return None
        return table(**{name: value for name, value in values.items() if value is not None})

    def _tell(self, key: str, error: WrongError) -> None:
        self.faults.append(Fault(key, f"{key}: expected {error}", "Correct the value."))

    def _value(self, hint: object, value: object, key: str) -> object:
        """A value of the type that its field has.

        Raises:
            WrongError: It is of another.
        """
        if isinstance(hint, UnionType):
            hint = get_args(hint)[0]
        if isinstance(hint, type) and is_dataclass(hint):
            return self.read(hint, _table(value), key)
        if get_origin(hint) is tuple:
            return _texts(value)
        if get_origin(hint) is not None:
            return self._mapping(_table(value), get_args(hint)[1], key)
        if hint is bool:
            if not isinstance(value, bool):
                raise WrongError("true or false")
            return value
        if "." in key and isinstance(value, list):
            return "|".join(_texts(value))
        return _text(value, is_range=key == "script.letters")

    def _mapping(self, data: Mapping[str, object], kind: object, key: str) -> Mapping[str, object]:
        found: dict[str, object] = {}
        for name, value in data.items():
            try:
                found[name] = _power(value) if kind is int else _text(value)
            except WrongError as error:
                self._tell(f"{key}.{name}", error)
        return found


def _table(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise WrongError("a table, with its name in [ ] over its keys")
    return value


def _power(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise WrongError("a power of ten, such as 5 for a lakh")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise WrongError('a list of texts, ["…", "…"]')
    return tuple(_text(item) for item in value)


def _text(value: object, *, is_range: bool = False) -> str:
    if not isinstance(value, str) or not value.strip():
        raise WrongError("a text in quotation marks")
    try:
        re.compile(f"[{value}]" if is_range else value)
    except re.error as error:
        raise WrongError(f"words (as a regular expression it is broken: {error})") from None
    return value
