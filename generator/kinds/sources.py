"""A template in a file: its tags and names read, its faults as findings at their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from generator.compose.known_names import dotted
from generator.findings import Finding, Severity
from generator.kinds.names import Reading, read_names
from generator.kinds.nesting import Fault
from generator.kinds.tags import Scanned, scan
from generator.kinds.vocabulary import Vocabulary
from generator.model import Place

_NOTE = re.compile(r"left out:\s*([\w\s,.]+)", re.IGNORECASE)
_ONE_BRACE = re.compile(r"(?<![{%#])\{\s*([A-Za-z_][\w.]*)\s*\}(?!\})")


@dataclass(frozen=True, slots=True)
class Read:
    """What was found in a template.

    ``left_out`` are the parts that a remark in it says are left out on purpose.
    """

    scanned: Scanned
    names: Reading
    left_out: frozenset[str]
    faults: tuple[Fault, ...]

    def findings(self, place: Callable[[int], Place]) -> Iterator[Finding]:
        """The faults as errors.

        Args:
            place: The place of a line of the template.
        """
        for fault in self.faults:
            yield error(fault.check, place(fault.line), fault.message, fault.remedy, fault.expected)


def read_source(source: str, vocabulary: Vocabulary, *, page: bool = False) -> Read:
    """Reads a template's tags and names.

    Args:
        source: The template.
        vocabulary: The names that it may use.
        page: Whether it is HTML, in which braces may stand outside of tags.
    """
    scanned = scan(source, strays=not page)
    names = read_names(scanned.source, vocabulary)
    braces = () if page else tuple(_single_braces(source, scanned, vocabulary))
    remarks = " \n".join(tag.text for tag in scanned.tags if tag.text.startswith("{#"))
    listed = (name for found in _NOTE.findall(remarks) for name in re.split(r"[\s,]+", found))
    faults = sorted((*scanned.faults, *names.faults, *braces), key=lambda fault: fault.line)
    return Read(scanned, names, frozenset(filter(None, listed)), tuple(faults))


def _single_braces(source: str, scanned: Scanned, vocabulary: Vocabulary) -> Iterator[Fault]:
    """A known name in single braces: a brace was forgotten, or taken away by another program."""
    known = set(dotted(vocabulary.names))
    for found in _ONE_BRACE.finditer(source):
        if found[1] in known and not any(t.start <= found.start() < t.end for t in scanned.tags):
            line = source.count("\n", 0, found.start()) + 1
            message = f"“{found[0]}” has one brace on either side, and prints as it stands"
            expected = f"{{{{ {found[1]} }}}}"
            yield Fault("tags-closed", line, message, expected, "Write two braces on either side.")


def error(check: str, where: Place, message: str, remedy: str, expected: str = "") -> Finding:
    """An error in a kind's file."""
    return Finding(Severity.ERROR, check, message, remedy, where=where, expected=expected)


def warning(check: str, where: Place, message: str, remedy: str) -> Finding:
    """A warning about a kind's file."""
    return Finding(Severity.WARNING, check, message, remedy, where=where)


def at_line(file: str, first: int = 1) -> Callable[[int], Place]:
    """The places of a template that begins at a line of its file."""
    return lambda line: Place(file, line=first + line - 1)


def listed(names: Sequence[str]) -> str:
    """Names for a message: a, b and c."""
    return ", ".join(names[:-1]) + (" and " if names[1:] else "") + names[-1]
