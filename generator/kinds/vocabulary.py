"""What a template may use, and what is said where it uses something else."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from generator.compose.known_names import Known, dotted
from generator.inputs.nearest import nearest_name
from generator.kinds.nesting import Fault


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a template may use. ``listed`` says where an officer finds its names."""

    names: Mapping[str, Known]
    filters: tuple[str, ...] = ()
    macros: bool = True
    listed: str = "letter_templates/README.md lists all names"


@dataclass(frozen=True, slots=True)
class Seen:
    """A name with its path, as it is written, or what stands for a value that is not known."""

    path: str
    known: Known | None = None
    written: str = ""


def not_printable(value: Seen, known: Known, line: int, vocabulary: Vocabulary) -> Fault:
    """A list, a group of names or a choice is printed."""
    fields = known.fields or (known.row.fields if known.row else {})
    below = [name for name, inner in fields.items() if inner.printed or inner.fields]
    what = "is a list" if known.row else "has names below it" if below else "is true or false"
    shown = [f"row.{b}" if known.row else f"{value.written}.{b}" for b in below]
    return Fault(
        "names-known",
        line,
        f"“{value.written}” {what}, and no text that can be printed",
        " or ".join(shown[:3]) if below else f"{{% if {value.written} %}} … {{% endif %}}",
        f"Print a text; {vocabulary.listed}.",
    )


def no_list(value: Seen, line: int, vocabulary: Vocabulary) -> Fault:
    """A loop goes over what is no list."""
    lists = [name for name, known in vocabulary.names.items() if known.row]
    return Fault(
        "names-known",
        line,
        f"“{value.written}” is no list, so that no loop can go over it",
        nearest_name(value.path, lists),
        f"Name a list; {vocabulary.listed}.",
    )


def no_field(value: Seen, name: str, line: int, vocabulary: Vocabulary) -> Fault:
    """There is no such name behind the dot."""
    fields = value.known.fields if value.known else {}
    row = value.known.row.fields if value.known and value.known.row else {}
    if name in row:
        expected = f"{{% for row in {value.written} %}} … {{{{ row.{name} }}}}"
    else:
        near = nearest_name(name, fields)
        offered = [near] if near else list(fields)
        expected = " or ".join(f"{value.written}.{field}" for field in offered)
    return Fault(
        "names-known",
        line,
        f"“{value.written}.{name}” is not a name that may be used here",
        expected or value.written,
        f"Correct the name; {vocabulary.listed}.",
    )


def no_word(what: str, name: str, known: Sequence[str], line: int) -> Fault:
    """There is no such filter or test."""
    message, remedy = f"There is no {what} “{name}”", f"The {what}s are: {', '.join(known)}."
    return Fault(
        "names-known", line, message, nearest_name(name, known), remedy if known else "Delete it."
    )


def no_name(
    path: str, line: int, vocabulary: Vocabulary, own: Collection[str], loops: Collection[str]
) -> Fault:
    """There is no such name.

    Args:
        path: As it is written.
        line: Where.
        vocabulary: What the template may use.
        own: The names that its own loops, macros and settings give there.
        loops: The variables of all its loops.
    """
    first = path.partition(".")[0]
    if first in loops or first == "loop":
        message = f"“{path}” is used outside the loop that gives it"
        expected = "inside a loop" if first == "loop" else f"inside {{% for {first} in … %}}"
    else:
        message = f"“{path}” is not a name that may be used here"
        offered = (*dotted(vocabulary.names), *own)
        expected = _open_group(path, vocabulary) or nearest_name(path, offered)
    return Fault("names-known", line, message, expected, f"Correct the name; {vocabulary.listed}.")


def _open_group(path: str, vocabulary: Vocabulary) -> str:
    """For "fact.learners" it is "facts.learners": any name may stand behind its dot."""
    first, dot, rest = path.partition(".")
    open_ = [name for name, known in vocabulary.names.items() if known.every]
    near = nearest_name(first, open_) if rest else ""
    return f"{near}{dot}{rest}" if near else ""
