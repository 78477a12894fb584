"""Do all versions of a finished letter hold the same figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from generator.audit.dossier import Dossier
from generator.audit.letters.own_figures import letter_lines
from generator.audit.texts.quantities import Quantity, quantities, spell
from generator.content import Letter, Table, Version, plain
from generator.findings import Finding, Severity
from generator.locales import LANGUAGES
from generator.model import Language

PARALLEL = {
    "blocks-parallel",
    "figures-parallel",
    "placeholders-parallel",
    "annexures-cited",
}
"""Checks of the texts that already tell where two languages differ in their figures."""


class FiguresSameInVersions:
    """All versions of a letter hold the same figures (LANG-02).

    Where the texts themselves differ, that is told at their lines and not here again.
    """

    def __init__(self, case: Dossier) -> None:
        self._told = bool({finding.check for finding in case.found} & PARALLEL)
        self._places = {recipient.id: recipient.place for recipient in case.edition.recipients}
        self._differing: dict[str, list[str]] = {}

    def read(self, letter: Letter) -> None:
        """Keeps how a letter's versions differ."""
        if self._told:
            return
        first, *others = [v for v in letter.versions if LANGUAGES[v.language].quantities]
        for version in others:
            if difference := _difference(first, version):
                self._differing.setdefault(difference, []).append(letter.who)

    def findings(self) -> Iterator[Finding]:
        """One for each difference, with all letters that have it."""
        for difference, ids in self._differing.items():
            who = ids[0] if len(ids) == 1 else None
            yield Finding(
                Severity.ERROR,
                "figures-same-in-versions",
                f"The versions of {', '.join(ids)} hold different figures: {difference}",
                "Correct the address or other text that differs from one language to the other.",
                who=who,
                where=self._places[who] if who else None,
            )


def _difference(first: Version, second: Version) -> str:
    """The figures that only one of two versions holds, as they are written; "" for none."""
    found = [_figures(version) for version in (first, second)]
    only = (found[0] - found[1], found[1] - found[0])
    parts = zip((first, second), only, strict=True)
    lost = "; ".join(f'only in "{v.language}": {spell(extra)}' for v, extra in parts if extra)
    return lost or _moved(first, second)


def _moved(first: Version, second: Version) -> str:
    """The first table whose figures stand in other columns than in the other version; or ""."""
    for one, two in zip(_tables(first), _tables(second), strict=False):
        if _columns(one, first.language) != _columns(two, second.language):
            heads = (" · ".join(plain(cell) for cell in table.head) for table in (one, two))
            return "the columns of “{}” do not agree with those of “{}”".format(*heads)
    return ""


def _tables(version: Version) -> list[Table]:
    blocks = (block for annexure in version.own_annexures for block in annexure.blocks)
    return [block for block in blocks if isinstance(block, Table)]


def _columns(table: Table, language: Language) -> list[list[Counter[Quantity]]]:
    """The figures of each cell, row by row."""
    return [[_figures_in(plain(cell), language) for cell in row.cells] for row in table.rows]


def _figures(version: Version) -> Counter[Quantity]:
    found: Counter[Quantity] = Counter()
    for line in letter_lines(version):
        found.update(_figures_in(line, version.language))
    return found


@lru_cache(maxsize=1024)
def _figures_in(line: str, language: Language) -> Counter[Quantity]:
    """The figures of a line; most lines stand in many letters."""
    return quantities(line, language)
