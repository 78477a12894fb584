"""A kind's text file: front matter and body as Jinja2 templates, rendered before Markdown.

Every value put in is Markdown-escaped, so that a name with ``* _ | [ <`` prints as typed; what is
Markdown already (a compendium section, ``bold_if``) is of type Markdown and passes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import Template, UndefinedError

from generator.content import FIELDS_ABOVE, FIELDS_BELOW
from generator.errors import TemplateError
from generator.markdown import escape_markdown
from generator.model import Text
from generator.sandbox import FAILURES, Sandbox, line_of, text_of, told
from generator.text_limits import FrontMatterError, load_front_matter

FENCE = "---\n"
REQUIRED = ("title", "number", "date", "subject", "addressee")
KEYS = (*FIELDS_ABOVE, *FIELDS_BELOW, "title", "items", "shared_annexures")
MOST_CHARACTERS = 1_000_000
"""Characters that a text may come to with all values put in: a long one has a tenth."""
GENDERS = ("m", "f", "other")
UNDEFINED_REMEDY = (
    "Correct the name (letter_templates/README.md lists all), or give it a value in edition.toml: "
    "facts.… under [facts], contact.… under [contact]."
)


class Markdown(str):
    """A value that is Markdown already and is not escaped."""

    __slots__ = ()


def finish(text: str) -> str:
    """What is printed for a value: Markdown as it is, everything else escaped."""
    return text if isinstance(text, Markdown) else Markdown(escape_markdown(text))


def bold_if(value: object, when: object) -> Markdown:
    """The filter ``bold_if``: the value in bold where the condition holds."""
    text = finish(text_of(value))
    return Markdown(f"**{text}**" if when and text else text)


_SANDBOX = Sandbox(
    {"bold_if": bold_if}, finish, autoescape=False, characters=MOST_CHARACTERS, macros=False
)


@dataclass(frozen=True)
class TextTemplate:
    """A text file, parsed: templates of its fields (one a gender, or under "other"), and body."""

    file: str
    fields: Mapping[str, Mapping[str, Template]]
    body: Template
    items: str
    shared: tuple[int, ...]

    def render_field(self, name: str, context: Mapping[str, object], gender: str | None) -> str:
        """A field's Markdown, in the form for the gender; "" where the text has no such field."""
        forms = self.fields.get(name, {})
        template = forms.get(gender or "other") or forms.get("other")
        if template is None:
            return ""
        return _render(template, context, f'{self.file}, front matter "{name}"')

    def render_body(self, context: Mapping[str, object]) -> str:
        """The body's Markdown, all values put in."""
        return _render(self.body, context, self.file)


@cache
def parse_text(text: Text) -> TextTemplate:
    """Parses a text file; once per process.

    Raises:
        TemplateError: Front matter missing or not understood, unknown or missing keys, broken
            tags; with file and line.
    """
    head, body, offset = _split(text)
    settings = _read_front_matter(head, text.file)
    fields = {key: _forms(settings[key], key, text.file) for key in settings if key in _FIELDS}
    return TextTemplate(
        file=text.file,
        fields=fields,
        body=_compile("\n" * offset + body, text.file),
        items=str(settings.get("items", "a)")),
        shared=_shared(settings, text.file),
    )


_FIELDS = (*FIELDS_ABOVE, *FIELDS_BELOW, "title")


def _split(text: Text) -> tuple[str, str, int]:
    if not text.source.startswith(FENCE) or text.source.count("\n" + FENCE) < 1:
        raise TemplateError(
            f"{text.file}, line 1: no front matter",
            "Begin the file with a line ---, the keys, and a second line ---.",
        )
    head, body = text.source.removeprefix(FENCE).split("\n" + FENCE, 1)
    return head, body, head.count("\n") + 3


def _read_front_matter(head: str, file: str) -> dict[str, object]:
    try:
        settings = load_front_matter(head)
    except FrontMatterError as error:
        line = f", line {error.line + 1}" if error.line else ""
        raise TemplateError(
            f"{file}{line}: the front matter cannot be read: {error.problem}",
            'Write each key as   key: "value"   on its own line.',
        ) from error
    settings = settings if isinstance(settings, dict) else {}
    unknown = [str(key) for key in settings if key not in KEYS]
    missing = [key for key in REQUIRED if key not in settings]
    if unknown or missing:
        raise TemplateError(
            f"{file}: front matter keys unknown: {unknown or 'none'}, missing: {missing or 'none'}",
            f"The keys are: {', '.join(KEYS)}.",
        )
    return settings


def _shared(settings: Mapping[str, object], file: str) -> tuple[int, ...]:
    shared = settings.get("shared_annexures") or []
    if not isinstance(shared, list) or not all(isinstance(n, int) for n in shared):
        raise TemplateError(
            f"{file}: shared_annexures is {shared!r}", "Write a list of numbers: [2, 3]."
        )
    return tuple(shared)


def _forms(value: object, key: str, file: str) -> dict[str, Template]:
    forms = value if isinstance(value, dict) else {"other": "" if value is None else value}
    unknown = [form for form in forms if form not in GENDERS]
    if unknown:
        raise TemplateError(
            f'{file}, front matter "{key}": forms {unknown}', "The forms are m, f and other."
        )
    where = f'{file}, front matter "{key}"'
    if any(isinstance(source, dict | list) for source in forms.values()):
        raise TemplateError(f"{where}: a list, and not a text", "Put the text in quotation marks.")
    return {form: _compile(str(source), where) for form, source in forms.items()}


def _compile(source: str, where: str) -> Template:
    try:
        return _SANDBOX.read(source, where)
    except FAILURES as error:
        raise _refusal(error, where, "Close or correct the tag.") from error


def _render(template: Template, context: Mapping[str, object], where: str) -> str:
    try:
        return template.render(context)
    except FAILURES as error:
        unknown = isinstance(error, UndefinedError)
        raise _refusal(error, where, UNDEFINED_REMEDY if unknown else "Correct the tag.") from error


def _refusal(error: Exception, where: str, remedy: str) -> TemplateError:
    line = line_of(error, where)
    return TemplateError(f"{where}{f', line {line}' if line else ''}: {told(error)}", remedy)
