"""Does the finished letter say what it should: the addressee's own figures, all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from generator.audit.dossier import Dossier
from generator.audit.texts.passages import date_style_of
from generator.content import Block, Heading, Letter, Table, Version, block_texts, plain
from generator.findings import Finding, Severity
from generator.inputs.states import display_names
from generator.locales import LANGUAGES, format_date, format_figure, language_name
from generator.model import Edition, Language, Place, Scorecard
from generator.scoring import cohort_table

_PRINTED = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_RANKING = re.compile(
    r"\{%-?\s*for\s+(?P<row>\w+)\s+in\s+ranking\b(?P<only>[^%]*?)-?%\}"
    r"(?P<rows>.*?)\{%-?\s*endfor\b",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Expected:
    """What must stand together in one line of a letter: a row, a paragraph, a field.

    ``name`` says which line it is in every letter, ``texts`` what this letter's holds.
    """

    name: str
    texts: tuple[str, ...]


class FiguresInLetter:
    """Every figure of the scorecard stands in each version, in its own line (RANK-03, LANG-02).

    A figure that the kind's text names in no version is not expected; one that is lost in one
    version is missed. One finding a version lists all that a letter lacks; where every letter
    lacks the same, it is the text's fault and one finding.
    """

    def __init__(self, case: Dossier) -> None:
        self._case, self._expected, self._read = case, _Expectations(case), 0
        self._lacking: dict[tuple[Language, tuple[str, ...]], list[tuple[str, str]]] = {}

    def read(self, letter: Letter) -> None:
        """Keeps what each version of a letter lacks."""
        self._read += 1
        for version in letter.versions:
            missing = list(_missing(self._expected.of(letter, version), version))
            names = tuple(expected.name for expected in missing)
            shown = "; ".join(" · ".join((e.name, *e.texts)) for e in missing)
            if missing:
                self._lacking.setdefault((version.language, names), []).append((letter.who, shown))

    def findings(self) -> Iterator[Finding]:
        """One for each version and what it lacks."""
        for (language, names), letters in self._lacking.items():
            text = self._case.edition.texts[language].file
            yield _lost(text, language, names, letters, self._read)


def _lost(
    text: str,
    language: Language,
    names: tuple[str, ...],
    letters: list[tuple[str, str]],
    of: int,
) -> Finding:
    ids = [who for who, _shown in letters]
    everyone = 1 < len(ids) == of
    missing = letters[0][1] if len(letters) == 1 else "; ".join(names)
    return Finding(
        Severity.ERROR,
        "figures-in-letter",
        f"The {language_name(language)} version of "
        f"{'every letter' if everyone else ', '.join(ids)} does not hold: {missing}",
        f"Put it back into {text}: another version, or another letter, prints it.",
        who=ids[0] if len(ids) == 1 else None,
        where=Place(text),
    )


def _missing(all_expected: Iterable[Expected], version: Version) -> Iterator[Expected]:
    lines = list(letter_lines(version))
    for expected in all_expected:
        near = [line for line in lines if expected.texts[0] in line]
        if not any(all(_holds(line, text) for text in expected.texts) for line in near):
            yield expected


def _holds(line: str, text: str) -> bool:
    """Whether a line holds a text, not as a part of a longer word or number."""
    start = line.find(text)
    while start >= 0:
        end = start + len(text)
        before, after, beyond = line[:start][-1:], line[end : end + 1], line[end + 1 : end + 2]
        runs_on = after.isalnum() or after == "%" or (after in (".", ",") and beyond.isdigit())
        if not (before.isalnum() or before in (".", ",") or runs_on):
            return True
        start = line.find(text, start + 1)
    return False


def letter_lines(version: Version) -> Iterator[str]:
    """Each line of a version: a table's row, a paragraph, an item, a field."""
    for lines in version.fields.values():
        yield from (plain(line) for line in lines)
    for blocks in (version.body, *(annexure.blocks for annexure in version.annexures)):
        yield from block_lines(blocks)


def block_lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Each line of some blocks, a table's row as one."""
    for block in blocks:
        if isinstance(block, Table):
            for cells in (block.head, *(row.cells for row in block.rows)):
                yield " \t ".join(plain(cell) for cell in cells)
        else:
            yield from block_texts(block)


class _Expectations:
    """What must stand in letters of an edition; what many letters share is worked out once."""

    def __init__(self, case: Dossier) -> None:
        self._case, self._named = case, _named(case.edition)
        self._rankings: dict[tuple[Language, str | None], list[tuple[str, Expected]]] = {}
        self._dates: dict[tuple[Language, date], str] = {}
        self._ids = "|".join(re.escape(cohort.id) for cohort in case.edition.cohorts)

    def of(self, letter: Letter, version: Version) -> Iterator[Expected]:
        """What must stand in one version of a letter."""
        edition, named, language = self._case.edition, self._named, version.language
        if letter.number:
            yield Expected("the number", (letter.number,))
        yield Expected("the date", (self._date(letter.date, language),))
        if edition.as_on and "as_on" in named:
            yield Expected("the date of the figures", (self._date(edition.as_on, language),))
        if card := self._case.cards.get(letter.who):
            yield from _category(self._ids, card, version)
            yield from _own_figures(card, language, named)
            yield from self._ranking(card, language)

    def _date(self, day: date, language: Language) -> str:
        if (language, day) not in self._dates:
            style = date_style_of(self._case.edition, language)
            self._dates[language, day] = format_date(day, language, style)
        return self._dates[language, day]

    def _ranking(self, card: Scorecard, language: Language) -> Iterator[Expected]:
        """The line of every member of its category, or its own if no text has others'."""
        if not self._named & {"ranking", "own ranking"}:
            return
        for who, line in self._members(card.cohort, language):
            if who == card.who or "ranking" in self._named:
                yield line

    def _members(self, cohort: str | None, language: Language) -> list[tuple[str, Expected]]:
        if (language, cohort) not in self._rankings:
            lines = _ranking(self._case, cohort, language, self._named)
            self._rankings[language, cohort] = list(lines)
        return self._rankings[language, cohort]


def _named(edition: Edition) -> frozenset[str]:
    """The figures that at least one version of the text prints: "rank", or of a row ".share"."""
    named: set[str] = set()
    for text in edition.texts.values():
        tags = " ".join(_PRINTED.findall(text.source))
        named.update(re.findall(r"\.(?:value|share|level|composite|rank)\b", tags))
        named.update(re.findall(r"(?<![\w.])(?:composite|rank|as_on)\b", tags))
        loops = _RANKING.finditer(text.source)
        named.update("own ranking" if _has_own_alone(loop) else "ranking" for loop in loops)
    return frozenset(named)


def _has_own_alone(loop: re.Match[str]) -> bool:
    """Whether a loop through the ranking prints nothing but the addressee's own row."""
    own = rf"if\s+{loop['row']}\.own\s*"
    choice = rf"\{{%-?\s*{own}-?%\}}(?:(?!\{{%).)*\{{%-?\s*endif\s*-?%\}}"
    chosen = re.fullmatch(choice, loop["rows"].strip(), re.DOTALL)
    return bool(chosen or re.fullmatch(own, loop["only"].strip()))


def _category(ids: str, card: Scorecard, version: Version) -> Iterator[Expected]:
    """Headings that name a category name the addressee's: none is typed in for all letters.

    ``ids`` is what finds any category's id.
    """
    words = LANGUAGES[version.language].categories
    if not (words and ids and card.cohort):
        return
    blocks = (block for annexure in version.own_annexures for block in annexure.blocks)
    headings = (plain(block.text) for block in blocks if isinstance(block, Heading))
    for heading in headings:
        named = re.search(rf"{words.word} ({ids})(?!\w)", heading)
        if named and named[1] != card.cohort:
            right = f"{words.word} {card.cohort}"
            yield Expected(f"its category (“{heading}” stands there)", (right, heading))


def _own_figures(card: Scorecard, language: Language, named: frozenset[str]) -> Iterator[Expected]:
    for share in card.shares:
        printed = {
            ".value": format_figure(share.numerator, language),
            ".share": format_figure(share.share, language),
            ".level": share.level.name[language],
        }
        if texts := tuple(text for name, text in printed.items() if name in named):
            name = share.indicator.name[language]
            yield Expected(f"the line of {name}", (name, *texts))
    for name, figure in (("composite", card.composite), ("rank", card.rank)):
        if figure and name in named:
            yield Expected(f"the {name}", (format_figure(figure, language),))


def _ranking(
    case: Dossier, cohort: str | None, language: Language, named: frozenset[str]
) -> Iterator[tuple[str, Expected]]:
    """The line of every member of a category, each with whose it is."""
    names = display_names(case.edition.recipients, language, case.edition.states)
    for member in cohort_table(case.cards, cohort):
        printed = {".composite": member.composite, ".rank": member.rank}
        texts = (format_figure(f, language) for name, f in printed.items() if f and name in named)
        name = names.get(member.who, member.who)
        yield member.who, Expected(f"the line of {name}", (name, *texts))
