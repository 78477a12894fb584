"""One section of ``letter.docx`` as a template of its own, rendered through docxtpl."""

from __future__ import annotations

import io
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Template, nodes
from lxml import etree

from generator.errors import TemplateError
from generator.render.docx.dress import dress_runs
from generator.render.docx.marks import expand_marks
from generator.render.docx.styles import Styles
from generator.render.docx.used import Used, used_in, used_together
from generator.render.docx.wordml import parse
from generator.sandbox import FAILURES, Sandbox, told


class Environment(Sandbox):
    """The sandbox of ``letter.docx``: escapes, and compiles each source once."""

    def __init__(self) -> None:
        super().__init__(autoescape=True)
        self._compiled: dict[str, Template] = {}

    def from_string(
        self,
        source: str | nodes.Template,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - the name is Jinja2's
        template_class: type[Template] | None = None,
    ) -> Template:
        """The template of a source; docxtpl asks for the same ones again with every letter."""
        if not isinstance(source, str) or globals or template_class:
            return super().from_string(source, globals, template_class)
        if source not in self._compiled:
            self._compiled[source] = super().from_string(source)
        return self._compiled[source]


@dataclass(frozen=True, slots=True)
class RenderedSection:
    """A finished section: its content with ``w:sectPr`` last, and its heads and feet.

    ``frames`` maps the relationship ids that ``w:sectPr`` refers to, to the parts' XML; ``used``
    says what it is set in.
    """

    body: etree._Element
    frames: Mapping[str, bytes]
    used: Used


class SectionTemplate:
    """A section as a Word file that holds nothing else.

    Args:
        data: A Word file with one section; its document part knows its heads and feet alone.
        place: What to call it in messages.
        environment: Shared by all sections.
        styles: The template's.
    """

    def __init__(self, data: bytes, place: str, environment: Environment, styles: Styles) -> None:
        self._place = place
        self._environment = environment
        self._styles = styles
        self._template = DocxTemplate(io.BytesIO(data))
        self._template.render_init()

    def render(self, values: Mapping[str, object]) -> RenderedSection:
        """Puts the values into the tags.

        Raises:
            TemplateError: A tag fails, or tags begin and end in different paragraphs or cells.
        """
        template, environment = self._template, self._environment
        try:
            body = self._finished(template.build_xml(values, environment))
            frames = {
                relationship: xml
                for uri in (template.HEADER_URI, template.FOOTER_URI)
                for relationship, xml in template.build_headers_footers_xml(
                    values, uri, environment
                )
            }
        except FAILURES as error:
            raise TemplateError(
                f"{self._place}: {told(error)}.",
                "Correct the tag in Word; letter_templates/README.md lists the names.",
            ) from error
        roots = {key: self._finished(xml) for key, xml in frames.items()}
        used = used_together(used_in(root, self._styles) for root in (body, *roots.values()))
        return RenderedSection(body, {key: etree.tostring(r) for key, r in roots.items()}, used)

    def _finished(self, xml: str | bytes) -> etree._Element:
        try:
            root = parse(xml)
        except etree.XMLSyntaxError as error:
            raise TemplateError(
                f"{self._place}: a tag opens in one paragraph or cell and closes in another.",
                "Put {%p if … %}, {%p for … %} and their ends each alone in a paragraph of its "
                "own (in tables: {%tr … %} in a row of its own).",
            ) from error
        expand_marks(root)
        dress_runs(root, self._styles)
        return root
