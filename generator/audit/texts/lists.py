"""Are lists numbered as typed: numbered paragraphs run on, sub-items begin at 1.

Domain LIST-01. In the source letter a list that a page break fell into lost a) and b).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase

from generator.audit.dossier import Dossier
from generator.audit.texts.pairs import Version, quote, unlike_files, versions
from generator.audit.texts.passages import BODY, Passage
from generator.findings import Finding, Severity
from generator.markdown import HINDI_LETTERS, ROMAN

_LABEL = re.compile(rf"\(?(?P<label>[a-z]|[ivx]{{2,4}}|\d{{1,2}}|[{HINDI_LETTERS}])\)(?=\s)")
"""A sub-item's letter typed by hand: "c) ", "(ग) ", "iv) "."""

_SERIES = (ascii_lowercase, ROMAN, [str(number) for number in range(1, 100)], HINDI_LETTERS)


def check_items_consecutive(case: Dossier) -> Iterator[Finding]:
    """Numbered paragraphs and sub-items are typed in order, and no letter by hand (LIST-01).

    What is typed is then what is printed. A text that is not built like its counterpart is left
    to ``blocks-parallel``.
    """
    unlike = unlike_files(case.edition)
    for texts in versions(case.edition):
        for version in texts.values():
            if version.text.file not in unlike:
                yield from _misnumbered(version)
                yield from _lettered(version)


def _misnumbered(version: Version) -> Iterator[Finding]:
    """Numbers that do not follow the one before; counted anew in each item and annexure.

    After a wrong number the next may go on from it, or as if it had been right: one slip is told
    once.
    """
    following: dict[int, tuple[int, ...]] = {}
    before: Passage | None = None
    unnumbered = 0
    for block in version.blocks:
        if before and before.part != block.part:
            following = {}
        if block.kind == "item" and block.ordered:
            in_body = version.is_kind and block.part == BODY and block.level == 1
            first = tuple(range(unnumbered + 1, 0, -1)) if in_body else (1,)
            allowed = following.get(block.level, first)
            number = int(block.typed[:-1])
            anew = not in_body and number == 1 and before and before.kind != "item"
            right = number in allowed or anew
            if not right:
                yield _out_of_order(block, expected=allowed[0])
            following = {level: n for level, n in following.items() if level < block.level}
            following[block.level] = (number + 1,) if right else (number + 1, allowed[0] + 1)
        unnumbered += block.kind == "paragraph"
        before = block


def _out_of_order(item: Passage, expected: int) -> Finding:
    return Finding(
        Severity.ERROR,
        "items-consecutive",
        f"“{item.typed}” is typed before “{quote(item)}”",
        "Number the paragraphs and items one after the other.",
        where=item.place,
        expected=f"{expected}{item.typed[-1]}",
    )


def _lettered(version: Version) -> Iterator[Finding]:
    for block in version.blocks:
        label = _LABEL.match(block.text) if block.kind in ("paragraph", "item") else None
        if label and not _runs_in(block.text, label["label"]):
            yield Finding(
                Severity.ERROR,
                "items-consecutive",
                f"“{label[0]}” is typed by hand at the head of a paragraph",
                "Make it an item of the list: three spaces, then 1), 2), 3) …; "
                "the letters are put in when the letter is made.",
                where=block.place,
            )


def _runs_in(text: str, label: str) -> bool:
    """Whether the next label follows in the same sentence: "(i) …; (ii) …; and (iii) …"."""
    known = (list(series) for series in _SERIES)
    following = [s[s.index(label) + 1] for s in known if label in s[:-1]]
    return any(re.search(rf"\s\(?{re.escape(after)}\)\s", text) for after in following)
