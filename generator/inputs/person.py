"""What is said of a person: form of address, service, gender, versions of the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from generator.findings import Finding, Severity
from generator.inputs.clean import shorten
from generator.inputs.nearest import nearest_names
from generator.inputs.tables.cells import read_text
from generator.inputs.tables.grid import Cell, CellError
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
    for name in ("name", "designation", "addressee", "address"):
        yield from _text_findings(recipient, name, edition, cells)
    if not any(column.startswith("name_") for column in cells):
        yield from _nameless_findings(recipient, cells)
    if recipient.name and recipient.gender is None and "gender" not in cells:
        yield _error(
            recipient,
            "gender-present",
            "the recipient is named, but gender is empty, and the forms of address need it",
            "Write m or f; it is never guessed from a name or title.",
            None,
        )
    if _is_nobody(recipient, cells):
        yield _error(
            recipient,
            "recipient-addressed",
            "neither name, designation nor addressee is filled, and the recipient is no State",
            "Fill in whom the letter is addressed to.",
            None,
        )


def _is_nobody(recipient: Recipient, cells: Mapping[str, Cell]) -> bool:
    texts = ("name_", "designation_", "addressee_")
    return recipient.state is None and not any(column.startswith(texts) for column in cells)


def _text_findings(
    recipient: Recipient, name: str, edition: Sequence[Language], cells: Mapping[str, Cell]
) -> Iterator[Finding]:
    """A text that stands in one version, and not in another.

    The addressee of a recipient that is no State is also its name in the ranking, which stands in
    the letters of others: it is needed in every language of the edition.
    """
    in_rankings = name == "addressee" and recipient.state is None
    versions = edition if in_rankings else recipient.versions or edition
    texts: Bilingual = getattr(recipient, name)
    lacking = [v for v in versions if not texts.get(v) and f"{name}_{v}" not in cells]
    if not lacking or _is_nobody(recipient, cells) or not (texts or in_rankings):
        return
    empty = f"{name}_{lacking[0]}"
    if given := next(iter(texts), None):
        message = f"{name}_{given} is “{shorten(texts[given])}”, but {empty} is empty"
    else:
        message = f"{empty} is empty, and the recipient is no State whose name is known"
    is_name = name == "name"
    never = "; names are never transliterated by the program" if is_name else ""
    yield _error(
        recipient,
        "name-in-every-version" if is_name else "recipient-text-in-every-version",
        message,
        f"Fill in {empty}{never}.",
        cells.get(f"{name}_{given}"),
    )


def _nameless_findings(recipient: Recipient, cells: Mapping[str, Cell]) -> Iterator[Finding]:
    """What is said of a person although the row names nobody."""
    named = [column for column in ("honorific", "service") if column in cells]
    if named:
        yield _error(
            recipient,
            "name-in-every-version",
            f"{' and '.join(named)} given, but the name is missing in every language",
            f"Fill in the name; or clear {' and '.join(named)}, to write to the office.",
            cells[named[0]],
        )
    elif cell := cells.get("gender"):
        yield Finding(
            Severity.INFO,
            "recipients-tidy",
            "gender is filled without a name: the office is addressed, and greeted in that form",
            "Nothing need be done; clear the cell to greet in the form for both.",
            recipient.id,
            cell.place,
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
