"""Do salutation and subscription have the gender of who is addressed, and of who signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.audit.dossier import Dossier
from generator.audit.texts.passages import Passage, text_passages
from generator.audit.texts.words import whole_words
from generator.findings import Finding, Severity
from generator.locales import HONORIFIC_GENDER, HONORIFICS, LANGUAGES, language_cache
from generator.model import Language, Place, Recipient

FIELDS: Mapping[str, str] = {"salutation": "to", "subscription": "of"}
"""Lines of front matter that may have a form for each gender."""

OTHER = {"m": "f", "f": "m"}
_CALLED = {"m": "a man", "f": "a woman"}


def check_salutation_matches_gender(case: Dossier) -> Iterator[Finding]:
    """महोदय and Sir are for a man, महोदया and Madam for a woman, in texts and cells (domain §3)."""
    for recipient in case.edition.recipients:
        yield from _own_salutation(recipient)
    for language in case.edition.versions:
        text = case.edition.texts.get(language)
        forms = {p.key: p for p in text_passages(text, language)} if text else {}
        for name in FIELDS:
            if {f"{name}.m", f"{name}.f"} <= forms.keys():
                yield from _forms(name, forms[f"{name}.m"], forms[f"{name}.f"])


def _own_salutation(recipient: Recipient) -> Iterator[Finding]:
    gender = recipient.gender
    for language, text in recipient.salutation.items():
        if gender in OTHER and genders(text, language) == {OTHER[gender]}:
            column = f"salutation_{language}"
            yield _finding(
                f"{column} of {recipient.id}, whose gender is “{gender}”, is “{text}”",
                "Correct the salutation or the gender; or clear the cell, and the right one is "
                "printed.",
                _expected(language, gender),
                recipient.places.get(column, recipient.place),
                recipient.id,
            )


def _forms(name: str, man: Passage, woman: Passage) -> Iterator[Finding]:
    """One finding where the two forms of a line are swapped, the same, or one is wrong."""
    forms = {"m": man, "f": woman}
    named = {g: genders(form.text, form.language) for g, form in forms.items()}
    wrong = [g for g, form in forms.items() if named[g] == {OTHER[g]}]
    if not wrong and named["m"] == named["f"] == {"m", "f"}:
        wrong = ["f"]  # "Sir/Madam" to everyone, where a form for each is meant
    if not wrong:
        return
    first = forms[wrong[0]]
    swapped = "; the two forms are swapped" if len(wrong) > 1 else ""
    yield _finding(
        f"{name} {FIELDS[name]} {_CALLED[wrong[0]]} is “{first.text}”{swapped}",
        f"Correct the forms m and f of {name}.",
        _expected(first.language, wrong[0]),
        first.place,
    )


def _finding(
    message: str, remedy: str, expected: str, where: Place, who: str | None = None
) -> Finding:
    return Finding(
        Severity.ERROR,
        "salutation-matches-gender",
        message,
        remedy,
        who=who,
        where=where,
        expected=expected,
    )


def _expected(language: Language, gender: str) -> str:
    words = LANGUAGES[language].genders
    example = f" ({(words.m if gender == 'm' else words.f)[0]})" if words else ""
    return f"a form for {_CALLED[gender]}{example}"


def genders(text: str, language: Language) -> set[str]:
    """The genders that the words of a text say: {"m", "f"} for "Sir/Madam"."""
    return {gender for gender, words in _patterns(language).items() if words.search(text)}


@language_cache
def _patterns(language: Language) -> Mapping[str, re.Pattern[str]]:
    """By gender: the whole words of a language that say it; श्री is no part of श्रीमती."""
    words = LANGUAGES[language].genders
    said = {"m": list(words.m), "f": list(words.f)} if words else {}
    for code, gender in HONORIFIC_GENDER.items():
        said.setdefault(gender, []).append(HONORIFICS[code][language].rstrip("."))
    spelt = {gender: whole_words(map(re.escape, words)) for gender, words in said.items()}
    return {gender: re.compile(pattern, re.IGNORECASE) for gender, pattern in spelt.items()}
