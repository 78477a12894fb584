"""``translations.toml``: from which original each translation was made."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from generator.findings import Finding, Severity
from generator.inputs.refusals import unreadable
from generator.inputs.settings.toml_lines import find_lines
from generator.inputs.text_files import read_text_file
from generator.model import Place
from generator.paths import Paths

FILE = "translations.toml"
_DIGEST = re.compile("[0-9a-f]{16}")


def read_translations(
    paths: Paths, folder: Path, kind: str
) -> tuple[dict[str, str], list[Finding]]:
    """What the kind's folder and the edition's record of their translations.

    Args:
        paths: Where the kinds lie.
        folder: The edition's folder.
        kind: The edition's kind.

    Returns:
        The digest of the original by the translated text's file, named as in findings; and a
        warning for each file that records texts which are not there.

    Raises:
        InputError: A file cannot be opened, is no TOML, or holds other than digests.
    """
    digests: dict[str, str] = {}
    findings: list[Finding] = []
    for home in (paths.kind(kind), folder):
        path = home / FILE
        if not path.exists():
            continue
        file = paths.shown(path, folder)
        source = read_text_file(path, file)
        entries = _parse(source, file)
        digests |= {paths.shown(home / name, folder): entries[name] for name in entries}
        if gone := [name for name in entries if not (home / name).is_file()]:
            findings.append(_gone(gone, Place(file, line=find_lines(source).get(gone[0]))))
    return digests, findings


def _parse(source: str, file: str) -> dict[str, str]:
    try:
        entries = tomllib.loads(source)
    except ValueError as error:
        found = re.search(r"\(at line (\d+)", str(error))
        where = Place(file, line=int(found[1])) if found else Place(file)
        what = re.sub(r" \(at .*\)$", "", str(error))
        raise unreadable(where, f"{where}: not TOML: {what}", _HOW) from None
    for name, digest in entries.items():
        if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
            where = Place(file, line=find_lines(source).get(name))
            raise unreadable(where, f"{where}: no digest of 16 digits for “{name}”", _HOW)
    return entries


_HOW = (
    'Each line reads "text.hi.md" = "0123456789abcdef". Delete the line that does not; '
    "patra check then gives it as it should be."
)


def _gone(names: list[str], where: Place) -> Finding:
    return Finding(
        Severity.WARNING,
        "translations-current",
        "Recorded as translated, but not there: " + ", ".join(names),
        "Delete these lines.",
        where=where,
    )
