"""The command line: the only package that prints; maps errors to exit codes."""

from __future__ import annotations

import sys

from generator.cli.commands import app
from generator.cli.failures import run_app

__all__ = ["app", "main"]


def main() -> None:
    """Runs ``patra`` with this process's arguments and exits with the contract's code."""
    sys.exit(run_app(app, sys.argv[1:]))
