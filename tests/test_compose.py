"""Letters composed from the real texts: words, forms of address, escaping, shared annexures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.compose import compose_letter
from generator.compose.texts import parse_text
from generator.content import (
    FIELDS_ABOVE,
    FIELDS_BELOW,
    Letter,
    List,
    Paragraph,
    Table,
    plain,
    version_texts,
)
from generator.errors import TemplateError
from generator.model import Edition, Recipient, Section, Text
from generator.scoring import score_edition
from tests.editions_made import make_edition, real_texts, recipient, row

HARYANA = (476_234, 322_014, 298_060, 20_117, 5_018, 3_299)


def edition_of(*recipients: Recipient, **others: Any) -> Edition:
    """An edition with the real texts and compendium, two States of category B and one of A."""
    rows = (
        row("HR", *HARYANA),
        row("JK", 480_000, 300_000, 100_000, 50_000, 80, 40),
        row("GA", 60_000, 50_000, 10_000, 5_000, 80, 40),
        row("CH", 30_000, 20_000, 10_000, 5_000, 80, 40),
        row("DL", 400_000, 20_000, 10_000, 5_000, 80, 40),
    )
    return make_edition(*rows, **{**real_texts(), "recipients": recipients, **others})


def compose(who: Recipient, **others: Any) -> Letter:
    """The letter to one recipient under the number N/7."""
    edition = edition_of(who, **others)
    return compose_letter(edition, score_edition(edition), who, "N/7")


def text_of(letter: Letter, language: str) -> str:
    """All texts of one version, a line each."""
    version = next(v for v in letter.versions if v.language == language)
    return "\n".join(version_texts(version))


@pytest.mark.parametrize(
    ("gender", "english", "hindi"),
    [
        ("m", "Respected Sir,", "आदरणीय महोदय,"),
        ("f", "Respected Madam,", "आदरणीय महोदया,"),
        (None, "Respected Sir/Madam,", "आदरणीय महोदय/महोदया,"),
    ],
)
def test_the_salutation_follows_the_addressees_gender(
    gender: str | None, english: str, hindi: str
) -> None:
    letter = compose(recipient("HR", gender=gender))

    assert plain(letter.versions[1].fields["salutation"][0]) == english
    assert plain(letter.versions[0].fields["salutation"][0]) == hindi


@pytest.mark.parametrize(("gender", "hindi"), [("m", "भवदीय,"), ("f", "भवदीया,")])
def test_the_subscription_follows_the_signatorys_gender(gender: str, hindi: str) -> None:
    signatory = replace(make_edition().signatory, gender=gender)

    letter = compose(recipient("HR", gender="m"), signatory=signatory)

    assert plain(letter.versions[0].fields["subscription"][0]) == hindi
    assert plain(letter.versions[1].fields["subscription"][0]) == "Yours sincerely,"


def test_the_author_in_the_properties_is_the_organisation() -> None:
    letter = compose(recipient("HR", gender="m"))

    assert letter.author == make_edition().letterhead.organisation[letter.versions[0].language]


def test_a_recipient_without_name_is_addressed_by_office() -> None:
    letter = compose(recipient("GA", name={}, honorific="", gender=None))

    english = [plain(line) for line in letter.versions[1].fields["addressee"]]
    hindi = [plain(line) for line in letter.versions[0].fields["addressee"]]
    assert english == ["The Chief Secretary,", "Government of Goa"]
    assert hindi == ["मुख्य सचिव,", "गोवा सरकार"]


def test_a_named_recipient_stands_with_honorific_and_service() -> None:
    letter = compose(recipient("HR", service="IAS"))

    lines = [plain(line) for line in letter.versions[0].fields["addressee"]]
    assert lines[0] == "श्री\u00a0नमूना प्राप्तकर्ता, भा.प्र.से."


def test_a_named_recipient_without_a_service_stands_with_the_name_alone() -> None:
    letter = compose(recipient("HR", service=""))

    hindi, english = (plain(version.fields["addressee"][0]) for version in letter.versions)
    assert (hindi, english) == ("श्री\u00a0नमूना प्राप्तकर्ता", "Shri\u00a0Sample Recipient")


@pytest.mark.parametrize(
    ("who", "english", "hindi"),
    [
        ("HR", "the state government", "राज्य सरकार के अधिनियमों"),
        ("DL", "the Union Territory government", "संघ राज्य क्षेत्र सरकार के अधिनियमों"),
        ("CH", "the Union Territory administration", "संघ राज्य क्षेत्र प्रशासन के अधिनियमों"),
    ],
)
def test_paragraph_6d_names_the_addressees_kind_of_government(
    who: str, english: str, hindi: str
) -> None:
    letter = compose(recipient(who))

    assert english in text_of(letter, "en")
    assert hindi in text_of(letter, "hi")


@pytest.mark.parametrize(
    "name",
    [
        "Jammu & Kashmir <Cadre>",
        "A*B_C|D[E]",
        "{{ number }}",
        "1. Sample",
        "X" * 120,
        "क्\u200dष नमूना",
    ],
)
def test_a_name_prints_as_typed(name: str) -> None:
    letter = compose(recipient("JK", name={"en": name, "hi": name}))

    assert f"Shri\u00a0{name}" in text_of(letter, "en")
    assert f"श्री\u00a0{name}" in text_of(letter, "hi")


def test_paragraphs_two_to_eight_are_numbered_and_the_first_is_not() -> None:
    letter = compose(recipient("HR"))

    for version in letter.versions:
        numbers = [block.number for block in version.body if isinstance(block, Paragraph)]
        assert numbers == ["", "2.", "3.", "4.", "5.", "6.", "7.", "8.", ""]


@pytest.mark.parametrize(
    ("position", "labels"), [(1, "a) b) c) d) e) f)"), (0, "(क) (ख) (ग) (घ) (ङ) (च)")]
)
def test_sub_items_are_lettered_by_language(position: int, labels: str) -> None:
    version = compose(recipient("HR")).versions[position]

    (items,) = [block for block in version.body if isinstance(block, List)]
    assert " ".join(item.label for item in items.items) == labels


def test_the_addressees_own_row_is_marked_and_only_it() -> None:
    for version in compose(recipient("HR")).versions:
        ranking = [b for b in version.annexures[0].blocks if isinstance(b, Table)][-1]

        marked = [row for row in ranking.rows if row.marked]
        assert len(marked) == 1
        assert any(name in plain(marked[0].cells[0]) for name in ("Haryana", "हरियाणा"))
        assert len(ranking.rows) == 3


def test_no_other_category_is_shown() -> None:
    for version in compose(recipient("HR")).versions:
        own = "\n".join(
            text for text in version_texts(replace(version, annexures=version.own_annexures))
        )
        assert "Goa" not in own
        assert "गोवा" not in own


def test_shared_annexures_are_the_same_in_every_letter() -> None:
    letters = [compose(recipient(who)) for who in ("HR", "GA", "CH")]

    for position in (0, 1):
        shared = [letter.versions[position].shared_annexures for letter in letters]
        assert [a.number for a in shared[0]] == [2, 3]
        assert shared[0] == shared[1] == shared[2]


def test_own_pages_carry_the_number_and_shared_ones_the_date() -> None:
    version = compose(recipient("HR")).versions[1]

    assert version.running.left == "N/7"
    assert version.running.page == "Page {page} of {pages}"
    foot = version.shared_annexures[1].running
    assert foot is not None
    assert foot.left.replace("\u00a0", " ") == "11th December, 2025"
    assert foot.page == "Annexure 3 – page {page} of {pages}"


def test_the_as_on_date_is_a_note_under_the_annexures_heading() -> None:
    for version in compose(recipient("HR")).versions:
        notes = [
            plain(block.text)
            for block in version.annexures[0].blocks
            if isinstance(block, Paragraph) and block.note
        ]
        assert len(notes) == 1
        assert "30" in notes[0]


def test_figures_are_the_same_in_both_versions() -> None:
    hindi, english = (
        next(
            [plain(cell) for table_row in block.rows for cell in table_row.cells[1:3]]
            for block in version.annexures[0].blocks
            if isinstance(block, Table)
        )
        for version in compose(recipient("HR")).versions
    )

    assert hindi == english
    assert english[:2] == ["3,22,014", "67.62%"]


def test_both_versions_have_the_same_blocks() -> None:
    hindi, english = compose(recipient("HR")).versions

    assert [type(b) for b in hindi.body] == [type(b) for b in english.body]
    for one, other in zip(hindi.annexures, english.annexures, strict=True):
        assert [type(b) for b in one.blocks] == [type(b) for b in other.blocks]


def test_no_hindi_is_set_in_italics() -> None:
    version = compose(recipient("HR")).versions[0]

    for annexure in version.annexures:
        for block in annexure.blocks:
            if isinstance(block, Paragraph):
                assert not any(span.italic for span in block.text), plain(block.text)


@pytest.mark.parametrize("language", ["en", "hi"])
def test_no_markup_or_reviewers_mark_is_left(language: str) -> None:
    text = text_of(compose(recipient("HR")), language)

    for mark in ("*", "{{", "}}", "⚑", "[m", "|", "_", "None"):
        assert mark not in text


def test_a_recipients_versions_override_the_editions() -> None:
    letter = compose(recipient("GA", versions=("en", "hi")))

    assert [version.language for version in letter.versions] == ["en", "hi"]


def test_a_recipients_own_salutation_replaces_the_kinds() -> None:
    letter = compose(recipient("HR", salutation={"en": "Dear Shri Sample,"}))

    assert plain(letter.versions[1].fields["salutation"][0]) == "Dear Shri Sample,"
    assert plain(letter.versions[0].fields["salutation"][0]) == "आदरणीय महोदय,"


def test_a_draft_has_no_number_and_says_so_in_both_languages() -> None:
    edition = edition_of(recipient("HR"), specimen=True)

    letter = compose_letter(edition, score_edition(edition), edition.recipients[0], "")

    assert "draft: no number" in plain(letter.versions[1].fields["number"][0])
    assert {line.text for line in letter.mark} == {"DRAFT", "प्रारूप", "SPECIMEN", "नमूना"}


def test_a_real_letter_carries_no_mark() -> None:
    assert compose(recipient("HR")).mark == ()


def test_every_field_is_known_to_both_renderers() -> None:
    for version in compose(recipient("HR")).versions:
        assert set(version.fields) == {*FIELDS_ABOVE, *FIELDS_BELOW, "title"}


FRONT = '---\ntitle: T\nnumber: "{{ number }}"\ndate: D\nsubject: S\naddressee: A\n'


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("No front matter.", "line 1: no front matter"),
        ("---\ntitle: [\n---\n", r"line 2: the front matter cannot be read"),
        (FRONT + "subjct: x\n---\n", "subjct"),
        ("---\ntitle: T\n---\n", "missing"),
        (FRONT + "salutation: {x: A}\n---\n", "salutation"),
        (FRONT + "---\n\nHello {{ recipient.nam }}\n", "line 9.*nam"),
        (FRONT + "---\n{% if state %}\n", "line"),
        (FRONT + "shared_annexures: [4]\n---\n", r"\[4\]"),
        (FRONT + "shared_annexures: all\n---\n", "all"),
        (FRONT + "---\n<b>x</b>\n", "html_inline"),
        (FRONT + "---\n{{ ''.__class__.__mro__ }}\n", "unsafe"),
        (FRONT + "---\n{% for x in range(10**9) %}{% endfor %}\n", "line 8: “call”"),
        (FRONT + "---\n{{ 1 // 0 }}\n", "line 8: “floordiv”"),
    ],
)
def test_a_broken_text_is_refused_with_file_and_place(source: str, message: str) -> None:
    texts = {language: Text(f"text.{language}.md", source) for language in ("hi", "en")}

    with pytest.raises(TemplateError, match=message) as refusal:
        compose(recipient("HR"), texts=texts)

    assert "text.hi.md" in refusal.value.message
    assert refusal.value.remedy


def test_a_text_is_parsed_once() -> None:
    text = Text("t.md", Path("letter_templates/do_letter/text.en.md").read_text("utf-8"))

    assert parse_text(text) is parse_text(Text("t.md", text.source))


def section(body: str) -> Section:
    """A section of the compendium whose Hindi is sound."""
    texts = {"en": Text("01-x.en.md", f"# X\n\n{body}\n"), "hi": Text("01-x.hi.md", "# क\n\nख\n")}
    return Section("01-x", texts)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("Sound.\n\n<b>x</b>", r"01-x\.en\.md, line 5 .*html_inline"),
        ("# Y\n\nText.", r"01-x\.en\.md: a second heading"),
        ("#### Y", r"01-x\.en\.md, line 3 .*heading"),
        ("[a](http://x)", r"01-x\.en\.md, line 3 .*link"),
    ],
)
def test_a_broken_section_is_refused_at_its_own_file_and_line(body: str, message: str) -> None:
    with pytest.raises(TemplateError, match=message):
        compose(recipient("HR"), compendium=(section(body),))


def test_missing_facts_and_contact_are_told_with_where_to_give_them() -> None:
    lacking: list[dict[str, Any]] = [{"facts": {}}, {"contact": None}]
    for others in lacking:
        with pytest.raises(TemplateError) as refusal:
            compose(recipient("HR"), **others)

        assert "edition.toml" in refusal.value.remedy
        assert "line" in refusal.value.message


def test_the_lines_of_an_address_stay_lines() -> None:
    address = {"en": "Civil Secretariat,\nSector 1,\nChandigarh", "hi": "एक,\nदो"}

    letter = compose(recipient("HR", address=address))

    assert [plain(line) for line in letter.versions[1].fields["addressee"]][-3:] == [
        "Civil Secretariat,",
        "Sector 1,",
        "Chandigarh",
    ]


def test_the_lines_of_the_letterheads_address_stay_lines() -> None:
    address = {"en": "One,\nTwo", "hi": "एक,\nदो"}
    letterhead = replace(make_edition().letterhead, address=address)

    letter = compose(recipient("HR"), letterhead=letterhead)

    texts = [line.text for line in letter.versions[0].letterhead.right]
    assert texts[-2:] == ["One,", "Two"]
