"""The keys of ``edition.toml`` and what each may hold.

Every rule is a field's own, so that pydantic reports all problems of a file at once.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from generator.inputs.settings import amounts, order, rules

Text = Annotated[str, AfterValidator(rules.printable), AfterValidator(rules.one_line)]
FilledText = Annotated[Text, AfterValidator(rules.filled)]
Texts = Annotated[dict[str, FilledText], AfterValidator(rules.in_every_version)]
Address = Annotated[
    dict[str, Annotated[str, AfterValidator(rules.printable), AfterValidator(rules.filled)]],
    AfterValidator(rules.in_both_languages),
]
Lines = Annotated[dict[str, list[FilledText]], AfterValidator(rules.in_every_version)]
HeadTexts = Annotated[dict[str, FilledText], AfterValidator(rules.in_both_languages)]
HeadLines = Annotated[dict[str, list[FilledText]], AfterValidator(rules.in_both_languages)]
Number = Annotated[Decimal, BeforeValidator(amounts.decimal)]
Positive = Annotated[Number, AfterValidator(amounts.positive)]
NotNegative = Annotated[Number, AfterValidator(amounts.not_negative)]
Whole = Annotated[int, AfterValidator(amounts.positive_whole)]
Percent = AfterValidator(amounts.AtMost(100))
ColumnName = Annotated[FilledText, AfterValidator(rules.count_column)]
InnerFile = Annotated[FilledText, AfterValidator(rules.plain_file_name)]
Logo = Annotated[InnerFile, AfterValidator(rules.existing_file), AfterValidator(rules.whole_logo)]
Gender = Literal["m", "f"]
Day: TypeAlias = date


class Settings(BaseModel):
    """A table of ``edition.toml``: no keys but these, no value of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class NumberSettings(Settings):
    """``[number]``."""

    pattern: Annotated[FilledText, AfterValidator(rules.number_pattern)]
    first_serial: Annotated[Whole, AfterValidator(amounts.AtMost(10**9))] = 1


class SignatorySettings(Settings):
    """``[signatory]``."""

    name: HeadTexts
    gender: Gender
    designation: HeadTexts
    service: Annotated[Text, AfterValidator(rules.known_service)] = ""
    phone: Text = ""
    email: Text = ""


class LetterheadTable(Settings):
    """``[letterhead]``."""

    organisation: HeadTexts
    lines: HeadLines
    address: Address | None = None
    logo: Logo | None = None


class ContactSettings(Settings):
    """``[contact]``."""

    name: Texts
    honorific: Annotated[Text, AfterValidator(rules.known_honorific)] = ""
    email: Text = ""
    phone: Text = ""


class FactSettings(Settings):
    """One figure of ``[facts]``."""

    value: Annotated[NotNegative, AfterValidator(amounts.AtMost(10**15))]
    style: Literal["plain", "lakh", "crore"] = "plain"


class ScoresSettings(Settings):
    """``[scores]``."""

    file: Annotated[InnerFile, AfterValidator(rules.scores_file)] | None = None
    sheet: FilledText | None = None
    composite: Literal["computed", "given"] = "computed"
    ties: Literal["min"] = "min"


class IndicatorSettings(Settings):
    """One of ``[[indicators]]``."""

    id: FilledText
    weight: Annotated[Positive, AfterValidator(amounts.AtMost(1000))]
    numerator: ColumnName
    denominator: ColumnName
    name: Texts
    objective: Texts
    definition: Texts


class CohortSettings(Settings):
    """One of ``[[cohorts]]``."""

    id: FilledText
    upto: Annotated[Whole, AfterValidator(amounts.AtMost(10**12))] | None = None


class BandSettings(Settings):
    """One of ``[[bands]]``."""

    id: FilledText
    upto: Annotated[Positive, Percent]
    name: Texts
    starts: Annotated[NotNegative, Percent] | None = Field(None, alias="from")


class AuditSettings(Settings):
    """``[audit]``."""

    max_change_percent: Annotated[Positive, AfterValidator(amounts.AtMost(10**6))] = Decimal(25)


class WordSettings(Settings):
    """``[word]``."""

    embed_fonts: bool = True


class VettingSettings(Settings):
    """One language of ``[vetting]``."""

    by: FilledText
    on: Day


class DistributionSettings(Settings):
    """``[distribution]``."""

    mode: Literal["list", "each"]
    to: Lines
    copy_to: Lines | None = None


class WaiverSettings(Settings):
    """One of ``[[waivers]]``."""

    check: Annotated[FilledText, AfterValidator(rules.check_name)]
    reason: FilledText
    by: FilledText
    who: FilledText | None = None
    file: FilledText | None = None


class EditionSettings(Settings):
    """The whole of ``edition.toml``."""

    kind: Annotated[FilledText, AfterValidator(rules.existing_kind)]
    date: Day
    as_on: Day | None = None
    versions: Annotated[list[str], AfterValidator(rules.versions)]
    previous: FilledText | None = None
    series: Annotated[FilledText, AfterValidator(rules.safe_series)] | None = None
    specimen: bool = False
    partial: bool = False
    place: Texts | None = None
    number: NumberSettings
    signatory: SignatorySettings
    letterhead: LetterheadTable
    contact: ContactSettings | None = None
    facts: Annotated[dict[str, FactSettings], AfterValidator(rules.names_for_texts)] = {}
    scores: ScoresSettings | None = None
    columns: Annotated[dict[str, FilledText], AfterValidator(rules.column_names)] = {}
    indicators: Annotated[list[IndicatorSettings], AfterValidator(order.unique_ids)] = []
    cohorts: Annotated[
        list[CohortSettings], AfterValidator(order.unique_ids), AfterValidator(order.cohort_limits)
    ] = []
    bands: Annotated[
        list[BandSettings], AfterValidator(order.unique_ids), AfterValidator(order.band_limits)
    ] = []
    audit: AuditSettings = AuditSettings()
    word: WordSettings = WordSettings()
    vetting: Annotated[dict[str, VettingSettings], AfterValidator(rules.known_languages)] = {}
    distribution: DistributionSettings | None = None
    waivers: list[WaiverSettings] = []
