"""The permitted CommonMark, read into blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content import Heading, Item, List, Paragraph, Span, Table, plain
from generator.errors import TemplateError
from generator.markdown import escape_markdown, read_inline, read_markdown


def test_paragraphs_keep_bold_and_italics() -> None:
    (block,) = read_markdown("One **two *three*** *four*.", file="t.md")

    assert isinstance(block, Paragraph)
    assert block.text == (
        Span("One "),
        Span("two ", bold=True),
        Span("three", bold=True, italic=True),
        Span(" "),
        Span("four", italic=True),
        Span("."),
    )


def test_a_top_level_list_numbers_paragraphs_from_the_number_written() -> None:
    blocks = read_markdown("First.\n\n2. Two.\n\n2. Three.\n", file="t.md")

    assert [b.number for b in blocks if isinstance(b, Paragraph)] == ["", "2.", "3."]


@pytest.mark.parametrize(
    ("pattern", "labels"),
    [("a)", ["a)", "b)", "c)"]), ("(क)", ["(क)", "(ख)", "(ग)"]), ("(i)", ["(i)", "(ii)", "(iii)"])],
)
def test_sub_items_are_lettered_as_the_text_says(pattern: str, labels: list[str]) -> None:
    text = "6. These:\n\n   1) A\n   2) B\n   3) C\n\n7. Next.\n"

    blocks = read_markdown(text, file="t.md", items=pattern)

    items = next(block for block in blocks if isinstance(block, List))
    assert [item.label for item in items.items] == labels
    assert [b.number for b in blocks if isinstance(b, Paragraph)] == ["6.", "7."]


def test_more_items_than_letters_are_refused() -> None:
    text = "1. These:\n\n" + "".join(f"   {n}) x\n" for n in range(1, 28))

    with pytest.raises(TemplateError, match="27 items"):
        read_markdown(text, file="t.md", items="a)")


def test_bullets_are_read() -> None:
    (block,) = read_markdown("- one\n- two\n", file="t.md")

    assert block == List((Item("•", (Span("one"),)), Item("•", (Span("two"),))))


def test_tables_keep_alignment_empty_cells_and_marked_rows() -> None:
    text = "| a | b |\n|:--|--:|\n| **x** | **1** |\n| y |  |\n| **Total** | |\n"

    (table,) = read_markdown(text, file="t.md")

    assert isinstance(table, Table)
    assert table.align == ("left", "right")
    assert [row.marked for row in table.rows] == [True, False, False]
    assert plain(table.rows[1].cells[1]) == ""


def test_headings_keep_their_level() -> None:
    blocks = read_markdown("# A\n\n## B\n\n### C\n", file="t.md")

    assert [b.level for b in blocks if isinstance(b, Heading)] == [1, 2, 3]


@pytest.mark.parametrize(
    "text",
    ["a <b>bold</b>", "<div>\nx\n</div>", "```\ncode\n```", "[a](http://x)", "![a](x.png)", "`x`"],
)
def test_what_a_letter_cannot_print_is_refused(text: str) -> None:
    with pytest.raises(TemplateError, match=r"t\.md"):
        read_markdown(text, file="t.md")


@pytest.mark.parametrize(
    "value",
    [
        "Jammu & Kashmir",
        "a < b > c",
        "*_~`|[]()#+-.!",
        "1. not a list",
        "- not a bullet",
        "# not a heading",
        "&amp; stays",
        "क्\u200dष with ZWJ",
        r"back\slash \* \|",
        "<script>",
        "{{ name }}",
    ],
)
def test_a_value_prints_as_typed(value: str) -> None:
    (paragraph,) = read_markdown(escape_markdown(value), file="t.md")
    (table,) = read_markdown(f"| h |\n|---|\n| {escape_markdown(value)} |\n", file="t.md")

    assert isinstance(paragraph, Paragraph)
    assert isinstance(table, Table)
    assert plain(paragraph.text) == value
    assert plain(table.rows[0].cells[0]) == value
    assert plain(read_inline(escape_markdown(value), file="t.md")) == value


PRINTABLE = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"])


@given(st.lists(st.text(PRINTABLE, min_size=1), min_size=1).map(" ".join))
def test_any_value_prints_as_typed(value: str) -> None:
    (block,) = read_markdown("A " + escape_markdown(value) + " z", file="t.md")

    assert isinstance(block, Paragraph)
    assert plain(block.text) == f"A {value} z"


def test_a_line_may_hold_bold_but_no_block() -> None:
    assert read_inline("a **b**", file="t.md") == (Span("a "), Span("b", bold=True))
    assert read_inline("", file="t.md") == ()


def test_line_breaks_of_a_value_are_kept() -> None:
    (block,) = read_markdown(escape_markdown("one,\n 2. two"), file="t.md")

    assert isinstance(block, Paragraph)
    assert plain(block.text) == "one,\n2. two"


def test_a_heading_deeper_than_letters_have_is_refused_with_its_line() -> None:
    with pytest.raises(TemplateError, match=r"t\.md, line 3 .*heading"):
        read_markdown("A.\n\n#### Deep\n", file="t.md")
