"""What the proof remembers of one letter never hides a fault of the next."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pikepdf
import pytest

from generator.errors import RenderError
from generator.readback import PageCheck, open_pdf, prove_files
from generator.readback.identity import page_identities
from generator.readback.memory import Memory
from generator.render.docx import DocxRenderer
from generator.workers import MadeLetter
from tests.broken_kinds import made_with, repack
from tests.command import ROOT
from tests.test_proof_faults import LETTER

KIND, FONTS = ROOT / "letter_templates" / "do_letter", ROOT / "fonts"
SIZE = rb"(/\S+) [\d.]+ Tf"


@pytest.fixture(scope="module")
def made() -> MadeLetter:
    return made_with(KIND, LETTER)


@pytest.fixture
def check(made: MadeLetter) -> PageCheck:
    """It has proved the letter twice, and remembers its pages."""
    check = PageCheck(FONTS)
    for _ in range(2):
        prove_files(made.docx, made.pdf, LETTER, check)
    return check


def tampered(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as file:
        change(file)
        written = io.BytesIO()
        file.save(written)
        return written.getvalue()


def smaller(file: pikepdf.Pdf) -> None:
    """The first word of the last page, which all letters share, in letters of three points."""
    content = file.pages[-1].Contents
    parts = list(content) if isinstance(content, pikepdf.Array) else [content]
    written = b"\n".join(part.read_bytes() for part in parts)
    file.pages[-1].Contents = file.make_stream(re.sub(SIZE, rb"\1 3 Tf", written, count=1))


def renamed(file: pikepdf.Pdf) -> None:
    """A letter that is drawn as before, and read back as another."""
    for font in file.pages[-1].Resources.Font.values():
        table = font.ToUnicode.read_bytes()
        font.ToUnicode = file.make_stream(re.sub(rb"<(0061|0065|0905|0928)>", b"<0062>", table))


@pytest.mark.parametrize(
    ("change", "told"), [(smaller, "points high"), (renamed, "should be")], ids=["drawn", "read"]
)
def test_a_shared_page_that_was_tampered_with_is_found_after_a_good_one(
    made: MadeLetter, check: PageCheck, change: Callable[[pikepdf.Pdf], None], told: str
) -> None:
    with pytest.raises(RenderError, match=told):
        prove_files(made.docx, tampered(made.pdf, change), LETTER, check)


def test_a_shared_annexure_in_word_that_was_tampered_with_is_found_after_a_good_one(
    made: MadeLetter, check: PageCheck, tmp_path: Path
) -> None:
    broken = tmp_path / "letter.docx"
    broken.write_bytes(made.docx)

    def hide_last(name: str, data: bytes) -> bytes:
        before, tag, after = data.rpartition(b"<w:rPr>")
        return before + tag + b"<w:vanish/>" + after if name == "word/document.xml" else data

    repack(broken, hide_last)

    with pytest.raises(RenderError, match="hidden"):
        prove_files(broken.read_bytes(), made.pdf, LETTER, check)


def test_styles_of_a_word_file_that_differ_are_found_after_a_good_one(
    made: MadeLetter, check: PageCheck, tmp_path: Path
) -> None:
    broken = tmp_path / "letter.docx"
    broken.write_bytes(made.docx)
    size = rb'(<w:sz w:val=")\d+"'

    def shrink(name: str, data: bytes) -> bytes:
        return re.sub(size, rb'\g<1>6"', data) if name == "word/styles.xml" else data

    repack(broken, shrink)

    with pytest.raises(RenderError, match="3 points high"):
        prove_files(broken.read_bytes(), made.pdf, LETTER, check)


def test_a_page_that_is_known_is_not_read_again(made: MadeLetter, check: PageCheck) -> None:
    with open_pdf(made.pdf, check.memory) as pages:
        assert not list(check.faults(pages, LETTER))
        assert not any("page" in vars(page) for page in pages)


def test_a_page_is_known_by_all_that_it_is_drawn_from(made: MadeLetter) -> None:
    known = page_identities(made.pdf)
    rewritten = page_identities(tampered(made.pdf, lambda _file: None))

    assert len({*known}) == len(known) > 1
    assert rewritten == known
    for change in (smaller, renamed):
        assert page_identities(tampered(made.pdf, change))[-1] != known[-1]


def test_a_stream_counts_by_its_bytes_and_not_by_its_length_alone() -> None:
    def with_operators(operators: bytes) -> list[bytes | None]:
        file = pikepdf.new()
        file.add_blank_page().Contents = file.make_stream(operators)
        written = io.BytesIO()
        file.save(written, compress_streams=False)
        return page_identities(written.getvalue())

    assert with_operators(b"0 0 9 9 re f") == with_operators(b"0 0 9 9 re f")
    assert with_operators(b"0 0 9 9 re f") != with_operators(b"0 0 9 8 re f")


def test_references_within_a_text_are_no_references() -> None:
    def with_text(text: bytes) -> list[bytes | None]:
        file = pikepdf.new()
        page = file.add_blank_page()
        page.Resources = pikepdf.Dictionary(Properties=pikepdf.Dictionary(A=pikepdf.String(text)))
        written = io.BytesIO()
        file.save(written)
        return page_identities(written.getvalue())

    assert with_text(b"(see 1 0 R)") != with_text(b"(see 2 0 R)")


def test_what_goes_round_in_a_circle_and_a_file_that_is_not_sound_are_not_known(
    made: MadeLetter,
) -> None:
    def to_itself(file: pikepdf.Pdf) -> None:
        circle = file.make_indirect(pikepdf.Dictionary())
        circle.Own = circle
        file.pages[0].Resources.Properties = pikepdf.Dictionary(A=circle)

    known = page_identities(tampered(made.pdf, to_itself))

    assert known[0] is None
    assert known[-1] is not None
    assert page_identities(made.pdf[:-2000]) == []
    assert page_identities(b"no PDF") == []


def test_the_memory_is_bounded_and_forgets_what_was_met_longest_ago() -> None:
    memory: Memory[str] = Memory(2)
    for key in ("a", "b", "a", "c"):
        memory.of(key).recall("seen", partial(str.upper, key))

    assert memory.of("a").recall("seen", str) == "A"
    assert memory.of("b").recall("seen", str) == ""


def test_a_word_file_is_the_same_whatever_was_made_before() -> None:
    pages = {(v.language, p): 1 for v in LETTER.versions for p in range(9)}
    other = replace(LETTER, title="Another letter", who="XX")
    forth, back = DocxRenderer(KIND, FONTS), DocxRenderer(KIND, FONTS)

    first = [forth.render(LETTER, pages), forth.render(other, pages)]
    second = [back.render(other, pages), back.render(LETTER, pages)]

    assert first == second[::-1]
    assert first[0] != first[1]
