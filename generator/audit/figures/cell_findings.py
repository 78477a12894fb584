"""Findings on a figure in a cell: how one is put, and what becomes of very many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from generator.findings import Finding, Severity
from generator.locales import format_figure
from generator.model import Figure

MOST_CELLS = 10
"""Up to so many cells have a finding each; where there are more, one fault lies behind all."""


def show(figure: Figure) -> str:
    """A figure as messages print it."""
    return format_figure(figure, "en")


def at_cell(
    check: str,
    who: str | None,
    figure: Figure,
    message: str,
    remedy: str,
    expected: str = "",
    severity: Severity = Severity.ERROR,
) -> Finding:
    """A finding on one recipient's figure, at the first of its cells."""
    where = figure.cells[0] if figure.cells else None
    return Finding(severity, check, message, remedy, who, where, expected=expected)


def join(texts: Sequence[str]) -> str:
    """Texts as a list, of very many the first."""
    more = len(texts) - MOST_CELLS
    return ", ".join(texts[:MOST_CELLS]) + (f" and {more} more" if more > 0 else "")


def gather(
    findings: Iterable[Finding], summary: str, remedy: str, most: int = MOST_CELLS
) -> Iterator[Finding]:
    """The findings; where they are more than ``most``, one of the whole edition instead.

    Args:
        findings: What one check found, a finding a cell.
        summary: What they have in common.
        remedy: What to do about so many.
        most: Up to how many stand for themselves.
    """
    found = list(findings)
    if len(found) <= most:
        yield from found
        return
    others = join([str(finding.who) for finding in found[1:]])
    message = f"{summary} in {len(found)} rows: {found[0].text}; likewise for {others}"
    yield replace(found[0], message=message, remedy=remedy, who=None, expected="")
