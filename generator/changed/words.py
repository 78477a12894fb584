"""Two forms of a text or value as a message shows them: cut to the words that differ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from generator.inputs.clean import shorten

AROUND = 2
"""So many words are shown before and after those that changed."""

EMPTY = "(empty)"


def show_values(old: object, new: object) -> tuple[str, str]:
    """Two values of a cell or setting."""
    if isinstance(old, str) and isinstance(new, str):
        return show_words(old, new)
    return _shown(old), _shown(new)


def _shown(value: object) -> str:
    match value:
        case None | "" | () | []:
            return EMPTY
        case bool():
            return str(value).lower()
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value.normalize():f}"
        case int():
            return str(value)
        case list() | tuple():
            return ", ".join(map(_shown, value))
        case _:
            return quote(str(value))


def show_words(old: str, new: str) -> tuple[str, str]:
    """Two forms of a text, each cut to the words that differ and a few around them."""
    was, now = old.split(), new.split()
    if was == now:  # spaces alone differ, and they count in Markdown
        return quote(old), quote(new)
    shorter = min(len(was), len(now))
    same = next((n for n in range(shorter) if was[n] != now[n]), shorter)
    left = shorter - same
    tail = next((n for n in range(left) if was[-1 - n] != now[-1 - n]), left)
    return _cut(was, same, tail), _cut(now, same, tail)


def _cut(words: Sequence[str], same: int, tail: int) -> str:
    start, end = max(same - AROUND, 0), len(words) - max(tail - AROUND, 0)
    shown = " ".join(words[start:end])
    return quote(f"{'… ' if start else ''}{shown}{' …' if end < len(words) else ''}")


def quote(text: str) -> str:
    """A text in quotation marks, shortened."""
    return f"“{shorten(text)}”" if text.strip() else EMPTY
