"""The command line: the only package that prints; maps errors to exit codes."""

from __future__ import annotations

import gc
import sys

from generator.cli.commands import app
from generator.cli.failures import run_app

__all__ = ["app", "main"]


MANY = 100_000
"""How many new values before Python looks for cycles among them: an edition is that many, they
stay until the end, and looking sooner costs a sixth of ``check``."""


def main() -> None:
    """Runs ``patra`` with this process's arguments and exits with the contract's code."""
    gc.set_threshold(MANY)
    code = run_app(app, sys.argv[1:])
    gc.freeze()  # what is there ends with the process: to look through it took a fifth of a second
    sys.exit(code)
