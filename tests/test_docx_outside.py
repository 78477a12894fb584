"""A ``letter.docx`` that would fetch, start or unpack what is not its own is refused when read."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.errors import TemplateError
from generator.render.docx import DocxRenderer
from tests.broken_kinds import copy_kind
from tests.letters import sample_letter

OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = b"http://schemas.microsoft.com/office/2006/relationships"
DOCUMENT, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
WEB = b"http://192.0.2.1/a.png"
HEAD = (
    b'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p>'
    b'<w:fldSimple w:instr="INCLUDETEXT a"/></w:p></w:hdr>'
)


@pytest.fixture
def kind(tmp_path: Path) -> Path:
    """A kind to break."""
    return copy_kind(tmp_path)


def change(
    kind: Path, part: str, old: bytes, new: bytes, more: Mapping[str, bytes] | None = None
) -> None:
    """Replaces bytes in a part of ``letter.docx``, and adds parts."""
    file = kind / "letter.docx"
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in {**parts, **(more or {})}.items():
            package.writestr(name, data)


def put_in(kind: Path, runs: bytes) -> None:
    """Puts runs behind a tag of the first section."""
    tag = b"{{ closing }}"
    change(kind, DOCUMENT, tag, tag + b"</w:t></w:r>" + runs + b"<w:r><w:t>")


def relate(kind: Path, about: bytes) -> None:
    """Adds a relationship of the document."""
    end = b"</Relationships>"
    change(kind, RELATIONS, end, b'<Relationship Id="rIdX" ' + about + b"/>" + end)


def refusal(kind: Path) -> str:
    """How the kind is refused."""
    with pytest.raises(TemplateError) as caught:
        DocxRenderer(kind)
    assert caught.value.remedy
    assert "letter.docx" in caught.value.message
    return caught.value.message


def field(*instructions: bytes) -> bytes:
    """A field whose instruction is cut in pieces, as Word cuts it."""
    pieces = b"".join(b"<w:r><w:instrText>" + i + b"</w:instrText></w:r>" for i in instructions)
    kinds = (b'<w:r><w:fldChar w:fldCharType="' + k + b'"/></w:r>' for k in (b"begin", b"end"))
    return next(kinds) + pieces + next(kinds)


@pytest.mark.parametrize(
    ("instructions", "told"),
    [
        ((b" INCLUDE", b'PICTURE "http://192.0.2.1/a.png"'), "INCLUDEPICTURE"),
        ((b' INCLUDE "file:///etc/passwd"',), "INCLUDE"),
        ((b" DATE ",), "DATE"),
        ((b" macrobutton a b",), "MACROBUTTON"),
        ((b" FILLIN a",), "FILLIN"),
        ((b" FILENAME \\p",), "FILENAME"),
    ],
)
def test_a_field_that_shows_what_is_not_in_the_letter_is_refused(
    kind: Path, instructions: tuple[bytes, ...], told: str
) -> None:
    put_in(kind, field(*instructions))

    assert f"{DOCUMENT} has the field {told}" in refusal(kind)


def test_a_field_inside_a_field_is_seen(kind: Path) -> None:
    outer = field(b" REF a").split(b'<w:r><w:fldChar w:fldCharType="end"/></w:r>', 1)[0]
    put_in(kind, outer + field(b" DDEAUTO a") + b'<w:r><w:fldChar w:fldCharType="end"/></w:r>')

    assert "has the field DDEAUTO" in refusal(kind)


@pytest.mark.parametrize("instruction", [b" PAGE ", b" page \\* MERGEFORMAT", b" NUMPAGES ", b" "])
def test_page_numbers_are_let_in(kind: Path, instruction: bytes) -> None:
    put_in(kind, field(instruction))

    assert DocxRenderer(kind).render(sample_letter("en"), {("en", 0): 3, ("en", 2): 5})


LINKED = {
    "VML": b'<w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="%s"/></w:pict>'
    b"</w:r>" % WEB,
    "a picture": b'<w:r><w:drawing><a:blip xmlns:r="%s" r:link="rIdX" '
    b'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/></w:drawing></w:r>' % OFFICE,
}


@pytest.mark.parametrize("runs", LINKED.values(), ids=LINKED)
def test_a_linked_picture_is_refused(kind: Path, runs: bytes) -> None:
    put_in(kind, runs)

    assert f"{DOCUMENT} has a link to" in refusal(kind)


@pytest.mark.parametrize(
    ("about", "told"),
    [
        (b'Type="%s/image" Target="%s" TargetMode="external"' % (OFFICE, WEB), "external image"),
        (b'Type="%s/image" Target="%s"' % (OFFICE, WEB), "external image"),
        (b'Type="%s/image" Target="\\\\host\\a.png"' % OFFICE, "external image"),
        (b'Type="urn:x/hyperlink" Target="%s" TargetMode="External"' % WEB, "external hyperlink"),
        (b'Type="%s/image" Target="../../../etc/passwd"' % OFFICE, "not in the file"),
        (b'Type="%s/vbaProject" Target="styles.xml"' % MICROSOFT, "a program"),
        (b'Type="%s/oleObject" Target="styles.xml"' % OFFICE, "a program"),
        (b'Type="%s/frame" Target="styles.xml"' % OFFICE, "a program"),
    ],
)
def test_a_relationship_to_what_is_not_the_files_own_is_refused(
    kind: Path, about: bytes, told: str
) -> None:
    relate(kind, about)

    assert told in refusal(kind)


def test_a_link_that_is_clicked_is_let_in(kind: Path) -> None:
    about = b'Type="%s/hyperlink" Target="http://host.example/" TargetMode="External"'
    relate(kind, about % OFFICE)

    DocxRenderer(kind)


@pytest.mark.parametrize(
    ("part", "data", "told"),
    [
        ("../../evil.xml", b"<a/>", "no part of a Word file"),
        ("/etc/evil.xml", b"<a/>", "no part of a Word file"),
        ("word\\evil.xml", b"<a/>", "no part of a Word file"),
        ("word/media/a.exe", b"MZ", "no part of a Word file"),
        ("word/project.bin", b"a", "no part of a Word file"),
        ("word/media/a.svg", b'<svg href="%s"/>' % WEB, "a link to"),
        ("header.xml", HEAD, "the field INCLUDETEXT"),
        ("word/media/header.png", HEAD, "the field INCLUDETEXT"),
        ("word/more.xml", b"<a>%s</a>" % (b"x " * 2_000_000), "bytes"),
    ],
)
def test_a_part_that_no_template_needs_is_refused(
    kind: Path, part: str, data: bytes, told: str
) -> None:
    change(kind, DOCUMENT, b"<w:body>", b"<w:body>", {part: data})

    assert told in refusal(kind)


def test_a_file_that_is_locked_or_packed_in_another_way_is_no_bug(kind: Path) -> None:
    file = kind / "letter.docx"
    whole = file.read_bytes()
    for place, value in (((6, 8), 1), ((8, 10), 99)):
        data = bytearray(whole)
        for mark, offset in zip((b"PK\x03\x04", b"PK\x01\x02"), place, strict=True):
            start = data.find(mark)
            while start >= 0:
                data[start + offset] = value
                start = data.find(mark, start + 1)
        file.write_bytes(bytes(data))

        assert "not a Word file" in refusal(kind)


@pytest.mark.parametrize("tags", [b"{{ " * 30_000, b"{</w:t></w:r><w:r><w:t>" * 20_000])
def test_tags_that_are_never_closed_are_no_bug(kind: Path, tags: bytes) -> None:
    change(kind, DOCUMENT, b"{{ closing }}", tags)

    assert "deep" in refusal(kind)
