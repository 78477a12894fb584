"""Does each name stand alone: its form of address and its service are put to it by the program."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from generator.audit.dossier import Dossier
from generator.audit.texts.passages import setting_place
from generator.findings import Finding, Severity
from generator.locales import HONORIFIC_GENDER, HONORIFICS, SERVICES, language_cache
from generator.model import Bilingual, Edition, Place

ALSO_HONORIFICS = ("Mr.", "Mrs.", "Sri", "Sh.", "Sushri", "डा.", "श्रीमान")
"""What is typed before names, though letters never print it."""

ALSO_NAMES: Mapping[str, str] = {"कुमारी": "Km."}
"""Forms of address that are first names too, and so are told only where letters print them."""

_DOT = "[.०॰]"


def check_names_bare(case: Dossier) -> Iterator[Finding]:
    """A name holds neither its form of address nor its service, or letters print them twice."""
    for key, name, honorific, who, places in _names(case.edition):
        for language, text in name.items():
            if found := _put_to_it(text, honorific, is_titled=key != "signatory.name"):
                yield Finding(
                    Severity.ERROR,
                    "names-bare",
                    f"{'The name of ' + who if who else key} is “{text}”, and holds “{found}”",
                    f"Delete it here; it has its own {'column' if who else 'line'} "
                    f"({_where(found)}), and letters put it to the name.",
                    who=who,
                    where=places[language],
                    expected="the bare name",
                )


def _names(
    edition: Edition,
) -> Iterator[tuple[str, Bilingual, str, str | None, Mapping[str, Place]]]:
    """Each person's setting, name, own form of address, id if a recipient, places by language."""
    people = [("signatory.name", edition.signatory.name, "")]
    if edition.contact:
        people.append(("contact.name", edition.contact.name, edition.contact.honorific))
    for key, name, honorific in people:
        places = {code: setting_place(edition, f"{key}.{code}") for code in name}
        yield key, name, honorific, None, places
    for r in edition.recipients:
        places = {code: r.places.get(f"name_{code}", r.place) for code in r.name}
        yield "name", r.name, r.honorific, r.id, places


def _put_to_it(text: str, honorific: str, *, is_titled: bool) -> str:
    """What of a name letters put to it themselves; "" for a bare name.

    Who signs has no form of address in the settings, and so may be Dr. or Prof. in the name.
    """
    if found := _before().match(text):
        word = found[1].rstrip(".०॰")
        meant = ALSO_NAMES.get(word, honorific)
        if meant == honorific and (is_titled or word not in _titles()):
            return found[1]
    after = _after().search(text)
    return after[1] if after else ""


def _where(found: str) -> str:
    return "honorific" if _before().match(f"{found} X") else "service"


@language_cache
def _titles() -> frozenset[str]:
    """The forms of address that both genders earn: Dr. and Prof., in every language."""
    earned = (texts for code, texts in HONORIFICS.items() if code not in HONORIFIC_GENDER)
    return frozenset(text.rstrip(".") for texts in earned for text in texts.values())


@language_cache
def _before() -> re.Pattern[str]:
    """A form of address that leads a name: "Dr. X", "SHRI X"; MS and KM alone are initials."""
    known = [text for texts in HONORIFICS.values() for text in texts.values()]
    words = {word.rstrip(".") for word in (*known, *ALSO_HONORIFICS)}
    capitals = {word.upper() for word in words}
    bare = {*words, *(word for word in capitals if len(word) > len("MS"))}
    return re.compile(
        rf"\s*((?:{_any(bare)})(?:{_DOT}|(?=\s))|(?:{_any(capitals)}){_DOT})(?=\s*\S)"
    )


@language_cache
def _after() -> re.Pattern[str]:
    """A service that ends a name: "X, IAS", "X I.A.S.", "X, भा.प्र.से.", "X, IAS (Retd.)"."""
    plain = [text for texts in SERVICES.values() for text in texts.values() if "(" not in text]
    forms = "|".join(map(_spelt, sorted(plain, key=len, reverse=True)))
    return re.compile(rf"[,\s(]((?:{forms}){_DOT}?)\)?(?:\s*\([^()]*\))?\s*$")


def _spelt(service: str) -> str:
    """A service with dots or without: its syllables in Hindi, its letters else."""
    parts = service.rstrip(".").split(".") if "." in service else list(service)
    gap = rf"{_DOT}?\s?" if "." in service else r"\.?"
    return gap.join(map(re.escape, parts))


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
