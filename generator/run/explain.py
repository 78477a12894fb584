"""Where every figure of one letter comes from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.explain import Explanation, explain_letter
from generator.model import Recipient
from generator.paths import Paths
from generator.run.prepare import Prepared, prepare_edition


@dataclass(frozen=True)
class Explained:
    """One recipient of an audited edition, with every figure of its letter."""

    prepared: Prepared
    recipient: Recipient
    figures: tuple[Explanation, ...]


def explain_recipient(paths: Paths, folder: Path, who: str) -> Explained:
    """Reads, scores and audits an edition, and explains one letter; writes nothing.

    Raises:
        InputError: The edition cannot be understood as a whole.
        UsageError: ``who`` is no recipient of this edition.
    """
    prepared = prepare_edition(paths, folder, (who,))
    recipient = prepared.chosen[0]
    figures = explain_letter(prepared.edition, prepared.cards, recipient)
    return Explained(prepared, recipient, figures)
