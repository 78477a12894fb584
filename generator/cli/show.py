"""What the commands show: tables for people, one JSON document for programs."""

from __future__ import annotations

import json as json_module
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from generator.cli.findings_table import print_findings
from generator.errors import PatraError
from generator.findings import Finding, Severity, standing
from generator.model import Place

if TYPE_CHECKING:
    from generator.run import LetterResult, Prepared
    from generator.run.results import Progress

_out = Console(highlight=False)
_err = Console(stderr=True, highlight=False)


def as_json(document: Mapping[str, object]) -> None:
    """One JSON document on standard output, nothing else."""
    print(json_module.dumps(document, ensure_ascii=False, indent=2))  # noqa: T201 - cli prints


def failure(error: PatraError, *, json: bool, code: int | None = None) -> int:
    """Shows a refusal, with the findings behind it; returns its exit code."""
    code = code or error.exit_code
    if json:
        cause = {"code": code, "message": error.message, "remedy": error.remedy}
        as_json({"error": cause, "findings": [finding_json(f) for f in error.findings]})
        return code
    told = [f for f in error.findings if f.message not in error.message]
    findings(told, console=_err)
    _err.print(f"[bold red]{escape(error.message)}[/]")
    if error.remedy:
        _err.print(escape(error.remedy))
    return code


def finding_json(finding: Finding) -> dict[str, object]:
    """A finding as the contract's JSON has it."""
    return {
        "severity": finding.severity.value,
        "check": finding.check,
        "who": finding.who,
        "where": _place_json(finding.where),
        "message": finding.text,
        "remedy": finding.remedy,
        "waived": finding.waived,
    }


def _place_json(place: Place | None) -> dict[str, object] | None:
    if place is None:
        return None
    values = {
        "file": place.file,
        "sheet": place.sheet,
        "cell": place.cell,
        "line": place.line,
        "part": place.part,
        "paragraph": place.paragraph,
    }
    return {key: value for key, value in values.items() if value is not None}


def check_json(prepared: Prepared) -> dict[str, object]:
    """The document of ``check --json``; the counts leave waived findings out."""
    return {
        "edition": prepared.edition.name,
        "findings": [finding_json(f) for f in prepared.findings],
        "errors": len(standing(prepared.findings, Severity.ERROR)),
        "warnings": len(standing(prepared.findings, Severity.WARNING)),
    }


def findings(
    found: Sequence[Finding], *, console: Console | None = None, heading: str = "The edition"
) -> None:
    """The table of findings."""
    print_findings(found, console or _out, heading)


def check_summary(prepared: Prepared) -> None:
    """The last line of ``check``."""
    counts = {s: len(standing(prepared.findings, s)) for s in Severity}
    waived = sum(f.waived for f in prepared.findings)
    _out.print(
        f"{prepared.edition.name}: errors {counts[Severity.ERROR]}, "
        f"warnings {counts[Severity.WARNING]}, infos {counts[Severity.INFO]}, waived {waived}"
    )
    if not prepared.everyone:
        names = ", ".join(recipient.id for recipient in prepared.chosen)
        _out.print(f"In the way of {names}: {len(prepared.blocking)} of these errors")


@contextmanager
def progress(*, shown: bool) -> Iterator[Progress]:
    """Tells each letter as it is done: a bar in a terminal, plain lines elsewhere."""
    if not shown:
        yield lambda _result, _done, _total: None
    elif _err.is_terminal:
        with _bar() as bar:
            task = bar.add_task("", total=None)
            yield lambda result, done, total: bar.update(
                task, description=f"{result.who} {result.status}", completed=done, total=total
            )
    else:
        yield lambda result, done, total: _err.print(f"{done}/{total} {result.who} {result.status}")


def _bar() -> Bar:
    return Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=_err,
    )


def run_summary(
    prepared: Prepared, results: Sequence[LetterResult], output: str, seconds: float
) -> None:
    """The table at the end of every run, and each letter that was refused or failed."""
    for error in dict.fromkeys(result.error for result in results if result.error):
        own = [f"{result.who} {result.status}" for result in results if result.error is error]
        _err.print(f"[bold red]{', '.join(own)}[/]: {escape(error.message)}")
        _err.print(f"  {escape(error.remedy)}")
    table = Table(title=f"{prepared.edition.name} → {output}", title_justify="left")
    statuses = _columns({result.status for result in results})
    table.padding = (0, 0 if "cancelled" in statuses else 1)  # eighty columns hold no more
    for column in (*statuses, "errors", "warnings", "infos", "seconds"):
        table.add_column(column, justify="right")
    done = [sum(result.status == status for result in results) for status in statuses]
    found = [len(standing(prepared.findings, severity)) for severity in Severity]
    table.add_row(*(str(number) for number in (*done, *found)), f"{seconds:.1f}")
    _out.print(table)
    _out.print(f"Files: {output}", soft_wrap=True)


def _columns(statuses: Collection[str]) -> tuple[str, ...]:
    """The statuses that the table counts; that of cancelled letters where there are any."""
    if "drafted" in statuses:
        return ("drafted", "failed")
    cancelled = ("cancelled",) if "cancelled" in statuses else ()
    return ("issued", "unchanged", *cancelled, "refused", "failed")


def results_json(
    prepared: Prepared, results: Sequence[LetterResult], output: str, seconds: float
) -> dict[str, object]:
    """The document of ``issue --json`` and ``draft --json``."""
    return {
        "edition": prepared.edition.name,
        "date": prepared.edition.date.isoformat(),
        "output": output,
        "letters": [_result_json(result) for result in results],
        "findings": [finding_json(f) for f in prepared.findings],
        "seconds": round(seconds, 1),
    }


def _result_json(result: LetterResult) -> dict[str, object]:
    error = result.error
    return {
        "who": result.who,
        "number": result.number or None,
        "revision": result.revision,
        "status": result.status,
        "files": dict(result.files),
        "error": {"message": error.message, "remedy": error.remedy} if error else None,
    }


def done(message: str) -> None:
    """One line that says what was done."""
    _out.print(escape(message), soft_wrap=True)
