"""The nearest of the known names, offered where one is not known."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process


def nearest_names(text: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """The known names that come near to a text, best first; none if none is near."""
    matches = process.extract(
        text,
        list(dict.fromkeys(known)),
        scorer=fuzz.WRatio,
        processor=lambda name: name.casefold().replace("_", " "),
        score_cutoff=60,
        limit=count,
    )
    return tuple(name for name, _score, _position in matches)


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """“Did you mean “numerator”?”, or "" when no known name is near."""
    found = nearest_names(text, known, count=1)
    return f"Did you mean “{found[0]}”?" if found else ""


def nearest_name(text: str, known: Iterable[str]) -> str:
    """The known name of a tag, key or file that comes nearest, letter by letter; "" if none.

    Words inside longer names do not count: "state.nam" is "state.name", not "state.short_name".
    """
    names = list(dict.fromkeys(known))
    scorer, cutoff = fuzz.ratio, 55
    found = process.extractOne(
        text, names, scorer=scorer, processor=str.casefold, score_cutoff=cutoff
    )
    return found[0] if found else ""
