"""The figures of one letter, explained: a table for people, a document for programs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from generator.explain import Explanation
    from generator.model import Place
    from generator.run.explain import Explained

LEAST_WIDTH = 140
"""Where no terminal says how wide it is: a pipe, a file."""

MOST_CELLS = 12
"""Up to so many cells of a sheet are named one by one, more by their rows."""


def explained_json(explained: Explained) -> dict[str, object]:
    """The document of ``explain --json``."""
    return {
        "edition": explained.prepared.edition.name,
        "who": explained.recipient.id,
        "figures": [_figure_json(figure) for figure in explained.figures],
        "errors": len(explained.prepared.blocking),
    }


def _figure_json(figure: Explanation) -> dict[str, object]:
    return {
        "section": figure.section,
        "name": figure.name,
        "value": figure.value,
        "formula": figure.formula,
        "where": [
            {key: value for key, value in asdict(place).items() if value is not None}
            for place in figure.places
        ],
    }


def print_explained(explained: Explained) -> None:
    """Prints one table, grouped by section, and how many errors concern the letter."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=max(console.width, LEAST_WIDTH))
    console.print(_table(explained.figures))
    if errors := len(explained.prepared.blocking):
        edition, who = explained.prepared.edition.name, explained.recipient.id
        console.print(
            f"Errors that stand in the way of this letter: {errors}; "
            f"patra check {edition} {who} says more."
        )


def _table(figures: Sequence[Explanation]) -> Table:
    table = Table(box=SIMPLE_HEAD, expand=True)
    for column, ratio in (("Figure", 3), ("Value", 2), ("How", 4), ("Where", 4)):
        table.add_column(column, ratio=ratio, overflow="fold")
    for section, group in groupby(figures, key=lambda figure: figure.section):
        table.add_section()
        table.add_row(f"[bold]{escape(section)}[/]")
        for figure in group:
            cells = (figure.name, figure.value, figure.formula, "\n".join(_where(figure.places)))
            table.add_row(*map(escape, cells))
    return table


def _where(places: Iterable[Place]) -> Iterator[str]:
    """Places in few lines: a line a sheet or file, with its cells or lines."""
    groups: dict[str, list[Place]] = {}
    for place in places:
        sheet = f", sheet {place.sheet}" if place.sheet is not None else ""
        groups.setdefault(place.file + sheet, []).append(place)
    for file, group in groups.items():
        cells = [place.cell for place in group if place.cell is not None]
        lines = [str(place.line) for place in group if place.line is not None]
        if len(cells) > MOST_CELLS:
            rows = dict.fromkeys(re.sub(r"\D", "", cell) for cell in cells)
            yield f"{file}, {_listed('row', sorted(rows, key=int))}"
        elif cells:
            yield f"{file}, {_listed('cell', cells)}"
        elif lines:
            yield f"{file}, {_listed('line', lines)}"
        else:
            yield file


def _listed(word: str, items: Sequence[str]) -> str:
    return f"{word}{'s' if len(items) > 1 else ''} {', '.join(items)}"
