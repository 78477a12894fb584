"""How each language writes quantities: thousand and lakh, per cent, the months, "to" and "and"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model import Language


@dataclass(frozen=True, slots=True)
class Words:
    """How a language writes quantities, as patterns.

    ``scales`` holds powers of ten, ``months`` twelve patterns; ``doubtful`` are words that are
    months only beside a day, a year or the word for ``month``. ``ranges`` and ``joins`` stand
    between two figures that share a unit: surely in "5 to 10 per cent", perhaps in "5 and 10".
    """

    scales: Mapping[str, int]
    percent: str
    months: tuple[str, ...]
    doubtful: str
    month: str
    ranges: str
    joins: str


WORDS: Mapping[Language, Words] = {
    "en": Words(
        scales={"thousand": 3, "la(?:kh|c)s?": 5, "millions?": 6, "crores?": 7, "billions?": 9},
        percent="per[ -]?cent(?:age points?)?",
        months=(
            "Jan(?:uary)?",
            "Feb(?:ruary)?",
            "Mar(?:ch)?",
            "Apr(?:il)?",
            "May",
            "June?",
            "July?",
            "Aug(?:ust)?",
            "Sept?(?:ember)?",
            "Oct(?:ober)?",
            "Nov(?:ember)?",
            "Dec(?:ember)?",
        ),
        doubtful=r"(?<![\w,–-] )(?:Mar(?:ch)?|May)",
        month="month",
        ranges="to",
        joins="and|or|&",
    ),
    "hi": Words(
        scales={
            "हज\u093c?ार": 3,
            "लाख": 5,
            "मिलियन": 6,
            "करोड\u093c?": 7,
            "अरब|बिलियन": 9,
        },
        percent="प्रतिशत(?: अंक)?|फ\u093c?ी ?सदी",
        months=(
            "जनवरी",
            "फ\u093c?रवरी",
            "मार्च",
            "अप्रैल",
            "मई",
            "जून",
            "जुलाई",
            "अगस्त",
            "सित(?:ं|म्)बर",
            "अक्(?:तू|टू)बर",
            "नव(?:ं|म्)बर",
            "दिस(?:ं|म्)बर",
        ),
        doubtful="मार्च",
        month="(?:के )?(?:माह|महीन)",
        ranges="से",
        joins="और|या|एवं|तथा|व",
    ),
}
"""By language; U+093C is the nukta."""

NO_WORDS = Words({}, "(?!)", (), "(?!)", "(?!)", "(?!)", "(?!)")
