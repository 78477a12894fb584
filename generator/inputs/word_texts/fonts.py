"""Fonts that show Devanagari for Latin letters: a text in them is no Hindi to any other program."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.inputs.word_texts.faults import Fault

_FAMILIES = (
    r"kruti ?(dev|pad)|dev ?lys|chanakya|shusha|susha|walkman|krishna|kundli|agra|shivaji",
    r"amar ujala|aps[- ]|dv[-_]?(tt|b|w)|shree[- ]?(dev(?!anagari)|lipi)|4c ?gandhi|jagran",
    r"bhaskar|richa",
    r"hemant|naidunia|aa?kruti|ism[- ]|marathi ?(kanak|roupya)|sanskrit ?99|yogesh|arjun|narad",
    r"naveen|preeti|himalli|kantipur|vigyapti|kanika|bhartiya hindi|ankit ?hindi|millennium",
    r"mf ?dev|sulipi|ajay ?(normal|shusha)|surekh(?! ?u)|baraha ?dev(?! ?u)",
)
_OLD = re.compile(rf"\s*(?!.*unicode)(?:{'|'.join(_FAMILIES)})", re.IGNORECASE)


def old_font_fault(names: Iterable[str]) -> Fault | None:
    """The refusal of a text that is set in one of these fonts."""
    found = sorted(name for name in names if _OLD.match(name))
    if not found:
        return None
    return Fault(
        f"the text is set in {found[0]}, a font from before Unicode, and would print as Latin "
        "letters",
        "Convert the text to Unicode with a converter for that font, or type it anew with a "
        "Unicode (InScript) keyboard; changing the font in Word does not convert it.",
        "hindi-in-unicode",
    )
