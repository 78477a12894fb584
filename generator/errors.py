"""Every refusal, with its exit code (the contract's table) and its remedy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from traceback import extract_tb
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.findings import Finding


class PatraError(Exception):
    """A refusal that the user can act on; anything else that is raised is a bug (exit code 1).

    Args:
        message: Where, what stands there, what was expected.
        remedy: What to do.
        findings: All the problems behind the refusal, where there are several.
    """

    exit_code = 1

    def __init__(self, message: str, remedy: str = "", findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.findings = tuple(findings)

    def __reduce__(self) -> tuple[type[PatraError], tuple[str, str, tuple[Finding, ...]]]:
        """Raised in a worker process, it reaches the parent whole."""
        return type(self), (self.message, self.remedy, self.findings)


class UsageError(PatraError):
    """The command line is wrong."""

    exit_code = 2


class InputError(PatraError):
    """An input cannot be opened or understood as a whole."""

    exit_code = 3


class FindingsError(PatraError):
    """Findings of severity error stand; nothing was issued."""

    exit_code = 4


class TemplateError(PatraError):
    """A template is broken."""

    exit_code = 5


class RenderError(PatraError):
    """Letters failed to render; the others were issued."""

    exit_code = 6


class ArchiveError(PatraError):
    """The register or the archive refuses."""

    exit_code = 7


class TracedError(Exception):
    """Stands behind an error that arose in another process; its text is that error's trace."""


def trace_of(error: BaseException) -> str:
    """Where an error arose, and those behind it: types, files, lines and functions.

    What the errors say is left out: it may hold what a cell or a recipient's row holds, and a log
    names no one.
    """
    return "\n".join(_trace_lines(error))


def _trace_lines(error: BaseException) -> Iterator[str]:
    if isinstance(error, TracedError):
        yield str(error)
        return
    behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if behind:
        yield from _trace_lines(behind)
        yield "and then"
    number = f" (errno {error.errno})" if isinstance(error, OSError) else ""
    yield f"{type(error).__module__}.{type(error).__qualname__}{number}"
    for frame in extract_tb(error.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
