"""Which files that letters are made with changed: templates, fonts, logo; and the program."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from generator.changed.difference import Difference
from generator.changed.side import Side
from generator.fingerprint import NOTES
from generator.model import Place

DIGITS = 12


def material_differences(old: Side, new: Side, told: Collection[str]) -> Iterator[Difference]:
    """The changed files, but for those in ``told`` of which the lines are told."""
    kind = f"letter_templates/{new.edition.kind}"
    if old.edition.kind == new.edition.kind:
        yield from _files(old.templates, new.templates, kind, told)
    yield from _files(old.fonts, new.fonts, "fonts", told)
    yield from _files(old.logo, new.logo, "", told)
    if old.program != new.program:
        yield Difference(Place("patra"), old.program, new.program, "the program's version")


def _files(
    old: Mapping[str, str], new: Mapping[str, str], folder: str, told: Collection[str]
) -> Iterator[Difference]:
    for name in sorted({*old, *new} - NOTES):
        file = f"{folder}/{name}" if folder else name
        if old.get(name) != new.get(name) and file not in told:
            yield Difference(Place(file), _shown(old.get(name)), _shown(new.get(name)))


def _shown(digest: str | None) -> str:
    return f"SHA-256 {digest[:DIGITS]}…" if digest else "(no file)"
