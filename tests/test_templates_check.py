"""``patra templates check`` and ``new``: every planted fault at its place, none in a clean kind."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from generator.compose.known_names import TEXT_FILTERS, TEXT_NAMES, Known
from generator.compose.names import build_names
from generator.findings import Finding, Severity
from generator.inputs.characters import read_characters
from generator.kinds import check_kind
from generator.kinds.placed import OWN_SECTION, PAGE_NAMES, SHARED_SECTION, Promised
from generator.kinds.sample import sample_edition
from generator.kinds.sources import read_source
from generator.kinds.tags import scan
from generator.kinds.texts import TEXTS, check_text
from generator.kinds.word import check_word
from generator.locales import LANGUAGES
from generator.model import Place, Text
from generator.paths import Paths
from generator.render.docx.values import OWN_NAMES, SHARED_NAMES
from generator.render.html import PageTemplate
from generator.scoring import score_edition
from tests.broken_kinds import edit, repack
from tests.broken_templates import DOCUMENT, OTHERS, RUN, WORD, Fault, copied
from tests.command import ROOT
from tests.letters import sample_letter
from tests.word_writer import with_fixed_columns, write_word_source

FILE = "letter_templates/do_letter/letter.docx"


def test_an_end_in_two_words_is_offered_in_one() -> None:
    (fault,) = scan("{% for a in b %}{{ a }}{% end for %}").faults

    assert (fault.check, fault.expected) == ("tags-understood", "endfor")


@pytest.fixture(scope="module")
def characters() -> frozenset[int]:
    return read_characters(ROOT / "fonts")


@pytest.fixture(scope="module")
def promised() -> Promised:
    path = ROOT / "letter_templates" / "do_letter" / "text.en.md"
    return check_text(Text("text.en.md", path.read_text("utf-8"))).promised


def in_word(kind: Path, promised: Promised, characters: frozenset[int]) -> list[Finding]:
    return list(check_word(kind, FILE, promised, characters))


def found_in(kind: Path) -> list[Finding]:
    return list(check_kind(Paths.at(kind.parent.parent), kind.name).findings)


def errors(found: Iterable[Finding]) -> list[str]:
    return [f"{f.where}: {f.text}" for f in found if f.severity is Severity.ERROR]


@pytest.mark.parametrize("fault", WORD, ids=lambda fault: fault.name)
def test_every_fault_of_the_word_file_is_told_at_its_paragraph(
    fault: Fault, tmp_path: Path, promised: Promised, characters: frozenset[int]
) -> None:
    kind = copied(tmp_path)
    clean = in_word(kind, promised, characters)
    at = fault.plant(kind)
    found = in_word(kind, promised, characters)

    assert clean == []
    assert any(fault.is_told_by(finding, at) for finding in found), errors(found)
    assert len(found) <= 4, errors(found)


@pytest.mark.parametrize("fault", OTHERS, ids=lambda fault: fault.name)
def test_every_fault_of_text_page_and_style_is_told_at_its_line(
    fault: Fault, tmp_path: Path
) -> None:
    kind = copied(tmp_path)
    at = fault.plant(kind)
    found = found_in(kind)

    assert any(fault.is_told_by(finding, at) for finding in found), errors(found)
    assert len(errors(found)) <= 3, errors(found)


def test_a_paragraph_of_a_style_that_is_missing_is_told(
    tmp_path: Path, promised: Promised, characters: frozenset[int]
) -> None:
    kind = copied(tmp_path)
    repack(
        kind / "letter.docx",
        lambda _name, data: data.replace(b'w:styleId="Salutation"', b'w:styleId="Greeting"'),
    )

    (found,) = in_word(kind, promised, characters)

    assert (found.check, found.where) == ("styles-present", Place(FILE, paragraph=6))
    assert "“Salutation”, which is missing" in found.message


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    kind = copied(tmp_path)
    planted = [
        fault
        for fault in (*WORD, *OTHERS)
        if fault.name
        in {
            *("name misspelt", "field misspelt", "page left out of a foot", "wrong end"),
            *("style renamed", "name misspelt in the body", "list printed", "include"),
            *("page: name misspelt", "page: line left out", "css: property misspelt", "css: value"),
        }
    ]
    assert len(planted) == 12
    for fault in planted:
        fault.plant(kind)

    found = found_in(kind)

    missed = [f.name for f in planted if not any(f.is_told_by(one, None) for one in found)]
    assert missed == []


def test_a_part_may_be_left_out_with_a_remark(
    tmp_path: Path, promised: Promised, characters: frozenset[int]
) -> None:
    kind = copied(tmp_path)
    note = b"{#p Left out: email, letterhead.logo #}"
    repack(
        kind / "letter.docx",
        lambda name, data: data.replace(b"{{ email }}", note).replace(
            b"{{ letterhead.logo }}", b""
        ),
    )
    edit(kind, "page.html", '{{ line("email") }}', "{# left out: email #}")

    assert in_word(kind, promised, characters) == []
    assert [f for f in found_in(kind) if f.check == "parts-placed"] == []


def test_a_remark_that_leaves_out_what_is_there_or_no_part_is_told(tmp_path: Path) -> None:
    kind = copied(tmp_path)
    edit(kind, "page.html", "<main", "{# Left out: email, closng #}<main")

    told = [f for f in found_in(kind) if f.check == "parts-placed"]

    assert [f.severity for f in told] == [Severity.WARNING] * 2
    assert "closing" in told[0].remedy
    assert "“email”" in told[1].message


def test_tags_that_word_cut_in_runs_and_dressed_up_are_no_fault(
    tmp_path: Path, promised: Promised, characters: frozenset[int]
) -> None:
    kind = copied(tmp_path)
    pieces = ("{", "{ clo", "sing", " }", "}")
    mark = '<w:proofErr w:type="spellStart"/>'
    cut = mark.join(RUN.format(piece) for piece in pieces)
    whole, dressed = RUN.format("{{ closing }}"), RUN.format("{{\u00a0subject\u00a0}}")

    def change(name: str, data: bytes) -> bytes:
        if name != DOCUMENT:
            return data
        text = data.decode().replace(RUN.format("{{ subject }}"), dressed)
        assert whole in text
        assert dressed in text
        return text.replace(whole, cut).encode()

    repack(kind / "letter.docx", change)

    assert in_word(kind, promised, characters) == []


@pytest.mark.parametrize("name", ["letter.docx", "page.html", "page.css", "text.hi.md"])
def test_a_missing_file_is_told(name: str, tmp_path: Path) -> None:
    kind = copied(tmp_path)
    (kind / name).unlink()

    told = [f for f in found_in(kind) if f.check == "kind-complete"]

    assert [str(f.where) for f in told] == [f"letter_templates/do_letter/{name}"]


def test_a_word_file_that_is_none_is_told(tmp_path: Path) -> None:
    kind = copied(tmp_path)
    (kind / "letter.docx").write_bytes(b"no archive")

    assert "kind-complete" in {f.check for f in found_in(kind)}


# --- what is known is what there is ---------------------------------------------------------------


def shape(value: object) -> object:
    """What a value is for a tag: printed, a choice, names behind a dot, or rows."""
    if isinstance(value, Mapping):
        return {name: shape(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [shape(value[0])]
    return type(value) is not bool


def shape_of(known: Known) -> object:
    if known.row:
        return [shape_of(known.row)]
    if known.fields:
        return {name: shape_of(inner) for name, inner in known.fields.items()}
    return {"one": True} if known.every else known.printed


def test_the_names_known_are_those_that_a_letter_has() -> None:
    text = Text("text.en.md", "")
    edition = sample_edition("do_letter", {"en": text}, ["facts.one"])
    names = build_names(edition, score_edition(edition), edition.recipients[0], "1", "en")

    known = {name: shape_of(one) for name, one in TEXT_NAMES.items()}
    known["facts"] = {"one": True}
    assert {name: shape(value) for name, value in names.items()} == known


def test_the_names_known_are_those_that_the_readme_lists() -> None:
    section = (ROOT / "letter_templates" / "README.md").read_text("utf-8")
    section = section.split("## Every name a text may use")[1].split("\n## ")[0]
    listed: set[str] = set()
    above = ""
    for line in section.splitlines():
        cells = [re.findall(r"`([a-z_.]+)`", cell) for cell in line.split("|")[1:3]]
        if len(cells) < 2 or not line.startswith("|"):
            continue
        above = cells[0][0] if cells[0] else above
        rows = [name for name in cells[1] if name.startswith(("row.", "section."))]
        listed |= {f"{above}.{name.partition('.')[2]}" for name in rows}
        listed |= set() if rows else set(cells[0])

    def dotted(names: Mapping[str, Known]) -> Iterable[str]:
        for name, known in names.items():
            below = known.row.fields if known.row else known.fields
            yield from (f"{name}.{inner}" for inner in dotted(below))
            if not below and not known.every:
                yield name

    assert {n for n in listed if not n.startswith("facts.")} - set(TEXT_FILTERS) == set(
        dotted(TEXT_NAMES)
    )


def test_the_names_known_of_the_word_file_are_those_it_gets() -> None:
    assert set(OWN_SECTION.names) == OWN_NAMES
    assert set(SHARED_SECTION.names) == SHARED_NAMES


def test_the_names_known_of_the_page_are_those_it_gets(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, object] = {}

    def render(_self: object, around: Mapping[str, object], **values: object) -> str:
        given.update(around, **values)
        return ""

    monkeypatch.setattr(PageTemplate, "_render", render)
    letter = sample_letter("en")
    PageTemplate(ROOT / "letter_templates" / "do_letter").own_pages(letter, letter.versions[0])

    assert set(given) == set(PAGE_NAMES)
    fields = given["fields"]
    assert isinstance(fields, Mapping)
    assert set(fields) == set(PAGE_NAMES["fields"].fields)


def test_every_branch_is_read_not_only_the_one_taken() -> None:
    source = "{% if state.is_ut %}{{ a }}{% elif place %}{{ b }}{% else %}{{ c }}{% endif %}"

    told = [fault.message.split("”")[0][1:] for fault in read_source(source, TEXTS).faults]

    assert told == ["a", "b", "c"]


def test_texts_of_no_known_language_are_told(tmp_path: Path) -> None:
    kind = copied(tmp_path)
    shutil.copy(kind / "text.en.md", kind / "text.xx.md")

    told = [f for f in found_in(kind) if f.check == "kind-complete"]

    assert [str(f.where) for f in told] == ["letter_templates/do_letter/text.xx.md"]
    assert "xx" not in LANGUAGES


def test_the_comparison_names_every_planted_fault_of_word() -> None:
    rows = (ROOT / "tests" / "README.md").read_text("utf-8").splitlines()
    told = {r[1].strip(): r[3].strip(" `") for line in rows if len(r := line.split("|")) == 5}

    assert {fault.name: told.get(fault.name) for fault in WORD} == {f.name: f.check for f in WORD}


def test_a_text_in_word_is_checked_like_a_typed_one_and_told_by_its_paragraph(
    tmp_path: Path,
) -> None:
    kind = copied(tmp_path)
    sources = {}
    for code in LANGUAGES:
        text = kind / f"text.{code}.md"
        sources[code] = with_fixed_columns(text.read_text("utf-8"))
        text.unlink()
        write_word_source(sources[code], text.with_suffix(".docx"))
    clean = found_in(kind)
    write_word_source(
        sources["hi"].replace("{{ recipient.name", "{{ recipient.nmae", 1), kind / "text.hi.docx"
    )
    misspelt = found_in(kind)

    assert errors(clean) == []
    assert not any('"sample"' in finding.remedy for finding in clean)
    told = [line for line in errors(misspelt) if "recipient.nmae" in line]
    assert told
    assert all("text.hi.docx, paragraph " in line for line in told)
    assert any("recipient.name" in line.replace("recipient.nmae", "") for line in told)
