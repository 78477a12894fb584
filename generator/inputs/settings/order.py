"""Rules for whole lists of ``edition.toml``: ids are unique, limits ascend."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol, TypeVar

from generator.inputs.settings.rules import refuse


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


class _Cohort(_HasId, Protocol):
    @property
    def upto(self) -> int | None: ...


class _Band(_HasId, Protocol):
    @property
    def upto(self) -> Decimal: ...
    @property
    def starts(self) -> Decimal | None: ...


C = TypeVar("C", bound=_Cohort)
B = TypeVar("B", bound=_Band)
I = TypeVar("I", bound=_HasId)  # noqa: E741


def unique_ids(items: list[I]) -> list[I]:
    """No id occurs twice."""
    seen: set[str] = set()
    for item in items:
        if item.id in seen:
            raise refuse(f'the id "{item.id}" occurs twice', "Give each its own id.")
        seen.add(item.id)
    return items


def cohort_limits(cohorts: list[C]) -> list[C]:
    """Limits ascend; the last category alone has none."""
    limits = [c.upto for c in cohorts]
    if None in limits[:-1]:
        name = cohorts[limits.index(None)].id
        raise refuse(f'"{name}" has no upto but is not the last', "Give it its upper limit.")
    if limits and limits[-1] is not None:
        raise refuse("the last has an upto", "Delete it: the last category has no upper end.")
    given = [limit for limit in limits if limit is not None]
    if sorted(set(given)) != given:
        raise refuse("the limits do not ascend", "Order the categories by strength, ascending.")
    return cohorts


def band_limits(bands: list[B]) -> list[B]:
    """Limits ascend, and the last band reaches 100 percent."""
    limits = [b.upto for b in bands]
    if sorted(set(limits)) != limits:
        raise refuse("the limits do not ascend", "Order the bands by share, ascending.")
    if limits and limits[-1] != 100:
        raise refuse(f"the last band ends at {limits[-1]}, not at 100", "Set its upto to 100.")
    for band in bands:
        if band.starts is not None and band.starts >= band.upto:
            raise refuse(f'"{band.id}" begins above its end', "Correct its from or its upto.")
    return bands
