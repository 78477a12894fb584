"""Whether a further language has all that letters in it need: words, labels, font."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.errors import InputError
from generator.files import is_font_of
from generator.findings import Finding, Severity
from generator.inputs.nearest import did_you_mean
from generator.inputs.settings.toml_lines import find_lines, line_of
from generator.locales import LANGUAGES, OWN, needed_labels, read_catalogue
from generator.model import Language, Place
from generator.paths import Paths

CHECK = "language-complete"
_PLACEHOLDER = re.compile(r"\{\w+\}")


def check_languages(paths: Paths, versions: Sequence[Language]) -> tuple[None, list[Finding]]:
    """Checks the files of each further language among the versions.

    Raises:
        InputError: Something is missing or wrong; all of it is in ``findings``.
    """
    further = [code for code in versions if code not in OWN and code in LANGUAGES]
    findings = [finding for code in further for finding in _faults(paths, code)]
    if findings:
        first = findings[0]
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        raise InputError(f"{first.where}: {first.message}{more}", first.remedy, findings)
    return None, []


def _faults(paths: Paths, code: Language) -> Iterator[Finding]:
    profile = LANGUAGES[code]
    path = profile.folder / f"{code}.toml"
    file = paths.relative(path)
    lines = find_lines(path.read_text("utf-8-sig")) if profile.locale else {}
    for fault in profile.faults:
        line = line_of(lines, fault.key.split(".", 1))
        yield _error(fault.message, fault.remedy, Place(file, line=line))
    if profile.font:
        yield from _font(paths, profile.font, Place(file, line=lines.get("font")))
    if not any(fault.key in ("", "locale") for fault in profile.faults):
        yield from _labels(path.with_suffix(".po"), paths.relative(path.with_suffix(".po")), code)


def _font(paths: Paths, family: str, where: Place) -> Iterator[Finding]:
    if not any(is_font_of(path.name, {family}) for path in paths.fonts.glob("*.[ot]tf")):
        stem = family.replace(" ", "")
        told = f"font = “{family}”: fonts/ has no file of it"
        remedy = f"Copy {stem}-Regular.ttf (and {stem}-Bold.ttf) there, with the font's licence."
        yield _error(told, remedy, where)


def _labels(path: Path, file: str, code: Language) -> Iterator[Finding]:
    """Each label that the catalogue lacks, has with other placeholders, or has for no use."""
    try:
        found = read_catalogue(code)
    except FileNotFoundError:
        labels = "; ".join(f"“{msgid}”" for msgid in needed_labels())
        remedy = f"Write it, with a msgstr for each of these: {labels}"
        yield _error("there is no such file", remedy, Place(file))
        return
    except (OSError, ValueError) as error:
        yield _error(f"it is no catalogue: {error}", "Correct that line.", Place(file))
        return
    for msgid in needed_labels():
        text = found.get(msgid, "")
        if not text:
            told = f"there is no translation of “{msgid}”"
            remedy = f'Add: msgid "{msgid}", and below it msgstr "…"'
            yield _error(told, remedy, Place(file, line=_line(path, msgid)))
        elif sorted(_PLACEHOLDER.findall(msgid)) != sorted(_PLACEHOLDER.findall(text)):
            told = f"“{text}” does not hold the same words in braces as “{msgid}”"
            yield _error(told, "Correct the msgstr.", Place(file, line=_line(path, msgid)))
    for msgid in found.keys() - read_catalogue("en").keys():
        told = f"“{msgid}” is no label of the program"
        remedy = did_you_mean(msgid, needed_labels()) or "Delete it."
        yield _error(told, remedy, Place(file, line=_line(path, msgid)))


def _line(path: Path, msgid: str) -> int | None:
    lines = path.read_text("utf-8-sig", errors="replace").splitlines()
    wanted = f'msgid "{msgid}"'
    return next((n for n, line in enumerate(lines, 1) if line.strip() == wanted), None)


def _error(message: str, remedy: str, where: Place) -> Finding:
    return Finding(Severity.ERROR, CHECK, message, remedy, where=where)
