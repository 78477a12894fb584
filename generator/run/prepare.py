"""An edition read, scored and audited, and the recipients that a run is for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from generator.audit import CHECKS, Dossier, apply_waivers, run_checks
from generator.errors import FindingsError, UsageError
from generator.findings import ESSENTIAL, PERSONAL, Finding, Severity, standing
from generator.inputs.characters import read_characters
from generator.inputs.edition import read_edition
from generator.inputs.states import find_state, nearest_states
from generator.model import Edition, Recipient, Scorecard
from generator.paths import Paths
from generator.scoring import score_edition
from generator.selection import left_out


@dataclass(frozen=True)
class Prepared:
    """What every command begins with: the dossier of an edition, audited."""

    paths: Paths
    case: Dossier
    chosen: Sequence[Recipient]
    everyone: bool = True
    """Whether the run is for all recipients, and so every error stands in its way."""
    read: frozenset[str] = frozenset()
    """Whose finished letters were audited."""

    @property
    def edition(self) -> Edition:
        """The edition as read."""
        return self.case.edition

    @property
    def cards(self) -> Mapping[str, Scorecard]:
        """Every scorecard, by recipient's id."""
        return self.case.cards

    @property
    def key(self) -> str:
        """What the register knows the edition by: its folder, from the root where it lies there."""
        return replace(self.paths, root=self.paths.root.resolve()).relative(self.edition.folder)

    def recipient(self, who: str) -> Recipient:
        """A recipient of the edition by id."""
        return self._by_id[who]

    @cached_property
    def _by_id(self) -> Mapping[str, Recipient]:
        return {recipient.id: recipient for recipient in self.edition.recipients}

    @cached_property
    def findings(self) -> list[Finding]:
        """All that was found so far, waived findings marked."""
        unread = {recipient.id for recipient in self.edition.recipients} - self.read
        return apply_waivers(self.edition.waivers, self.case.found, unread)

    @cached_property
    def blocking(self) -> list[Finding]:
        """The errors that stand in the way of the chosen letters (contract: which block)."""
        errors = standing(self.findings, Severity.ERROR)
        if self.everyone and not self.edition.left_out:
            return errors
        chosen = {recipient.id for recipient in self.chosen}
        cohorts = {self.cards[who].cohort for who in chosen if who in self.cards}
        return [f for f in errors if self._concerns(f, chosen, cohorts)]

    def _concerns(
        self, finding: Finding, chosen: Set[str], cohorts: Collection[str | None]
    ) -> bool:
        """Of the edition, of a chosen recipient, or of a figure in its category's ranking."""
        if finding.who is None or chosen & {finding.who, *finding.also}:
            return True
        if finding.check in PERSONAL:
            return False
        card = self.cards.get(finding.who)
        if card is None:  # it may belong to any category, unless rows are known to be missing
            return not self.edition.partial
        return card.cohort is None or card.cohort in cohorts

    @cached_property
    def printable(self) -> list[Recipient]:
        """The chosen recipients for whom all is there that their letters must print."""
        errors = standing(self.findings, Severity.ERROR)
        lacking = {finding.who for finding in errors if finding.check in ESSENTIAL}
        if None in lacking:
            return []
        return [recipient for recipient in self.chosen if recipient.id not in lacking]

    def refuse_errors(self) -> None:
        """Raises FindingsError where errors stand, or nobody is there to write to."""
        if not (self.chosen or (self.edition.left_out and self.blocking)):
            raise FindingsError(
                "The edition has no recipients; nothing was issued",
                "Add rows to the recipients' file.",
                self.findings,
            )
        # a number that is taken is refused by the register itself, with its own exit code
        blocking = [f for f in self.blocking if f.check != "numbers-unique"]
        if blocking:
            raise FindingsError(
                f"Errors stand: {len(blocking)}; nothing was issued",
                "Correct them, or waive them with a reason under [[waivers]] in edition.toml.",
                self.findings,
            )


def prepare_edition(
    paths: Paths,
    folder: Path,
    names: Sequence[str] = (),
    scored: Callable[[Prepared], object] = lambda _prepared: None,
) -> Prepared:
    """Reads, scores and audits an edition.

    Args:
        paths: The installation.
        folder: The edition's folder.
        names: For whom; none: for everyone.
        scored: Told of the edition when it is scored and not audited yet.

    Raises:
        InputError: The edition cannot be understood as a whole.
        UsageError: A name is no recipient of this edition.
    """
    edition, found = read_edition(paths, folder)
    characters = read_characters(paths.fonts)
    cards = score_edition(edition)
    edition = replace(edition, left_out=left_out(edition, cards))
    case = Dossier(edition, cards, characters=characters, found=found)
    chosen = choose_recipients(edition, names)
    prepared = Prepared(paths, case, chosen, everyone=not names)
    scored(prepared)
    return replace(prepared, case=replace(case, found=[*found, *run_checks(CHECKS, case)]))


def choose_recipients(edition: Edition, names: Sequence[str]) -> list[Recipient]:
    """The recipients meant by ids, State names in any known spelling, or codes; in file order.

    Raises:
        UsageError: Names that are no recipient's, all at once, each with the nearest matches.
    """
    by_id = {recipient.id: recipient for recipient in edition.addressees}
    if not names:
        return list(edition.addressees)
    meant = {name: _meant(name, by_id) for name in names}
    unknown = [_unknown(name, by_id, edition) for name, who in meant.items() if who is None]
    if unknown:
        raise UsageError("; ".join(unknown), "Name a recipient of this edition.")
    ids = set(meant.values())
    return [r for r in edition.addressees if r.id in ids]


def _meant(name: str, by_id: Mapping[str, Recipient]) -> str | None:
    own = {who.casefold(): who for who in by_id}.get(name.casefold())
    if own:
        return own
    state = find_state(name)
    return state.id if state and state.id in by_id else None


def _unknown(name: str, by_id: Mapping[str, Recipient], edition: Edition) -> str:
    everyone = {recipient.id: recipient for recipient in edition.recipients}
    if _meant(name, everyone):
        return f'"{name}" is left out by [[only]] in edition.toml'
    if find_state(name):
        return f'"{name}" has no row among the recipients of this edition'
    nearest = [s for s in nearest_states(name) if s.id in by_id]
    offer = ", ".join(f"{s.name['en']} ({s.id})" for s in nearest) or ", ".join(list(by_id)[:5])
    return f'"{name}" is not known; nearest: {offer}'
