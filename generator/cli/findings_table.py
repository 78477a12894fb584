"""The findings as a table that a clerk can work through, from the edition's to each State's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from generator.findings import Finding, Severity
from generator.inputs.states import find_state
from generator.model import Place

LEFT = 36
"""Columns for check and place, so that the other half holds a line to be copied."""
STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}


def print_findings(found: Sequence[Finding], console: Console, whole: str = "The edition") -> None:
    """Prints one table grouped by recipient; the edition's own come first, then by gravity.

    Each finding stands in two columns, so that it can be read in a terminal of 80 characters:
    check and place; what stands there, what should, and what to do. ``whole`` heads those that
    concern no single recipient.
    """
    if not found:
        return
    order = list(Severity)
    rows = sorted(found, key=lambda f: (_section(f), f.who or "", order.index(f.severity), f.check))
    table = Table(box=SIMPLE_HEAD, expand=True)
    table.add_column("Check and place", min_width=30, max_width=LEFT, overflow="fold")
    table.add_column("What stands there, what should, what to do", ratio=1, overflow="fold")
    for heading, group in groupby(rows, key=lambda finding: _heading(finding, whole)):
        table.add_section()
        table.add_row(f"[bold]{escape(heading)}[/]")
        for finding in group:
            table.add_row(_left(finding), "\n".join(_right(finding)))
    console.print(table)


def _section(finding: Finding) -> bool:
    """What there is to do comes first, then how untidy inputs were read."""
    return finding.severity is Severity.INFO


def _heading(finding: Finding, whole: str) -> str:
    """The id with the State's name (HR · Haryana); another id alone."""
    who = finding.who
    if finding.severity is Severity.INFO:
        return "For information"
    if who is None:
        return whole
    state = find_state(who)
    return f"{who} · {state.name['en']}" if state and state.id == who else who


def _left(finding: Finding) -> str:
    style = "dim" if finding.waived else STYLES[finding.severity]
    waived = " (waived)" if finding.waived else ""
    head = f"[{style}]{finding.severity.value}{waived}[/] {escape(finding.check)}"
    return f"{head}\n[dim]{escape(_place(finding.where))}[/]" if finding.where else head


def _place(where: Place) -> str:
    """A place; a long one goes on below its folder, and leaves room for what is said of it."""
    folder, _, rest = str(where).rpartition("/")
    return f"{folder}/\n{rest}" if folder and len(str(where)) > LEFT else str(where)


def _right(finding: Finding) -> Iterator[str]:
    yield escape(finding.message)
    if finding.expected:
        yield f"[dim]should be:[/] {escape(finding.expected)}"
    yield f"[dim]to do:[/] {escape(finding.remedy)}"
