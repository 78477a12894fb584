"""The sandbox itself: Jinja2 with its list of what is allowed, and a budget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeAlias

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from generator.sandbox.allowed import PAY, PAY_LOOP, fault_of, put_in_payment, unknown, walk
from generator.sandbox.budget import MOST_CHARACTERS, Purse, pay, pay_for_each, pay_for_reading
from generator.sandbox.faults import text_of

Finish: TypeAlias = Callable[[str], str]
"""What is printed for a text."""

MOST_SOURCE = 2_000_000
"""Characters of a template: Jinja2 needs about five seconds for so many tags."""
_TESTS = ("defined", "undefined", "none", "odd", "even")


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2 for templates and texts that we do not trust.

    Args:
        filters: Those that the template may use, by name.
        finish: What is printed for a text; as it is where there is none.
        autoescape: Whether what is printed is escaped for XML.
        characters: How many one rendering may put together.
        macros: Whether the template may define macros and call them.
        trim: Whether a line that holds a tag alone is left out.
    """

    context_class = Purse

    def __init__(
        self,
        filters: Mapping[str, Callable[..., object]] | None = None,
        finish: Finish | None = None,
        *,
        autoescape: bool,
        characters: int = MOST_CHARACTERS,
        macros: bool = True,
        trim: bool = False,
    ) -> None:
        super().__init__(
            undefined=StrictUndefined,
            finalize=_printing(finish or _as_is),
            autoescape=autoescape,
            keep_trailing_newline=True,
            trim_blocks=trim,
            lstrip_blocks=trim,
        )
        self.characters = characters
        self._refused = frozenset() if macros else frozenset({nodes.Macro, nodes.Call})
        self.filters = {**(filters or {}), PAY: pay_for_reading, PAY_LOOP: pay_for_each}
        self.tests = {name: self.tests[name] for name in _TESTS}
        self.globals = {}

    def read(self, source: str, file: str) -> Template:
        """The template of a source; ``line_of`` finds its lines by the file's name.

        Raises:
            jinja2.TemplateError: It is broken, or uses what it may not; one of ``FAILURES``.
        """
        code = self.compile(source, filename=file)
        return Template.from_code(self, code, self.make_globals(None))

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        if len(source) > MOST_SOURCE:
            raise TemplateSyntaxError(f"the template is longer than {MOST_SOURCE:,} characters", 1)
        tree = super()._parse(source, name, filename)
        for node, line in list(walk(tree)):
            fault = unknown(node) if type(node) in self._refused else fault_of(node)
            if fault:
                raise TemplateSyntaxError(fault, line)
            put_in_payment(node)
        return tree

    def call(
        __self,  # noqa: N805 - a macro's own keywords may have any name
        __context: Context,
        __obj: object,
        *args: object,
        **kwargs: object,
    ) -> object:
        """Calls a macro and takes its price.

        Raises:
            SecurityError: It is no macro, or the budget is spent.
        """
        if not _is_callable(__obj):
            raise SecurityError("a tag calls what is no macro; it may be printed only")
        pay(__context, 1)
        return super().call(__context, __obj, *args, **kwargs)


@pass_context
def join(context: Context, values: Iterable[object], between: str = "") -> str:
    """The filter ``join``: a list's texts one after the other."""
    if isinstance(values, str):
        raise SecurityError("“join” is for lists")
    texts = [text_of(value) for value in values]
    pay(context, 0, sum(map(len, texts)) + len(texts) * len(between))
    return Markup.escape(between).join(texts)


def _is_callable(obj: object) -> bool:
    """Macros of the template itself, and a date's own way to be written."""
    of_date = isinstance(getattr(obj, "__self__", None), date)
    return isinstance(obj, Macro) or (of_date and getattr(obj, "__name__", "") == "isoformat")


def _as_is(text: str) -> str:
    return text


def _printing(finish: Finish) -> Callable[[Context, object], str]:
    """What Jinja2 asks of every value before it prints it."""

    @pass_context
    def printed(context: Context, value: object) -> str:
        text = text_of(value)
        pay(context, 0, len(text))
        return finish(text)

    return printed
