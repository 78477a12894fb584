"""The tags in a ``letter.docx``, checked once when it is read: unknown names, wrong forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from jinja2 import Environment, TemplateSyntaxError, meta
from lxml import etree

from generator.errors import TemplateError
from generator.render.docx.places import Places, own_text
from generator.render.docx.values import BLOCK_NAMES, LETTERHEAD_NAMES, OWN_NAMES, SHARED_NAMES
from generator.render.docx.wordml import w
from generator.sandbox import told

_PRINTED = re.compile(r"\{\{(?:(p|tr|tc|r)\s)?\s*(\w+)[^}]*\}\}")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_ENDS = re.compile(r"\{[{%#]|[}%#]\}")
_OF_LETTERHEAD = re.compile(r"\bletterhead\s*\.\s*(\w+)")
_PICTURES = (w("drawing"), w("pict"), w("object"))
_README = "letter_templates/README.md lists the names and how they are written."


@dataclass(frozen=True, slots=True)
class TagText:
    """The text of a paragraph that holds tags, as one string however Word has cut it.

    ``pictured`` says that a picture or text box is in it, or hangs on it.
    """

    text: str
    place: str
    pictured: bool = False


def tag_texts(root: etree._Element, places: Places) -> list[TagText]:
    """The paragraphs below ``root`` that hold a tag."""
    texts = [
        TagText(
            own_text(paragraph),
            places.get(paragraph, ""),
            next(paragraph.iter(*_PICTURES), None) is not None,
        )
        for paragraph in root.iter(w("p"))
    ]
    return [text for text in texts if _ENDS.search(text.text)]


def check_tags(
    texts: Iterable[TagText], known: frozenset[str], section: str, environment: Environment
) -> frozenset[str]:
    """Checks the tags of one section (with its heads and feet) and returns the names they use.

    Args:
        texts: What ``tag_texts`` gives.
        known: The names that exist in this section.
        section: Where the tags stand, for messages.
        environment: The one that the section will be rendered with.

    Raises:
        TemplateError: A tag is not well-formed, names something that is not there, or prints
            blocks among text or text without a paragraph.
    """
    texts = list(texts)
    for text in texts:
        _check_forms(text, f"{section}, {text.place}")
    used = _used_names(texts, section, environment)
    unknown = {name: rf"\b{name}\b" for name in sorted(used - known - environment.globals.keys())}
    for text in texts:
        for name in _OF_LETTERHEAD.findall(" ".join(_TAG.findall(text.text))):
            if name not in LETTERHEAD_NAMES:
                unknown[f"letterhead.{name}"] = rf"\bletterhead\s*\.\s*{name}\b"
    if unknown:
        told = "; ".join(_told(name, pattern, texts) for name, pattern in unknown.items())
        raise TemplateError(f"{section}: unknown {told}.", _suggestion(next(iter(unknown)), known))
    return used


def refuse_own_words(roots: Iterable[etree._Element], places: Places, file: str) -> None:
    """Refuses words that stand in the text itself, outside of tags; in heads and feet they may.

    What a letter says comes from its texts, in each of its languages, where it is checked; the
    file that is made must say that and nothing else.

    Raises:
        TemplateError: There are some; each place is told.
    """
    found = [
        place
        for root in roots
        for paragraph in root.iter(w("p"))
        if _TAG.sub("", own_text(paragraph)).strip() and (place := places.get(paragraph))
    ]
    if found:
        raise TemplateError(
            f"{file} has words outside of tags: {'; '.join(found)}.",
            "Write them in text.en.md and in text.hi.md, where every language has its own, and "
            "take them out of letter.docx. In headers and footers words may stand.",
        )


def _check_forms(text: TagText, place: str) -> None:
    if _ENDS.search(_TAG.sub("", text.text)):
        raise TemplateError(
            f"{place}: a tag is not closed, or not opened.",
            "Write a tag in one paragraph, from {{ to }} or from {% to %}.",
        )
    alone = _PRINTED.sub("", text.text).strip() == ""
    for form, name in _PRINTED.findall(text.text):
        blocks = name in BLOCK_NAMES
        if blocks and not (form == "p" and alone):
            raise TemplateError(
                f"{place}: {{{{{form} {name} }}}} prints whole paragraphs and tables.",
                f"Write {{{{p {name} }}}}, alone in a paragraph of its own.",
            )
        if blocks and text.pictured:
            raise TemplateError(
                f"{place}: a picture or text box hangs on the paragraph of {{{{p {name} }}}}.",
                "Drag its anchor to another paragraph, or put it into one of its own.",
            )
        if form and not blocks:
            raise TemplateError(
                f"{place}: {{{{{form} {name} }}}} prints text, not a paragraph.",
                f"Write {{{{ {name} }}}}.",
            )


def _used_names(texts: Sequence[TagText], section: str, environment: Environment) -> frozenset[str]:
    source = "\n".join(_plain_tags(text.text) for text in texts)
    try:
        return frozenset(meta.find_undeclared_variables(environment.parse(source)))
    except TemplateSyntaxError as error:
        text = texts[min(error.lineno, len(texts)) - 1]
        raise TemplateError(
            f"{section}, {text.place}: broken tag: {error.message}", _README
        ) from error
    except RecursionError as error:
        raise TemplateError(f"{section}: {told(error)}.", _README) from error


def _plain_tags(text: str) -> str:
    """Jinja without docxtpl's letters for paragraph, row, cell and run."""
    return re.sub(r"(\{[{%#])(?:p|tr|tc|r)\s", r"\1 ", text)


def _told(name: str, pattern: str, texts: Sequence[TagText]) -> str:
    tags = ((" ".join(_TAG.findall(text.text)), text.place) for text in texts)
    where = next((place for tag, place in tags if re.search(pattern, tag)), "")
    return f"tag {{{{ {name} }}}} in {where}" if where else f"tag {{{{ {name} }}}}"


def _suggestion(unknown: str, known: frozenset[str]) -> str:
    if unknown in OWN_NAMES | SHARED_NAMES:
        right, wrong = ("first", "second") if unknown in OWN_NAMES else ("second", "first")
        return (
            f"{{{{ {unknown} }}}} belongs in the {right} section, and stands in the {wrong}; a "
            "section ends at a section break (Layout, Breaks, Next Page)."
        )
    names = sorted(known) + [f"letterhead.{name}" for name in sorted(LETTERHEAD_NAMES)]
    near = get_close_matches(unknown, names, n=1)
    return (f"Did you mean {{{{ {near[0]} }}}}? " if near else "") + _README
