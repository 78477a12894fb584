"""Texts with one passage, for the tests of what looks at words."""

from __future__ import annotations

from collections.abc import Sequence

from generator.audit import Check, Dossier
from generator.findings import Finding
from generator.inputs.edition import read_edition
from generator.model import Edition, Section, Text
from generator.paths import Paths
from generator.scoring import score_edition
from tests.audited import clean_edition
from tests.command import ROOT

SHIPPED = ("2025-12", "2025-12-published")


def edition_with(text: str, language: str) -> Edition:
    """A clean edition with one section, the text of which begins in line 3."""
    heading = {"hi": "शीर्षक", "en": "Heading"}[language]
    file = Text(f"compendium/01-made.{language}.md", f"# {heading}\n\n{text}\n")
    return clean_edition(compendium=(Section("01-made", {language: file}),))


def told(check: Check, text: str, language: str = "hi") -> list[Finding]:
    """What a check finds in a text."""
    return list(check(Dossier(edition_with(text, language), {})))


def told_of(check: Check, edition: Edition) -> list[Finding]:
    """What a check finds in an edition."""
    return list(check(Dossier(edition, {})))


def told_of_shipped(checks: Sequence[Check], name: str) -> list[Finding]:
    """What some checks find in an edition of this installation."""
    edition, _found = read_edition(Paths.at(ROOT), ROOT / "editions" / name)
    case = Dossier(edition, score_edition(edition))
    return [finding for check in checks for finding in check(case)]
