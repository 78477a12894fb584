"""The labels that the program prints around the texts: ``locale/<code>.po``."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from babel.messages.pofile import PoFileError, read_po

from generator.errors import TemplateError
from generator.locales.profile import LANGUAGES, OWN, language_cache
from generator.model import Language

_OWN_ALONE = ("index.html", "Hindi and English alone")
"""What the comment of a label says that only the program's own languages need."""


@language_cache
def read_catalogue(language: Language) -> Mapping[str, str]:
    """The labels of a language, msgid → msgstr, from ``locale/<language>.po``.

    Raises:
        OSError: There is no such file.
        ValueError: It cannot be read.
    """
    profile = LANGUAGES[language]
    path = profile.folder / f"{language}.po"
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=profile.locale, abort_invalid=True)
    except PoFileError as error:
        raise ValueError(str(error)) from error
    return {str(m.id): unicodedata.normalize("NFC", str(m.string)) for m in catalogue if m.id}


@language_cache
def needed_labels() -> tuple[str, ...]:
    """The labels that a language of letters needs; the index is in Hindi and English alone."""
    with (LANGUAGES["en"].folder / "en.po").open("rb") as file:
        catalogue = read_po(file, locale=LANGUAGES["en"].locale)
    return tuple(
        str(message.id)
        for message in catalogue
        if message.id and not any(mark in " ".join(message.auto_comments) for mark in _OWN_ALONE)
    )


def label(msgid: str, language: Language) -> str:
    """A label in a language.

    Raises:
        TemplateError: The catalogue has no translation; English never stands in silently.
    """
    text = read_catalogue(language).get(msgid, "")
    if not text:
        folder = "generator/locale" if language in OWN else "locale"
        raise TemplateError(
            f'{folder}/{language}.po has no translation of "{msgid}"',
            "Add the msgstr to the catalogue.",
        )
    return text
