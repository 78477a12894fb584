"""The texts of a kind: front matter and body, each by itself; what they promise of the look."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import yaml

from generator.compose.known_names import TEXT_FILTERS, TEXT_NAMES
from generator.compose.texts import ADDRESSED, FENCE, GENDERS, KEYS, REQUIRED
from generator.findings import Finding
from generator.inputs.nearest import nearest_name
from generator.kinds.placed import FIELDS, Promised
from generator.kinds.sources import Read, error, read_source
from generator.kinds.vocabulary import Vocabulary
from generator.model import Place, Text
from generator.text_limits import FrontMatterError, compose_front_matter

TEXTS = Vocabulary(TEXT_NAMES, TEXT_FILTERS, macros=False)
_TEXT_KEYS = (*FIELDS, "title")
_ANNEXURE = re.compile(r"^# ", re.MULTILINE)
_NO_FENCE = "Begin the file with a line ---, the keys, and a second line ---."
_HOW = 'Write each key as   key: "value"   on its own line.'


@dataclass(slots=True)
class ReadText:
    """A text read: its faults, the facts that it prints, and what it promises."""

    findings: list[Finding]
    printed: frozenset[str] = frozenset()
    promised: Promised = field(default_factory=Promised)


def check_text(text: Text) -> ReadText:
    """Everything that is wrong with the tags, names and keys of a kind's text."""
    split = _split(text.source)
    if split is None:
        fault = error("front-matter-known", text.place(1), "No front matter", _NO_FENCE)
        read = read_source(text.source, TEXTS)
        return ReadText([fault, *read.findings(at_line(text, 1))])
    head, body, first = split
    try:
        node = compose_front_matter(head)
    except FrontMatterError as fault:
        line = fault.line + 1 if fault.line else None
        message = f"The front matter cannot be read: {fault.problem}"
        where = text.place(line) if line else Place(text.file)
        found = [error("front-matter-known", where, message, _HOW)]
        read = read_source(body, TEXTS)
        return ReadText([*found, *read.findings(at_line(text, first))])
    keys = _keys(node) if isinstance(node, yaml.MappingNode) else {}
    findings = list(_key_faults(keys, text))
    reads: list[Read] = []
    for key, value in keys.items():
        if key in _TEXT_KEYS:
            for source, line in _forms(key, value, text, findings):
                reads.append(read_source(source, TEXTS))
                findings += reads[-1].findings(at_line(text, line))
    reads.append(read_source(body, TEXTS))
    findings += reads[-1].findings(at_line(text, first))
    shared = _numbers(keys.get("shared_annexures"))
    findings += _shared_faults(keys.get("shared_annexures"), body, text)
    printed = frozenset(name for read in reads for name in read.names.printed)
    return ReadText(findings, printed, _promised(keys, body, shared))


def _promised(keys: Mapping[str, yaml.Node], body: str, shared: Sequence[int]) -> Promised:
    annexures = len(_ANNEXURE.findall(body))
    letterhead = getattr(keys.get("letterhead"), "value", "yes")
    return Promised(
        fields=frozenset(key for key in keys if key in FIELDS),
        own_annexures=annexures > len(shared),
        shared_annexures=bool(shared),
        letterhead=letterhead not in ("no", "false", "off"),
    )


def at_line(text: Text, first: int) -> Callable[[int], Place]:
    """The places of a template that begins at a line of a text."""
    return lambda line: text.place(first + line - 1)


def _split(source: str) -> tuple[str, str, int] | None:
    """Front matter, body, and the line in which the body begins."""
    if not source.startswith(FENCE) or "\n" + FENCE not in source:
        return None
    head, body = source.removeprefix(FENCE).split("\n" + FENCE, 1)
    return head, body, head.count("\n") + 4


def _keys(node: yaml.MappingNode) -> dict[str, yaml.Node]:
    return {str(key.value): value for key, value in node.value}


def _line(node: yaml.Node | None) -> int:
    """The line of the file in which a value stands; the front matter begins in its second."""
    return int(node.start_mark.line) + 2 if node is not None else 1


def _key_faults(keys: Mapping[str, yaml.Node], text: Text) -> Iterator[Finding]:
    for key, value in keys.items():
        if key not in KEYS:
            yield error(
                "front-matter-known",
                text.place(_line(value)),
                f"“{key}” is not a key of the front matter",
                f"The keys are: {', '.join(KEYS)}.",
                nearest_name(key, KEYS),
            )
    missing = [key for key in REQUIRED if key not in keys]
    if not any(key in keys for key in ADDRESSED):
        missing.append(" or ".join(ADDRESSED))
    for key in missing:
        where, message = text.place(1), f"The front matter has no key {key}"
        yield error("front-matter-known", where, message, f"Write it: {key}: “…”.")


def _forms(
    key: str, value: yaml.Node, text: Text, findings: list[Finding]
) -> Iterator[tuple[str, int]]:
    """The texts of a key with their lines: one, or one a gender."""
    if isinstance(value, yaml.ScalarNode):
        yield value.value, _line(value) + (value.style in ("|", ">"))
    elif isinstance(value, yaml.MappingNode):
        for form, inner in _keys(value).items():
            if form not in GENDERS:
                findings.append(
                    error(
                        "front-matter-known",
                        text.place(_line(inner)),
                        f"“{form}” is no form of “{key}”",
                        "The forms are m, f and other.",
                        nearest_name(form, GENDERS),
                    )
                )
            elif isinstance(inner, yaml.ScalarNode):
                yield inner.value, _line(inner) + (inner.style in ("|", ">"))
            else:
                findings.append(_no_text(key, inner, text))
    else:
        findings.append(_no_text(key, value, text))


def _no_text(key: str, value: yaml.Node, text: Text) -> Finding:
    message, remedy = f"“{key}” holds a list, and not a text", "Put the text in quotation marks."
    return error("front-matter-known", text.place(_line(value)), message, remedy)


def _numbers(node: yaml.Node | None) -> list[int]:
    if not isinstance(node, yaml.SequenceNode):
        return []
    return [int(item.value) for item in node.value if str(item.value).isdigit()]


def _shared_faults(node: yaml.Node | None, body: str, text: Text) -> Iterator[Finding]:
    count = len(_ANNEXURE.findall(body))
    wrong = [number for number in _numbers(node) if not 1 <= number <= count]
    if node is not None and (wrong or not isinstance(node, yaml.SequenceNode)):
        told = f"names {wrong}, and the text has {count} annexures" if wrong else "is no list"
        yield error(
            "front-matter-known",
            text.place(_line(node)),
            f"shared_annexures {told}",
            "Write the numbers of annexures that the text has (# ANNEXURE …): [2, 3].",
        )
