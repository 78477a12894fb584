"""Letter → HTML: every text once, escaped, in order; what page.html may go wrong in."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest

from generator.content import (
    FIELDS_ABOVE,
    Heading,
    Item,
    List,
    Paragraph,
    Row,
    Span,
    Table,
    version_texts,
)
from generator.errors import TemplateError
from generator.render.html import PageTemplate
from generator.render.html_blocks import block, inline, page_numbers
from tests.letters import line, sample_letter


@pytest.fixture
def page(root: Path) -> PageTemplate:
    """The DO letter's own page."""
    return PageTemplate(root / "letter_templates" / "do_letter")


def kind(folder: Path, source: str) -> Path:
    """A kind whose page.html is this."""
    (folder / "page.html").write_text(source, encoding="utf-8")
    return folder


def words(markup: str) -> str:
    """What a reader sees of markup, with one space between words."""
    body = markup.partition("<body>")[2] or markup
    body = re.sub("</?(strong|em)>", "", body)
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", body)).split())


def test_a_text_prints_as_it_is_typed_not_as_markup() -> None:
    markup = inline(line("Shri <b>A</b> & 'Sons' {{ x }}"))

    assert markup == "Shri &lt;b&gt;A&lt;/b&gt; &amp; &#39;Sons&#39; {{ x }}"


def test_bold_and_italic_are_marked_as_such() -> None:
    spans = (Span("a", bold=True), Span("b", italic=True), Span("c", bold=True, italic=True))

    markup = inline(spans)

    assert markup == "<strong>a</strong><em>b</em><strong><em>c</em></strong>"


def test_a_numbered_paragraph_begins_with_its_number() -> None:
    markup = block(Paragraph(line("Text"), number="2."))

    assert words(markup) == "2. Text"


def test_a_note_is_told_from_a_paragraph() -> None:
    assert 'class="note"' in block(Paragraph(line("(as on)"), note=True))
    assert 'class="note"' not in block(Paragraph(line("(as on)")))


def test_each_item_of_a_list_begins_with_its_label() -> None:
    items = (Item("(क)", line("एक")), Item("<i>", line("दो")))

    markup = block(List(items))

    assert markup.count("<li>") == 2
    assert words(markup) == "(क) एक <i> दो"


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_heading_keeps_its_level(level: int) -> None:
    assert block(Heading(level, line("T"))) == f"<h{level}>T</h{level}>"


def test_a_table_marks_the_addressees_row_and_aligns_by_column() -> None:
    rows = (Row((line("a"), line("1"))), Row((line("b"), line("2")), marked=True))

    markup = block(Table(("left", "right"), (line("State"), line("Rank")), rows))

    assert markup.count('class="marked"') == 1
    assert '<tr class="marked"><td class="left">b</td><td class="right">2</td></tr>' in markup
    assert '<th scope="col" class="right">Rank</th>' in markup


def test_a_row_of_another_width_than_its_table_is_not_printed() -> None:
    with pytest.raises(ValueError, match="zip"):
        block(Table(("left",), (line("State"),), (Row((line("a"), line("1"))),)))


def test_a_foots_pattern_counts_pages_and_is_escaped() -> None:
    markup = page_numbers("<Page> {page} of {pages}")

    assert markup == ('&lt;Page&gt; <span class="page"></span> of <span class="pages"></span>')


@pytest.mark.parametrize("language", ["hi", "en"])
def test_own_and_shared_pages_hold_every_text_in_reading_order(
    page: PageTemplate, language: str
) -> None:
    letter = sample_letter(language)
    (version,) = letter.versions

    shared = (page.shared_annexure(letter, version, a) for a in version.shared_annexures)
    seen = " ".join(words(markup) for markup in (page.own_pages(letter, version), *shared))

    position = 0
    for text in version_texts(version):
        position = seen.find(" ".join(text.split()), position)
        assert position >= 0, text


def test_shared_pages_know_nothing_of_the_letter_they_are_joined_to(page: PageTemplate) -> None:
    letter = sample_letter("en")
    (version,) = letter.versions
    (shared,) = version.shared_annexures
    other = replace(letter, who="PB", number="X/8", title="Other", subject="Other", author="Other")

    markup = page.shared_annexure(letter, version, shared)

    assert letter.number not in markup
    assert page.shared_annexure(other, version, shared) == markup


def test_each_line_of_the_letterhead_is_in_its_own_language(page: PageTemplate) -> None:
    letter = sample_letter("en")

    markup = page.own_pages(letter, letter.versions[0])

    assert markup.startswith('<!DOCTYPE html>\n<html lang="en-IN">')
    assert '<p lang="hi-IN" class="bold">कर्मयोगी भारत</p>' in markup
    assert '<p lang="en-IN">Chief Executive Officer</p>' in markup


def test_the_mark_stands_on_the_own_and_on_the_shared_pages(page: PageTemplate) -> None:
    letter = sample_letter("hi")
    (version,) = letter.versions
    shared = page.shared_annexure(letter, version, version.shared_annexures[0])

    assert words(page.own_pages(letter, version)).startswith("SPECIMEN · नमूना")
    assert words(shared).startswith("SPECIMEN · नमूना")
    assert 'class="mark"' not in page.own_pages(replace(letter, mark=()), version)


def test_a_field_that_comes_out_empty_prints_nothing(page: PageTemplate) -> None:
    letter = sample_letter("en")
    bare = replace(letter.versions[0], fields=dict.fromkeys(FIELDS_ABOVE, ()))

    markup = page.own_pages(letter, bare)

    assert "<h1" not in markup.partition("annexure")[0]
    assert not re.search(r"<p[^>]*>\s*</p>", markup)


def test_a_logo_is_named_after_the_organisation(page: PageTemplate, tmp_path: Path) -> None:
    letter = sample_letter("hi")
    head = replace(letter.versions[0].letterhead, logo=tmp_path / "logo.svg")

    markup = page.own_pages(letter, replace(letter.versions[0], letterhead=head))

    assert 'alt="कर्मयोगी भारत"' in markup
    assert str(tmp_path) not in markup


def test_an_unknown_name_in_the_page_is_an_error_with_its_line(tmp_path: Path) -> None:
    page = PageTemplate(kind(tmp_path, "<html>\n<p>{{ salutaton }}</p>"))
    letter = sample_letter("en")

    with pytest.raises(TemplateError, match=r"page\.html, line 2: 'salutaton' is undefined"):
        page.own_pages(letter, letter.versions[0])


@pytest.mark.parametrize("tag", ["1 // 0", "'a' + 1", "'%d' % 'a'", "'a' < 1", "5 | join"])
def test_a_tag_of_the_page_that_cannot_be_reckoned_is_an_error_with_its_line(
    tmp_path: Path, tag: str
) -> None:
    letter = sample_letter("en")
    folder = kind(tmp_path, f"<html>\n<p>{{{{ {tag} }}}}</p>")

    with pytest.raises(TemplateError, match=r"page\.html, line 2: "):
        PageTemplate(folder).own_pages(letter, letter.versions[0])


def test_a_broken_tag_in_the_page_is_an_error_with_its_line(tmp_path: Path) -> None:
    folder = kind(tmp_path, "<html>\n\n{% if %}")

    with pytest.raises(TemplateError, match=r"page\.html, line 3"):
        PageTemplate(folder)


def test_a_kind_without_a_page_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"page\.html"):
        PageTemplate(tmp_path)


def test_a_page_cannot_reach_the_programs_insides(tmp_path: Path) -> None:
    folder = kind(tmp_path, "{{ letter.__class__.__init__.__globals__ }}")

    with pytest.raises(TemplateError, match="unsafe"):
        PageTemplate(folder)


def test_a_line_break_in_a_text_is_printed() -> None:
    assert inline((Span("a < b\nc", bold=True),)) == "<strong>a &lt; b<br>c</strong>"
