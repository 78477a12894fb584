"""One mistake at a time in the sample workbook: which does the audit catch?

``python -m tests.mutations`` makes every one of them and prints the tables of tests/README.md.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from generator.audit import CHECKS, Check, Dossier, run_checks
from generator.errors import InputError
from generator.findings import Finding, Severity
from generator.inputs import edition as edition_reader
from generator.inputs import workbook
from generator.inputs.edition import read_edition
from generator.inputs.tables.book import read_book
from generator.inputs.tables.grid import Book, Cell, Grid
from generator.model import Edition
from generator.paths import Paths
from generator.scoring import score_edition
from tests.command import ROOT
from tests.month_before import write_month_before
from tests.mutated_cells import KINDS, ONE_CELL, Mutation, make_mutations, number

FIGURES = frozenset(
    (
        *("states-complete", "recipients-complete", "figures-complete", "ranking-named"),
        *("ranking-complete", "counts-whole", "part-within-whole", "totals-agree"),
        *("strength-given", "category-follows-strength", "shares-recomputed"),
        *("composite-recomputable", "composite-recomputed", "rank-recomputed"),
        *("ranks-follow-scores", "figures-renewed", "figures-not-fallen", "change-within-limit"),
    )
)
"""The checks that look at the workbook's figures; those of texts and people cost time here."""

OTHER_READERS = [
    name
    for name in vars(edition_reader)
    if name.startswith(("read_", "_recipients")) and name not in ("read_edition", "read_scores")
]
"""What reads the edition's other files, which no mistake touches."""

COMPARING = frozenset({"figures-renewed", "figures-not-fallen", "change-within-limit"})
"""The checks that need the previous edition; all others give the same without it."""

NAME = "2025-12"
SHARE_COLUMN, TOTAL_ROW, FREE_COLUMNS = "F", "42", ("M", "N")
COUNTS, GIVEN, SENT, ALL = (
    "counts alone",
    "with composite and rank",
    "with totals and a share",
    "with all of these",
)
SHEETS = (COUNTS, GIVEN, SENT, ALL)
SIZES = tuple(map(Decimal, ("0.1", "1", "5", "25")))


@dataclass(frozen=True)
class Outcome:
    """What became of one mistake in one make of the workbook: the checks that told it."""

    mutation: Mutation
    sheet: str
    size: Decimal
    checks: frozenset[str]

    def is_caught(self, *, compared: bool) -> bool:
        """Whether anything new was found; ``compared``: with the previous edition given."""
        return bool(self.checks if compared else self.checks - COMPARING)


class Trial:
    """The sample edition, whose sheet is read, scored and audited again and again.

    All is done as the command does it, but that the other files are read only once.

    Args:
        folder: A copy of the sample edition with a month before beside it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read_once: dict[str, Any] = {}
        with self._others_remembered():
            self.edition, _findings = read_edition(Paths.at(ROOT), folder)
        (grid,) = read_book(folder / "scores.xlsx", "scores.xlsx", ["state"], "Scores").grids
        self.sheets = make_sheets(grid, self.edition)
        self.checks = [c for c in CHECKS if statement(c) in FIGURES]

    def examine(self, grid: Grid) -> frozenset[Finding]:
        """The errors and warnings of a sheet."""
        book = Book(grid.file, (grid,))
        try:
            with self._others_remembered(), patch.object(workbook, "read_book", lambda *_: book):
                edition, findings = read_edition(Paths.at(ROOT), self.folder)
        except InputError as error:
            return frozenset(error.findings)
        found = run_checks(self.checks, Dossier(edition, score_edition(edition)))
        return frozenset(f for f in (*findings, *found) if f.severity is not Severity.INFO)

    @contextmanager
    def _others_remembered(self) -> Iterator[None]:
        with ExitStack() as stack:
            for name in OTHER_READERS:
                remembering = partial(self._remember, name, getattr(edition_reader, name))
                stack.enter_context(patch.object(edition_reader, name, remembering))
            yield

    def _remember(self, name: str, read: Callable[..., Any], *arguments: Any) -> Any:
        if name not in self._read_once:
            self._read_once[name] = read(*arguments)
        return self._read_once[name]

    def outcomes(self, most: int | None = None) -> Iterator[Outcome]:
        """What becomes of every mistake in every sheet; of ``most`` a kind, evenly taken."""
        for name, grid in self.sheets.items():
            mutations = make_mutations(grid, self.edition.rows)
            before = self.examine(grid)
            for kind in KINDS:
                those = [mutation for mutation in mutations if mutation.kind == kind]
                for mutation in those[:: -(-len(those) // most) if most else 1]:
                    new = self.examine(mutation.on(grid)) - before
                    size = change_of(mutation, grid)
                    yield Outcome(mutation, name, size, frozenset(f.check for f in new))


def statement(check: Check) -> str:
    """The name of a check, as its function bears it."""
    return check.__name__.removeprefix("check_").replace("_", "-")


def make_sheets(grid: Grid, edition: Edition) -> dict[str, Grid]:
    """The sheet as sent, without what it adds up itself, and each with given scores and ranks."""
    bare = _blank(grid)
    return {
        COUNTS: bare,
        GIVEN: _with_given(bare, edition),
        SENT: grid,
        ALL: _with_given(grid, edition),
    }


def _blank(grid: Grid) -> Grid:
    """Without the Total row and the column of shares."""

    def emptied(cell: Cell) -> Cell:
        address = str(cell.place.cell)
        extra = address.startswith(SHARE_COLUMN) or address.endswith(TOTAL_ROW)
        return Cell(None, cell.place) if extra else cell

    return replace(grid, rows=tuple(tuple(emptied(cell) for cell in row) for row in grid.rows))


def _with_given(grid: Grid, edition: Edition) -> Grid:
    """With the composites and ranks that the unchanged counts give, as a scoring cell would."""
    cards = score_edition(edition)
    who = {str(row.place.cell)[1:]: row.who for row in edition.rows}
    header = next(str(row[0].place.cell)[1:] for row in grid.rows if row[1].value == "S. No.")

    def added(row: Sequence[Cell]) -> tuple[Cell, ...]:
        line = str(row[0].place.cell)[1:]
        values: tuple[object, object] = (None, None)
        if line == header:
            values = ("composite_score", "rank")
        elif line in who and (card := cards[who[line]]).composite and card.rank:
            values = (float(card.composite.value), int(card.rank.value))
        places = [replace(row[0].place, cell=column + line) for column in FREE_COLUMNS]
        return (*row, *(Cell(v, p) for v, p in zip(values, places, strict=True)))

    return replace(grid, rows=tuple(added(row) for row in grid.rows))


def change_of(mutation: Mutation, grid: Grid) -> Decimal:
    """By how many percent the cell of the mistake was changed."""
    old = next(number(c) for row in grid.rows for c in row if c.place.cell == mutation.cell)
    new = number(mutation.content.get(mutation.cell, Cell(old, grid.rows[0][0].place)))
    if isinstance(old, str) or isinstance(new, str) or not old:
        return Decimal("Infinity")
    return abs(new - old) * 100 / old


def caught(outcomes: Sequence[Outcome], *, compared: bool) -> Decimal:
    """The share caught, in percent."""
    number_caught = sum(outcome.is_caught(compared=compared) for outcome in outcomes)
    return Decimal(number_caught) * 100 / len(outcomes)


def table(groups: Mapping[str, Sequence[Outcome]], title: str) -> str:
    """A Markdown table: a line a group; for each sheet the shares caught alone and compared."""
    head = [title, "made", *SHEETS]
    lines = [head, ["---", *["--:"] * (len(head) - 1)]]
    for name, group in groups.items():
        cells = []
        for sheet in SHEETS:
            those = [outcome for outcome in group if outcome.sheet == sheet]
            alone, compared = (caught(those, compared=c) for c in (False, True))
            cells.append(f"{_percent(alone)} · {_percent(compared)}")
        lines.append([name, str(len(group) // len(SHEETS)), *cells])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _percent(share: Decimal) -> str:
    """Whole percents; 100 and 0 only where it is all or none."""
    if share in (0, 100):
        return str(int(share))
    return str(min(99, max(1, round(share))))


def by_kind(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """The outcomes of each kind of mistake."""
    return {kind: [o for o in outcomes if o.mutation.kind == kind] for kind in KINDS}


def by_size(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """The outcomes of slips in one figure, by how much they changed it."""
    groups: dict[str, list[Outcome]] = {}
    low = Decimal(0)
    for high in (*SIZES, Decimal("Infinity")):
        name = f"{low}–{high} %" if high.is_finite() else f"above {low} %"
        groups[name] = [o for o in outcomes if o.mutation.kind in ONE_CELL and low < o.size <= high]
        low = high
    return groups


def report(outcomes: Sequence[Outcome]) -> str:
    """Both tables."""
    return table(by_kind(outcomes), "mistake") + "\n" + table(by_size(outcomes), "changed by")


def main() -> None:
    """Makes every mistake and prints what is caught."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / NAME
        shutil.copytree(ROOT / "editions" / NAME, copy)
        write_month_before(copy)
        sys.stdout.write(report(list(Trial(copy).outcomes())))


if __name__ == "__main__":
    main()
