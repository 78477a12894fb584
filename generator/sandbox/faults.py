"""What a template's fault raises, and what is said of it; what a tag may print at all."""

from __future__ import annotations

import re

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
_BLOCK = re.compile(r"\{#.*?#\}|\{%[-+]?\s*(end)?(for|if|macro)\b", re.DOTALL)
_UNCLOSED = "Unexpected end of template"
_UNKNOWN = re.compile(r"^Encountered unknown tag '(\w+)'")


def line_of(error: BaseException, file: str) -> int | None:
    """The line of a template at which its reading or rendering stopped."""
    if isinstance(error, TemplateSyntaxError):
        unclosed = _unclosed(error)
        return unclosed[1] if unclosed else error.lineno
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
    if isinstance(error, TemplateSyntaxError) and (plain := _plain(error)):
        return plain
    message = error.message if isinstance(error, JinjaError) else str(error)
    return message or type(error).__name__


def _plain(error: TemplateSyntaxError) -> str:
    """What is wrong with loops and choices, in an officer's words; "" of other faults."""
    if unclosed := _unclosed(error):
        word = unclosed[0]
        return f"{{% {word} … %}} is never closed: {{% end{word} %}} is missing"
    unknown = _UNKNOWN.match(error.message or "")
    if unknown is None:
        return ""
    word = unknown[1]
    if word in ("else", "elif", "endfor", "endif", "endmacro"):
        return f"{{% {word} %}} stands where nothing is open that it belongs to"
    return f"there is no tag {{% {word} %}}"


def _unclosed(error: TemplateSyntaxError) -> tuple[str, int] | None:
    """The loop or choice that is still open at the template's end, and its line."""
    if error.source is None or not (error.message or "").startswith(_UNCLOSED):
        return None
    still: list[tuple[str, int]] = []
    for found in _BLOCK.finditer(error.source):
        if found[1] and still:
            still.pop()
        elif found[2] and not found[1]:
            still.append((found[2], error.source.count("\n", 0, found.start()) + 1))
    return still[-1] if still else None


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
