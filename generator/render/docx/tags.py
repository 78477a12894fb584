"""The tags in a ``letter.docx``, checked once when it is read: unknown names, wrong forms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from jinja2 import Environment, TemplateSyntaxError, meta
from lxml import etree

from generator.errors import TemplateError
from generator.render.docx.values import BLOCK_NAMES
from generator.render.docx.wordml import w
from generator.sandbox import told

_PRINTED = re.compile(r"\{\{(?:(p|tr|tc|r)\s)?\s*(\w+)[^}]*\}\}")
_README = "letter_templates/README.md lists the names and how they are written."


def tag_texts(root: etree._Element) -> list[str]:
    """The text of every paragraph that holds a tag, as one string however Word has cut it."""
    texts = ("".join(t.text or "" for t in p.iter(w("t"))) for p in root.iter(w("p")))
    return [text for text in texts if "{{" in text or "{%" in text or "{#" in text]


def check_tags(
    texts: Iterable[str], known: frozenset[str], place: str, environment: Environment
) -> frozenset[str]:
    """Checks the tags of one section (with its heads and feet) and returns the names they use.

    Args:
        texts: What ``tag_texts`` gives.
        known: The names that exist in this section.
        place: Where the tags stand, for messages.
        environment: The one that the section will be rendered with.

    Raises:
        TemplateError: A tag is not well-formed, names something that is not there, or prints
            blocks among text or text without a paragraph.
    """
    texts = list(texts)
    for text in texts:
        _check_forms(text, place)
    used = _used_names(texts, place, environment)
    unknown = sorted(used - known - environment.globals.keys())
    if unknown:
        raise TemplateError(
            f"{place}: unknown {_tag_list(unknown)}.", _suggestion(unknown, known) + _README
        )
    return used


def _check_forms(text: str, place: str) -> None:
    for form, name in _PRINTED.findall(text):
        blocks = name in BLOCK_NAMES
        alone = _PRINTED.sub("", text).strip() == ""
        if blocks and not (form == "p" and alone):
            raise TemplateError(
                f"{place}: {{{{{form} {name} }}}} prints whole paragraphs and tables.",
                f"Write {{{{p {name} }}}}, alone in a paragraph of its own.",
            )
        if form and not blocks:
            raise TemplateError(
                f"{place}: {{{{{form} {name} }}}} prints text, not a paragraph.",
                f"Write {{{{ {name} }}}}.",
            )


def _used_names(texts: list[str], place: str, environment: Environment) -> frozenset[str]:
    source = "\n".join(_plain_tags(text) for text in texts)
    try:
        return frozenset(meta.find_undeclared_variables(environment.parse(source)))
    except TemplateSyntaxError as error:
        line = source.splitlines()[error.lineno - 1 : error.lineno]
        raise TemplateError(
            f"{place}: broken tag in {' '.join(line).strip()!r}: {error.message}", _README
        ) from error
    except RecursionError as error:
        raise TemplateError(f"{place}: {told(error)}.", _README) from error


def _plain_tags(text: str) -> str:
    """Jinja without docxtpl's letters for paragraph, row, cell and run; straight quotes."""
    text = re.sub(r"(\{[{%#])(?:p|tr|tc|r)\s", r"\1 ", text)
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def _tag_list(names: list[str]) -> str:
    return ("tag " if len(names) == 1 else "tags ") + ", ".join(f"{{{{ {n} }}}}" for n in names)


def _suggestion(unknown: list[str], known: frozenset[str]) -> str:
    near = get_close_matches(unknown[0], sorted(known), n=1)
    return f"Did you mean {{{{ {near[0]} }}}}? " if near else ""
