"""Where each key of a TOML file stands: the parser keeps no lines, messages need them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

_TABLE = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"))*)\s*=(.*)$""")
_TOKEN = re.compile(r'"""|\'\'\'|"(?:[^"\\]|\\.)*"|\'[^\']*\'|\#.*|[\[\]{}]|([\w-]+)\s*=', re.ASCII)


def find_lines(source: str) -> Mapping[str, int]:
    """The line (from 1) of each table and key by its dotted name, list items counted from 0.

    Args:
        source: TOML that parses ("indicators.2.weight" is the third ``[[indicators]]``).
    """
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    prefix, state = "", _Value()
    for number, line in enumerate(source.split("\n"), start=1):
        if state.open:
            state.read(line)
        elif table := _TABLE.match(line):
            name = _dotted(table[2])
            if table[1] == "[[":
                counts[name] = counts.get(name, -1) + 1
                lines.setdefault(name, number)
            prefix = _with_counts(name, counts)
            lines.setdefault(prefix, number)
        elif pair := _KEY.match(line):
            key = ".".join(filter(None, (prefix, _dotted(pair[1]))))
            for name in _with_parents(key, prefix):
                lines.setdefault(name, number)
            for inner in state.read(pair[2]):
                lines.setdefault(f"{key}.{inner}", number)
    return lines


def line_of(lines: Mapping[str, int], path: Sequence[str | int]) -> int | None:
    """The line of a key, or of the nearest table above it that the file does have."""
    parts = [str(part) for part in path]
    while parts:
        if (line := lines.get(".".join(parts))) is not None:
            return line
        parts.pop()
    return None


def _dotted(key: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in key.split("."))


def _with_counts(name: str, counts: Mapping[str, int]) -> str:
    """The name with the list item that it lies in ("indicators.name" → "indicators.2.name")."""
    parts: list[str] = []
    plain = ""
    for part in name.split("."):
        plain = f"{plain}.{part}" if plain else part
        parts.append(part)
        if plain in counts:
            parts.append(str(counts[plain]))
    return ".".join(parts)


def _with_parents(key: str, prefix: str) -> Iterator[str]:
    """The key, and the tables that a dotted key ("place.hi") makes on the way."""
    start = prefix.count(".") + 2 if prefix else 1
    parts = key.split(".")
    yield from (".".join(parts[:end]) for end in range(start, len(parts) + 1))


class _Value:
    """A value as it is read line by line, until its brackets and quotes are closed."""

    def __init__(self) -> None:
        self.quote = ""
        self.depth = 0

    @property
    def open(self) -> bool:
        return bool(self.quote) or self.depth > 0

    def read(self, line: str) -> list[str]:
        """Takes in one line; gives the keys of inline tables in it."""
        keys = []
        position = 0
        while position < len(line):
            if self.quote:
                end = line.find(self.quote, position)
                if end < 0:
                    break
                position, self.quote = end + 3, ""
                continue
            token = _TOKEN.search(line, position)
            if token is None:
                break
            position = token.end()
            if token[1]:
                keys.append(token[1])
            elif token[0] in ('"""', "'''"):
                self.quote = token[0]
            elif token[0] in "[{":
                self.depth += 1
            elif token[0] in "]}":
                self.depth -= 1
        return keys
