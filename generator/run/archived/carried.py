"""``patra archive show --data``: the data that an archived PDF carries, from the PDF itself."""

from __future__ import annotations

import json
from collections.abc import Mapping

from generator.errors import ArchiveError
from generator.fingerprint import sha256
from generator.paths import Paths
from generator.readback import read_attachments
from generator.register import Entry


def read_data(paths: Paths, entry: Entry) -> Mapping[str, object]:
    """The data of the revision in force, as its PDF in the dated folder carries them.

    Raises:
        ArchiveError: The letter was never issued; its PDF is not there, or not the one that was
            issued, or carries no data.
    """
    last = entry.latest
    if last is None:
        raise ArchiveError(
            f"{entry.number} ({entry.who}) is {entry.status}: it was never issued",
            "patra issue makes the letter.",
        )
    name = f"{entry.folder}/{last.stem}.pdf"
    try:
        pdf = (paths.output / name).read_bytes()
    except OSError as error:
        raise _refusal(entry, f"{name} cannot be read: {error.strerror}") from error
    if sha256(pdf) != last.pdf_sha256:
        raise _refusal(entry, f"{name} is not the file that was issued")
    try:
        document = json.loads(read_attachments(pdf)[f"{entry.who}.json"])
    except KeyError as error:
        raise ArchiveError(
            f"{name} carries no data",
            "A letter of a kind without figures has none; nor had those of earlier versions.",
        ) from error
    except ValueError as error:
        raise _refusal(entry, f"{name}: {error}") from error
    if not isinstance(document, dict):
        raise _refusal(entry, f"{name} carries other data than a letter's")
    return document


def _refusal(entry: Entry, message: str) -> ArchiveError:
    return ArchiveError(
        message,
        f"patra archive verify {entry.folder} tells more; patra archive restore {entry.folder} "
        f"{entry.who} --to DIR hands out the file that was issued.",
    )
