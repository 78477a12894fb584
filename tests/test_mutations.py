"""One mistake at a time in the sample workbook: the audit catches at least these shares.

The full table stands in tests/README.md; ``python -m tests.mutations`` makes it again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from generator.findings import RULES, Finding, Severity
from tests.command import ROOT, patra_json
from tests.month_before import write_month_before
from tests.mutated_cells import (
    CELLS,
    FIRST,
    KINDS,
    LATER,
    LOST,
    ROWS,
    SHIFTED,
    SWAPPED,
    Mutation,
    make_mutations,
)
from tests.mutations import (
    ALL,
    COMPARING,
    COUNTS,
    FIGURES,
    GIVEN,
    NAME,
    SENT,
    SHEETS,
    Outcome,
    Trial,
    by_kind,
    caught,
    report,
)
from tests.small import make_small

MOST = 8
"""By default so many mistakes of each kind are made."""

AT_LEAST: Mapping[str, Mapping[str, tuple[int, int]]] = {
    FIRST: {COUNTS: (43, 95), GIVEN: (100, 100), SENT: (100, 100), ALL: (100, 100)},
    LATER: {COUNTS: (1, 13), GIVEN: (69, 69), SENT: (100, 100), ALL: (100, 100)},
    SWAPPED: {COUNTS: (10, 33), GIVEN: (87, 87), SENT: (100, 100), ALL: (100, 100)},
    LOST: {COUNTS: (54, 100), GIVEN: (100, 100), SENT: (100, 100), ALL: (100, 100)},
    SHIFTED: {COUNTS: (96, 100), GIVEN: (100, 100), SENT: (100, 100), ALL: (100, 100)},
    CELLS: {COUNTS: (79, 96), GIVEN: (100, 100), SENT: (83, 99), ALL: (100, 100)},
    ROWS: {COUNTS: (0, 100), GIVEN: (0, 100), SENT: (0, 100), ALL: (0, 100)},
}
"""Percent caught by kind and sheet: without the previous edition, and with it."""


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """The sample edition with a month before, in memory."""
    folder = tmp_path_factory.mktemp("mutations") / NAME
    shutil.copytree(ROOT / "editions" / NAME, folder)
    write_month_before(folder)
    return Trial(folder)


def shares_of(outcomes: list[Outcome]) -> Iterator[tuple[str, Decimal, int]]:
    """For each kind and sheet, alone and compared: the share caught, and what it is at least."""
    for kind, group in by_kind(outcomes).items():
        for sheet in SHEETS:
            those = [outcome for outcome in group if outcome.sheet == sheet]
            for compared, least in zip((False, True), AT_LEAST[kind][sheet], strict=True):
                name = f"{kind}, {sheet}, {'compared' if compared else 'alone'}"
                yield name, caught(those, compared=compared), least


def test_the_unchanged_workbook_yields_nothing(trial: Trial) -> None:
    assert trial.edition.earlier is not None
    assert trial.checks
    for name in SHEETS:
        assert trial.examine(trial.sheets[name]) == frozenset()


def test_the_checks_looked_at_are_checks() -> None:
    assert set(RULES) >= FIGURES
    assert FIGURES >= COMPARING


def test_every_count_of_every_state_is_changed_in_every_way(trial: Trial) -> None:
    mutations = make_mutations(trial.sheets[SENT], trial.edition.rows)
    cells = {
        str(figure.cells[0].cell) for row in trial.edition.rows for figure in row.counts.values()
    }

    assert len(cells) == 36 * 6
    for kind in (FIRST, LATER, LOST):
        assert {m.cell for m in mutations if m.kind == kind} == cells
    assert len({m.cell for m in mutations if m.kind == SWAPPED}) >= 36 * 6 - 2
    assert {m.kind for m in mutations} == set(KINDS)
    assert sum(m.kind == SHIFTED for m in mutations) == sum(m.kind == CELLS for m in mutations)
    assert sum(m.kind == ROWS for m in mutations) == 35


def test_where_every_mistake_is_caught_each_of_a_sample_is(trial: Trial) -> None:
    shares = list(shares_of(list(trial.outcomes(MOST))))

    assert sum(least == 100 for _name, _share, least in shares) > len(shares) // 2
    assert [line for line in shares if line[2] == 100 and line[1] < 100] == []


@pytest.mark.slow
def test_every_mistake_is_made_and_the_readme_tells_what_is_caught(trial: Trial) -> None:
    outcomes = list(trial.outcomes())

    assert [line for line in shares_of(outcomes) if line[1] < line[2]] == []
    readme = (ROOT / "tests" / "README.md").read_text("utf-8")
    for table in report(outcomes).split("\n\n"):
        assert table.strip() in readme, "python -m tests.mutations prints the tables of today"


# --- through the real command -------------------------------------------------------------------


def told(folder: Path, code: int) -> set[tuple[Any, ...]]:
    """Errors and warnings of the real command: check, recipient and cell."""
    document = patra_json("check", folder, "--root", folder.parent.parent, code=code)
    return {
        (f["check"], f["who"], (f["where"] or {}).get("cell"))
        for f in document["findings"]
        if f["severity"] != "info"
    }


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[tuple[Any, ...]]]:
    """A small edition with a month before, and what the command says of it as it is."""
    folder = make_small(tmp_path_factory.mktemp("unchanged")).edition
    write_month_before(folder)
    return folder, told(folder, 0)


@pytest.mark.parametrize("kind", [LATER, SWAPPED, LOST, SHIFTED, CELLS, ROWS])
def test_the_command_tells_of_a_real_file_what_was_told_in_memory(
    trial: Trial, unchanged: tuple[Path, set[tuple[Any, ...]]], kind: str
) -> None:
    folder, before = unchanged
    mutation, findings = first_caught(trial, kind)
    workbook = folder / "scores.xlsx"
    sent = workbook.read_bytes()

    write_mutation(workbook, mutation)
    try:
        new = told(folder, 4 if any(f.severity is Severity.ERROR for f in findings) else 0)
    finally:
        workbook.write_bytes(sent)

    assert new - before == {(f.check, f.who, f.where and f.where.cell) for f in findings}


def write_mutation(path: Path, mutation: Mutation) -> None:
    """Makes the mistake in a real workbook."""
    book = load_workbook(path)
    sheet = book["Scores"]
    formats = {cell.coordinate: cell.number_format for row in sheet for cell in row}
    for address, cell in mutation.content.items():
        sheet[address] = cell.value
        sheet[address].number_format = formats[str(cell.place.cell)]
    book.save(path)


def first_caught(trial: Trial, kind: str) -> tuple[Mutation, frozenset[Finding]]:
    """A mistake of a kind, from the middle of the sheet, and what is found of it."""
    sheet = trial.sheets[SENT]
    mutations = [m for m in make_mutations(sheet, trial.edition.rows) if m.kind == kind]
    found = ((m, trial.examine(m.on(sheet))) for m in mutations[len(mutations) // 2 :])
    return next((mutation, findings) for mutation, findings in found if findings)
