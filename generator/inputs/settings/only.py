"""``[[only]]``: whether its conditions can be decided by the edition's figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from generator.inputs.nearest import did_you_mean
from generator.inputs.settings.keys import EditionSettings, OnlySettings

CATEGORY = "category"
FIGURES = ("rank", "composite", CATEGORY)

Problem: TypeAlias = tuple[tuple[str | int, ...], str, str]
"""The path of a key, what is wrong with it, and what to do."""


def only_problems(settings: EditionSettings) -> list[Problem]:
    """What is wrong with ``[[only]]``, all at once."""
    return [
        (("only", number), f"[[only]] no. {number + 1}: {what}", remedy)
        for number, condition in enumerate(settings.only)
        for what, remedy in _faults(condition, settings)
    ]


def _faults(condition: OnlySettings, settings: EditionSettings) -> Iterator[tuple[str, str]]:
    figures = [*FIGURES, *(indicator.id for indicator in settings.indicators)]
    figure, limits = condition.figure, (condition.starts, condition.upto)
    if not settings.indicators:
        yield "this edition has no figures to choose by", "Delete it, or add the indicators."
    elif figure not in figures:
        offer = f"{did_you_mean(figure, figures)} Known here: {', '.join(figures)}."
        yield f"figure = “{figure}” is no figure of this edition", offer.strip()
    elif figure == CATEGORY:
        known = [cohort.id for cohort in settings.cohorts]
        unknown = [name for name in condition.among if name not in known]
        if not condition.among or unknown or limits != (None, None):
            yield (
                "a condition on the category names categories of this edition, and no limits",
                f'Write among = ["{known[0]}"], of {", ".join(known)}.',
            )
    elif condition.among or limits == (None, None):
        yield f"the condition on “{figure}” has no limit", "Write upto = …, from = …, or both."
    elif None not in limits and limits[0] > limits[1]:  # type: ignore[operator]
        yield f"from = {limits[0]} is above upto = {limits[1]}: nobody is meant", "Correct one."
