"""An edition's folder → Edition: settings, figures, recipients and texts, with all findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from generator.errors import InputError
from generator.findings import Finding, Severity
from generator.inputs.glossary import read_glossary
from generator.inputs.languages import check_languages
from generator.inputs.previous import read_earlier
from generator.inputs.recipients import find_recipients_file, read_recipients
from generator.inputs.refusals import unreadable
from generator.inputs.settings.file import SettingsFile, read_settings
from generator.inputs.settings.keys import EditionSettings
from generator.inputs.settings.values import edition_from
from generator.inputs.share_columns import share_headers
from generator.inputs.state_names import lacking_names, read_state_names
from generator.inputs.texts import read_compendium, read_texts
from generator.inputs.translations import read_translations
from generator.inputs.workbook import Scores, ScoresLayout, find_scores_file, read_scores
from generator.model import EVERYONE, Earlier, Edition, Place, Recipient, ScoreRow, State
from generator.paths import Paths

V = TypeVar("V")


def read_edition(paths: Paths, folder: Path) -> tuple[Edition, list[Finding]]:
    """Reads everything that an edition is made of.

    Args:
        paths: Where kinds and editions lie; files below the root are named from there.
        folder: The edition's folder, anywhere.

    Returns:
        The edition with all that is understood, and the findings of its files: errors of what is
        not, warnings, and info on what was untidy.

    Raises:
        InputError: A file is missing, cannot be opened or understood as a whole, or settings are
            invalid; every such problem, and every finding until there, is in ``findings``.
    """
    paths, folder = replace(paths, root=paths.root.resolve()), folder.resolve()
    shown = paths.relative(folder)
    if not folder.is_dir():
        message = f"{shown}: there is no such folder"
        raise unreadable(Place(shown), message, "Name an edition's folder.")
    file = read_settings(folder / "edition.toml", "edition.toml", paths.templates)
    settings = file.settings
    parts = _Parts()
    kind, versions = settings.kind, settings.versions
    scores = parts.take(lambda: _scores(paths, folder, settings, folder)) or Scores()
    parts.take(lambda: check_languages(paths, versions))
    states = parts.take(lambda: read_state_names(folder)) or {}
    recipients = parts.take(lambda: _recipients(paths, folder, file, states))
    parts.findings += lacking_names(states, recipients or (), scores.rows, versions, folder)
    texts = parts.take(lambda: read_texts(paths, folder, kind, versions))
    compendium = parts.take(lambda: read_compendium(paths, folder, versions))
    previous = parts.take(lambda: _previous(paths, folder, file))
    earlier = parts.take(lambda: _earlier(paths, folder, previous, file))
    glossary = parts.take(lambda: read_glossary(paths, folder))
    translations = parts.take(lambda: read_translations(paths, folder, kind))
    parts.refuse()
    edition = edition_from(
        file,
        folder,
        rows=scores.rows,
        totals=scores.totals,
        recipients=recipients or (),
        states=tuple(states.values()),
        texts=texts or {},
        compendium=compendium or (),
        previous=previous,
        earlier=earlier,
        glossary=glossary or (),
        translations=translations or {},
    )
    return edition, parts.findings


@dataclass
class _Parts:
    """Reads one part after the other, so that the refusals of all are reported together."""

    findings: list[Finding] = field(default_factory=list)
    refusals: list[InputError] = field(default_factory=list)

    def take(self, read: Callable[[], tuple[V, list[Finding]]]) -> V | None:
        """A part's value; None when it is refused."""
        try:
            value, findings = read()
        except InputError as error:
            self.refusals.append(error)
            return None
        self.findings += findings
        return value

    def refuse(self) -> None:
        """Raises one refusal for all there were."""
        if not self.refusals:
            return
        first = self.refusals[0]
        more = f" (and {len(self.refusals) - 1} more)" if len(self.refusals) > 1 else ""
        findings = [finding for error in self.refusals for finding in error.findings]
        raise InputError(f"{first.message}{more}", first.remedy, [*findings, *self.findings])


def _scores(
    paths: Paths, folder: Path, settings: EditionSettings, home: Path
) -> tuple[Scores, list[Finding]]:
    """The figures; an edition without indicators and ``[scores]`` has none.

    ``home`` is the folder of the edition in hand, from which files are named.
    """
    scores = settings.scores
    if not settings.indicators and scores is None:
        return Scores(), []
    path = find_scores_file(folder, scores.file if scores else None, paths.relative(folder))
    counts = [name for i in settings.indicators for name in (i.numerator, i.denominator)]
    layout = ScoresLayout(
        counts=tuple(dict.fromkeys(counts)),
        cohorts=tuple(cohort.id for cohort in settings.cohorts),
        sheet=scores.sheet if scores else None,
        headers=settings.columns,
        shares=share_headers(settings.indicators, settings.columns),
        given=scores is not None and scores.composite == "given",
    )
    return read_scores(path, paths.shown(path, home), layout)


def _recipients(
    paths: Paths, folder: Path, file: SettingsFile, states: Mapping[str, State]
) -> tuple[tuple[Recipient, ...], list[Finding]]:
    """The recipients; one document to all (``[distribution]``, mode "list") has one, by no name."""
    shown, settings = paths.relative(folder), file.settings
    path = find_recipients_file(folder, shown)
    if settings.distribution is not None and settings.distribution.mode == "list":
        place = file.places.get("distribution", Place(file.file))
        if path is not None:
            raise _two_lists(place, paths.shown(path, folder))
        return (Recipient(EVERYONE, place),), []
    if path is not None:
        return read_recipients(path, paths.shown(path, folder), settings.versions, states)
    raise unreadable(
        Place("recipients.csv"),
        f"{shown}/recipients.csv is missing: nobody to write to",
        "Put recipients.csv or recipients.xlsx into the edition's folder.",
    )


def _two_lists(place: Place, recipients: str) -> InputError:
    return unreadable(
        place,
        f'{place}: mode = "list" makes one document for all, and {recipients} is there as well',
        f'Delete {recipients}, or write mode = "each" for a copy to each of its rows.',
    )


def _previous(paths: Paths, folder: Path, file: SettingsFile) -> tuple[Path | None, list[Finding]]:
    """The folder of last month's edition: below the root, or beside this edition."""
    name = file.settings.previous
    if name is None:
        return None, []
    for path in (paths.root / name, folder.parent / name):
        if path.is_dir() and path.resolve() != folder:
            return path, []
    message = f"previous = “{name}” is no other edition's folder; nothing is compared with it"
    remedy = "Correct it, or delete the line if there is no earlier edition."
    where = file.places.get("previous", Place(file.file))
    return None, [Finding(Severity.WARNING, "previous-found", message, remedy, where=where)]


def _earlier(
    paths: Paths, folder: Path, previous: Path | None, file: SettingsFile
) -> tuple[Earlier | None, list[Finding]]:
    """What last month's edition says, its findings left out: they were dealt with then."""
    if previous is None:
        return None, []

    def read_rows(before: Path, settings: EditionSettings) -> tuple[ScoreRow, ...]:
        scores, _findings = _scores(paths, before, settings, folder)
        return scores.rows

    return read_earlier(paths, previous.resolve(), file, read_rows)
