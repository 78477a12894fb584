"""From an exception to an exit code, a message that helps, and with --json one document."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from signal import SIGTERM, default_int_handler, signal

import typer
from typer.main import get_command

from generator.errors import PatraError, UsageError, trace_of

LOG = Path(tempfile.gettempdir()) / f"patra-{os.getuid()}.log"
"""Each user's own, readable by no one else."""

INTERRUPTED = 130

MAKING = frozenset({"draft", "issue", "reissue"})
"""The commands that make letters."""


def run_app(app: typer.Typer, arguments: Sequence[str]) -> int:
    """Runs the app; returns its exit code and never lets an exception out."""
    json = "--json" in arguments
    signal(SIGTERM, default_int_handler)  # a polite end is an interrupt: the workers end too
    try:
        _load_ahead(arguments)
        code = get_command(app).main(list(arguments), prog_name="patra", standalone_mode=False)
    except PatraError as error:
        return _told(error, json=json)
    except typer.Exit as stop:
        return stop.exit_code
    except (typer.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except typer.TyperException as error:
        usage = UsageError(error.format_message(), "patra COMMAND --help shows the options.")
        return _told(usage, json=json)
    except Exception as error:
        return _told(_bug(error), json=json)
    if code == INTERRUPTED:  # Typer turns an interrupt into an exit code of its own
        interrupted = PatraError("Interrupted", "Run again to finish.")
        return _told(interrupted, json=json, code=INTERRUPTED)
    return int(code or 0)


def _load_ahead(arguments: Sequence[str]) -> None:
    """Where letters will be made, as far as it can be told in no time, processes load already.

    Not for a cluster, which has its own.
    """
    elsewhere = any(given.startswith(("--scheduler", "--help")) for given in arguments)
    if not MAKING.isdisjoint(arguments[:1]) and not elsewhere:
        from generator.workers import load_ahead

        load_ahead()


def _told(error: PatraError, *, json: bool, code: int | None = None) -> int:
    """Shows a refusal; what shows it is loaded only now, so that ``--help`` starts fast."""
    from generator.cli import show

    return show.failure(error, json=json, code=code)


def _bug(error: Exception) -> PatraError:
    if not log_bug(error):
        return PatraError(f"A bug in the program: {type(error).__name__}: {error}", "Report it.")
    return PatraError(
        f"A bug in the program: {type(error).__name__}", f"Report it with the file {LOG}."
    )


def log_bug(error: BaseException) -> bool:
    """Adds to the log file where a bug arose, not what it says; False where that cannot be done."""
    try:
        with os.fdopen(_open_log(), "a", encoding="utf-8") as log:
            log.write(trace_of(error) + "\n\n")
    except OSError:
        return False
    return True


def _open_log() -> int:
    """The log for its owner alone; another's link in its place, in a folder of all, is refused."""
    kinds = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW
    log = os.open(LOG, kinds, 0o600)
    os.fchmod(log, 0o600)
    return log
