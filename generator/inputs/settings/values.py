"""Checked settings → the frozen values of the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.inputs.settings.file import SettingsFile
from generator.inputs.settings.keys import BandSettings, EditionSettings, LetterheadTable
from generator.inputs.states import find_state
from generator.model import (
    Band,
    Cohort,
    Contact,
    Distribution,
    Earlier,
    Edition,
    Fact,
    Indicator,
    Language,
    LetterheadSettings,
    Numbering,
    Place,
    Recipient,
    ScoreRow,
    ScoringRules,
    Section,
    Signatory,
    Term,
    Text,
    Vetting,
    Waiver,
)


def edition_from(
    file: SettingsFile,
    folder: Path,
    *,
    rows: tuple[ScoreRow, ...],
    totals: tuple[ScoreRow, ...],
    recipients: tuple[Recipient, ...],
    texts: Mapping[Language, Text],
    compendium: tuple[Section, ...],
    previous: Path | None,
    earlier: Earlier | None,
    glossary: tuple[Term, ...],
    translations: Mapping[str, str],
) -> Edition:
    """The edition of checked settings and the parts read beside them."""
    s = file.settings
    return Edition(
        name=folder.name,
        folder=folder,
        kind=s.kind,
        date=s.date,
        as_on=s.as_on,
        versions=tuple(s.versions),
        number=Numbering(**dict(s.number)),
        signatory=Signatory(**dict(s.signatory)),
        letterhead=_letterhead(s.letterhead, folder),
        contact=Contact(**dict(s.contact)) if s.contact else None,
        previous=previous,
        earlier=earlier,
        glossary=glossary,
        translations=translations,
        series=s.series,
        embed_fonts=s.word.embed_fonts,
        specimen=s.specimen,
        partial=s.partial,
        place=s.place,
        facts=facts_from(s),
        scoring=ScoringRules(s.scores.composite, s.scores.ties) if s.scores else ScoringRules(),
        indicators=tuple(Indicator(**dict(i)) for i in s.indicators),
        cohorts=tuple(Cohort(c.id, c.upto) for c in s.cohorts),
        bands=tuple(_band(b) for b in s.bands),
        max_change_percent=s.audit.max_change_percent,
        vetting={code: Vetting(v.by, v.on) for code, v in s.vetting.items()},
        distribution=_distribution(s),
        waivers=_waivers(s, file.places),
        rows=rows,
        totals=totals,
        recipients=recipients,
        compendium=compendium,
        texts=texts,
        places=file.places,
    )


def facts_from(settings: EditionSettings) -> dict[str, Fact]:
    """The figures of ``[facts]`` by name."""
    return {name: Fact(**dict(fact)) for name, fact in settings.facts.items()}


def _letterhead(table: LetterheadTable, folder: Path) -> LetterheadSettings:
    return LetterheadSettings(
        organisation=table.organisation,
        lines=_tuples(table.lines),
        address=table.address,
        logo=folder / table.logo if table.logo else None,
    )


def _band(band: BandSettings) -> Band:
    return Band(band.id, band.upto, band.name, band.starts)


def _distribution(settings: EditionSettings) -> Distribution | None:
    if (table := settings.distribution) is None:
        return None
    return Distribution(table.mode, _tuples(table.to), _tuples(table.copy_to or {}))


def _waivers(settings: EditionSettings, places: Mapping[str, Place]) -> tuple[Waiver, ...]:
    """The waivers; a State may be named in any way that finds it."""
    waivers = []
    for number, waiver in enumerate(settings.waivers):
        state = find_state(waiver.who) if waiver.who else None
        who = state.id if state else waiver.who
        place = places.get(f"waivers.{number}")
        waivers.append(
            Waiver(waiver.check, waiver.reason, waiver.by, who, waiver.file, place=place)
        )
    return tuple(waivers)


def _tuples(lines: Mapping[Language, Sequence[str]]) -> dict[Language, tuple[str, ...]]:
    return {code: tuple(texts) for code, texts in lines.items()}
