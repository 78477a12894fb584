"""A letter put together: letterhead, fields, body and annexures of each version."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from generator.compose.data import build_data
from generator.compose.levels import mark_levels
from generator.compose.names import build_names
from generator.compose.texts import TextTemplate, parse_text
from generator.content import (
    FIELDS_ABOVE,
    FIELDS_BELOW,
    Annexure,
    Block,
    Heading,
    HeadLine,
    Inline,
    Letter,
    Letterhead,
    Paragraph,
    Running,
    Span,
    Tongue,
    Version,
    plain,
)
from generator.errors import TemplateError
from generator.locales import LANGUAGES, OWN, format_date, label, service_name
from generator.markdown import read_inline, read_markdown
from generator.model import Edition, Language, Recipient, Scorecard

ANNEXURE = re.compile(r"^(?=# )", re.MULTILINE)
"""Where an annexure begins in the Markdown of a letter."""
ANNEXURE_LABEL = re.compile(r"[\s:.–-](\d{1,2}|[A-Z]|[IVX]{1,4}|[\u0915-\u0939])$")
"""What an annexure's heading ends in: ANNEXURE 1, Annexure A, अनुलग्नक-क."""
LISTS = ("to", "copy_to")
"""Fields whose lines hang from their labels."""
LABEL = re.compile(r"(\((?:\d{1,2}|[ivxl]+|[a-z]|[\u0915-\u0939])\)|\d{1,2}\.)\s+(?=\S)")
LATER = frozenset({"issuer", "office", "heading", *LISTS})
"""Fields that letters issued before there were memoranda do not have: empty, they are left out, so
that the fingerprint of such a letter is what it was."""


@dataclass(frozen=True, slots=True)
class Revised:
    """A revision of a letter that was issued: 2 or more, and the date that it bears."""

    revision: int
    on: date


def compose_letter(
    edition: Edition,
    cards: Mapping[str, Scorecard],
    recipient: Recipient,
    number: str,
    revised: Revised | None = None,
) -> Letter:
    """The finished letter to one recipient, all its versions under one number.

    Args:
        edition: The edition as read.
        cards: Every recipient's scorecard (the ranking shows the whole category).
        recipient: To whom.
        number: The DO number; "" makes a draft.
        revised: Which revision it is and its date; None: the letter as first issued.

    Raises:
        TemplateError: A text is broken, or names what this recipient has not.
    """
    languages = recipient.versions or edition.versions
    versions = tuple(
        _compose_version(edition, cards, recipient, number, language, revised)
        for language in languages
    )
    first = versions[0]
    issue = (revised.revision, revised.on) if revised else (1, edition.date)
    return Letter(
        who=recipient.id,
        number=number,
        date=issue[1],
        revision=issue[0],
        title=_only_line(first, "title"),
        subject=_only_line(first, "subject"),
        author=edition.letterhead.organisation[languages[0]],
        versions=versions,
        mark=_mark(edition, languages, draft=not number),
        further=_further(languages),
        data=build_data(edition, cards, recipient, number, issue, languages),
        embed_fonts=edition.embed_fonts,
    )


def _only_line(version: Version, name: str) -> str:
    return " ".join(plain(line) for line in version.fields.get(name, ()))


def _further(languages: Sequence[Language]) -> dict[Language, Tongue]:
    """What the pages need of the languages that the program does not bring along itself."""
    profiles = {code: LANGUAGES[code] for code in languages if code not in OWN}
    return {
        code: Tongue(profile.tag, profile.font, profile.script.letters if profile.script else "")
        for code, profile in profiles.items()
    }


def _mark(edition: Edition, versions: Sequence[Language], *, draft: bool) -> tuple[HeadLine, ...]:
    """The line on every page of a draft or specimen: in Hindi, English and the letter's own."""
    marks = (["DRAFT"] if draft else []) + (["SPECIMEN"] if edition.specimen else [])
    languages = [*sorted(OWN), *(code for code in versions if code not in OWN)]
    return tuple(HeadLine(label(mark, code), code) for mark in marks for code in languages)


def _compose_version(
    edition: Edition,
    cards: Mapping[str, Scorecard],
    recipient: Recipient,
    number: str,
    language: Language,
    revised: Revised | None,
) -> Version:
    text = parse_text(edition.texts[language])
    shown = f"{number} {label('(Revised)', language)}" if revised else number
    names = build_names(edition, cards, recipient, shown, language, text.date_style)
    if revised:
        names["date"] = format_date(revised.on, language, text.date_style)
    blocks = mark_levels(_read_body(text, names), edition.bands, language)
    body, annexures = _split_annexures(blocks, text)
    return Version(
        language=language,
        letterhead=_letterhead(edition) if text.letterhead else Letterhead((), ()),
        fields=_fields(text, names, edition, recipient, language),
        body=body,
        annexures=tuple(_with_foot(a, text, edition, language) for a in annexures),
        running=Running(shown, label("Page {page} of {pages}", language)),
    )


def _read_body(text: TextTemplate, names: Mapping[str, object]) -> tuple[Block, ...]:
    """The blocks of body and annexures, part by part: most are the same in many letters."""
    source = text.render_body(names)
    starts = [0, *(found.start() for found in ANNEXURE.finditer(source)), len(source)]
    return tuple(
        block
        for start, end in pairwise(starts)
        for block in _read_part(
            "\n" * source.count("\n", 0, start) + source[start:end], text.file, text.items
        )
    )


@lru_cache(maxsize=64)
def _read_part(source: str, file: str, items: str) -> tuple[Block, ...]:
    """The blocks of one part; the line ends before it keep its line numbers."""
    return read_markdown(source, file=file, items=items)


def _fields(
    text: TextTemplate,
    names: Mapping[str, object],
    edition: Edition,
    recipient: Recipient,
    language: Language,
) -> dict[str, tuple[Inline, ...]]:
    """Every field's lines, the forms of address by gender; empty lines are dropped."""
    genders = {"subscription": edition.signatory.gender}
    fields = {}
    for name in (*FIELDS_ABOVE, *FIELDS_BELOW, "title"):
        source = text.render_field(name, names, genders.get(name, recipient.gender))
        read = (read_inline(line.strip(), file=text.file) for line in source.splitlines())
        lines = tuple(line for line in read if line)
        if name in LISTS:
            lines = tuple(map(_hanging, lines))
        if lines or name not in LATER:
            fields[name] = lines
    if recipient.salutation.get(language):
        fields["salutation"] = ((Span(recipient.salutation[language]),),)
    return fields


def _hanging(line: Inline) -> Inline:
    """A line of a list, its label apart by a tab: "(i)", "2." or "(क)"."""
    label_found = LABEL.match(line[0].text)
    if label_found is None or line[0].bold or line[0].italic:
        return line
    rest = replace(line[0], text=line[0].text[label_found.end() :])
    return (Span(f"{label_found[1]}\t"), rest, *line[1:])


def _letterhead(edition: Edition) -> Letterhead:
    """Both versions carry the same bilingual letterhead, Hindi above English (OL Rules, r. 11)."""
    return Letterhead(
        left=tuple(line for code in OWN for line in _signatory_lines(edition, code)),
        right=tuple(line for code in OWN for line in _organisation_lines(edition, code)),
        logo=edition.letterhead.logo,
    )


def _signatory_lines(edition: Edition, language: Language) -> list[HeadLine]:
    signatory = edition.signatory
    service = service_name(signatory.service, language)
    name = ", ".join(part for part in (signatory.name[language], service) if part)
    return [
        HeadLine(name, language, bold=True),
        HeadLine(signatory.designation[language], language),
    ]


def _organisation_lines(edition: Edition, language: Language) -> list[HeadLine]:
    settings = edition.letterhead
    address = settings.address[language].splitlines() if settings.address else []
    lines = [*settings.lines.get(language, ()), *address]
    return [
        HeadLine(settings.organisation[language], language, bold=True),
        *(HeadLine(line, language) for line in lines),
    ]


def _split_annexures(
    blocks: tuple[Block, ...], text: TextTemplate
) -> tuple[tuple[Block, ...], list[Annexure]]:
    """The body is what stands before the first level-1 heading; each such heading begins one."""
    starts = [n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.level == 1]
    parts = [blocks[a:b] for a, b in pairwise([*starts, len(blocks)])]
    unknown = [number for number in text.shared if not 1 <= number <= len(parts)]
    if unknown:
        raise TemplateError(
            f"{text.file}: shared_annexures names {unknown}, but there are {len(parts)} annexures",
            "Correct the list, or write the missing annexure (# ANNEXURE …).",
        )
    body = blocks[: starts[0]] if starts else blocks
    return body, [Annexure(n, _mark_notes(part)) for n, part in enumerate(parts, 1)]


def _mark_notes(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """A paragraph wholly in brackets directly under an annexure's heading or title is its note."""
    marked = [blocks[0]]
    for above, block in pairwise(blocks):
        under_title = isinstance(above, Heading) and above.level <= 2
        if under_title and isinstance(block, Paragraph) and _bracketed(block):
            marked.append(replace(block, note=True))
        else:
            marked.append(block)
    return tuple(marked)


def _bracketed(block: Paragraph) -> bool:
    text = plain(block.text)
    return not block.number and text.startswith("(") and text.endswith(")")


def _with_foot(
    annexure: Annexure, text: TextTemplate, edition: Edition, language: Language
) -> Annexure:
    if annexure.number not in text.shared:
        return annexure
    pattern = label("Annexure {number} – page {page} of {pages}", language)
    heading = next(block for block in annexure.blocks if isinstance(block, Heading))
    named = ANNEXURE_LABEL.search(plain(heading.text))
    page = pattern.replace("{number}", named[1] if named else str(annexure.number))
    day = format_date(edition.date, language, text.date_style)
    return replace(annexure, running=Running(day, page))
