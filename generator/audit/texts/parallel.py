"""Do all languages say the same: the same blocks, bold words, figures and placeholders.

Domain LANG-02 and section 6 (parity). A letter is bilingual only where both versions say the same
(Official Languages Rules 1976, r. 3; both languages are issued together).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import zip_longest

from generator.audit.dossier import Dossier
from generator.audit.texts.citations import Style, blank_citations
from generator.audit.texts.pairs import (
    Pair,
    Version,
    base,
    other_place,
    quote,
    shape,
    text_pairs,
    value_pairs,
)
from generator.audit.texts.passages import PLACEHOLDER, Passage
from generator.audit.texts.quantities import differences, quantities, spell
from generator.findings import Finding, Severity
from generator.locales import LANGUAGES, language_name
from generator.model import Place

_KINDS = {
    "heading": "heading",
    "paragraph": "paragraph",
    "item": "list item",
    "row": "table row",
}


def check_blocks_parallel(case: Dossier) -> Iterator[Finding]:
    """Every translation has the blocks of its original, in the same order (domain LANG-02)."""
    for pair in text_pairs(case.edition):
        if not pair.parallel:
            message, where = _key_fault(pair) or _block_fault(pair)
            yield Finding(
                Severity.ERROR,
                "blocks-parallel",
                message,
                "Compare the two texts, and bring the one that is behind up to date.",
                where=where,
            )


def check_bold_parallel(case: Dossier) -> Iterator[Finding]:
    """Every block has as many bold passages in each language (domain, section 6)."""
    for pair in text_pairs(case.edition):
        for passage, original in pair.passages():
            if passage.bold != original.bold:
                yield Finding(
                    Severity.WARNING,
                    "bold-parallel",
                    f"{_number(passage.bold, 'bold passage')} in the "
                    f"{language_name(passage.language)} of “{quote(original)}”, "
                    f"{original.bold} in the {language_name(original.language)} "
                    f"({other_place(original)})",
                    "Make the same words bold in both languages (**words**).",
                    where=passage.place,
                )


def check_figures_parallel(case: Dossier) -> Iterator[Finding]:
    """Every block holds the same figures in each language (domain LANG-02, section 6).

    Numbers of annexures are left to ``annexures-cited``; where placeholders differ, that alone
    is told, since a figure may stand in place of one.
    """
    for pair in text_pairs(case.edition):
        styles = (pair.translation.style, pair.original.style) if pair.original.is_kind else None
        for passage, original in pair.passages():
            yield from _compare_figures(passage, original, styles)
    for passage, original in value_pairs(case.edition):
        yield from _compare_figures(passage, original)


def _compare_figures(
    passage: Passage, original: Passage, styles: tuple[Style, Style] | None = None
) -> Iterator[Finding]:
    if LANGUAGES[passage.language].quantities is None:
        return
    texts = [passage.text, original.text]
    if styles:
        texts = [blank_citations(t, s) for t, s in zip(texts, styles, strict=True)]
    surplus, lack = differences((texts[0], passage.language), (texts[1], original.language))
    if not (surplus or lack) or _placeholders(passage) != _placeholders(original):
        return
    start = min((quantity.start for quantity in surplus), default=0)
    yield Finding(
        Severity.ERROR,
        "figures-parallel",
        "The figures differ: " + _only(passage, original, spell(surplus), spell(lack)),
        "Write the same figures in both languages.",
        where=passage.place if passage.kind == "value" else passage.place_at(start),
    )


def check_placeholders_parallel(case: Dossier) -> Iterator[Finding]:
    """Every block holds the same placeholders in each language, in any order (domain LANG-02)."""
    for pair in text_pairs(case.edition):
        for passage, original in pair.passages():
            ours, theirs = _placeholders(passage), _placeholders(original)
            if ours != theirs:
                surplus, lack = (", ".join(sorted(c)) for c in (ours - theirs, theirs - ours))
                yield Finding(
                    Severity.ERROR,
                    "placeholders-parallel",
                    "The placeholders differ: " + _only(passage, original, surplus, lack),
                    "Put the same names in double braces in both languages.",
                    where=passage.place,
                )


def _placeholders(passage: Passage) -> Counter[str]:
    names = PLACEHOLDER.findall(passage.text)
    return Counter("{{ " + name.replace("¦", "|") + " }}" for name in names)


def _only(passage: Passage, original: Passage, ours: str, theirs: str) -> str:
    """What stands in one language alone, and where the original is."""
    parts = [
        f"{what} only in the {language_name(p.language)}"
        for what, p in ((ours, passage), (theirs, original))
        if what
    ]
    return f"{'; '.join(parts)} ({other_place(original)})"


def _key_fault(pair: Pair) -> tuple[str, Place] | None:
    """A key of the front matter that one of the two lacks, and where to look."""
    ours, theirs = pair.translation, pair.original
    for has, lacks in ((theirs, ours), (ours, theirs)):
        known = {base(key) for key in lacks.fields}
        for key, field in has.fields.items():
            if base(key) not in known:
                where = field.place if has is ours else ours.text.place(1)
                told = f"the {has.name} has it ({other_place(field)})"
                return f"The front matter of the {lacks.name} has no {base(key)}; {told}", where
    return None


def _block_fault(pair: Pair) -> tuple[str, Place]:
    """How the blocks of the two differ and where they part, and where to look."""
    ours, theirs = pair.translation, pair.original
    counts = [Counter(block.kind for block in version.blocks) for version in (ours, theirs)]
    kinds = [kind for kind in _KINDS if counts[0][kind] != counts[1][kind]]
    here, there = _parting(ours, theirs, _look if kinds else shape)
    if kinds:
        told = (
            " and ".join(_number(counts[0][kind], _KINDS[kind]) for kind in kinds),
            " and ".join(str(counts[1][kind]) for kind in kinds),
        )
    else:
        told = _describe(here), _describe(there)
    message = f"The {ours.name} has {told[0]}, the {theirs.name} {told[1]}; "
    if there:
        message += f"they part at “{quote(there)}” ({other_place(there)})"
    elif here:
        message += f"{theirs.text.file} ends before “{quote(here)}”"
    last = ours.text.source.rstrip().count("\n") + 1
    return message, here.place if here else ours.text.place(last)


def _parting(
    ours: Version, theirs: Version, look: Callable[[Passage], tuple[object, ...]]
) -> tuple[Passage | None, Passage | None]:
    """The first blocks that do not look the same; None behind the end of a text."""
    pairs = zip_longest(ours.blocks, theirs.blocks)
    return next((a, b) for a, b in pairs if not (a and b) or look(a) != look(b))


def _look(block: Passage) -> tuple[object, ...]:
    """What tells a block from its neighbours in every language: shape, number and figures."""
    return (*shape(block), block.typed, quantities(block.text, block.language))


def _describe(block: Passage | None) -> str:
    """A block as it stands where two texts of as many blocks part."""
    if block is None:
        return "nothing"
    kind = _KINDS[block.kind]
    if block.kind == "row":
        return f"a {kind} of {_number(shape(block)[-1], 'cell')}"
    numbered = f"{'numbered' if block.ordered else 'bulleted'} " if block.kind == "item" else ""
    return f"a {numbered}{kind}" + (f" of level {block.level}" if block.level else "")


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
