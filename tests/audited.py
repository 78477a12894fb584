"""Editions with nothing wrong, for the tests of the audit to plant one fault in."""

from __future__ import annotations

from datetime import date
from typing import Any

from generator.audit import CHECKS, Dossier, apply_waivers, run_checks
from generator.findings import Finding
from generator.inputs.states import load_states
from generator.model import Edition, Vetting
from generator.scoring import score_edition
from tests.editions_made import make_edition, recipient, row

CLEAN = (400_000, 200_000, 100_000, 50_000, 80, 40)
CONFIRMED = date(2025, 12, 1)
VETTED = {"hi": Vetting("A. Officer", date(2025, 12, 1))}


def clean_edition(**others: Any) -> Edition:
    """All 36 scored, all 36 addressed, nothing wrong."""
    rows = {state.id: row(state.id, *CLEAN) for state in load_states()}
    replaced = {r.who: r for r in others.pop("rows", ())}
    recipients = tuple(recipient(who) for who in rows)
    return make_edition(
        *{**rows, **replaced}.values(),
        **{"recipients": recipients, "vetting": VETTED, **others},
    )


def findings_of(edition: Edition) -> list[Finding]:
    """What the audit finds."""
    case = Dossier(edition, score_edition(edition))
    return apply_waivers(edition.waivers, run_checks(CHECKS, case))


def only(edition: Edition, check: str) -> Finding:
    """The single finding of the edition, which must be of the named check."""
    (finding,) = findings_of(edition)
    assert finding.check == check
    assert finding.remedy
    return finding
