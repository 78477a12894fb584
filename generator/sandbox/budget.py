"""What one rendering may put together, so that an endless template ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jinja2 import pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context

STEPS = 40_000
"""Rounds of loops and calls of macros that one rendering may take: some hundred are usual."""
MOST_CHARACTERS = 20_000_000
"""Characters that one rendering may put together: a long letter's markup has a twentieth."""


class Purse(Context):
    """The values of one rendering, and what it may still put together."""

    left: int | None = None


def pay(context: Context, steps: int, characters: int = 0) -> None:
    """Takes the price of rounds and characters from a rendering's budget.

    Raises:
        SecurityError: It is spent.
    """
    most = getattr(context.environment, "characters", None)
    if not isinstance(context, Purse) or most is None:
        raise TypeError
    left = most if context.left is None else context.left
    context.left = left - characters - steps * (most // STEPS)
    if context.left < 0:
        raise SecurityError(
            f"the tags repeat without end: more than {STEPS:,} rounds of loops and macros, or "
            f"{most:,} characters"
        )


@pass_context
def pay_for_reading(context: Context, value: object, characters: int = 0) -> object:
    """The value, for the price of reading it."""
    pay(context, 0, characters + (len(value) if isinstance(value, str) else 1))
    return value


@pass_context
def pay_for_each(context: Context, values: Iterable[object], characters: int) -> Iterator[object]:
    """The values, each for the price of a round that prints so many characters of its own."""
    for value in values:
        pay(context, 1, characters)
        yield value
