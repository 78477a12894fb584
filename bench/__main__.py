"""``make bench``: runs the contests, prints what was measured, and keeps it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bench.contests import CONTESTS, EDITION, Bench, Settings
from bench.peers import missing_peers
from bench.report import (
    RESULTS,
    ROOT,
    Results,
    Stages,
    put_in,
    read_results,
    text,
    write_pages,
    write_results,
)
from bench.stages import where_time_goes

STAGES = "stages"
PARTS = (*CONTESTS, STAGES)
USUAL = ",".join(name for name in PARTS if name != "scale")


def main(
    only: Annotated[str, typer.Option(help=f"Parts, by commas: {', '.join(PARTS)}.")] = USUAL,
    rounds: Annotated[int, typer.Option(min=1, help="How often each contestant runs.")] = 3,
    recipients: Annotated[int, typer.Option(min=2, help="Of the part scale.")] = 3600,
    day: Annotated[str, typer.Option(help="Date of the measurement; default: today.")] = "",
    results: Annotated[Path, typer.Option(help="Where the figures are kept.")] = RESULTS,
    trial: Annotated[bool, typer.Option("--trial", help="Print; keep nothing.")] = False,
) -> None:
    """Measures the product beside its peers, in turn; keeps the medians and their ratios."""
    wanted = [name for name in only.split(",") if name]
    if unknown := set(wanted) - set(PARTS):
        raise typer.BadParameter(f"no such part: {', '.join(sorted(unknown))}; {', '.join(PARTS)}")
    typer.echo(f"Load average before: {os.getloadavg()[0]:.1f}")
    settings = Settings(rounds, day or datetime.now(UTC).date().isoformat(), recipients)
    with tempfile.TemporaryDirectory(prefix="patra-bench-") as folder:
        # what was kept before the benchmark is not used
        os.environ["XDG_CACHE_HOME"] = str(Path(folder) / "cache")
        bench = Bench(settings, Path(folder), typer.echo)
        failed = _run(bench, wanted, None if trial else results)
    raise typer.Exit(int(failed))


def _run(bench: Bench, wanted: list[str], path: Path | None) -> bool:
    """Measures, keeps and prints; whether anything failed."""
    together, failed = read_results(path) if path else Results(), False
    for name in _possible(wanted):
        typer.echo(f"{name} …")
        try:
            together = _measure(bench, name, together)
        except RuntimeError as error:
            failed = True
            typer.echo(f"{name}: not measured: {error}", err=True)
        else:
            _keep(together, path)
    typer.echo(text(together))
    return failed


def _possible(wanted: list[str]) -> Iterator[str]:
    """The parts that can be measured; peers that are missing are named, and what needs them."""
    missing = missing_peers()
    for peer, remedy in missing.items():
        typer.echo(f"{peer} is not installed and left out ({remedy})")
    for name in wanted:
        peers = CONTESTS[name][1] if name in CONTESTS else frozenset()
        if lacking := sorted(peers & missing.keys()):
            typer.echo(f"{name}: left out, as {', '.join(lacking)} is missing")
        else:
            yield name


def _measure(bench: Bench, name: str, before: Results) -> Results:
    if name == STAGES:
        return put_in(before, (), _stages(bench))
    return put_in(before, CONTESTS[name][0](bench), None)


def _keep(results: Results, path: Path | None) -> None:
    """Keeps what there is after each part: an interrupt loses the part in hand alone."""
    if path:
        write_results(results, path)
    if path == RESULTS:
        write_pages(results)


def _stages(bench: Bench) -> Stages:
    bench.words()
    now = bench.setting()
    seconds = where_time_goes(EDITION, ROOT, bench.folder / "stages")
    return Stages(seconds, len(bench.letters), now)


if __name__ == "__main__":
    typer.run(main)
