"""A letter's lines in the order in which its Word file has them.

An office may move the signature block or the letterhead in ``letter.docx``: beside one another in a
table, or into the head of a page. The lines of one field stay together, and the body and the
annexures keep their order; in the PDF, which has one layout, everything keeps its order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from generator.content import Letter
from generator.readback.expected import Expected, Unit
from generator.readback.words import Words, joined, read_words

_LETTERHEAD = "letterhead"
_FIXED = ("body", "annexure")

_Group = tuple[Unit, ...]
_Texts = Mapping[_Group, str]


def as_laid_out(
    expected: Expected, found: Words, margins: Sequence[str], letter: Letter
) -> Expected:
    """What the letter says in the file's own order, without what stands in a head or foot.

    Args:
        expected: All that the letter says, in its own order.
        found: The words of the file.
        margins: The words in the heads and feet of each section.
        letter: The letter.

    Returns:
        ``expected`` itself where the file has its order, or agrees with it in none.
    """
    if found.text == expected.words.text:
        return expected
    units: list[Unit] = []
    for language, own in groupby(expected.units, key=lambda unit: unit.place.partition(",")[0]):
        groups = [tuple(group) for _key, group in groupby(own, key=_field)]
        rest = found.text[sum(len(text) for text in _texts([tuple(units)]).values()) :]
        order = _arranged(groups, rest, _margin(letter, language, margins))
        if order is None:
            return expected
        units += [unit for group in order for unit in group]
    return replace(expected, units=tuple(units))


def _field(unit: Unit) -> str:
    """The field, side of the letterhead, body or annexure that a text belongs to."""
    parts = unit.place.split(", ")
    return ", ".join(parts[: 3 if parts[1] == _LETTERHEAD else 2])


def _margin(letter: Letter, language: str, margins: Sequence[str]) -> str:
    """The heads and feet of a version's own pages."""
    section = 0
    for version in letter.versions:
        if version.language == language:
            break
        section += 1 + sum(annexure.running is not None for annexure in version.annexures)
    return margins[section] if section < len(margins) else ""


def _texts(groups: Sequence[_Group]) -> dict[_Group, str]:
    return {group: joined(read_words(unit.text) for unit in group).text for group in groups}


def _arranged(groups: Sequence[_Group], found: str, margin: str) -> list[_Group] | None:
    """An order of the groups that the file begins with; None where it begins with none."""
    texts = _texts(groups)
    below = [group for group in groups if _is_fixed(group) or texts[group] not in margin]
    return _order(groups, texts, found) or _order(below, texts, found)


def _order(groups: Sequence[_Group], texts: _Texts, found: str) -> list[_Group] | None:
    if not groups:
        return []
    for group in _next(groups):
        if found.startswith(texts[group]):
            others = [other for other in groups if other is not group]
            order = _order(others, texts, found[len(texts[group]) :])
            if order is not None:
                return [group, *order]
    return None


def _next(groups: Sequence[_Group]) -> Iterator[_Group]:
    """What may come next: any line around the body, or the first of body and annexures left."""
    fixed = next((group for group in groups if _is_fixed(group)), None)
    yield from (group for group in groups if group is fixed or not _is_fixed(group))


def _is_fixed(group: _Group) -> bool:
    return group[0].part.split(", ")[1].startswith(_FIXED)
