"""Problems in data, text or template, as values: collected and shown together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.model import Place


class Severity(StrEnum):
    """How grave a finding is: an error blocks the letters it concerns."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is fixed about a check.

    ``essential``: its error leaves a letter without data that it must print, so that no waiver
    covers it. ``personal``: a finding on a recipient concerns that letter alone; any other may
    bear on the ranking of its whole category. ``finished``: it is found in finished letters.
    """

    severities: tuple[Severity, ...]
    essential: bool = False
    personal: bool = False
    finished: bool = False


_ERROR, _WARNING, _INFO = (Severity.ERROR,), (Severity.WARNING,), (Severity.INFO,)

RULES: Mapping[str, Rule] = {
    # found while reading
    "settings-valid": Rule(_ERROR, essential=True),
    "input-readable": Rule(_ERROR, essential=True),
    "recipient-columns-known": Rule(_ERROR, essential=True),
    "cells-understood": Rule(_ERROR, essential=True),
    "states-known": Rule(_ERROR, essential=True),
    "rows-unique": Rule(_ERROR, essential=True),
    "recipients-unique": Rule(_ERROR, essential=True, personal=True),
    "recipient-addressed": Rule(_ERROR, essential=True, personal=True),
    "name-in-every-version": Rule(_ERROR, essential=True, personal=True),
    "recipient-text-in-every-version": Rule(_ERROR, essential=True),
    "state-names-in-every-version": Rule(_ERROR, essential=True),
    "language-complete": Rule(_ERROR, essential=True),
    "gender-present": Rule(_ERROR, essential=True, personal=True),
    "honorific-known": Rule(_ERROR, essential=True, personal=True),
    "service-known": Rule(_ERROR, essential=True, personal=True),
    "versions-known": Rule(_ERROR, essential=True, personal=True),
    "confirmed-on-understood": Rule(_ERROR, personal=True),
    "text-in-every-version": Rule(_ERROR, essential=True),
    "text-readable": Rule(_ERROR, essential=True),
    "text-printable": Rule(_ERROR, essential=True),
    "compendium-named": Rule(_ERROR, essential=True),
    "compendium-headed": Rule(_ERROR, essential=True),
    "grouping-indian": Rule(_WARNING),
    "previous-found": Rule(_WARNING),
    "scores-tidy": Rule(_INFO),
    "recipients-tidy": Rule(_INFO),
    "score-columns-used": Rule(_INFO),
    "state-names-usual": Rule(_INFO),
    # figures
    "states-complete": Rule(_ERROR + _INFO),
    "recipients-complete": Rule(_ERROR + _INFO, personal=True),
    "left-out-named": Rule(_ERROR + _INFO),
    "figures-complete": Rule(_ERROR, essential=True),
    "ranking-named": Rule(_ERROR, essential=True),
    "ranking-complete": Rule(_ERROR),
    "weights-sum-to-100": Rule(_ERROR),
    "bands-continuous": Rule(_ERROR),
    "share-not-of-itself": Rule(_ERROR),
    "counts-whole": Rule(_ERROR),
    "part-within-whole": Rule(_ERROR),
    "totals-agree": Rule(_ERROR),
    "strength-given": Rule(_WARNING),
    "category-follows-strength": Rule(_ERROR),
    "shares-recomputed": Rule(_ERROR),
    "composite-recomputable": Rule(_WARNING),
    "composite-recomputed": Rule(_ERROR),
    "rank-recomputed": Rule(_ERROR),
    "ranks-follow-scores": Rule(_ERROR),
    # against the previous edition
    "previous-earlier": Rule(_WARNING),
    "figures-renewed": Rule(_ERROR + _WARNING),
    "figures-not-fallen": Rule(_WARNING),
    "facts-not-fallen": Rule(_WARNING),
    "change-within-limit": Rule(_WARNING),
    "compendium-renewed": Rule(_WARNING),
    # people and law
    "versions-lawful": Rule(_ERROR, personal=True),
    "names-not-lost": Rule(_ERROR, essential=True, personal=True),
    "names-in-their-script": Rule(_ERROR, personal=True),
    "names-bare": Rule(_ERROR, personal=True),
    "honorific-matches-gender": Rule(_ERROR, personal=True),
    "salutation-matches-gender": Rule(_ERROR, personal=True),
    "service-present": Rule(_WARNING, personal=True),
    "designation-matches-state": Rule(_WARNING, personal=True),
    "email-well-formed": Rule(_ERROR, personal=True),
    "emails-unique": Rule(_ERROR, personal=True),
    "recipients-confirmed": Rule(_WARNING, personal=True),
    "confirmations-recent": Rule(_WARNING, personal=True),
    "mobile-numbers-absent": Rule(_ERROR, personal=True),
    # dates and numbers
    "dates-in-order": Rule(_ERROR),
    "figures-recent": Rule(_WARNING),
    "date-is-working-day": Rule(_WARNING),
    "numbers-unique": Rule(_ERROR, essential=True),
    # texts
    "texts-vetted": Rule(_WARNING),
    "translations-current": Rule(_WARNING),
    "blocks-parallel": Rule(_ERROR),
    "bold-parallel": Rule(_WARNING),
    "figures-parallel": Rule(_ERROR),
    "placeholders-parallel": Rule(_ERROR),
    "states-parallel": Rule(_ERROR),
    "digits-international": Rule(_ERROR, personal=True),
    "colon-not-visarga": Rule(_ERROR, personal=True),
    "danda-not-bar": Rule(_ERROR, personal=True),
    "hindi-in-unicode": Rule(_ERROR, personal=True),
    "letters-joined": Rule(_ERROR, personal=True),
    "language-unmixed": Rule(_WARNING),
    "category-letters-latin": Rule(_ERROR),
    "markup-absent": Rule(_ERROR, personal=True),
    "brackets-balanced": Rule(_WARNING, personal=True),
    "quotes-balanced": Rule(_WARNING, personal=True),
    "sentences-closed": Rule(_WARNING),
    "dates-in-one-style": Rule(_WARNING),
    "annexures-cited": Rule(_ERROR),
    "items-consecutive": Rule(_ERROR),
    "abbreviations-spelt-out": Rule(_WARNING),
    "terms-consistent": Rule(_WARNING),
    "other-states-unnamed": Rule(_ERROR, personal=True),
    "characters-in-fonts": Rule(_ERROR, essential=True, personal=True),
    # the finished letter
    "figures-in-letter": Rule(_ERROR, essential=True, personal=True, finished=True),
    "others-absent-from-letter": Rule(_ERROR, personal=True, finished=True),
    "figures-same-in-versions": Rule(_ERROR, personal=True, finished=True),
    # a kind by itself (patra templates check)
    "kind-complete": Rule(_ERROR),
    "front-matter-known": Rule(_ERROR),
    "tags-closed": Rule(_ERROR),
    "tags-understood": Rule(_ERROR),
    "tags-in-one-piece": Rule(_ERROR),
    "names-known": Rule(_ERROR),
    "parts-placed": Rule(_ERROR + _WARNING),
    "words-in-texts": Rule(_ERROR),
    "changes-accepted": Rule(_ERROR),
    "styles-present": Rule(_ERROR),
    "style-sheet-understood": Rule(_ERROR),
    "nothing-from-elsewhere": Rule(_ERROR),
    "kind-makes-letters": Rule(_ERROR),
    # the waivers themselves
    "waiver-matches": Rule(_WARNING),
}
"""Every check by its name. README's tables list the same; a test compares them."""

ESSENTIAL = frozenset(name for name, rule in RULES.items() if rule.essential)
PERSONAL = frozenset(name for name, rule in RULES.items() if rule.personal)
FINISHED = frozenset(name for name, rule in RULES.items() if rule.finished)


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem: which check found it, whom and what place it concerns, what to do.

    ``message`` says what stands there, ``expected`` what should where that can be said in a few
    words; ``who`` is a recipient's id, or None for a fault of the whole edition; ``also`` names
    others whose letters it concerns.

    Raises:
        ValueError: The check, or its severity, is not one of RULES.
    """

    severity: Severity
    check: str
    message: str
    remedy: str
    who: str | None = None
    where: Place | None = None
    waived: bool = False
    expected: str = ""
    also: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """No finding goes out under a name that README does not list."""
        if self.check not in RULES or self.severity not in RULES[self.check].severities:
            raise ValueError(f"{self.check} ({self.severity}) is not in RULES")

    @property
    def text(self) -> str:
        """What stands there and what should, in one line."""
        return f"{self.message}; expected {self.expected}" if self.expected else self.message


def standing(findings: Iterable[Finding], severity: Severity) -> list[Finding]:
    """The findings of one severity that are not waived."""
    return [f for f in findings if f.severity is severity and not f.waived]
