"""The figures that stand in the texts as somebody wrote them: one explanation a passage."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten

from generator.audit.texts.passages import Passage, edition_passages
from generator.audit.texts.quantities import quantities, spell
from generator.content import FIELDS_ABOVE, FIELDS_BELOW
from generator.explain.explanation import Addressee, Explanation

SECTION = "Figures of the texts"
WIDTH = 48
"""How much of a passage says which it is."""


def explain_texts(addressee: Addressee) -> Iterator[Explanation]:
    """Every passage that the letter prints and that holds a figure as written."""
    for passage in edition_passages(addressee.edition):
        if not _is_printed(passage, addressee):
            continue
        found = quantities(passage.text, passage.language)
        if figures := spell(q for q in found if q.kind in ("number", "percent")):
            name = shorten(passage.text, WIDTH, placeholder=" …")
            yield Explanation(SECTION, name, figures, "as written", (passage.place,))


def _is_printed(passage: Passage, addressee: Addressee) -> bool:
    """Whether the passage stands in this letter, as far as a text can tell."""
    if passage.language not in addressee.languages:
        return False
    if passage.kind == "field":
        return passage.key.partition(".")[0] in (*FIELDS_ABOVE, *FIELDS_BELOW)
    return passage.who in (None, addressee.recipient.id)
