"""``locale/<code>.toml`` → Profile, with a fault for each thing that is missing or wrong."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from babel import Locale, UnknownLocaleError

from generator.locales.profile import (
    LANGUAGES,
    OWN,
    OWN_FOLDER,
    Fault,
    Profile,
    set_languages,
)
from generator.locales.tables import TableReader
from generator.model import Language

CODE = re.compile("[a-z]{2,3}")
_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?-[A-Z]{2}")
_DATE = ("{day}", "{month}", "{year}")
_MONTHS = 12

_NEEDED: Mapping[str, str] = {
    "tag": 'Add the language\'s tag with its country: tag = "ta-IN".',
    "locale": 'Add the name that Unicode\'s tables have for it: locale = "ta_IN".',
    "font": 'Add the font of its script: font = "Noto Serif Tamil".',
    "honorifics": 'Add the table [honorifics], with a line for each, such as "Shri" = "…".',
    "services": 'Add the table [services], with a line for each, such as "IAS" = "…".',
}
"""What a further language cannot do without; the fonts of the program's own are in the kinds."""


def use_languages(folder: Path | None = None) -> None:
    """Makes the languages of a folder known besides the program's own.

    What is wrong with one is kept with it (``Profile.faults``): it stands in the way of those
    letters alone that are written in it.

    Args:
        folder: Holds ``<code>.toml`` and ``<code>.po`` for each; None, or not there: none.
    """
    own = {code: read_profile(code, OWN_FOLDER) for code in OWN}
    files = sorted(folder.glob("*.toml")) if folder else []
    codes = [file.stem for file in files if CODE.fullmatch(file.stem) and file.stem not in OWN]
    further = {code: _further(code, folder, own["en"]) for code in codes if folder}
    if (profiles := own | further) != LANGUAGES:
        set_languages(profiles)


def _further(code: Language, folder: Path, english: Profile) -> Profile:
    """A further language, with faults for what it lacks as well."""
    profile = read_profile(code, folder)
    told = {fault.key for fault in profile.faults}
    if "" in told:
        return profile
    lacking = [
        Fault(name, f"{name} is missing", remedy)
        for name, remedy in _NEEDED.items()
        if not getattr(profile, name) and name not in told
    ]
    for table in ("honorifics", "services"):
        if forms := getattr(profile, table):
            lacking += _codes(table, forms, getattr(english, table))
    faults = [fault for fault in lacking if fault.key not in told]
    return replace(profile, faults=(*profile.faults, *faults))


def _codes(table: str, forms: Mapping[str, str], known: Mapping[str, str]) -> Iterator[Fault]:
    """Forms of address and services are those of every language, no more and no less."""
    for code in known.keys() - forms.keys():
        key, told = f"{table}.{code}", f"[{table}] has no “{code}”"
        yield Fault(key, told, f'Add below [{table}]: "{code}" = "…"')
    for code in forms.keys() - known.keys():
        told = f"“{code}” is not known; there are {', '.join(known)}"
        yield Fault(f"{table}.{code}", told, "Correct its name, or delete the line.")


def read_profile(code: Language, folder: Path) -> Profile:
    """The profile of one language."""
    try:
        text = (folder / f"{code}.toml").read_text("utf-8-sig")
        data = tomllib.loads(unicodedata.normalize("NFC", text))
    except (OSError, ValueError) as error:
        remedy = "Correct it: texts stand in straight quotation marks; save it as UTF-8."
        return Profile(folder=folder, faults=(Fault("", f"it cannot be read: {error}", remedy),))
    reader = TableReader()
    profile = reader.read(Profile, data, "") or Profile()
    faults = (*reader.faults, *_faults(profile))
    return replace(profile, folder=folder, faults=faults)


def _faults(profile: Profile) -> Iterator[Fault]:
    """What has the right type, and is not right."""
    if profile.tag and not _TAG.fullmatch(profile.tag):
        told = f"“{profile.tag}” is no tag of a language"
        yield Fault("tag", told, 'Write it like tag = "ta-IN".')
    if profile.locale and not _is_locale(profile.locale):
        told = f"“{profile.locale}” is not in Unicode's tables of languages"
        yield Fault("locale", told, 'Write it like locale = "ta_IN".')
    if not all(part in profile.date for part in _DATE):
        told = f"“{profile.date}” lacks one of {', '.join(_DATE)}"
        yield Fault("date", told, 'Write it like date = "{day} {month}, {year}".')
    for number in profile.months:
        if number not in map(str, range(1, _MONTHS + 1)):
            told = f"“{number}” is no month"
            yield Fault(f"months.{number}", told, 'Months are 1 to 12: 2 = "…".')
    for key, months in _lists_of_months(profile):
        if months and len(months) != _MONTHS:
            yield Fault(key, f"{key} has {len(months)} names", "Write twelve, January first.")


def _is_locale(name: str) -> bool:
    try:
        Locale.parse(name)
    except (ValueError, UnknownLocaleError):
        return False
    return True


def _lists_of_months(profile: Profile) -> Iterator[tuple[str, tuple[str, ...]]]:
    if profile.dates:
        yield "dates.months", profile.dates.months
        yield "dates.short", profile.dates.short
    if profile.quantities:
        yield "quantities.months", profile.quantities.months
