"""Loops, conditions and macros: which tag ends which, and what is missing or too much."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

ENDS = {"endfor": "for", "endif": "if", "endmacro": "macro"}
PAIRED = {begins: end for end, begins in ENDS.items()}
MIDDLE = {"elif": ("if",), "else": ("if", "for")}
_WORD = re.compile(r"\{%[-+–—−]?\s*(\w*)")


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag as it stands: ``{{ name }}``, ``{% if … %}`` or ``{# remark #}``."""

    text: str
    start: int
    line: int
    meant: str = ""

    @property
    def end(self) -> int:
        """The offset behind it."""
        return self.start + len(self.text)

    @property
    def word(self) -> str:
        """The first word of a ``{% … %}``, or what it was meant to be; "" of any other tag."""
        found = _WORD.match(self.text)
        return self.meant or (found[1] if found else "")

    @property
    def shown(self) -> str:
        """The tag for a message."""
        text = " ".join(self.text.split())
        return text if len(text) <= 70 else f"{text[:69]}…"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one place of a template: rule, line, words for a finding."""

    check: str
    line: int
    message: str
    expected: str = ""
    remedy: str = ""
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A loop, condition or macro: its first tag, those in between, and its last."""

    first: Tag
    middle: tuple[Tag, ...]
    last: Tag


@dataclass(slots=True)
class Nested:
    """What ``nest`` gives; ``missing`` are ends to be written before the tag of an offset."""

    pairs: tuple[Pair, ...] = ()
    strays: list[Tag] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    missing: dict[int, str] = field(default_factory=dict)
    at_end: str = ""


@dataclass(slots=True)
class _Open:
    """A loop, condition or macro that is still open."""

    tag: Tag
    middle: list[Tag] = field(default_factory=list)

    @property
    def word(self) -> str:
        return self.tag.word.casefold()

    @property
    def end(self) -> str:
        return f"{{% {PAIRED[self.word]} %}}"


def nest(tags: Iterable[Tag]) -> Nested:
    """Pairs the tags of a template; what has no counterpart is a fault."""
    nested = Nested()
    pairs: list[Pair] = []
    still: list[_Open] = []
    for tag in tags:
        word = tag.word.casefold()
        if word in PAIRED:
            still.append(_Open(tag))
        elif word in MIDDLE and still and still[-1].word in MIDDLE[word]:
            still[-1].middle.append(tag)
        elif word in MIDDLE or (word in ENDS and ENDS[word] not in [o.word for o in still]):
            nested.strays.append(tag)
            nested.faults.append(_stray(tag))
        elif word in ENDS:
            while still[-1].word != ENDS[word]:
                unclosed = still.pop()
                nested.missing[tag.start] = nested.missing.get(tag.start, "") + unclosed.end
                nested.faults.append(_unclosed(unclosed, tag))
            done = still.pop()
            pairs.append(Pair(done.tag, tuple(done.middle), tag))
    nested.faults += [_unclosed(unclosed) for unclosed in still]
    nested.at_end = "".join(unclosed.end for unclosed in reversed(still))
    nested.pairs = tuple(pairs)
    return nested


def _stray(tag: Tag) -> Fault:
    return Fault(
        "tags-closed",
        tag.line,
        f"“{tag.shown}” stands where nothing is open that it belongs to",
        remedy="Delete it, or write the tag that it belongs to before it.",
        start=tag.start,
    )


def _unclosed(unclosed: _Open, before: Tag | None = None) -> Fault:
    where = f" before “{before.shown}”" if before else ""
    return Fault(
        "tags-closed",
        unclosed.tag.line,
        f"“{unclosed.tag.shown}” is never closed",
        f"{unclosed.end}{where}",
        f"Write {unclosed.end} where it is to end.",
        unclosed.tag.start,
    )
