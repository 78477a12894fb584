"""Domain values: what an edition is made of, as frozen dataclasses.

Everything here can be pickled (letters are made in spawned processes), so the mappings are
plain dicts by type ``Mapping``: nobody writes to them.
"""

from generator.model.edition import (
    Condition,
    Distribution,
    Earlier,
    Edition,
    Fact,
    LetterheadSettings,
    Numbering,
    ScoringRules,
    Section,
    Term,
    Text,
    Vetting,
    Waiver,
)
from generator.model.figures import (
    Band,
    Cohort,
    Figure,
    Indicator,
    Place,
    Scorecard,
    ScoreRow,
    Share,
    Unit,
)
from generator.model.language import Bilingual, Language
from generator.model.people import EVERYONE, Contact, Recipient, Signatory, State

__all__ = [
    "EVERYONE",
    "Band",
    "Bilingual",
    "Cohort",
    "Condition",
    "Contact",
    "Distribution",
    "Earlier",
    "Edition",
    "Fact",
    "Figure",
    "Indicator",
    "Language",
    "LetterheadSettings",
    "Numbering",
    "Place",
    "Recipient",
    "ScoreRow",
    "Scorecard",
    "ScoringRules",
    "Section",
    "Share",
    "Signatory",
    "State",
    "Term",
    "Text",
    "Unit",
    "Vetting",
    "Waiver",
]
