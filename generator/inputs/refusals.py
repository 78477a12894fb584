"""The refusal of an input that cannot be opened or understood as a whole."""

from __future__ import annotations

from generator.errors import InputError
from generator.findings import Finding, Severity
from generator.model import Place


def unreadable(where: Place, message: str, remedy: str) -> InputError:
    """A refusal that carries itself as a finding (``input-readable``), with its place."""
    finding = Finding(Severity.ERROR, "input-readable", message, remedy, where=where)
    return InputError(message, remedy, [finding])
