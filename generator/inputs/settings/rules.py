"""Rules for single values of ``edition.toml``, one function each.

A rule gives the value back (composed to NFC) or refuses it; what stands there is put into the
message by ``file.py``. Rules that need the edition take it from pydantic's context.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any, TypeVar

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError

from generator.findings import RULES
from generator.inputs.clean import clean_text, fault_in_text
from generator.inputs.logo import fault_in_logo
from generator.inputs.nearest import did_you_mean
from generator.locales import HONORIFICS, LANGUAGES, SERVICES

KEY_COLUMNS = ("state", "id")
GIVEN_COLUMNS = ("cohort", "composite_score", "rank")
NUMBER_FIELDS = ("year", "month", "day", "serial")
_FORMAT_SPEC = re.compile(r"(0[1-9]d?)?")

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Context:
    """What rules may look at: the edition's folder and the kinds' folder.

    And, as far as they can be read already, the versions and the columns that indicators name.
    """

    folder: Path
    templates: Path
    versions: tuple[str, ...]
    columns: tuple[str, ...]


def refuse(expected: str, remedy: str) -> PydanticCustomError:
    """A refusal: what was expected, and what to do."""
    context: dict[str, Any] = {"expected": expected, "remedy": remedy}
    return PydanticCustomError("rule", "{expected}", context)


def _context(info: ValidationInfo) -> Context:
    if not isinstance(info.context, Context):
        raise TypeError("settings are validated with a Context")
    return info.context


def printable(text: str) -> str:
    """Composed text that a letter can print; it may have several lines."""
    if fault := fault_in_text(text):
        raise refuse(f"holds {fault[1]}", "Type the text anew without that character.")
    return clean_text(text)


def one_line(text: str) -> str:
    """Text on one line: line ends and tabs become spaces (a table's cell holds one line)."""
    return re.sub(r" *[\n\t]\s*", " ", text).strip(" ")


def filled(text: str) -> str:
    """Text that is not blank."""
    if not text.strip():
        raise refuse("is empty", "Fill it in, or delete the key if it is optional.")
    return text


def known_languages(value: Mapping[str, V]) -> Mapping[str, V]:
    """Keys are codes of languages that exist."""
    if unknown := [code for code in value if code not in LANGUAGES]:
        raise refuse(
            f'there is no language "{unknown[0]}"', f"Languages are {', '.join(LANGUAGES)}."
        )
    return value


def in_every_version(value: Mapping[str, V], info: ValidationInfo) -> Mapping[str, V]:
    """A text stands in every language that letters are issued in."""
    known_languages(value)
    if missing := [code for code in _context(info).versions if not value.get(code)]:
        raise refuse(
            f"has no text in {', '.join(missing)}, which is among the versions",
            f'Add {missing[0]} = "…" to it, or take {missing[0]} out of versions.',
        )
    return value


def in_both_languages(value: Mapping[str, V]) -> Mapping[str, V]:
    """A text of the letterhead stands in every language there is, whatever the versions are.

    Official Languages Rules 1976, r. 11: letterheads are in Hindi and in English.
    """
    known_languages(value)
    if missing := [code for code in LANGUAGES if not value.get(code)]:
        raise refuse(
            f"has no text in {', '.join(missing)}, and each letter is headed in all of "
            f"{', '.join(LANGUAGES)} (Official Languages Rules 1976, r. 11)",
            f'Add {missing[0]} = "…" to it.',
        )
    return value


def versions(value: Sequence[str]) -> Sequence[str]:
    """One or more languages that exist, each once."""
    known_languages(dict.fromkeys(value))
    if not value:
        raise refuse("names no language", 'Write versions = ["hi", "en"].')
    if len(set(value)) < len(value):
        raise refuse("names a language twice", 'Write each once: versions = ["hi", "en"].')
    return value


def existing_kind(value: str, info: ValidationInfo) -> str:
    """A folder under ``letter_templates/``."""
    templates = _context(info).templates
    kinds = sorted(p.name for p in templates.iterdir() if p.is_dir()) if templates.is_dir() else []
    kinds = [name for name in kinds if not name.startswith((".", "_"))]
    if value not in kinds:
        raise refuse(
            f"there is no such kind; there are: {', '.join(kinds) or 'none'}",
            did_you_mean(value, kinds) or "Name a folder of letter_templates/.",
        )
    return value


def safe_series(value: str) -> str:
    """Fit for a folder's name: ``output/<date>-<series>/``."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", value):
        raise refuse(
            "is not fit for a folder's name",
            "Use letters a–z, digits, - and _ only, at most 40.",
        )
    return value


def plain_file_name(value: str) -> str:
    """A file in the edition's own folder, without a path."""
    if value in (".", "..") or re.search(r'[/\\:*?"<>|]', value):
        raise refuse(
            "is not the name of a file in the edition's folder",
            "Put the file into the edition's folder and write its name alone.",
        )
    return value


def existing_file(value: str, info: ValidationInfo) -> str:
    """A file that is there."""
    if not (_context(info).folder / value).is_file():
        raise refuse("is not in the edition's folder", "Copy the file there, or correct its name.")
    return value


def whole_logo(value: str, info: ValidationInfo) -> str:
    """A picture that takes nothing from elsewhere, with its PNG for Word."""
    if fault := fault_in_logo(_context(info).folder / value):
        raise refuse(
            fault,
            "Save the logo as a PNG; or as a plain SVG, letters as paths, nothing linked or "
            "embedded, with a PNG of the same name beside it.",
        )
    return value


def scores_file(value: str) -> str:
    """A workbook or CSV file."""
    if Path(value).suffix.lower() not in (".xlsx", ".xlsm", ".csv"):
        raise refuse(
            "is neither an .xlsx nor a .csv file", "Save it in Excel as “Excel Workbook (*.xlsx)”."
        )
    return value


def number_pattern(value: str) -> str:
    """A pattern that gives each serial its own number."""
    remedy = (
        "Use {year}, {month:02d}, {day:02d} and {serial} (or {serial:03d}), "
        'for instance "CEO/{year}/{day:02d}{month:02d}-{serial}".'
    )
    try:
        fields = list(Formatter().parse(value))
    except ValueError as error:
        raise refuse(f"is no pattern ({error})", remedy) from None
    for _text, name, spec, conversion in fields:
        if name is not None and name not in NUMBER_FIELDS:
            raise refuse(f"{{{name}}} is not known", remedy)
        if name and (conversion or not _FORMAT_SPEC.fullmatch(spec or "")):
            raise refuse(f'the format of {{{name}}} ("{spec}") is not understood', remedy)
    if "serial" not in {name for _text, name, _spec, _conversion in fields}:
        raise refuse("holds no {serial}, so all letters would have one number", remedy)
    return value


def known_service(value: str) -> str:
    """A service whose abbreviation is known in every language."""
    return _known(value, SERVICES, "service")


def known_honorific(value: str) -> str:
    """A form of address known in every language."""
    return _known(value, HONORIFICS, "honorific")


def _known(value: str, known: Mapping[str, object], what: str) -> str:
    if value and value not in known:
        raise refuse(
            f"is not a known {what}; known are {', '.join(known)}",
            did_you_mean(value, known) or f"Write one of the known {what}s.",
        )
    return value


def count_column(value: str) -> str:
    """A column of counts, not one that has another meaning."""
    if value in (*KEY_COLUMNS, *GIVEN_COLUMNS):
        raise refuse("is not a column of counts", "Name the column that holds the count.")
    return value


def names_for_texts(value: Mapping[str, V]) -> Mapping[str, V]:
    """Names that a text can use: ``{{ facts.learners }}``."""
    for name in value:
        if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
            raise refuse(
                f'the name "{name}" cannot be used in a text',
                "Use letters a–z, digits and _ only, beginning with a letter.",
            )
    return value


def column_names(value: Mapping[str, str], info: ValidationInfo) -> Mapping[str, str]:
    """Keys are names of columns; no header serves twice."""
    known = (*KEY_COLUMNS, "strength", *_context(info).columns, *GIVEN_COLUMNS)
    for name, header in value.items():
        if name not in known:
            raise refuse(
                f'no column is called "{name}" here; there are {", ".join(dict.fromkeys(known))}',
                did_you_mean(name, known) or 'Write it as: our name = "header in the workbook".',
            )
        if list(value.values()).count(header) > 1:
            raise refuse(f'two columns are mapped to "{header}"', "Map each header once.")
    return value


def check_name(value: str) -> str:
    """A check's name as findings print it: ``composite-recomputed``."""
    if value not in RULES:
        raise refuse(
            "is not the name of a check",
            f"{did_you_mean(value, RULES)} Copy the name from the finding's line.".strip(),
        )
    return value
