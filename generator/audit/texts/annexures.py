"""Are the annexures in order: numbered, cited in the body, named in the enclosure line.

Domain REF-02 and 1.1: each annexure carries its own heading, and the body mentions every one, in
order. A text that is not built like its counterpart is left to ``blocks-parallel``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.audit.dossier import Dossier
from generator.audit.texts.citations import citations, label_of
from generator.audit.texts.pairs import (
    Version,
    kind_versions,
    other_place,
    text_pairs,
    unlike_files,
)
from generator.audit.texts.passages import BODY, Passage
from generator.findings import Finding, Severity
from generator.model import Edition, Place

ENCLOSURES = "enclosures"
"""The line of the front matter that lists what is enclosed."""


def check_annexures_cited(case: Dossier) -> Iterator[Finding]:
    """Annexures are numbered from the first; each is cited in the body, in order (REF-02).

    What is cited exists, the enclosure line names all, and every language cites the same.
    """
    unlike = unlike_files(case.edition)
    texts = [v for v in kind_versions(case.edition).values() if v.text.file not in unlike]
    mistyped = list(_differences(case.edition, mistyped_in=BODY))
    found = [f for version in texts for f in _faults(version, citations_told=bool(mistyped))]
    yield from [*mistyped, *found] or _differences(case.edition)


def _faults(version: Version, citations_told: bool) -> Iterator[Finding]:
    """The faults of one text; where headings are misnumbered, citations cannot be judged.

    A number mistyped in one language is told at its paragraph, not where it is lacking.
    """
    headings, known = version.annexures, version.style.series[: len(version.annexures)]
    if misnumbered := list(_misnumbered(headings, known)):
        yield from misnumbered
        return
    if len(headings) == 1 and not label_of(headings[0].text):
        yield from _unnamed(version)
        return
    body = [block for block in version.blocks if block.part == BODY]
    if unknown := list(_unknown([*body, *version.fields.values()], version, known)):
        yield from unknown  # a wrong number may also be why another is not cited
        return
    if not citations_told:
        yield from _uncited(body, version, known)
        yield from _out_of_order(body, version, known)
    yield from _unlisted(version, known)


def _misnumbered(headings: Sequence[Passage], known: Sequence[str]) -> Iterator[Finding]:
    for heading, expected in zip(headings, known, strict=False):
        label = label_of(heading.text)
        if label != expected and (label or len(headings) > 1):
            yield _error(
                f"“{heading.text}” is the heading of annexure {expected}",
                "Number the annexures' headings one after the other.",
                heading.place,
            )


def _unknown(
    passages: Sequence[Passage], version: Version, known: Sequence[str]
) -> Iterator[Finding]:
    for label, place in _first_citations(passages, version).items():
        if label not in known:
            yield _error(
                f"Annexure {label} is cited, but the text has none of that number",
                "Correct the number, or add the annexure.",
                place,
            )


def _uncited(body: Sequence[Passage], version: Version, known: Sequence[str]) -> Iterator[Finding]:
    cited = _first_citations(body, version)
    for heading, label in zip(version.annexures, known, strict=False):
        if label not in cited:
            yield _uncited_finding(heading)


def _unnamed(version: Version) -> Iterator[Finding]:
    """A single annexure without a number is cited by its word alone."""
    body = " ".join(block.text for block in version.blocks if block.part == BODY).casefold()
    if not any(word in body for word in version.style.words):
        yield _uncited_finding(version.annexures[0])


def _uncited_finding(heading: Passage) -> Finding:
    return _error(
        f"“{heading.text}” is not cited in the body of the letter",
        "Refer to it in a paragraph, or take the annexure out.",
        heading.place,
    )


def _out_of_order(
    body: Sequence[Passage], version: Version, known: Sequence[str]
) -> Iterator[Finding]:
    """At most one: the first annexure that is cited too early."""
    cited = {k: place for k, place in _first_citations(body, version).items() if k in known}
    for earlier, later in pairwise(cited):
        if known.index(earlier) > known.index(later):
            yield _error(
                f"Annexure {earlier} is cited before annexure {later}",
                "Number the annexures in the order in which the body cites them.",
                cited[earlier],
            )
            return


def _unlisted(version: Version, known: Sequence[str]) -> Iterator[Finding]:
    """An enclosure line that names annexures names all; "As above" names none."""
    line = version.fields.get(ENCLOSURES)
    listed = _first_citations([line], version) if line else {}
    missing = [label for label in known if label not in listed]
    if line and listed and missing:
        yield _error(
            f"“{line.text}” leaves out annexure {', '.join(missing)}",
            "Name every annexure in the enclosure line.",
            line.place,
        )


def _differences(edition: Edition, mistyped_in: int | None = None) -> Iterator[Finding]:
    """Passages that cite other annexures than their originals do.

    In one part, on request, only those that cite as many, all of which exist.
    """
    for pair in text_pairs(edition):
        ours, theirs = pair.translation, pair.original
        for passage, original in pair.passages() if ours.is_kind else ():
            here, there = (
                [citation.label for citation in citations(p.text, v.style)]
                for p, v in ((passage, ours), (original, theirs))
            )
            mistyped = passage.part == mistyped_in and len(here) == len(there)
            exist = {*here, *there} <= _existing(ours) | _existing(theirs)
            differ = _places(here, ours) != _places(there, theirs)
            if differ and ((mistyped and exist) or mistyped_in is None):
                yield _error(
                    f"The {ours.name} cites {_spell(here)} here, the {theirs.name} "
                    f"{_spell(there)} ({other_place(original)})",
                    "Cite the same annexures in both languages.",
                    passage.place,
                )


def _places(labels: Sequence[str], version: Version) -> set[int | str]:
    """The annexures that labels stand for, counted: क in Hindi is A in English."""
    series = version.style.series
    return {series.index(label) if label in series else label for label in labels}


def _existing(version: Version) -> set[str]:
    return {label_of(heading.text) for heading in version.annexures}


def _first_citations(passages: Sequence[Passage], version: Version) -> dict[str, Place]:
    """Where each annexure is cited first, in the order of the citations."""
    style = version.style
    found: dict[str, Place] = {}
    for passage in passages:
        for citation in citations(passage.text, style):
            found.setdefault(citation.label, passage.place_at(citation.start))
    return found


def _spell(labels: Sequence[str]) -> str:
    return f"annexure {', '.join(dict.fromkeys(labels))}" if labels else "no annexure"


def _error(message: str, remedy: str, where: Place) -> Finding:
    return Finding(Severity.ERROR, "annexures-cited", message, remedy, where=where)
