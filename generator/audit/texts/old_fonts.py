"""Hindi that is no Hindi to a reader of Unicode: typed for Kruti Dev or DevLys, or garbled.

An old font shows Devanagari for Latin letters, so that its भारत सरकार is stored, and printed by any
other font, as "Hkkjr ljdkj". Such words are told by what no English or romanised word has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.locales import LANGUAGES, language_cache
from generator.model import Language


@dataclass(frozen=True, slots=True)
class Letters:
    """A script, and what is a letter of it."""

    name: str
    letter: re.Pattern[str]


LATIN = "Latin"


@language_cache
def letters_of(language: Language) -> Letters | None:
    """The script of a language that is not written in Latin letters; None for others."""
    script = LANGUAGES[language].script
    if script is None or script.name == LATIN:
        return None
    return Letters(script.name, re.compile(f"[{script.letters}]"))


_MOJIBAKE = re.compile("(?:à[¤¥][^\\s]?|Ã[\u00a0-\u00bf]|Â[\u00a0-\u00bf]|â€|â‚|ï¿½|\ufffd)+")
"""What UTF-8 becomes when it is read as Windows' own encoding."""

_ADDRESS = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]+|@\w+|https?://\S+|www\.\S+"
    r"|\S*\w\.(?:in|gov|nic|org|com|net|pdf|docx?|xlsx?|csv|html?)\b\S*|&#?\w+;|\S*_\S*"
)
"""E-mail and web addresses, names of files and fields, left-over HTML: told by other checks."""

_TOKEN = re.compile("[!-~¡-ÿ]+")
_OUTER = "()[]{}<>\"'`.,:;!?*-/|“”‘’"

_FREQUENT_LISTED = """
dk dh ds dks ls esa ij us gS gSa gSA gSaA gks Fkk Fkh Fks fd Hkh rd og vkSj rFkk vFkok ,oa ,d ;g
bl mDr fy, fd;k fd;s x;k x;s x;h tkrk tkrh tkrs tk, djuk djus djds djrs gsrq izfr Jh lfpo ljdkj
Hkkjr foHkkx eq[; {ks= jkT; fo"k; {kerk
"""
_FREQUENT = frozenset(_FREQUENT_LISTED.split())
"""Kruti Dev's का, की, के, में, है, और, तथा, …"""

_SIGNS = re.compile(
    r"[A-Za-z](?:[{}=~^`<>\\\"]|\[(?!\S*\]))(?=[A-Za-z])"  # a sign within a word
    r"|[A-Za-z];(?=[a-z])|[a-z][?](?=[a-z])|[a-z]['./](?=k)|[¼½¡¸÷¶¥³](?=[A-Za-z])|(?<=[A-Za-z])[½¡¸÷¶¥³]"
    r"|H(?=k)|F(?=k)|K(?=k)|(?<=[a-z])Z(?![a-z]{2})"  # भ, थ, ज्ञ and the reph
)
_SMALL_SIGNS = re.compile("kk|ksa|kas|q(?!u|$)")
"""In words that begin with a small letter; a name may be Akka or Iqbal."""

_ONSET = re.compile("[bcdfghjklmnpqrstvwxz]{2,}(?=.)")
_ONSETS_LISTED = """
bh bhr bl br ch chh chr cl cr cz dh dhr dhw dhy dr dv dw dy fl fr gh ghr gl gn gr gw gy jh jy kh
khw kl kn kr ks ksh kw ky lh ll mh mr mn my ng ny ph phr phl pl pn pr ps py qu rh rw sc sch schr
scr sh shl shm shn shr shw shy sk skr sl sm sn sp sph spl spr sq squ sr st str sv sw th thr thw
tr ts tw tv vr vy wh wr zh sth shv smr swr jn tvs dny
"""
_ONSETS = frozenset(_ONSETS_LISTED.split())
_VOWEL = re.compile("[aeiouyAEIOUY]")
_WITHOUT_VOWEL_LISTED = """
http https ftp smt mrs ltd pvt hrs kms yrs nos www pdf ppt pptx html htm xml jpg png csv xls
xlsx bldg mgmt dptt mbps gbps kbps kwh mhz ghz sqft sms phd bsc btech vs ctrl tbd nbsp govt dept
"""
_WITHOUT_VOWEL = frozenset(_WITHOUT_VOWEL_LISTED.split())
_ACRONYM = re.compile(r"[A-Z\d&/.-]+s?|[ivxlcdm]+|[A-Z][a-z]?[A-Z][a-z]?[A-Z]?s?")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text, by its offsets."""

    start: int
    end: int


def find_mojibake(text: str) -> Stretch | None:
    """The first letters that were read in a wrong encoding ("à¤•", "â€™"), or are lost."""
    found = _MOJIBAKE.search(text)
    return Stretch(found.start(), found.end()) if found else None


@lru_cache(maxsize=4096)
def find_old_font(text: str) -> Stretch | None:
    """The first words that are Hindi typed for an old font, in a text of another script.

    One word with two signs of it is enough, or two words on end with one each; a foreign name or
    an unusual abbreviation has no more than one.
    """
    return next((run.stretch for run in _runs(text) if run.signs > 1), None)


@dataclass(frozen=True, slots=True)
class _Run:
    """Words on end that each have signs of an old font."""

    stretch: Stretch
    signs: int


def _runs(text: str) -> Iterator[_Run]:
    run: _Run | None = None
    for token in _TOKEN.finditer(_ADDRESS.sub(lambda found: " " * len(found[0]), text)):
        signs = _signs(token[0])
        joins = run and signs and not text[run.stretch.end : token.start()].strip()
        if run and joins:
            run = _Run(Stretch(run.stretch.start, token.end()), run.signs + signs)
            continue
        if run:
            yield run
        run = _Run(Stretch(token.start(), token.end()), signs) if signs else None
    if run:
        yield run


def _signs(token: str) -> int:
    """How many signs of an old font a word has."""
    if token in _FREQUENT:
        return 1
    word = token.strip(_OUTER)
    if not word or _ACRONYM.fullmatch(word):
        return 0
    signs = len(_SIGNS.findall(word)) + (word in _FREQUENT)
    signs += word[0].islower() and bool(_SMALL_SIGNS.search(word))
    return signs + _unpronounceable(word)


def _unpronounceable(word: str) -> int:
    """Whether a word has no vowel, 2 where it is long, or begins as no word does."""
    if any(map(str.isdigit, word)):
        return 0
    letters = re.sub("[^A-Za-z]", "", word)
    if len(letters) > 2 and not _VOWEL.search(letters):
        return 0 if letters.lower() in _WITHOUT_VOWEL else 1 + (len(letters) > 4)
    onset = _ONSET.match(word)
    return int(bool(onset and onset[0] not in _ONSETS))
