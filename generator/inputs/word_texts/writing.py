"""Words → Markdown that prints them as they stand: escaped, bold and italic marked, tags kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypeAlias

from generator.content import Heading, Inline, Paragraph, plain
from generator.errors import TemplateError
from generator.inputs.word_texts.faults import Fault
from generator.inputs.word_texts.runs import LINE_END, Piece
from generator.markdown import LINE_BREAK, read_inline, read_markdown

_PRINTS = r"\{\{(?:[^{}]|\{(?!\{)|\}(?!\}))*\}\}"
_SILENT = r"\{%(?:[^{%]|\{(?!%)|%(?!\}))*%\}|\{#(?:[^{#]|\{(?!#)|#(?!\}))*#\}"
TAG = re.compile(f"{_PRINTS}|{_SILENT}")
"""A tag; the search ends where another begins, so that it takes no longer for open ones."""
CHART = re.compile(r"!\[(.+)\]\((chart:\d+)\)", re.DOTALL)
_SIGNS = frozenset("\\*_`[]<|")
_WITHIN_WORD = re.compile("(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])")
_ENTITY = re.compile(r"&#?\w+;")
_AT_START = re.compile(r"(?:[#>+=~-]|[0-9]+[.)])")
"""What would begin a heading, list or quotation."""
_STATEMENT = re.compile(rf"(?:{_SILENT})\s*")
_BEHIND_STATEMENT = re.compile("[#>+=~-]")
"""The same where nothing but a tag stands before it; a number there is one."""
_CLOSING = re.compile(r"(?<=\s)(#+)$")
"""Signs at a heading's end that Markdown passes over."""
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " "})
_STAND_IN = "X"
"""What stands for a tag's value where a line is read again."""

EMPHASIS = Fault(
    "bold or italic begins or ends between a word and a sign, and cannot be told apart",
    "Let it begin and end at a space: include the sign with the word, or leave both out.",
)


def straighten(tag: str) -> str:
    """A tag as it was meant: Word makes quotation marks curly and spaces unbreakable."""
    return tag.translate(_STRAIGHT).replace(LINE_END, " ")


def is_statement(text: str) -> bool:
    """Whether a text is nothing but tags that print nothing ({% … %}, {# … #})."""
    return bool(text.strip()) and not TAG.sub(_left_of_tag, text).strip()


def _left_of_tag(tag: re.Match[str]) -> str:
    return tag[0] if tag[0].startswith("{{") else ""


def write_line(pieces: Iterable[Piece], *, bold: bool = True, cell: bool = False) -> str:
    """The Markdown of one paragraph or cell.

    Args:
        pieces: Its words.
        bold: Whether bold is marked; headings and heads of tables are bold by themselves.
        cell: Whether it stands in a table, where a line cannot end.
    """
    line = "".join(
        _marked("".join(_marked(text, "*" * i) for text, i in _runs(run, 1)), "**" * is_bold)
        for is_bold, run in _groups(_tokens(list(pieces), bold=bold), 0)
    )
    lines = [_safe_start(part.strip()) for part in line.strip().split(LINE_END)]
    return (LINE_BREAK if cell else "\\\n").join(lines)


def write_heading(pieces: Iterable[Piece], level: int) -> str:
    """A heading with its signs; it is bold by itself."""
    return f"{'#' * level} {_CLOSING.sub(_escaped, write_line(pieces, bold=False))}"


def _escaped(signs: re.Match[str]) -> str:
    return f"\\{signs[0]}"


UNREAD = Fault(
    "these signs cannot be printed as they stand",
    "Type them otherwise, or put a word before them.",
)

Token: TypeAlias = tuple[str, tuple[bool, bool]]
"""A letter or tag as Markdown, and whether it is bold and italic."""
PLAIN = (False, False)


def _tokens(pieces: list[Piece], *, bold: bool) -> list[Token]:
    """Letters, escaped, and whole tags; a tag has the style of its first letter."""
    text = "".join(piece.text for piece in pieces)
    styles = [(bold and p.bold, p.italic) for p in pieces for _letter in p.text]
    letters = _escaped_letters(text, styles)
    tokens: list[Token] = []
    position = 0
    for tag in TAG.finditer(text):
        tokens += letters[position : tag.start()]
        tokens.append((straighten(tag[0]), styles[tag.start()]))
        position = tag.end()
    tokens += letters[position:]
    return list(_spaces_joined(tokens))


def _groups(tokens: list[Token], style: int) -> Iterator[tuple[bool, list[Token]]]:
    """Tokens on end that are alike in one style: 0 bold, 1 italic."""
    for is_so, run in groupby(tokens, key=lambda token: token[1][style]):
        yield is_so, list(run)


def _runs(tokens: list[Token], style: int) -> Iterator[tuple[str, bool]]:
    for is_so, run in _groups(tokens, style):
        yield "".join(text for text, _style in run), is_so


def _spaces_joined(tokens: list[Token]) -> Iterator[Token]:
    """Spaces have the styles that both neighbours have: no eye sees whether a space is bold."""
    following = [PLAIN]
    for text, style in reversed(tokens):
        following.append(following[-1] if text == " " else style)
    before = PLAIN
    for (text, style), after in zip(tokens, reversed(following[1:]), strict=True):
        before = before if text == " " else style
        shared = (before[0] and after[0], before[1] and after[1])
        yield text, shared if text == " " else style


def _escaped_letters(text: str, styles: Sequence[tuple[bool, bool]]) -> list[Token]:
    """Each letter as it prints what it is; "&" is a sign where it begins an entity.

    A "_" within a word is none (CommonMark 6.2), and names in tags that are not closed keep theirs.
    """
    signs = _SIGNS | {"&"} if _ENTITY.search(text) else _SIGNS
    within = {
        found.start()
        for found in _WITHIN_WORD.finditer(text)
        if len(set(styles[found.start() - 1 : found.end() + 1])) == 1
    }
    return [
        (f"\\{letter}" if letter in signs and position not in within else letter, style)
        for position, (letter, style) in enumerate(zip(text, styles, strict=True))
    ]


def _marked(text: str, sign: str) -> str:
    """A text between signs of emphasis, which stand close to its words."""
    inner = text.strip(" \n\u00a0")
    if not sign or not inner:
        return text
    start = text.index(inner)
    return f"{text[:start]}{sign}{inner}{sign}{text[start + len(inner) :]}"


def _safe_start(line: str) -> str:
    """A line that begins no heading, list or quotation by chance."""
    begin = 0
    while tag := _STATEMENT.match(line, begin):
        begin = tag.end()
    found = (_BEHIND_STATEMENT if begin else _AT_START).match(line, begin)
    if found is None:
        return line
    sign = found.end() - 1
    return f"{line[:sign]}\\{line[sign:]}"


def reading_fault(
    line: str, pieces: Iterable[Piece], *, bold: bool = True, cell: bool = False
) -> Fault | None:
    """Whether a line, read again, is other than the words that it was made of.

    Args:
        line: The Markdown: a heading or paragraph, or what stands in a cell.
        pieces: The words.
        bold: Whether bold is marked.
        cell: Whether it is a cell's, or a line of the front matter.
    """
    pieces = list(pieces)
    wanted = "".join(piece.text for piece in pieces), _styled_pieces(pieces, bold=bold)
    # What stands on either side of a condition is known only in a letter: close by, or words apart.
    if any(_reads_as(line, *wanted, between=between, cell=cell) for between in ("", " ")):
        return None
    return EMPHASIS if any(piece.bold or piece.italic for piece in pieces) else UNREAD


def _reads_as(line: str, words: str, styled: str, *, between: str, cell: bool) -> bool:
    """Whether a line gives these words and styles, with something in the place of its tags."""
    try:
        read = _read_again(TAG.sub(_stand_in(between), line), cell=cell)
    except TemplateError:
        return False
    return _words(plain(read)) == _words(TAG.sub(_stand_in(""), words)) and _styled(read) == styled


def _stand_in(between: str) -> Callable[[re.Match[str]], str]:
    return lambda tag: _STAND_IN if tag[0].startswith("{{") else between


def _read_again(line: str, *, cell: bool) -> Inline:
    if cell:
        return read_inline(line, file="")
    match read_markdown(line, file=""):
        case (Heading(text=text) | Paragraph(text=text, number=""),):
            return text
    return ()


def _words(text: str) -> str:
    return "".join(text.split())


def _styled(inline: Inline) -> str:
    """All bold letters, then all italic ones."""
    bold = "".join(span.text for span in inline if span.bold)
    return f"{_words(bold)}|{_words(''.join(span.text for span in inline if span.italic))}"


def _styled_pieces(pieces: list[Piece], *, bold: bool) -> str:
    letters = [(c, p) for p in pieces for c in p.text]
    text = "".join(c for c, _ in letters)
    kept: list[tuple[str, Piece]] = []
    position = 0
    for tag in TAG.finditer(text):
        kept += letters[position : tag.start()]
        kept += [(_STAND_IN, letters[tag.start()][1])] if tag[0].startswith("{{") else []
        position = tag.end()
    kept += letters[position:]
    bolds = "".join(c for c, p in kept if p.bold and bold)
    return f"{_words(bolds)}|{_words(''.join(c for c, p in kept if p.italic))}"
