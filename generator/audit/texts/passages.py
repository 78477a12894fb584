"""The words of an edition, passage by passage, each with the place where it stands.

The checks of texts look at these rather than at finished letters, so that a fault is told once,
at its own file and line. In a kind's text each placeholder stands as ⟦recipient.name⟧.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import yaml
from markdown_it.tree import SyntaxTreeNode

from generator.locales import DATE_STYLES
from generator.markdown import parse_markdown
from generator.model import Edition, Language, Place, Recipient, Section, Text
from generator.text_limits import FrontMatterError, compose_front_matter

BODY = 0
"""The part of a text before its first annexure; annexures are parts 1, 2, …"""

PLACEHOLDER = re.compile("⟦(.*?)⟧")
"""What stands for a value in a kind's text."""

RECIPIENT_TEXTS = ("name", "designation", "addressee", "address", "salutation")

_TAG = re.compile(r"\{\{-?(?P<value>.*?)-?\}\}|\{%-?.*?-?%\}|\{#.*?#\}", re.DOTALL)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
"""A sign that Markdown prints as it stands (CommonMark 2.4)."""
_KINDS = {"heading": "heading", "paragraph": "paragraph", "tr": "row"}


@dataclass(frozen=True, slots=True)
class Passage:
    """One heading, paragraph, list item or table row of a text, or one value of the data.

    ``kind`` is "heading", "paragraph", "item", "row", "field" (a line of front matter) or "value"
    (of the settings, or of a recipient's row). ``text`` has its markup removed; a table's cells
    are separated by tabs, and lines by line ends. ``part`` is 0 for what stands before the first
    annexure, else the annexure's number. ``typed`` is a list item's own marker as typed ("3.").
    ``who`` is the recipient whose row it stands in.
    """

    kind: str
    text: str
    language: Language
    place: Place
    part: int = BODY
    level: int = 0
    bold: int = 0
    typed: str = ""
    ordered: bool = False
    key: str = ""
    who: str | None = None

    @property
    def is_name(self) -> bool:
        """A recipient's own name, which prints as it is typed, whatever signs it holds."""
        return self.who is not None and self.key.startswith("name_")

    def place_at(self, offset: int) -> Place:
        """The place of a character of ``text``: its own line, where the text has several.

        A cell is one place, however many lines it has.
        """
        if self.place.line is None or self.place.cell is not None:
            return self.place
        return replace(self.place, line=self.place.line + self.text.count("\n", 0, offset))


def text_passages(text: Text, language: Language) -> tuple[Passage, ...]:
    """The passages of a kind's text: its front matter, then its body and annexures."""
    return _text_passages(text, language)


@lru_cache(maxsize=32)
def _text_passages(text: Text, language: Language) -> tuple[Passage, ...]:
    head, body, first = _split(text.source)
    lines, numbers = _without_tags(body, first)
    fields = _fields(head, text.file, language)
    blocks = _blocks("\n".join(lines), numbers, text.file, language)
    return tuple(_placed(passage, text) for passage in (*fields, *blocks))


def _placed(passage: Passage, text: Text) -> Passage:
    """The passage at its paragraph, where the text was written in Word."""
    return replace(passage, place=text.place(passage.place.line)) if text.paragraphs else passage


def date_style_of(edition: Edition, language: Language) -> str:
    """How the kind's dates are printed in a language: front matter key ``date_style``."""
    text = edition.texts.get(language)
    fields = text_passages(text, language) if text else ()
    named = (p.text for p in fields if p.kind == "field" and p.key == "date_style")
    return next((style for style in named if style in DATE_STYLES), DATE_STYLES[0])


def section_passages(section: Section, language: Language) -> tuple[Passage, ...]:
    """The passages of a compendium's section in one language; none where it has no such text."""
    text = section.texts.get(language)
    return _section_passages(text, language) if text else ()


@lru_cache(maxsize=256)
def _section_passages(text: Text, language: Language) -> tuple[Passage, ...]:
    numbers = range(1, text.source.count("\n") + 2)
    blocks = _blocks(text.source, numbers, text.file, language)
    return tuple(_placed(replace(passage, part=BODY), text) for passage in blocks)


def edition_passages(edition: Edition) -> Iterator[Passage]:
    """Everything that the edition's letters may print, in each of its languages."""
    for language in edition.versions:
        if text := edition.texts.get(language):
            yield from text_passages(text, language)
        yield from _settings_passages(edition, language)
        for section in edition.compendium:
            yield from section_passages(section, language)
        for recipient in edition.recipients:
            yield from _recipient_passages(recipient, language)


def _split(source: str) -> tuple[str, str, int]:
    """Front matter, body, and the number of the body's first line."""
    if not source.startswith("---\n") or "\n---\n" not in source:
        return "", source, 1
    head, body = source.removeprefix("---\n").split("\n---\n", 1)
    return head, body, head.count("\n") + 4


def _without_tags(body: str, first: int) -> tuple[list[str], list[int]]:
    """The body as Markdown alone: values as ⟦name⟧, control tags gone; and each line's number.

    A line that held nothing but control tags is left out, as it leaves nothing in the letter.
    """
    marked = _TAG.sub(_replacement, body)
    lines, numbers = [], []
    number = first
    for line in marked.split("\n"):
        kept = line.replace("\x00", "").replace("\x01", "")
        if kept.strip() or "\x00" not in line:
            lines.append(kept)
            numbers.append(number)
        number += 1 + line.count("\x01")
    return lines, numbers


def _replacement(tag: re.Match[str]) -> str:
    """A placeholder or nothing; the line ends inside a tag are kept count of."""
    inner = "\x01" * tag[0].count("\n")
    if tag["value"] is None:
        return "\x00" + inner
    name = " ".join(tag["value"].split()).replace("|", "¦")
    return f"⟦{name}⟧{inner}"


def _fields(head: str, file: str, language: Language) -> Iterator[Passage]:
    """The texts of the front matter, each at its own line."""
    try:
        node = compose_front_matter(head)
    except FrontMatterError:
        return  # composing the letter refuses it, with its line
    if isinstance(node, yaml.MappingNode):
        yield from _scalars(node, "", file, language)


def _scalars(
    node: yaml.MappingNode, prefix: str, file: str, language: Language
) -> Iterator[Passage]:
    for key, value in node.value:
        name = f"{prefix}{key.value}"
        if isinstance(value, yaml.MappingNode):
            yield from _scalars(value, f"{name}.", file, language)
            continue
        block = isinstance(value, yaml.ScalarNode) and value.style in ("|", ">")
        line = value.start_mark.line + 2 + block
        text = _TAG.sub(_replacement, _value(value)).replace("\x00", "").replace("\x01", "\n")
        text = _ESCAPED.sub(r"\1", text)
        yield Passage("field", text, language, Place(file, line=line), key=name)


def _value(node: yaml.Node) -> str:
    """A field as one text; a list's items ("[2, 3]") with commas between them."""
    if isinstance(node, yaml.SequenceNode):
        return ", ".join(_value(item) for item in node.value)
    return str(node.value)


def _blocks(
    source: str, numbers: Sequence[int], file: str, language: Language
) -> Iterator[Passage]:
    """The blocks of a Markdown text, with the annexure they stand in."""
    part = BODY
    for node in parse_markdown(source).walk():
        kind = _KINDS.get(node.type)
        if kind is None or node.map is None:
            continue
        level = int(node.tag[1:]) if kind == "heading" else 0
        part += level == 1
        item = _item_of(node)
        yield Passage(
            kind="item" if item and kind == "paragraph" else kind,
            text="\t".join(_plain(child) for child in node.children),
            language=language,
            place=Place(file, line=numbers[node.map[0]]),
            part=part,
            level=_depth(node) if item else level,
            bold=sum(child.type == "strong" for child in node.walk()),
            typed=f"{item.info}{item.markup}" if item else "",
            ordered=bool(item and item.parent and item.parent.type == "ordered_list"),
        )


def _item_of(node: SyntaxTreeNode) -> SyntaxTreeNode | None:
    """The list item that a paragraph begins; None for its further paragraphs."""
    parent = node.parent
    is_first = parent is not None and parent.type == "list_item" and parent.children[0] is node
    return parent if is_first else None


def _depth(node: SyntaxTreeNode) -> int:
    """How many lists a list item lies in."""
    return 0 if node.parent is None else _depth(node.parent) + (node.parent.type == "list_item")


def _plain(node: SyntaxTreeNode) -> str:
    """The words of a block without their styles."""
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    if not node.children:
        return node.content if node.type != "inline" else ""
    return "".join(_plain(child) for child in node.children)


def _settings_passages(edition: Edition, language: Language) -> Iterator[Passage]:
    for key, texts in _settings_texts(edition):
        if text := texts.get(language):
            yield Passage(
                "value", text, language, setting_place(edition, f"{key}.{language}"), key=key
            )


def _settings_texts(edition: Edition) -> Iterator[tuple[str, Mapping[Language, str]]]:
    """Every text of the settings that stands in several languages, by its key."""
    yield "signatory.name", edition.signatory.name
    yield "signatory.designation", edition.signatory.designation
    yield "letterhead.organisation", edition.letterhead.organisation
    yield "letterhead.lines", {c: "\n".join(ls) for c, ls in edition.letterhead.lines.items()}
    yield "letterhead.address", edition.letterhead.address or {}
    yield "place", edition.place or {}
    yield "contact.name", edition.contact.name if edition.contact else {}
    if edition.distribution:
        for key in ("to", "copy_to"):
            lists = getattr(edition.distribution, key).items()
            yield f"distribution.{key}", {code: "\n".join(lines) for code, lines in lists}
    for number, indicator in enumerate(edition.indicators):
        yield f"indicators.{number}.name", indicator.name
        yield f"indicators.{number}.objective", indicator.objective
        yield f"indicators.{number}.definition", indicator.definition
    for number, band in enumerate(edition.bands):
        yield f"bands.{number}.name", band.name


def setting_place(edition: Edition, key: str) -> Place:
    """Where a setting stands, or the nearest table above it."""
    while key and key not in edition.places:
        key = key.rpartition(".")[0]
    place = edition.places.get(key, Place("edition.toml"))
    return place if place.line else Place("edition.toml")


def _recipient_passages(recipient: Recipient, language: Language) -> Iterator[Passage]:
    for column in RECIPIENT_TEXTS:
        name = f"{column}_{language}"
        text = getattr(recipient, column).get(language)
        if text and name in recipient.places:
            place = recipient.places[name]
            yield Passage("value", text, language, place, key=name, who=recipient.id)
