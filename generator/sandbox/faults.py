"""What a template's fault raises, and what is said of it; what a tag may print at all."""

from __future__ import annotations

from jinja2 import TemplateError as JinjaError
from jinja2 import TemplateSyntaxError, Undefined
from jinja2.exceptions import SecurityError
from markupsafe import Markup

FAILURES = (
    JinjaError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What a template's fault raises, when it is compiled or rendered."""
TOO_DEEP = "tags lie too deep in one another"


def line_of(error: BaseException, file: str) -> int | None:
    """The line of a template at which its reading or rendering stopped."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    line, frame = None, error.__traceback__
    while frame:  # there may be a thousand
        if frame.tb_frame.f_code.co_filename == file:
            line = frame.tb_lineno
        frame = frame.tb_next
    return line


def told(error: BaseException) -> str:
    """What to say of one of ``FAILURES``, or of a file that cannot be read."""
    if isinstance(error, RecursionError):
        return f"{TOO_DEEP}, or macros call each other without end"
    if isinstance(error, MemoryError):
        return f"{TOO_DEEP}, or make more than the machine can hold"
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    message = error.message if isinstance(error, JinjaError) else str(error)
    return message or type(error).__name__


def text_of(value: object) -> str:
    """A value as it is printed, where it is a text, a whole number or finished markup.

    Raises:
        SecurityError: It is anything else; what that prints was meant for programmers.
    """
    if isinstance(value, Undefined):
        return str(value)  # StrictUndefined raises here, naming what is missing
    if not isinstance(value, str) and hasattr(value, "__html__"):
        return Markup(value.__html__())  # noqa: S704 - it says of itself that it is markup
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise SecurityError(f"a tag prints a {type(value).__name__}, which is no text")
