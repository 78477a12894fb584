"""What was found on pages, kept for the next file that has the same ones: shared annexures."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Notes:
    """What was found on one page, or in one piece of a file, under the names of the questions."""

    found: dict[Hashable, object] = field(default_factory=dict)

    def recall(self, question: Hashable, find: Callable[[], Found]) -> Found:
        """What was found before, or is now."""
        if question not in self.found:
            self.found[question] = find()
        return cast("Found", self.found[question])


class Memory(Generic[Key]):
    """Notes by what they are about; beyond the number kept, those met longest ago are forgotten.

    Args:
        kept: How many.
    """

    def __init__(self, kept: int) -> None:
        self._kept = kept
        self._notes: OrderedDict[Key, Notes] = OrderedDict()

    def of(self, key: Key) -> Notes:
        """The notes on it, empty where it was not met before."""
        notes = self._notes.setdefault(key, Notes())
        self._notes.move_to_end(key)
        if len(self._notes) > self._kept:
            self._notes.popitem(last=False)
        return notes
