"""``edition.toml`` → checked settings, or one refusal that holds every problem with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.errors import InputError
from generator.findings import Finding, Severity
from generator.inputs.clean import shorten
from generator.inputs.nearest import did_you_mean
from generator.inputs.refusals import unreadable
from generator.inputs.settings.keys import EditionSettings
from generator.inputs.settings.only import Problem, only_problems
from generator.inputs.settings.rules import Context
from generator.inputs.settings.toml_lines import find_lines, line_of
from generator.inputs.text_files import read_text_file
from generator.locales import LANGUAGES
from generator.model import Place

CHECK = "settings-valid"
MOST_BITS = 4000
"""Longer whole numbers are not written out in messages."""

_EXPECTED = {
    "string_type": "a text in quotation marks",
    "bool_type": "true or false, without quotation marks",
    "int_type": "a whole number, without quotation marks",
    "is_instance_of": "a number, without quotation marks",
    "decimal_type": "a number, without quotation marks",
    "finite_number": "a finite number",
    "date_type": "a date like 2025-12-11, without quotation marks",
    "list_type": "a list in [ ]",
    "dict_type": "a table with a text for each language, { hi = “…”, en = “…” }",
    "model_type": "a table of keys",
}
"""What pydantic's error types mean to the one who writes the file."""


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """Checked settings, and where each key stands in the file."""

    settings: EditionSettings
    file: str
    lines: Mapping[str, int]

    @property
    def places(self) -> dict[str, Place]:
        """Place of each key by its dotted name, list items counted from 0."""
        return {key: Place(self.file, line=line) for key, line in self.lines.items()}


def read_settings(path: Path, file: str, templates: Path) -> SettingsFile:
    """Reads and checks ``edition.toml``.

    Args:
        path: The file.
        file: Its name in messages.
        templates: The folder of the kinds.

    Raises:
        InputError: The file is missing, is no TOML, or breaks rules (every one in ``findings``).
    """
    if not path.exists():
        raise unreadable(
            Place(file),
            f"{file} is missing, so {path.parent.name} is no edition",
            "Name an edition's folder, or start one with: patra new NAME --from EDITION",
        )
    source = read_text_file(path, file)
    data = _parse(source, file)
    lines = find_lines(source)
    problems = _missing_parts(data)
    settings = None
    try:
        settings = EditionSettings.model_validate(data, context=_context(data, path, templates))
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems = [_problem(detail) for detail in details] + problems
    else:
        problems += only_problems(settings)
    if settings is None or problems:
        raise _refusal(problems, lines, file)
    return SettingsFile(settings, file, lines)


def _parse(source: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(source, parse_float=_decimal)
    except ValueError as error:  # not TOML, or a whole number of thousands of digits
        found = re.search(r"\(at line (\d+)", str(error))
        where = Place(file, line=int(found[1])) if found else Place(file)
        what = re.sub(r" \(at .*\)$", "", str(error))
        remedy = "Correct that line: texts stand in straight quotation marks, key = value."
        finding = Finding(Severity.ERROR, CHECK, f"not TOML: {what}", remedy, where=where)
        raise InputError(f"{where}: not TOML: {what}", remedy, [finding]) from None


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond any
        return Decimal("Infinity")


def _context(data: Mapping[str, Any], path: Path, templates: Path) -> Context:
    """What can be said of versions and columns before the whole is checked."""
    versions = data.get("versions")
    codes = versions if isinstance(versions, list) else []
    indicators = data.get("indicators")
    items = indicators if isinstance(indicators, list) else []
    columns = [
        item[key]
        for item in items
        if isinstance(item, dict)
        for key in ("numerator", "denominator")
        if isinstance(item.get(key), str)
    ]
    known = tuple(code for code in codes if isinstance(code, str) and code in LANGUAGES)
    distribution = data.get("distribution")
    mode = distribution.get("mode") if isinstance(distribution, dict) else None
    return Context(path.parent, templates, known, tuple(dict.fromkeys(columns)), mode == "list")


def _missing_parts(data: Mapping[str, Any]) -> list[Problem]:
    """Tables that an edition with figures cannot do without."""
    has_figures = bool(data.get("indicators")) or "scores" in data
    needed = {"as_on": has_figures, "cohorts": has_figures, "bands": bool(data.get("indicators"))}
    return [
        ((key,), f"{key} is missing, and this edition has figures", f"Add {key} to the settings.")
        for key, is_needed in needed.items()
        if is_needed and key not in data
    ]


def _problem(detail: ErrorDetails) -> Problem:
    path = detail["loc"]
    name = _spell(path)
    kind, given = detail["type"], detail["input"]
    if kind == "extra_forbidden":
        known = _keys_at(path[:-1])
        return path, f"{name} is not a setting", _offer(str(path[-1]), known)
    if kind == "missing":
        return path, f"{name} is missing", "Add it to the settings."
    context = detail.get("ctx", {})
    if kind == "rule":
        quoted = f" = {_quote(given)}" if not isinstance(given, dict | list) else ""
        return path, f"{name}{quoted}: {context['expected']}", str(context["remedy"])
    if kind == "list_type" and isinstance(given, dict):
        told = f"[{name}] is one table, where several may stand"
        return path, told, f"Write [[{name}]], with two brackets on either side."
    expected = _EXPECTED.get(kind) or str(context.get("expected", detail["msg"]))
    return path, f"{name} = {_quote(given)}: expected {expected}", "Correct the value."


def _offer(name: str, known: list[str]) -> str:
    return f"{did_you_mean(name, known)} Known here: {', '.join(known)}.".strip()


def _keys_at(path: tuple[str | int, ...]) -> list[str]:
    """The keys that the table at a path may hold."""
    model: type[BaseModel] = EditionSettings
    for part in path:
        for name, field in model.model_fields.items():
            if part in (name, field.alias):
                model = _model_in(field.annotation) or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: object) -> type[BaseModel] | None:
    """The table's class inside ``list[…]``, ``dict[str, …]`` or ``… | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(part) for part in get_args(annotation))
    return next(filter(None, found), None)


def _spell(path: tuple[str | int, ...]) -> str:
    """A key as the file spells it: "[[indicators]] no. 3: weight"."""
    words = ""
    for part in path:
        if isinstance(part, int):
            words = f"[[{words}]] no. {part + 1}"
        else:
            words += (": " if words.endswith(tuple("0123456789")) else "." if words else "") + part
    return words


def _quote(value: object) -> str:
    if isinstance(value, str):
        return f"“{shorten(value)}”"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        return "a number of thousands of digits"
    return shorten(value)


def _refusal(problems: list[Problem], lines: Mapping[str, int], file: str) -> InputError:
    """One refusal for all problems, in the order of the file."""
    findings = [
        Finding(Severity.ERROR, CHECK, what, remedy, where=Place(file, line=line_of(lines, path)))
        for path, what, remedy in problems
    ]
    findings.sort(key=lambda f: (f.where.line or 0) if f.where else 0)
    first = findings[0]
    more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
    return InputError(f"{first.where}: {first.message}{more}", first.remedy, findings)
