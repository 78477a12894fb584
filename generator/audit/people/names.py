"""Is what is typed of each addressee legible: in its language's script, and not lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.audit.dossier import Dossier
from generator.audit.texts.old_fonts import LATIN
from generator.audit.texts.passages import RECIPIENT_TEXTS
from generator.findings import Finding, Severity
from generator.locales import LANGUAGES
from generator.locales.words import Script
from generator.model import Language, Place, Recipient

LOST = "??"
"""What letters become that a file's encoding does not have."""


def check_names_not_lost(case: Dossier) -> Iterator[Finding]:
    """No Hindi was lost to question marks, as Excel's plain "CSV" does."""
    for recipient in case.edition.recipients:
        lost = [(text, place) for _, _, text, place in _cells(recipient) if LOST in text]
        if lost:
            text, place = lost[0]
            yield Finding(
                Severity.ERROR,
                "names-not-lost",
                f'"{text}" stands where {recipient.id} should have a name or address',
                'Type it again, and save the file as "CSV UTF-8" or as a workbook (.xlsx).',
                who=recipient.id,
                where=place,
            )


def check_names_in_their_script(case: Dossier) -> Iterator[Finding]:
    """A name, designation or address has letters of its language's script (domain §3, §8).

    Initials of another script beside them are right. A Hindi name in Latin letters alone is a
    name in English, or typed for an old font.
    """
    for recipient in case.edition.recipients:
        for column, language, text, place in _cells(recipient):
            script = LANGUAGES[language].script
            if script and LOST not in text and not re.search(f"[{script.letters}]", text):
                yield Finding(
                    Severity.ERROR,
                    "names-in-their-script",
                    f'{column} of {recipient.id} is "{text}"',
                    _remedy(script),
                    who=recipient.id,
                    where=place,
                    expected=f"{script.name} letters",
                )


def _remedy(script: Script) -> str:
    fonts = " in a Unicode font; what was typed for Kruti Dev or DevLys must be typed again"
    return f"Type it in {script.name} letters{'' if script.name == LATIN else fonts}."


def _cells(recipient: Recipient) -> Iterator[tuple[str, Language, str, Place]]:
    """The texts of a recipient's row: column, language, text and place."""
    for name in RECIPIENT_TEXTS:
        for language, text in getattr(recipient, name).items():
            column = f"{name}_{language}"
            yield column, language, text, recipient.places.get(column, recipient.place)
