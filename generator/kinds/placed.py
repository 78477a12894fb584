"""The names of ``letter.docx`` and ``page.html``, and what both must place of what a text says."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.compose.known_names import CHOICE, TEXT, Known, group
from generator.content import FIELDS_ABOVE, FIELDS_BELOW
from generator.findings import Finding
from generator.inputs.nearest import nearest_name
from generator.kinds.nesting import Fault
from generator.kinds.sources import error, warning
from generator.kinds.vocabulary import Vocabulary
from generator.model import Place

FIELDS = (*FIELDS_ABOVE, *FIELDS_BELOW)
_LINES = Known(printed=True, row=TEXT)
_BLOCKS = Known(blocks=True)
_HEAD = Known(row=group("text", "language", choices=("bold",)))
_DATE = Known(fields={"isoformat": TEXT})
_IN_WORD: Mapping[str, Known] = {"mark": _LINES, "foot": TEXT, "page": TEXT}
"""In ``letter.docx``, in heads and feet of both sections."""
OWN_SECTION = Vocabulary(
    {
        **_IN_WORD,
        "letterhead": Known(fields={"left": _LINES, "right": _LINES, "logo": TEXT}),
        "body": _BLOCKS,
        "annexures": _BLOCKS,
        **dict.fromkeys(FIELDS, _LINES),
    }
)
SHARED_SECTION = Vocabulary({**_IN_WORD, "annexure": _BLOCKS})
PAGE_NAMES: Mapping[str, Known] = {
    "lang": TEXT,
    "further": CHOICE,
    "mark": _HEAD,
    "foot": group("left", "page"),
    "part": TEXT,
    "title": TEXT,
    "letter": Known(
        fields={
            **dict.fromkeys(("who", "number", "title", "subject", "author"), TEXT),
            **{"date": _DATE, "revision": TEXT},
        }
    ),
    "letterhead": Known(fields={"left": _HEAD, "right": _HEAD, "logo": CHOICE}),
    "logo": group("url", "name"),
    "fields": Known(fields=dict.fromkeys(FIELDS, Known(row=TEXT))),
    "bookmark": TEXT,
    "body": TEXT,
    "annexures": Known(row=group("bookmark", "content")),
}
PAGE = Vocabulary(PAGE_NAMES, ("tag", "join"))

_SAYS = {
    "letterhead.left": "the letterhead's left side",
    "letterhead.right": "the letterhead's right side",
    "letterhead.logo": "the letterhead's logo",
    "body": "the letter's paragraphs",
    "annexures": "the annexures of each letter's own",
    "annexure": "the annexures that are the same in every letter",
    "mark": "the line SPECIMEN or DRAFT in the head",
    "foot": "the number in the foot",
    "page": "the page's number in the foot",
}
_LETTERHEAD = ("letterhead.left", "letterhead.logo", "letterhead.right")
_IN_HTML = {
    "foot": "foot.left",
    "page": "foot.page",
    "mark": "mark.text",
    "letterhead.left": "letterhead.left.text",
    "letterhead.right": "letterhead.right.text",
    "letterhead.logo": "logo.url",
    "annexures": "annexures.content",
    "annexure": "annexures.content",
}


@dataclass(frozen=True, slots=True)
class Promised:
    """What the texts of a kind give: front matter keys, annexures of both sorts, a letterhead."""

    fields: Collection[str] = ()
    own_annexures: bool = False
    shared_annexures: bool = False
    letterhead: bool = True

    def own(self) -> tuple[str, ...]:
        """The parts that a version's own pages must place, in reading order."""
        fields = [field for field in FIELDS if field in self.fields]
        head = _LETTERHEAD if self.letterhead else ()
        annexures = ("annexures",) if self.own_annexures else ()
        return (*head, *fields, "body", *annexures, "mark", "foot", "page")

    def shared(self) -> tuple[str, ...]:
        """The parts that the pages of a shared annexure must place."""
        return ("annexure", "mark", "foot", "page") if self.shared_annexures else ()


def in_page(part: str) -> str:
    """What a part is called in ``page.html``."""
    return f"fields.{part}" if part in FIELDS else _IN_HTML.get(part, part)


def missing(
    promised: Collection[str],
    printed: Collection[str],
    left_out: Collection[str],
    where: Place,
    section: str = "",
    *,
    told: Sequence[Fault] = (),
    page: bool = False,
) -> Iterator[Finding]:
    """An error for each part that has no place in a file, unless a remark leaves it out.

    A part whose own tag is broken is not told of a second time; nor are those that as many broken
    tags may be.

    Args:
        promised: The parts that the texts give.
        printed: The names that the file prints.
        left_out: The parts that its remark names.
        where: The file, and the part of it that was read.
        section: What to call that part.
        told: The faults of the file's tags.
        page: Whether it is ``page.html``.
    """
    inside = f" in the {section}" if section else ""
    names = {part: in_page(part) if page else part for part in promised}
    lacking = [p for p, n in names.items() if n not in printed and p not in left_out]
    broken = sum(fault.check.startswith("tags-") for fault in told)
    if len(lacking) <= broken:
        return
    for part in lacking:
        name = names[part]
        if any(_is_about(fault, name, part) for fault in told):
            continue
        blocks = part in ("body", "annexures", "annexure") and not page
        tag = f"{{{{p {name} }}}}" if blocks else f"{{{{ {name} }}}}"
        says = _SAYS.get(part, f"the line “{part}” of the texts' front matter")
        yield error(
            "parts-placed",
            where,
            f"There is no place for {says}{inside}",
            f"Write {tag} where it is to stand"
            + (", alone in a paragraph" if blocks else "")
            + f"; if it is left out on purpose, say so in a remark: {{# Left out: {part} #}}.",
            tag,
        )


def _is_about(fault: Fault, *names: str) -> bool:
    """Whether a fault is in a part's own tag."""
    said = f"{fault.message} {fault.expected}"
    return any(re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.])", said) for name in names)


def useless_notes(
    left_out: Collection[str], printed: Collection[str], where: Place, *, page: bool = False
) -> Iterator[Finding]:
    """A warning for each remark “Left out” that names no part, or one that is there."""
    parts = (*FIELDS, *_SAYS)
    for name in sorted(left_out):
        if name not in parts:
            near = nearest_name(name, parts)
            told = f"the nearest is {near}" if near else f"the parts are {', '.join(parts)}"
            message = f"The remark leaves out “{name}”, which is no part of a letter"
            yield warning("parts-placed", where, message, f"Correct it: {told}.")
        elif (in_page(name) if page else name) in printed:
            message = f"The remark leaves out “{name}”, which has its place all the same"
            yield warning("parts-placed", where, message, "Take the name out of the remark.")
