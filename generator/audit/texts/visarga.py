"""Which Hindi words end in a visarga (ः), and which have it where a colon is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.audit.texts.faults import Fault

LETTERS = "\u0900-\u0902\u0904-\u0963\u0971-\u097f\u200c\u200d"
"""What a Hindi word is made of besides the visarga: no danda, digit or sign of abbreviation."""

_WORDS_LISTED = """
अतः इतः अंतः अन्तः स्वांतः स्वान्तः प्रातः पुनः प्रायः छः नमः शनैः अधः बहिः निः दुः मनः यशः तेजः ओजः तपः
पयः वयः रजः सद्यः मिथः भूयः पुरः तिरः स्वः भूः भुवः चतुः शांतिः शान्तिः वस्तुतः हेतुतः परितः
अभितः विधितः प्रकृतितः शक्तितः युक्तितः रीतितः नीतितः गतितः जातितः दृष्टितः व्यक्तितः स्थितितः
कोटिशः व्यक्तिशः बहुशः
"""
_WORDS = frozenset(_WORDS_LISTED.split())
"""Words that end in a visarga, besides the adverbs that _ADVERB finds."""

_ADVERB = re.compile("[क-ह]\u093c?(?:त|श)ः$")
"""मूलतः, विशेषतः, क्रमशः: -तः and -शः after a consonant. After a vowel sign it is another word:
आदेशः, अनुमोदितः, स्रोतः."""

_NOUNS_LISTED = """
भारतः प्रतिशतः बाबतः पंचायतः शिकायतः लागतः बचतः औसतः कीमतः हालतः जरूरतः जमानतः अमानतः रियायतः
सहमतः असहमतः अभिमतः बहुमतः स्वागतः तहतः विगतः अवगतः सततः रजतः दौलतः मोहलतः
"""
_NOUNS = frozenset(_NOUNS_LISTED.split())
"""Words in -त that are no adverbs."""

_LABELS = "विषय|दिनांक|संदर्भ|सन्दर्भ|संलग्नक|प्रतिलिपि|टिप्पणी|दूरभाष|ईमेल|पदनाम|स्थान|क्रमांक"

_MOTTOS = re.compile("योगः कर्मसु|धर्मो रक्षति रक्षितः|धर्मस्ततो जयः|सुखिनः|निरामयाः|शं नो वरुणः|देवो भवः")
"""Sanskrit that letters quote."""

_QUOTED = re.compile(r"“[^“”]*”|‘[^‘’\n]*’|\"[^\"\n]*\"|(?<![\w'])'[^'\n]*'")
"""What a letter quotes may be Sanskrit, whose words end in a visarga."""

_LAST = re.compile(f"ः+(?![{LETTERS}])|(?<![{LETTERS}])(?:{_LABELS})ः+(?=[{LETTERS}])")
_WORD = re.compile(f"[{LETTERS}ः]*$")
_BEFORE = re.compile(r"\S*[ \u00a0]?$")


def visargas_for_colons(text: str) -> Iterator[Fault]:
    """Each visarga that stands at the end of a word which has none.

    Right are दुःख and निःशुल्क, where it stands within a word, and अतः, पुनः, मूलतः, क्रमशः; and
    whatever is quoted.
    """
    if "ः" not in text:
        return
    kept = _MOTTOS.sub(_spare, _QUOTED.sub(_spare, text))
    for match in _LAST.finditer(kept):
        end = match.end()
        start = match.start() + len(match[0].rstrip("ः"))
        if not _is_word(_ending(_WORD, kept, start) + "ः"):
            before = _ending(_BEFORE, kept, start)
            yield Fault(start - len(before), before + text[start:end], f"{before.rstrip()}:")


def _spare(quoted: re.Match[str]) -> str:
    return quoted[0].replace("ः", "\0")


def _ending(pattern: re.Pattern[str], text: str, end: int) -> str:
    """What of the line before ``end`` a pattern matches."""
    found = pattern.search(text[max(0, end - 40) : end])
    return found[0] if found else ""


def _is_word(word: str) -> bool:
    return word in _WORDS or (bool(_ADVERB.search(word)) and word not in _NOUNS)
