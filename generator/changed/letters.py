"""Where two finished letters differ, when nothing that they were made of tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.changed.difference import Difference
from generator.changed.texts import diff_lines
from generator.content import Letter, Version, version_texts
from generator.data_json import data_to_json


def letter_differences(old: Letter, new: Letter) -> Iterator[Difference]:
    """The texts that differ, version by version, the lines on every page, and the data."""
    before = {version.language: version for version in old.versions}
    after = {version.language: version for version in new.versions}
    for language in dict.fromkeys((*after, *before)):
        was, now = (_texts(side.get(language)) for side in (before, after))
        yield from _without_lines(was, now, f"the finished letter ({language})")
    where = "the finished letter (head and properties)"
    yield from _without_lines(_properties(old), _properties(new), where)
    yield from _without_lines(_data(old), _data(new), "the finished letter (its data)")


def _texts(version: Version | None) -> list[str]:
    return list(version_texts(version)) if version else []


def _properties(letter: Letter) -> list[str]:
    return [*(line.text for line in letter.mark), letter.title, letter.subject, letter.author]


def _data(letter: Letter) -> list[str]:
    """The file within the letter's PDF, line by line."""
    return data_to_json(letter.data, "").decode().splitlines() if letter.data else []


def _without_lines(old: list[str], new: list[str], where: str) -> Iterator[Difference]:
    """A letter's texts have no line numbers that anyone could look up."""
    for difference in diff_lines(old, new, where):
        yield replace(difference, place=replace(difference.place, line=None))
