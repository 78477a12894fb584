"""From an exception to an exit code, a message that helps, and with --json one document."""

from __future__ import annotations

import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from signal import SIGTERM, default_int_handler, signal

import typer
from typer.main import get_command

from generator.cli import show
from generator.errors import PatraError, UsageError

LOG = Path(tempfile.gettempdir()) / "patra.log"
INTERRUPTED = 130


def run_app(app: typer.Typer, arguments: Sequence[str]) -> int:
    """Runs the app; returns its exit code and never lets an exception out."""
    json = "--json" in arguments
    signal(SIGTERM, default_int_handler)  # a polite end is an interrupt: the workers end too
    try:
        code = get_command(app).main(list(arguments), prog_name="patra", standalone_mode=False)
    except PatraError as error:
        return show.failure(error, json=json)
    except typer.Exit as stop:
        return stop.exit_code
    except (typer.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except typer.TyperException as error:
        usage = UsageError(error.format_message(), "patra COMMAND --help shows the options.")
        return show.failure(usage, json=json)
    except Exception as error:
        return show.failure(_bug(error), json=json)
    if code == INTERRUPTED:  # Typer turns an interrupt into an exit code of its own
        interrupted = PatraError("Interrupted", "Run again to finish.")
        return show.failure(interrupted, json=json, code=INTERRUPTED)
    return int(code or 0)


def _bug(error: Exception) -> PatraError:
    if not log_bug(error):
        return PatraError(f"A bug in the program: {type(error).__name__}: {error}", "Report it.")
    return PatraError(
        f"A bug in the program: {type(error).__name__}", f"Report it with the file {LOG}."
    )


def log_bug(error: BaseException) -> bool:
    """Adds a traceback to the log file; False where that cannot be written."""
    try:
        with LOG.open("a", encoding="utf-8") as log:
            log.write("".join(traceback.format_exception(error)) + "\n")
    except OSError:
        return False
    return True
