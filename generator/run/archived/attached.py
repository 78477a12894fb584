"""The data within a letter's PDF beside itself, the register and the letter in the store."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import TypeAlias

from generator.content import Letter
from generator.data_json import AttachedData, data_from_json, data_to_json
from generator.readback import read_attachments
from generator.register import Entry, Revision
from generator.run.archived.dated import Case
from generator.run.archived.differences import Difference, listed
from generator.run.archived.recomputed import recompute

_REMEDY = (
    "The file is the one that was recorded, but its data are not those of the letter: compare with "
    "what was sent, and restore register and store from a backup."
)

_Pairs: TypeAlias = dict[str, tuple[object, object]]
"""What stands in the data and what stands elsewhere, by what it is."""


def compare_data(
    case: Case, entry: Entry, revision: Revision, letter: Letter | None, *, register: bool
) -> Iterator[Difference]:
    """What is wrong with the data that a revision's PDF carries, where it is the one recorded.

    Every figure is worked out again from the data alone. ``letter`` is the one in the store; None
    where it is not known. ``register`` False: it is known to be wrong.
    """
    name = f"{revision.stem}.pdf"
    if case.present.get(name) != revision.pdf_sha256:
        return  # told already
    try:
        files = read_attachments((case.path / name).read_bytes())
    except ValueError as error:
        yield case.differ(name, str(error), "the letter's PDF with its data", _REMEDY)
        return
    expected = [f"{letter.who if letter else entry.who}.json"]
    if letter and letter.data is None:
        expected = []
    elif letter is None and (not files or not register):  # an early letter; or not known whose
        expected = list(files)[:1]
    if list(files) != expected:
        there, wanted = (f"within it {listed(n) or 'no file'}" for n in (files, expected))
        yield case.differ(name, there, wanted, _REMEDY)
        return
    for inner, text in files.items():
        unlike = _unlike(text, entry if register else None, revision, letter)
        for found, right in unlike:
            yield case.differ(name, f"{inner} within it: {found}", right, _REMEDY)


def _unlike(
    text: bytes, entry: Entry | None, revision: Revision, letter: Letter | None
) -> Iterator[tuple[str, str]]:
    """What an attachment says, and what it should, for each that it is compared with."""
    try:
        attached = data_from_json(text)
        wrong = recompute(attached.data)
    except ValueError as error:
        yield str(error), "the letter's data by their schema"
        return
    told: dict[str, _Pairs] = {
        "worked out again": {figure: (stated, found) for figure, stated, found in wrong},
        "the register": _unlike_register(attached, entry, revision) if entry else {},
        "the letter in the store": _unlike_letter(attached, letter),
    }
    for whose, pairs in told.items():
        if pairs:
            stated, others = (
                listed(f"{key} {pair[side]}" for key, pair in pairs.items()) for side in (0, 1)
            )
            yield stated, f"{whose}: {others}"


def _unlike_register(attached: AttachedData, entry: Entry, revision: Revision) -> _Pairs:
    data = attached.data
    said: _Pairs = {
        "fingerprint": (attached.fingerprint, revision.fingerprint),
        "number": (data.number, entry.number),
        "who": (data.who, entry.who),
        "edition": (data.edition, PurePath(entry.edition).name),
        "revision": (data.revision, revision.revision),
        "date": (data.date, revision.date),
    }
    return {key: pair for key, pair in said.items() if pair[0] != pair[1]}


def _unlike_letter(attached: AttachedData, letter: Letter | None) -> _Pairs:
    """The values that differ from those of the stored letter, by their paths in the file."""
    if letter is None or letter.data is None:
        return {}
    texts = (data_to_json(data, "") for data in (attached.data, letter.data))
    own, stored = (dict(_values(json.loads(text), "")) for text in texts)
    return {
        key: (own.get(key, "nothing"), stored.get(key, "nothing"))
        for key in dict.fromkeys((*own, *stored))
        if own.get(key) != stored.get(key)
    }


def _values(plain: object, path: str) -> Iterator[tuple[str, object]]:
    """Every value of a document with its path (indicators.0.share)."""
    if isinstance(plain, Mapping):
        for key, value in plain.items():
            yield from _values(value, f"{path}.{key}" if path else key)
    elif isinstance(plain, list):
        for number, value in enumerate(plain):
            yield from _values(value, f"{path}.{number}")
    else:
        yield path, plain
