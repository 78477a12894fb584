"""What is said of a person: form of address, service, gender, versions of the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from generator.findings import Finding, Severity
from generator.inputs.clean import shorten
from generator.inputs.nearest import nearest_names
from generator.inputs.tables.cells import CellError, read_text
from generator.inputs.tables.grid import Cell
from generator.locales import HONORIFICS, LANGUAGES, SERVICES
from generator.model import Bilingual, Language, Place, Recipient

HOUSE_FORMS: Mapping[str, str] = {
    "mr": "Shri",
    "sh": "Shri",
    "mrs": "Smt.",
    "shrimati": "Smt.",
    "sushri": "Ms.",
    "miss": "Ms.",
    "kumari": "Km.",
}
"""Forms of address that are not the Government's, and the one to write instead (domain §3)."""

GENDERS = ("m", "f")


def read_honorific(cell: Cell) -> str:
    """A form of address that every language has.

    Raises:
        CellError: It is not known (check ``honorific-known``).
    """
    return _known(read_text(cell), HONORIFICS, "honorific-known")


def read_service(cell: Cell) -> str:
    """A service whose abbreviation every language has.

    Raises:
        CellError: It is not known (check ``service-known``).
    """
    return _known(read_text(cell), SERVICES, "service-known")


def _known(text: str, known: Mapping[str, Bilingual], check: str) -> str:
    """The code meant by a text: the code itself or its form in any language, dots left out."""
    forms = {_bare(form): code for code, texts in known.items() for form in (code, *texts.values())}
    if (code := forms.get(_bare(text))) is not None:
        return code
    house = HOUSE_FORMS.get(_bare(text)) if check == "honorific-known" else None
    near = (house,) if house else nearest_names(text, known, count=2)
    meant = f" (perhaps {' or '.join(near)})" if near else ""
    raise CellError(f"“{shorten(text)}” stands there", f"one of {', '.join(known)}{meant}", check)


def _bare(text: str) -> str:
    return re.sub(r"[.\s]", "", text).casefold()


def read_gender(cell: Cell) -> str:
    """The gender that decides the forms of address: "m" or "f".

    Raises:
        CellError: It is neither.
    """
    text = read_text(cell).casefold()
    if text not in GENDERS:
        raise CellError(f"“{shorten(text)}” stands there", "m or f")
    return text


def read_versions(cell: Cell, edition: Sequence[Language]) -> tuple[Language, ...]:
    """The languages of a recipient's letter, in their order ("hi,en").

    Raises:
        CellError: The edition has no such version, or one is named twice (``versions-known``).
    """
    text = read_text(cell)
    codes = tuple(filter(None, re.split(r"[,;/\s]+", text.casefold())))
    if not codes or len(set(codes)) < len(codes) or not set(codes) <= set(edition):
        raise CellError(
            f"“{shorten(text)}” stands there",
            f"versions of this edition ({', '.join(edition)}), each once, such as hi,en",
            "versions-known",
        )
    return codes


def person_findings(
    recipient: Recipient, edition: Sequence[Language], cells: Mapping[str, Cell]
) -> Iterator[Finding]:
    """What a recipient's row lacks for the letter to be addressed in every version.

    Args:
        recipient: As read, before a State's own designation fills in.
        edition: The edition's languages.
        cells: The filled cells of the row: what is not understood is not missing as well.
    """
    versions = recipient.versions or tuple(edition)
    for name in ("name", "designation", "addressee", "address"):
        texts: Bilingual = getattr(recipient, name)
        lacking = [v for v in versions if not texts.get(v) and f"{name}_{v}" not in cells]
        if texts and lacking:
            given = next(iter(texts))
            yield _error(
                recipient,
                "name-in-every-version" if name == "name" else "recipient-text-in-every-version",
                f"{name}_{given} is “{shorten(texts[given])}”, but {name}_{lacking[0]} is empty",
                f"Fill in {name}_{lacking[0]}; names are never transliterated by the program.",
                cells.get(f"{name}_{given}"),
            )
    if recipient.name and recipient.gender is None and "gender" not in cells:
        yield _error(
            recipient,
            "gender-present",
            "the recipient is named, but gender is empty, and the forms of address need it",
            "Write m or f; it is never guessed from a name or title.",
            None,
        )
    if recipient.state is None and not (
        recipient.name or recipient.designation or recipient.addressee
    ):
        yield _error(
            recipient,
            "recipient-addressed",
            "neither name, designation nor addressee is filled, and the recipient is no State",
            "Fill in whom the letter is addressed to.",
            None,
        )


def _error(
    recipient: Recipient, check: str, message: str, remedy: str, cell: Cell | None
) -> Finding:
    place: Place = cell.place if cell else recipient.place
    return Finding(Severity.ERROR, check, message, remedy, recipient.id, place)


def with_state_defaults(recipient: Recipient) -> Recipient:
    """The recipient with the designation of the State's head of administration, unless given."""
    if recipient.state is None or recipient.designation:
        return recipient
    head = {code: text for code, text in recipient.state.head.items() if code in LANGUAGES}
    return replace(recipient, designation=head)
