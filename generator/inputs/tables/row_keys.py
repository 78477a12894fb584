"""Whom a row is about: a State by any of its names, or another recipient by its id."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from generator.files import stem_of
from generator.findings import Finding, Severity
from generator.inputs.clean import shorten
from generator.inputs.states import find_state, load_states, nearest_states, resembles_state
from generator.inputs.tables.cells import read_text
from generator.inputs.tables.grid import Cell, CellError
from generator.inputs.tables.header import KEYS, Header
from generator.model import EVERYONE, Place, State

Compare: TypeAlias = Callable[[Sequence[Cell], Sequence[Cell]], str]
"""What there is to add of two rows with one key."""

SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
"""An id becomes part of file names."""

RESERVED = re.compile(r"con|prn|aux|nul|com[1-9]|lpt[1-9]", re.IGNORECASE)
"""Names of devices, which Windows gives to no file."""


@dataclass(frozen=True, slots=True)
class Key:
    """Whom a row is about. ``text`` is what stands in ``cell``, as read."""

    who: str
    state: State | None
    text: str
    cell: Cell

    @property
    def name(self) -> str:
        """The name used in messages."""
        return self.state.name["en"] if self.state else self.who


def read_key(state: Cell | None, other: Cell | None) -> Key | None:
    """Whom a row is about, by its ``state`` or else its ``id`` cell; None when both are empty.

    Raises:
        CellError: No State bears that name (the nearest are told), the id is not fit for a file's
            name, or the cell holds no text.
    """
    if state is not None and (text := read_text(state)):
        found = find_state(text)
        if found is None:
            near = ", ".join(f"{s.name['en']} ({s.id})" for s in nearest_states(text))
            raise CellError(
                f"“{shorten(text)}” stands there",
                f"one of the 36 States and UTs; the nearest are {near}",
                "states-known",
            )
        return Key(found.id, found, text, state)
    if other is not None and (text := read_text(other)):
        if not SAFE_ID.fullmatch(text):
            raise CellError(
                f"the id “{shorten(text)}” stands there",
                "letters A–Z, digits, - and _ (it becomes part of file names), at most 60",
            )
        if RESERVED.fullmatch(text):
            raise CellError(
                f"the id “{text}” stands there, which Windows reserves for a device",
                "another id (it becomes part of file names)",
            )
        if text.casefold() in {stem_of(s.id, s).casefold() for s in load_states()}:
            raise CellError(
                f"the id “{text}” stands there, which is what a State's files are named",
                "another id (it becomes part of file names)",
            )
        if text.upper() == EVERYONE:
            raise CellError(
                f"the id “{text}” stands there, which is that of one document to all",
                "another id",
            )
        return Key(text, None, text, other)
    return None


def is_note(known: Mapping[str, Cell]) -> bool:
    """Whether a row's known cells hold no figure, and its label is neither a State nor an id."""
    if known.keys() - set(KEYS):
        return False
    try:
        texts = {name: read_text(cell) for name, cell in known.items()}
    except CellError:
        return False
    state, other = texts.get("state", ""), texts.get("id", "")
    if state:
        return find_state(state) is None and not resembles_state(state)
    return SAFE_ID.fullmatch(other) is None


class KeyReader:
    """Reads the keys of a table's rows, each of which may stand there once.

    Args:
        header: The table's header row.
        unique: Name of the check that no key stands twice.
        remedy: What to do where one does.
        findings: Where the errors found are added.
        compare: Says what more there is to say of a key's two rows.
    """

    def __init__(
        self,
        header: Header,
        unique: str,
        remedy: str,
        findings: list[Finding],
        compare: Compare = lambda _first, _second: "",
    ) -> None:
        self._header = header
        self._unique = unique
        self._remedy = remedy
        self._findings = findings
        self._compare = compare
        self._seen: dict[str, tuple[Place, Sequence[Cell]]] = {}

    def read(self, row: Sequence[Cell]) -> Key | None:
        """The key of a row that is not blank; None, with an error, if it has none of its own."""
        state, other = self._header.cell(row, "state"), self._header.cell(row, "id")
        filled = next(c for i in self._header.columns.values() if not (c := row[i]).is_empty)
        try:
            key = read_key(state, other)
        except CellError as error:
            remedy = "Correct it, or delete the row."
            self._error(error.check, str(error), remedy, (state or other or filled).place)
            return None
        if key is None:
            column = next(i for k in KEYS if (i := self._header.columns.get(k)) is not None)
            empty = row[column]
            merged = f" (the merged cells {empty.merged} cover it)" if empty.merged else ""
            beside = f"{filled.place.cell} in the same row is filled"
            message = f"nothing stands there{merged}, but {beside}"
            self._error("cells-understood", message, "Fill it in, or delete the row.", empty.place)
            return None
        place = key.cell.place
        first, earlier = self._seen.setdefault(key.who.casefold(), (place, row))
        if first is not place:
            twice = f"{key.name} stands in {first.cell} and again in {place.cell}"
            message = f"{twice} (“{shorten(key.text)}”){self._compare(earlier, row)}"
            self._error(self._unique, message, self._remedy, place, key.who)
            return None
        return key

    def _error(
        self, check: str, message: str, remedy: str, place: Place, who: str | None = None
    ) -> None:
        self._findings.append(Finding(Severity.ERROR, check, message, remedy, who, place))
