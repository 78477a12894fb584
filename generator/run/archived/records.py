"""What the register says of each letter, beside the manifest and beside the letter in the store."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from generator.archive import MANIFEST
from generator.content import Letter
from generator.register import FILE, Entry, Revision, plain_entry
from generator.run.archived.dated import Case
from generator.run.archived.differences import Difference

_ELSEWHERE = frozenset({"number", "status", "revisions", "stem", "docx_sha256", "pdf_sha256"})
"""What is told of by the files' names and hashes, and by the listings."""

_REMEDY = "Restore the register from a backup."

Pair = tuple[str, str]
"""What the register says, and what the other one says."""


def compare_records(case: Case) -> dict[str, Difference]:
    """By number, where the register differs from a manifest that is as it was written."""
    digest = case.present.get(MANIFEST)
    if case.recorded.get(MANIFEST, digest) != digest:
        return {}
    lines = _manifest_lines(case)
    found = {e.number: list(_unlike(e, lines.get(e.number, {}))) for e in case.folder.letters}
    told = f"{MANIFEST}, which is as it was written, has "
    return {number: _differ(case, number, told, pairs) for number, pairs in found.items() if pairs}


def compare_record(
    case: Case, entry: Entry, revision: Revision, letter: Letter
) -> Iterator[Difference]:
    """Whether a letter in the store is the one that the register says it is."""
    said = {
        "number": (entry.number, letter.number),
        "who": (entry.who, letter.who),
        "date": (revision.date, letter.date),
        "revision": (revision.revision, letter.revision),
    }
    pairs = [_pair(name, own, other) for name, (own, other) in said.items() if own != other]
    if pairs:
        yield _differ(case, entry.number, "the letter in the store has ", pairs)


def compare_fingerprint(
    case: Case, entry: Entry, revision: Revision, fingerprint: str
) -> Iterator[Difference]:
    """Whether a revision's fingerprint is that of what lies in the store; "": not known there."""
    if fingerprint and fingerprint != revision.fingerprint:
        pair = _pair("fingerprint", revision.fingerprint, fingerprint)
        yield _differ(case, entry.number, "what is in the store gives ", [pair])


def _differ(case: Case, number: str, whose: str, pairs: list[Pair]) -> Difference:
    found, expected = ("; ".join(pair[side] for pair in pairs) for side in (0, 1))
    return case.differ(FILE, f"{number}: {found}", whose + expected, _REMEDY)


def _manifest_lines(case: Case) -> Mapping[str, Mapping[str, Any]]:
    """The letters' lines in the manifest by number; none where it is no manifest."""
    try:
        manifest = json.loads((case.path / MANIFEST).read_bytes())
        return {line["number"]: line for line in manifest["letters"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _unlike(entry: Entry, line: Mapping[str, Any]) -> Iterator[Pair]:
    own = plain_entry(entry)
    if line.get("status") != entry.status:  # told already, and a reason belongs to it
        own.pop("reason")
    yield from _unlike_values(own, line)
    revisions = {revision["revision"]: revision for revision in own["revisions"]}
    for before in line.get("revisions", ()) if revisions else ():
        name = f"revision {before['revision']}"
        if before["revision"] not in revisions:
            yield f"{name} is not there", f"{name} of {before['date']}"
            continue
        for found, expected in _unlike_values(revisions[before["revision"]], before):
            yield f"{name}, {found}", f"{name}, {expected}"


def _unlike_values(own: Mapping[str, Any], line: Mapping[str, Any]) -> Iterator[Pair]:
    for name in sorted((own.keys() & line.keys()) - _ELSEWHERE):
        if own[name] != line[name]:
            yield _pair(name, own[name], line[name])


def _pair(name: str, own: object, other: object) -> Pair:
    return f"{name} {own if own != '' else 'empty'}", f"{name} {other if other != '' else 'empty'}"
