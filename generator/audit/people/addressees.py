"""Is each addressee addressed as is due: form of address, service, designation."""

from __future__ import annotations

from collections.abc import Iterator

from generator.audit.dossier import Dossier
from generator.findings import Finding, Severity
from generator.locales import HONORIFIC_GENDER, HONORIFICS, LANGUAGES, SERVICES
from generator.model import Language, Recipient


def check_honorific_matches_gender(case: Dossier) -> Iterator[Finding]:
    """Shri is for a man, Smt., Ms. and Km. for a woman (domain §3); Dr. and Prof. are for both."""
    for recipient in case.edition.recipients:
        honorific, gender = recipient.honorific, recipient.gender
        if recipient.name and gender and HONORIFIC_GENDER.get(honorific, gender) != gender:
            fitting = [h for h in HONORIFICS if HONORIFIC_GENDER.get(h, gender) == gender]
            yield Finding(
                Severity.ERROR,
                "honorific-matches-gender",
                f'"{honorific}" stands before the name of {recipient.id}, whose gender is '
                f'"{gender}"',
                "Ask the State, and correct the honorific or the gender.",
                who=recipient.id,
                where=recipient.places.get("honorific", recipient.place),
                expected=f"{', '.join(fitting)}; or gender {HONORIFIC_GENDER[honorific]}",
            )


def check_service_present(case: Dossier) -> Iterator[Finding]:
    """The named head of a State's administration has a service, as CSMOP's forms have it."""
    lacking = [r for r in case.edition.recipients if _lacks_service(r)]
    if lacking:
        yield Finding(
            Severity.WARNING,
            "service-present",
            "No service stands after the name of " + ", ".join(r.id for r in lacking),
            f"Fill in the service ({', '.join(SERVICES)}); who belongs to none needs none.",
            who=lacking[0].id if len(lacking) == 1 else None,
            where=lacking[0].place,
        )


def _lacks_service(recipient: Recipient) -> bool:
    """A service that is filled in, but not known, is told while reading."""
    is_head = recipient.state is not None and bool(recipient.name)
    return is_head and not recipient.service and "service" not in recipient.places


def check_designation_matches_state(case: Dossier) -> Iterator[Finding]:
    """A State's addressee is its head of administration (domain ADDR-01).

    That is the Chief Secretary, in Lakshadweep and in Dadra and Nagar Haveli and Daman and Diu
    the Adviser to the Administrator.
    """
    for recipient in case.edition.recipients:
        heads = recipient.state.head if recipient.state else {}
        for language, text in recipient.designation.items():
            if language in heads and not _is_post(text, heads[language], language):
                yield Finding(
                    Severity.WARNING,
                    "designation-matches-state",
                    f'The designation of {recipient.id} is "{text}"',
                    "Correct the designation; or clear its cells, and the right one is printed.",
                    who=recipient.id,
                    where=recipient.places.get(f"designation_{language}", recipient.place),
                    expected=f'"{heads[language]}"',
                )
                break  # the other languages say the same


def _is_post(text: str, post: str, language: Language) -> bool:
    """Whether a designation holds a post, and no word before it that makes another of it.

    It may stand behind another: "Additional Chief Secretary (in charge as Chief Secretary)".
    """
    *parts, _rest = _folded(text).split(_folded(post))
    words = LANGUAGES[language].posts
    others = words.other if words else ()
    return any(not part.rstrip().endswith(others) for part in parts)


def _folded(text: str) -> str:
    """A designation as it is compared: case, spaces and "&" make no difference."""
    return " ".join(text.casefold().replace("&", " and ").split())
