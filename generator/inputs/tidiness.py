"""What was untidy in a workbook and yet understood: one line a kind, so that nobody drowns."""

from __future__ import annotations

from collections.abc import Sequence

from generator.findings import Finding, Severity
from generator.inputs.clean import fold_spaces, shorten
from generator.inputs.states import is_other_spelling
from generator.inputs.tables.grid import Cell, Grid
from generator.inputs.tables.header import Header
from generator.inputs.tables.numbers import Reading, Untidiness
from generator.inputs.tables.row_keys import Key
from generator.model import Place

SHOWN = 4
"""So many cells are named; of the rest the number is given."""

_ENGLISH_TOTALS = ("total", "grandtotal", "overalltotal", "subtotal", "sum", "allindia")
_HINDI_TOTALS = ("कुल", "कुलयोग", "योग", "महायोग", "सकलयोग")
TOTALS = frozenset((*_ENGLISH_TOTALS, *_HINDI_TOTALS))

_MESSAGES = {
    Untidiness.TEXT: "Numbers typed as text, read as numbers: {cells}.",
    Untidiness.PERCENT: "Numbers with a percent sign, the figure before it is read: {cells}.",
    Untidiness.SPACES: "Numbers with stray or no-break spaces, which are ignored: {cells}.",
    "name-spaces": "Names with stray or no-break spaces, which are ignored: {cells}.",
    "capitals": "State names in capitals, letters print the usual form: {cells}.",
    "total": "Rows of totals, compared with the sums of the rows: {cells}.",
    "notes": "Rows without figures or a State, taken for notes and passed over: {cells}.",
    "blank-rows": "Blank rows in the table, passed over: {cells}.",
    "blank-columns": "Blank columns in the table, passed over: {cells}.",
    "title": "Rows above the header row, passed over: {cells}.",
    "extra": "Columns that are not used: {cells}.",
    "shares": "Columns of shares, not printed but compared with the counts: {cells}.",
    "fractions": "Columns of shares that are not used, as 0.92 might mean 92% there: {cells}.",
    "unread-shares": "Shares that cannot be read, and so are not compared: {cells}.",
}
_CHECKS = dict.fromkeys(("extra", "shares", "fractions"), "score-columns-used")


class Tidiness:
    """Collects untidy cells by kind."""

    def __init__(self) -> None:
        self._cells: dict[str, list[tuple[Place, str]]] = {}
        self._findings: list[Finding] = []

    def note(self, kind: str, cell: Cell, shown: str = "") -> None:
        """Notes a cell; ``shown`` is what the message says of it instead of its address."""
        self._cells.setdefault(kind, []).append((cell.place, shown or str(cell.place.cell)))

    def note_number(self, cell: Cell, reading: Reading, who: str) -> None:
        """Notes how a number was written; wrong grouping is a warning of its own."""
        for note in sorted(reading.notes - {Untidiness.GROUPING}):
            self.note(note, cell)
        if Untidiness.GROUPING in reading.notes:
            grouped = f"“{shorten(cell.value)}” is not in Indian grouping"
            self._add(
                Severity.WARNING,
                "grouping-indian",
                f"{grouped}; it is read as {group_indian(int(reading.value))}.",
                "Check the figure against its source, and type it as a number.",
                who,
                cell.place,
            )

    def note_key(self, key: Key) -> None:
        """Notes how a State's name was written; another spelling is a line of its own."""
        typed = str(key.cell.value)
        if typed != fold_spaces(typed):
            self.note("name-spaces", key.cell)
        if key.state is None:
            return
        name = key.state.name["en"]
        if is_other_spelling(key.state, key.text):
            self._add(
                Severity.INFO,
                "state-names-usual",
                f"“{shorten(key.text)}” is read as {name}.",
                "Nothing need be done; letters print the usual form.",
                key.who,
                key.cell.place,
            )
        elif len(key.text) > 3 and key.text.isupper():
            self.note("capitals", key.cell)

    def note_line(self, message: str, place: Place) -> None:
        """Notes something in a line of its own."""
        self._add(Severity.INFO, "scores-tidy", message, "Nothing need be done.", None, place)

    def _add(
        self,
        severity: Severity,
        check: str,
        message: str,
        remedy: str,
        who: str | None,
        where: Place,
    ) -> None:
        self._findings.append(Finding(severity, check, message, remedy, who, where))

    def findings(self, file: str, sheet: str | None) -> list[Finding]:
        """All of it, as findings: one a kind with the first cells, and the single lines."""
        together = []
        for kind, cells in self._cells.items():
            names = ", ".join(shown for _place, shown in cells[:SHOWN])
            more = f" and {len(cells) - SHOWN} more" if len(cells) > SHOWN else ""
            together.append(
                Finding(
                    Severity.INFO,
                    _CHECKS.get(kind, "scores-tidy"),
                    _MESSAGES[kind].format(cells=names + more),
                    "Nothing need be done.",
                    where=cells[0][0] if cells else Place(file, sheet),
                )
            )
        return together + self._findings


def group_indian(value: int) -> str:
    """A whole number in Indian grouping: 3,22,014."""
    digits = str(abs(value))
    head, tail = digits[:-3], digits[-3:]
    pairs = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)][::-1]
    return ("-" if value < 0 else "") + ",".join([*pairs, tail])


def find_total(row: Sequence[Cell], label: Cell | None) -> Cell | None:
    """The cell that says that a row holds totals: its label, or without a label any text."""
    cells = [label] if label is not None else row
    return next((cell for cell in cells if _says_total(cell.value)), None)


def _says_total(value: object) -> bool:
    if not isinstance(value, str):
        return False
    return fold_spaces(value).casefold().replace(" ", "").strip(":.-–") in TOTALS


def note_layout(tidiness: Tidiness, grid: Grid, header: Header, hidden: Sequence[str]) -> None:
    """Notes titles, blank rows and columns, extra columns, hidden sheets and odd separators."""
    for row in grid.rows[: header.row]:
        if filled := next((cell for cell in row if not cell.is_empty), None):
            tidiness.note("title", filled, f"row {_row_number(filled)}")
    body = list(grid.rows[header.row :])
    while body and all(cell.is_empty for cell in body[-1]):
        body.pop()
    for row in body:
        if row and all(cell.is_empty for cell in row):
            tidiness.note("blank-rows", row[0], f"row {_row_number(row[0])}")
    for column in _blank_columns(body):
        tidiness.note("blank-columns", column, f"column {_letters(column)}")
    for cell in header.extra:
        tidiness.note("extra", cell, f"“{shorten(fold_spaces(str(cell.value)), 40)}”")
    for name in hidden:
        tidiness.note_line(f"The hidden sheet “{name}” is not read.", Place(grid.file, name))
    if grid.separated_by:
        tidiness.note_line(separator_message(grid), Place(grid.file))


def separator_message(grid: Grid) -> str:
    """What there is to say of a CSV file whose values no commas separate."""
    return f"The values are separated by {grid.separated_by}, not by commas, and are read so."


def _blank_columns(body: Sequence[Sequence[Cell]]) -> list[Cell]:
    """The top cell of each column that is empty although columns beside it are not."""
    columns = list(zip(*body, strict=True))
    filled = [any(not cell.is_empty for cell in column) for column in columns]
    last = max((i for i, is_filled in enumerate(filled) if is_filled), default=-1)
    return [column[0] for i, column in enumerate(columns[:last]) if not filled[i]]


def _row_number(cell: Cell) -> str:
    return (cell.place.cell or "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _letters(cell: Cell) -> str:
    return (cell.place.cell or "").rstrip("0123456789")
