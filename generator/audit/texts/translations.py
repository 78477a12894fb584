"""Are translations current: was each made from the original as it now stands.

What each was made from is recorded as a digest in ``translations.toml``, beside the texts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from generator.audit.dossier import Dossier
from generator.audit.texts.pairs import Pair, text_pairs
from generator.findings import Finding, Severity
from generator.inputs.translations import FILE
from generator.model import Place

DIGITS = 16
"""How much of the digest is recorded: enough to tell two texts apart."""


def digest_source(source: str) -> str:
    """The digest of a text, blind to spaces at its lines' ends and blank lines at its own."""
    lines = (line.rstrip() for line in source.split("\n"))
    return hashlib.sha256("\n".join(lines).strip("\n").encode()).hexdigest()[:DIGITS]


def check_translations_current(case: Dossier) -> Iterator[Finding]:
    """No text was changed after its translation (both versions say the same: domain LANG-01)."""
    recorded = case.edition.translations
    unrecorded = []
    for pair in text_pairs(case.edition):
        file = pair.translation.text.file
        if file not in recorded:
            unrecorded.append(pair)
        elif recorded[file] != digest_source(pair.original.text.source):
            yield _outdated(pair)
    if unrecorded:
        yield _unrecorded(unrecorded)


def _outdated(pair: Pair) -> Finding:
    home, line = _entry(pair)
    return Finding(
        Severity.WARNING,
        "translations-current",
        f"The {pair.original.name} ({pair.original.text.file}) changed after the "
        f"{pair.translation.name} was made from it",
        f"Bring {pair.translation.text.file} up to date; then put this, as one line, in the "
        f"place of its old one in {home}: {line}",
        where=Place(pair.translation.text.file, line=1),
    )


def _unrecorded(pairs: list[Pair]) -> Finding:
    """One warning for all texts of which nothing is known, with the lines to paste."""
    lines: dict[str, list[str]] = {}
    for pair in pairs:
        home, line = _entry(pair)
        lines.setdefault(home, []).append(line)
    to_paste = "\n".join("\n".join([f"in {home}:", *found]) for home, found in lines.items())
    return Finding(
        Severity.WARNING,
        "translations-current",
        "It is not recorded from what these were translated: "
        + ", ".join(
            f"{pair.translation.text.file} (from {pair.original.text.file})" for pair in pairs
        ),
        "Compare each with its original; then write these lines, each as one, at the end "
        f"of the file named, and make the file if there is none:\n{to_paste}",
        where=Place(next(iter(lines))),
    )


def _entry(pair: Pair) -> tuple[str, str]:
    """The file in which a translation is recorded, and the line that records it as current.

    A kind's text is recorded in its kind's folder, all else in that of the edition.
    """
    file = pair.translation.text.file
    folder, _, name = file.rpartition("/") if pair.translation.is_kind else ("", "", file)
    home = f"{folder}/{FILE}" if folder else FILE
    return home, f'"{name}" = "{digest_source(pair.original.text.source)}"'
