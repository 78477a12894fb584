"""The tags of a template, one by one: which are broken, and the template without those.

Jinja2 stops at the first fault. Here every tag is read for itself, so that all faults are told at
once, and what is left can still be searched for names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError

from generator.inputs.nearest import nearest_name
from generator.kinds.nesting import ENDS, MIDDLE, PAIRED, Fault, Pair, Tag, nest

ANYTHING = "anything_at_all"
"""A name for the value of a tag that cannot be read."""
READER = Environment(autoescape=True, keep_trailing_newline=True)

_OPENING = re.compile(r"\{\{|\{%|\{#")
_EDGE = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}", re.DOTALL)
KEYWORDS = ("for", "endfor", "if", "elif", "else", "endif", "set", "macro", "endmacro")
_JINJAS = (
    *("include", "import", "from", "extends", "block", "endblock", "filter", "endfilter"),
    *("call", "endcall", "with", "endwith", "autoescape", "endautoescape", "endset", "do"),
)
_TYPESET = {
    "“": 'a curly quotation mark; type the straight "',
    "”": 'a curly quotation mark; type the straight "',
    "‘": "a curly quotation mark; type the straight '",
    "’": "a curly quotation mark; type the straight '",
    "–": "a dash; type the minus sign -",
    "—": "a dash; type the minus sign -",
    "…": "an ellipsis in one sign; type three full stops",
    "\u00a0": "a no-break space; type a plain space",
    "\u00ad": "a soft hyphen; delete it",
    "\u200b": "an invisible space; delete it",
    "\u200c": "an invisible sign; delete it",
    "\u200d": "an invisible sign; delete it",
    "\u2011": "a no-break hyphen; type the minus sign -",
    "\ufeff": "an invisible sign; delete it",
}
"""What Word and other editors make of what was typed, and what to type."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A template's tags; ``source`` is the template with its broken tags made harmless."""

    tags: tuple[Tag, ...]
    pairs: tuple[Pair, ...]
    faults: tuple[Fault, ...]
    source: str


def scan(source: str, *, strays: bool = True) -> Scanned:
    """Reads all tags of a template.

    Args:
        source: The template.
        strays: Whether ``}}`` that nothing opens is a fault (in HTML a style sheet may end so).
    """
    tags: list[Tag] = []
    edges = list(_edges(source, tags))
    faults = [fault for fault in edges if strays or fault.message[0] != "“"]
    changed = {fault.start: " " * 2 for fault in edges if fault.start is not None}
    kept: list[Tag] = []
    for tag in tags:
        found = _fault_in(tag)
        if found is None:
            kept.append(tag)
            continue
        faults.append(found)
        harmless = _harmless(tag)
        if harmless is None:
            changed[tag.start] = _blank(tag.text)
        else:
            meant = _meant(tag)
            kept.append(Tag(tag.text, tag.start, tag.line, meant))
            changed[tag.start] = harmless + "\n" * tag.text.count("\n")
    nested = nest(kept)
    changed |= {tag.start: _blank(tag.text) for tag in nested.strays}
    for start, ends in nested.missing.items():
        at = kept[[tag.start for tag in kept].index(start)]
        changed[start] = ends + changed.get(start, at.text)
    lengths = {tag.start: len(tag.text) for tag in tags}
    repaired = _changed(source, changed, lengths) + nested.at_end
    faults = sorted((*faults, *nested.faults), key=lambda fault: fault.line)
    return Scanned(tuple(tags), nested.pairs, tuple(faults), repaired)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _changed(source: str, changed: dict[int, str], lengths: dict[int, int]) -> str:
    """The source with other texts at some offsets: tags as a whole, or two signs."""
    parts, at = [], 0
    for start in sorted(changed):
        parts += [source[at:start], changed[start]]
        at = start + lengths.get(start, 2)
    return "".join((*parts, source[at:]))


def _edges(source: str, tags: list[Tag]) -> Iterator[Fault]:
    """Fills the list of tags; yields braces that nothing closes or opens."""
    at = 0
    while found := _EDGE.search(source, at):
        start, sign = found.start(), found[0]
        line = source.count("\n", 0, start) + 1
        at = found.end()
        if sign not in _CLOSING:
            yield Fault(
                "tags-closed",
                line,
                f"“{sign}” closes a tag that was never opened",
                remedy="Write the tag with two signs on either side: {{ … }} or {% … %}.",
                start=start,
            )
        elif raw := _RAW.match(source, start):
            at = raw.end()
        elif (end := _end_of(source, start, sign)) is None:
            rest = source[start : start + 40].split("\n", maxsplit=1)[0]
            rest = rest[:2] + _OPENING.split(rest[2:])[0].rstrip()
            yield Fault(
                "tags-closed",
                line,
                f"“{rest}”: the tag is never closed",
                _CLOSING[sign],
                f"Write {_CLOSING[sign]} where the tag ends.",
                start,
            )
        else:
            tags.append(Tag(source[start:end], start, line))
            at = end


def _end_of(source: str, start: int, sign: str) -> int | None:
    """Where a tag ends; None where another begins before."""
    close = source.find(_CLOSING[sign], start + 2)
    if close < 0:
        return None
    following = _OPENING.search(source, start + 2, close)
    return None if following and sign != "{#" else close + 2


def _fault_in(tag: Tag) -> Fault | None:
    """What is wrong with one tag by itself."""
    if tag.text.startswith("{#"):
        return None
    if typeset := next((sign for sign in tag.text if sign in _TYPESET), None):
        try:
            READER.parse(_alone(tag))
        except TemplateSyntaxError:
            return _typeset_fault(tag, typeset)
    word = tag.word
    if tag.text.startswith("{%") and word not in KEYWORDS and word not in ENDS:
        return _unknown_word(tag, word)
    try:
        READER.parse(_alone(tag))
    except TemplateSyntaxError as error:
        return Fault(
            "tags-understood",
            tag.line,
            f"“{tag.shown}” is not understood: {error.message}",
            remedy="Write the tag as the examples in letter_templates/README.md.",
            start=tag.start,
        )
    return None


def _typeset_fault(tag: Tag, sign: str) -> Fault:
    what, _, remedy = _TYPESET[sign].partition("; ")
    return Fault(
        "tags-understood",
        tag.line,
        f"“{tag.shown}” holds {what} (U+{ord(sign):04X})",
        remedy=f"In the tag, {remedy}. In Word, switch AutoCorrect and AutoFormat off for it.",
        start=tag.start,
    )


def _unknown_word(tag: Tag, word: str) -> Fault:
    if word in _JINJAS:
        message, expected = f"“{word}” may not be used in a text or template", ""
    else:
        message = f"“{tag.shown}”: there is no tag “{word}”"
        expected = _meant(tag)
    return Fault(
        "tags-understood",
        tag.line,
        message,
        expected,
        f"The words of tags are {', '.join(KEYWORDS)}, in small letters.",
        tag.start,
    )


def _meant(tag: Tag) -> str:
    """The nearest of the words of tags; "end for" is endfor."""
    two = "".join(re.findall(r"\w+", tag.text)[:2]).casefold()
    return two if two in KEYWORDS else nearest_name(tag.word, KEYWORDS)


def _alone(tag: Tag) -> str:
    """The tag with what it needs around it to be read by itself."""
    word = tag.word
    if word in MIDDLE:
        return "{% if a %}" + tag.text + "{% endif %}"
    if word in ENDS:
        opening = {"for": "for a in b", "if": "if a", "macro": "macro a()", "set": "set a"}
        return "{% " + opening[ENDS[word]] + " %}" + tag.text
    return tag.text + (f"{{% {PAIRED[word]} %}}" if word in PAIRED else "")


def _harmless(tag: Tag) -> str | None:
    """A tag in the place of one that is broken, so that what it opens stays open."""
    word = _meant(tag)
    found = re.match(r"\{%[-+–—−]?\s*\w+\s+(\w+)", tag.text)
    name = found[1] if found and found[1].isidentifier() else "it"
    if word == "for":
        return f"{{% for {name} in {ANYTHING} %}}"
    if word == "set":
        return f"{{% set {name} = {ANYTHING} %}}"
    if word == "macro":
        return f"{{% macro {name}() %}}"
    if word in ("if", "elif"):
        return f"{{% {word} {ANYTHING} %}}"
    return f"{{% {word} %}}" if word in KEYWORDS else None
