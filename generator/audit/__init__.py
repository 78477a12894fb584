"""The audit: one check is one function that states a rule and returns what breaks it.

Checks recompute; they change nothing. Each takes the edition and its scorecards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from generator.audit import coverage, figures, people, settings
from generator.findings import Finding, Severity
from generator.model import Edition, Scorecard, Waiver

Check: TypeAlias = Callable[[Edition, Mapping[str, Scorecard]], Iterable[Finding]]

CHECKS: tuple[Check, ...] = (
    coverage.check_states_complete,
    coverage.check_recipients_complete,
    coverage.check_figures_complete,
    coverage.check_ranking_named,
    figures.check_weights_sum_to_100,
    figures.check_share_not_of_itself,
    figures.check_counts_whole,
    figures.check_part_within_whole,
    figures.check_strength_given,
    figures.check_category_follows_strength,
    figures.check_composite_recomputable,
    figures.check_composite_recomputed,
    figures.check_rank_recomputed,
    people.check_versions_lawful,
    people.check_names_not_lost,
    people.check_recipients_confirmed,
    settings.check_dates_in_order,
    settings.check_texts_vetted,
)

ESSENTIAL = frozenset(
    {
        "cells-understood",
        "compendium-headed",
        "compendium-named",
        "figures-complete",
        "gender-present",
        "honorific-known",
        "name-in-every-version",
        "names-not-lost",
        "ranking-named",
        "recipient-addressed",
        "recipient-text-in-every-version",
        "recipients-unique",
        "rows-unique",
        "service-known",
        "states-known",
        "text-in-every-version",
        "text-printable",
        "text-readable",
        "versions-known",
    }
)
"""Checks whose error leaves a letter without data it must print: no waiver covers them."""

PERSONAL = frozenset(
    {
        "confirmed-on-understood",
        "gender-present",
        "honorific-known",
        "name-in-every-version",
        "names-not-lost",
        "recipient-addressed",
        "recipients-complete",
        "recipients-unique",
        "service-known",
        "versions-known",
        "versions-lawful",
    }
)
"""Checks that concern one letter alone; any other may bear on its category's ranking."""


def audit_edition(
    edition: Edition, cards: Mapping[str, Scorecard], found: Sequence[Finding] = ()
) -> list[Finding]:
    """Every finding of an edition: what reading ``found``, and what every check finds.

    Waived findings are marked; a waiver that matches nothing, or that cannot be granted, is a
    finding itself.
    """
    findings = [*found, *(f for check in CHECKS for f in check(edition, cards))]
    marked = [_waive(finding, edition.waivers) for finding in findings]
    return marked + [
        _useless(waiver) for waiver in edition.waivers if not _matches_any(waiver, marked)
    ]


def _waive(finding: Finding, waivers: Sequence[Waiver]) -> Finding:
    if finding.check in ESSENTIAL or not any(covers(waiver, finding) for waiver in waivers):
        return finding
    return replace(finding, waived=True)


def covers(waiver: Waiver, finding: Finding) -> bool:
    """Whether a waiver names a finding: the same check, and the same recipient or any."""
    return waiver.check == finding.check and waiver.who in (None, finding.who)


def _matches_any(waiver: Waiver, findings: Sequence[Finding]) -> bool:
    return any(finding.waived and covers(waiver, finding) for finding in findings)


def _useless(waiver: Waiver) -> Finding:
    essential = waiver.check in ESSENTIAL
    return Finding(
        Severity.WARNING,
        "waiver-matches",
        f'The waiver of "{waiver.check}" for {waiver.who or "every recipient"} '
        + ("cannot be granted" if essential else "matches no finding"),
        "Supply the missing data."
        if essential
        else "Remove the waiver, or correct its check or who.",
        who=waiver.who,
        where=waiver.place,
    )
